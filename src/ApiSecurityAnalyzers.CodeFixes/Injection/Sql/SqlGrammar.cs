using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Says what each value of the program is in the SQL statement: a value, a name, a direction. It follows the words that begin the
/// parts of a statement in the common dialects; what it does not know is a fragment, for which no fix is offered.
/// </summary>
internal sealed class SqlGrammar
{
    private static readonly ImmutableHashSet<string> Definitions = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "CREATE", "ALTER", "DROP", "TRUNCATE", "GRANT", "REVOKE", "DENY", "PRAGMA", "USE", "ATTACH", "DETACH", "BACKUP", "RESTORE", "KILL", "DBCC", "COPY", "LOAD", "VACUUM", "REINDEX", "ANALYZE", "LOCK", "SHOW", "SET", "COMMENT", "NOTIFY", "LISTEN", "BULK", "PREPARE");

    private static readonly ImmutableHashSet<string> TableWords = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "PROCEDURE", "FUNCTION", "TRIGGER", "USER", "ROLE", "LOGIN", "USE", "TRUNCATE", "EXISTS", "EXEC", "EXECUTE", "CALL", "SEQUENCE", "DELETE",
        "COLUMN", "CONSTRAINT", "IDENTITY_INSERT");

    private static readonly ImmutableHashSet<string> ValueWords = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "LIKE", "ILIKE", "RLIKE", "REGEXP", "GLOB", "BETWEEN", "THEN", "ELSE", "TO");

    /// <summary>Words in front of a quote that make it something else than a text value.</summary>
    private static readonly ImmutableHashSet<string> LiteralWords = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "INTERVAL", "DATE", "TIME", "TIMESTAMP", "AS", "SEPARATOR", "PASSWORD", "BY", "SP_EXECUTESQL", "COLLATE", "IMMEDIATE", "ESCAPE", "ZONE");

    /// <summary>Functions whose arguments must be literals, or are executed.</summary>
    private static readonly ImmutableHashSet<string> LiteralFunctions = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "OPENROWSET", "OPENQUERY", "OPENDATASOURCE", "EXEC", "EXECUTE", "SP_EXECUTESQL", "OPENXML");

    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly Func<HolePiece, bool> _isJoin;
    private readonly bool _doubleQuotesAreText;
    private readonly Stack<(SqlState Before, SqlState? After)> _branches = new();
    private SqlState _state = SqlState.Start;

    private SqlGrammar(IReadOnlyList<SqlToken> tokens, Func<HolePiece, bool> isJoin, bool doubleQuotesAreText)
    {
        _tokens = tokens;
        _isJoin = isJoin;
        _doubleQuotesAreText = doubleQuotesAreText;
    }

    /// <summary>The places that hold values of the program, in their order.</summary>
    /// <param name="tokens">The tokens of the text.</param>
    /// <param name="isJoin">Whether a value is a list that is joined to one text.</param>
    /// <param name="doubleQuotesAreText">Whether the database takes double quotes around a value.</param>
    public static IReadOnlyList<SqlSlot> Run(IReadOnlyList<SqlToken> tokens, Func<HolePiece, bool> isJoin, bool doubleQuotesAreText)
    {
        var grammar = new SqlGrammar(tokens, isJoin, doubleQuotesAreText);
        var slots = new List<SqlSlot>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Holes.Count > 0)
                slots.Add(grammar.Slot(i));
            grammar.Read(tokens[i]);
        }

        return slots;
    }

    private SqlSlot Slot(int index)
    {
        var token = _tokens[index];
        var role = token.Kind switch
        {
            SqlTokenKind.QuotedText => TextRole(token),
            SqlTokenKind.QuotedName => NameRole(token),
            _ => HoleRole(token, Following(index)),
        };

        // IN (…): the parentheses go away with the list
        if (role == SqlRole.List)
            return new SqlSlot(role, _state.Previous!.From, _tokens[index + 1].To, token);
        var isNational = role == SqlRole.Value && token.Kind == SqlTokenKind.QuotedText && token.IsGlued && _state.Previous is { Kind: SqlTokenKind.Word };
        return new SqlSlot(role, isNational ? _state.Previous!.From : token.From, token.To, token);
    }

    private SqlToken? Following(int index) => index + 1 < _tokens.Count ? _tokens[index + 1] : null;

    private SqlRole TextRole(SqlToken token)
    {
        if (_state.IsDefinition || _state.IsHead)
            return SqlRole.Fragment;
        var isNational = token.IsGlued && _state.Previous?.IsWord("N") == true;
        if (!isNational && token.IsGlued && _state.Previous?.Kind == SqlTokenKind.Word)
            return SqlRole.Fragment;
        if ((isNational ? _state.BeforePrevious : _state.Previous) is { Kind: SqlTokenKind.Word } word && LiteralWords.Contains(word.Text))
            return SqlRole.Fragment;
        if (_state.Frame?.Before is { Kind: SqlTokenKind.Word } function && LiteralFunctions.Contains(function.Text))
            return SqlRole.Fragment;
        if (_state.Frame?.Before?.IsWord("IN") == true && token.Holes.Exists(h => _isJoin(h)))
            return IsAlone(token) && token.Holes.Count == 1 && token.To - token.From == 3 ? SqlRole.List : SqlRole.Fragment;
        return SqlRole.Value;
    }

    private SqlRole NameRole(SqlToken token)
    {
        if (token.Text == "\"" && _doubleQuotesAreText && _state.Previous is { } previous && (IsComparison(previous) || ValueWords.Contains(previous.Text)))
            return _state.IsDefinition ? SqlRole.Fragment : SqlRole.Value;
        return _state.Clause is SqlClause.From or SqlClause.Into or SqlClause.Execute or SqlClause.Definition ? SqlRole.Table : SqlRole.Column;
    }

    private SqlRole HoleRole(SqlToken token, SqlToken? next)
    {
        if (_state.Previous is not { } previous || _state.IsHead)
            return SqlRole.Fragment;
        var gluedBefore = token.IsGlued && (previous.Kind is SqlTokenKind.Word or SqlTokenKind.Hole or SqlTokenKind.QuotedName or SqlTokenKind.Number || previous.Text == ".");
        var gluedAfter = next is { IsGlued: true } && (next.Kind is SqlTokenKind.Word or SqlTokenKind.Hole or SqlTokenKind.Number or SqlTokenKind.QuotedName || next.Text == ".");
        if (gluedBefore || gluedAfter)
        {
            if (previous.Text.StartsWith("@", StringComparison.Ordinal) || previous.Text.StartsWith(":", StringComparison.Ordinal) || previous.Kind == SqlTokenKind.Number && gluedBefore || next?.Kind == SqlTokenKind.Number)
                return SqlRole.Fragment;
            return _state.Clause is SqlClause.From or SqlClause.Into or SqlClause.Execute or SqlClause.Definition ? SqlRole.Table : SqlRole.Column;
        }

        return previous.Kind switch
        {
            SqlTokenKind.Word => AfterWord(previous, next),
            SqlTokenKind.Operator => AfterOperator(previous),
            SqlTokenKind.Comma => AfterComma(next),
            SqlTokenKind.Open => AfterOpen(next),
            SqlTokenKind.QuotedName or SqlTokenKind.Hole or SqlTokenKind.Close when _state.Clause == SqlClause.OrderBy => SqlRole.Direction,
            SqlTokenKind.QuotedName or SqlTokenKind.Hole when _state.Clause == SqlClause.Execute => SqlRole.Value,
            _ => SqlRole.Fragment,
        };
    }

    private SqlRole AfterWord(SqlToken word, SqlToken? next)
    {
        if (TableWords.Contains(word.Text))
            return SqlRole.Table;
        if (word.IsWord("PRAGMA"))
            return SqlRole.Setting;
        if (ValueWords.Contains(word.Text))
            return IsValueClause ? SqlRole.Value : SqlRole.Fragment;
        switch (word.Text.ToUpperInvariant())
        {
            case "AND" when _state.EndsBetween:
                return SqlRole.Value;
            case "AND" or "OR" or "WHERE" or "NOT" or "ON" or "HAVING" or "SET" or "WHEN":
                return next is not null && (IsComparison(next) || next.IsWord("LIKE") || next.IsWord("IN") || next.IsWord("IS") || next.IsWord("BETWEEN") || next.IsWord("NOT")) ? SqlRole.Column : SqlRole.Fragment;
            case "SELECT" or "DISTINCT" or "BY":
                return SqlRole.Column;
            case "LIMIT" or "OFFSET" or "TOP" or "NEXT" or "FIRST" or "SKIP":
                return SqlRole.Count;
        }

        return _state.Clause switch
        {
            SqlClause.OrderBy when !word.IsWord("ASC") && !word.IsWord("DESC") && !word.IsWord("NULLS") && !word.IsWord("COLLATE") => SqlRole.Direction,
            SqlClause.Execute => SqlRole.Value,
            _ => SqlRole.Fragment,
        };
    }

    private SqlRole AfterOperator(SqlToken sign)
    {
        if (_state.IsPragma)
            return sign.Text == "=" ? SqlRole.Setting : SqlRole.Fragment;
        if (sign.Text == "." || sign.Text == "*" && _state.BeforePrevious?.IsWord("SELECT") == true)
            return SqlRole.Fragment;
        return IsValueClause && _state.Clause != SqlClause.On ? SqlRole.Value : SqlRole.Fragment;
    }

    private SqlRole AfterComma(SqlToken? next)
    {
        if (_state.Frame is { } frame)
        {
            if (frame.Before?.IsWord("IN") == true || frame.IsValueSide)
                return SqlRole.Value;
            return frame.Clause is SqlClause.Into or SqlClause.Select ? SqlRole.Column : SqlRole.Fragment;
        }

        return _state.Clause switch
        {
            SqlClause.Select or SqlClause.OrderBy or SqlClause.GroupBy => SqlRole.Column,
            SqlClause.Set when next?.Text == "=" => SqlRole.Column,
            SqlClause.From => SqlRole.Table,
            SqlClause.Execute => SqlRole.Value,
            SqlClause.Limit => SqlRole.Count,
            _ => SqlRole.Fragment,
        };
    }

    private SqlRole AfterOpen(SqlToken? next)
    {
        if (_state.IsPragma)
            return SqlRole.Setting;
        if (_state.Frame is not { } frame || _state.IsDefinition)
            return SqlRole.Fragment;
        if (frame.Before?.IsWord("IN") == true)
        {
            // one unquoted text between the parentheses is a list that was joined elsewhere, unless it is joined here
            if (next?.Kind != SqlTokenKind.Close)
                return SqlRole.Value;
            return SqlRole.List;
        }

        if (frame.Before?.IsWord("TOP") == true)
            return SqlRole.Count;
        if (frame.IsValueSide)
            return SqlRole.Value;
        return frame.Clause is SqlClause.Into or SqlClause.Select && frame.Before is not null ? SqlRole.Column : SqlRole.Fragment;
    }

    private bool IsValueClause => !_state.IsDefinition && (_state.Frame?.IsValueSide == true || _state.Clause is SqlClause.Where or SqlClause.Set or SqlClause.Values or SqlClause.Execute or SqlClause.On);

    private bool IsAlone(SqlToken token) => _state.Previous?.Kind == SqlTokenKind.Open && _tokens.SkipWhile(t => t != token).Skip(1).FirstOrDefault()?.Kind == SqlTokenKind.Close;

    private static bool IsComparison(SqlToken token) => token.Kind == SqlTokenKind.Operator && token.Text is "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=";

    private void Read(SqlToken token)
    {
        switch (token.Kind)
        {
            case SqlTokenKind.BranchStart:
                _branches.Push((_state, null));
                return;
            case SqlTokenKind.BranchNext:
                var branch = _branches.Pop();
                _branches.Push((branch.Before, branch.After ?? _state));
                _state = branch.Before;
                return;
            case SqlTokenKind.BranchEnd:
                // an alternative that adds nothing says nothing about what follows
                var (before, after) = _branches.Pop();
                if (after is not null && after != before)
                    _state = after;
                return;
            case SqlTokenKind.Word:
                _state = ReadWord(token);
                break;
            case SqlTokenKind.Open:
                _state = ReadOpen(token);
                break;
            case SqlTokenKind.Close when _state.Frame is { } frame:
                _state = _state with { Clause = frame.Clause, Frames = _state.Frames.Pop(), IsBetween = false };
                break;
            case SqlTokenKind.Semicolon:
                _state = SqlState.Start;
                break;
        }

        _state = _state with { Previous = token, BeforePrevious = _state.Previous, EndsBetween = _state.EndsBetween && token.IsWord("AND") };
    }

    private SqlState ReadWord(SqlToken token)
    {
        var state = _state with { IsHead = false };
        if (_state.IsHead && Definitions.Contains(token.Text))
            return state with { IsDefinition = true, IsPragma = token.IsWord("PRAGMA"), Clause = SqlClause.Definition };
        if (state.IsDefinition)
            return state;
        SqlClause? clause = token.Text.ToUpperInvariant() switch
        {
            "SELECT" or "RETURNING" or "OUTPUT" => SqlClause.Select,
            "FROM" or "JOIN" or "UPDATE" or "USING" or "DELETE" => SqlClause.From,
            "INTO" => SqlClause.Into,
            "VALUES" or "VALUE" => SqlClause.Values,
            "SET" => SqlClause.Set,
            "WHERE" or "HAVING" or "IF" or "AND" or "OR" => state.Clause == SqlClause.On ? SqlClause.On : SqlClause.Where,
            "ON" => SqlClause.On,
            "BY" => state.Previous?.IsWord("ORDER") == true ? SqlClause.OrderBy : SqlClause.GroupBy,
            "LIMIT" or "OFFSET" or "FETCH" => SqlClause.Limit,
            "EXEC" or "EXECUTE" or "CALL" => SqlClause.Execute,
            "UNION" or "EXCEPT" or "INTERSECT" or "BEGIN" or "END" => state.Clause,
            _ => null,
        };
        if (token.IsWord("WHERE") || token.IsWord("HAVING"))
            clause = SqlClause.Where;
        if (token.IsWord("BETWEEN"))
            state = state with { IsBetween = true };
        else if (token.IsWord("AND"))
            state = state with { IsBetween = false, EndsBetween = state.IsBetween };
        return clause is { } known ? state with { Clause = known } : state;
    }

    private SqlState ReadOpen(SqlToken token)
    {
        var previous = _state.Previous;
        var isFunction = previous?.Kind == SqlTokenKind.Word;
        var before = isFunction ? _state.BeforePrevious : previous;
        var isValueSide = _state.Frame?.IsValueSide == true
            || _state.Clause is SqlClause.Values or SqlClause.Execute
            || _state.Clause is SqlClause.Where or SqlClause.Set or SqlClause.On && before is not null && (before.Kind == SqlTokenKind.Operator && before.Text != "." || ValueWords.Contains(before.Text));
        return _state with { Frames = _state.Frames.Push(new SqlFrame(_state.Clause, previous, isValueSide && previous?.IsWord("IN") != true)), IsHead = false };
    }
}
