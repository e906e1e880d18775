using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Tells of one call whether it certainly changes state: Entity Framework, ADO.NET, Dapper, MongoDB, ASP.NET Core Identity, mediators, and the
/// application's own repositories and services by their names. To support one more library, add a case.
/// </summary>
internal sealed class ChangeCall
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

    private static readonly HashSet<string> Sets = new(StringComparer.Ordinal)
    {
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Remove", "RemoveRange", "Update", "UpdateRange",
    };

    private static readonly string[] IdentityWrites =
    [
        "AddTo", "RemoveFrom", "AddPassword", "RemovePassword", "ChangePassword", "ResetPassword", "ChangeEmail", "SetEmail", "SetUserName", "SetPhoneNumber", "AddClaim", "RemoveClaim", "RemoveLogin", "SetLockout",
        "SetTwoFactor",
    ];

    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellationToken;

    public ChangeCall(SemanticModel model, CancellationToken cancellationToken)
    {
        _model = model;
        _cancellationToken = cancellationToken;
    }

    /// <summary>What a library call does.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The name that is called.</param>
    /// <param name="method">What it is bound to.</param>
    /// <param name="code">The function around, where texts and properties are looked for.</param>
    public ChangeKind OfLibrary(InvocationExpressionSyntax call, string name, IMethodSymbol method, SyntaxNode code)
    {
        var receiver = ReceiverOf(call, method);
        if (name is "SaveChanges" or "SaveChangesAsync" or "SaveEntities" or "SaveEntitiesAsync")
            return receiver is not null && ChangeNames.IsBookkeeping(receiver.Name) ? ChangeKind.Bookkeeping : ChangeKind.Flush;
        if (name is "Commit" or "CommitAsync" or "Complete" or "CompleteAsync" or "Save" or "SaveAsync" && receiver is not null && ChangeNames.IsUnitOfWork(receiver.Name))
            return ChangeKind.Flush;
        if (name is "ExecuteDelete" or "ExecuteDeleteAsync" or "ExecuteUpdate" or "ExecuteUpdateAsync")
            return IsIn(method.ContainingType, EntityFramework) ? Of(method.TypeArguments.FirstOrDefault(), Properties(call)) : ChangeKind.None;
        if (name.StartsWith("ExecuteSql", StringComparison.Ordinal) && (IsIn(method.ContainingType, EntityFramework) || receiver?.Name == "Database"))
            return SqlChange.Of(Texts(call.ArgumentList)) ?? ChangeKind.Write;
        if (name is "ExecuteNonQuery" or "ExecuteNonQueryAsync")
            return receiver.Implements("System.Data.IDbCommand") ? SqlChange.Of(Texts(code)) ?? ChangeKind.Write : ChangeKind.None;
        if (method.ContainingType.Is("Dapper.SqlMapper"))
            return SqlChange.Of(Texts(call.ArgumentList)) ?? ChangeKind.None;
        if (receiver.InheritsFrom("Microsoft.AspNetCore.Identity.UserManager") || receiver.InheritsFrom("Microsoft.AspNetCore.Identity.RoleManager"))
            return OfIdentity(name);
        if (Sets.Contains(name) && (receiver.InheritsFrom(EntityFramework + ".DbSet") || receiver.InheritsFrom(EntityFramework + ".DbContext") || receiver.InheritsFrom("System.Data.Entity.DbSet")))
            return OfSet(call, name, receiver);
        if (receiver is not null && IsIn(receiver, "MongoDB"))
            return IsMongoWrite(name) ? Of((receiver as INamedTypeSymbol)?.TypeArguments.FirstOrDefault(), ImmutableArray<string>.Empty) : ChangeKind.None;
        return IsCommand(call, name, receiver) ? ChangeKind.Write : ChangeKind.None;
    }

    /// <summary>What a call on an own or unknown repository or service does, by the names of both.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The name that is called.</param>
    /// <param name="method">What it is bound to.</param>
    public ChangeKind ByName(InvocationExpressionSyntax call, string name, IMethodSymbol method)
    {
        if (ReceiverOf(call, method) is not { } receiver || IsPlatform(receiver) || IsPlatform(method.ContainingType) || !ChangeNames.IsStore(receiver.Name))
            return ChangeKind.None;
        var repository = ChangeNames.IsRepository(receiver.Name);
        if (!ChangeNames.IsStrong(name) && !(repository && name is ("Add" or "AddAsync" or "AddRange" or "AddRangeAsync" or "Create" or "CreateAsync" or "Save" or "SaveAsync" or "Replace" or "ReplaceAsync")))
            return ChangeKind.None;

        // 'RemoveHtml(text)' gives a text or a list back: nothing stored is touched
        if (!repository && ChangeNames.First(name) != "delete" && Result(method.ReturnType) is { } result && (result.SpecialType == SpecialType.System_String || result.Implements("System.Collections.IEnumerable")))
            return ChangeKind.None;
        if (ChangeNames.IsBookkeeping(name) || method.Parameters.Any(static p => p.Type is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } type && ChangeNames.IsBookkeeping(type.Name)))
            return ChangeKind.Bookkeeping;
        return name is "Update" or "UpdateAsync" or "Save" or "SaveAsync" or "UpdateRange" or "UpdateRangeAsync" ? ChangeKind.Flush : ChangeKind.Write;
    }

    /// <summary>The type of what the method is called on.</summary>
    private ITypeSymbol? ReceiverOf(InvocationExpressionSyntax call, IMethodSymbol method) => call.Expression switch
    {
        MemberAccessExpressionSyntax member when _model.GetTypeInfo(member.Expression, _cancellationToken).Type is { } type => type,
        MemberBindingExpressionSyntax when call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access && _model.GetTypeInfo(access.Expression, _cancellationToken).Type is { } type => type,
        _ => method.ReceiverType ?? method.ContainingType,
    };

    private ChangeKind OfSet(InvocationExpressionSyntax call, string name, ITypeSymbol? receiver)
    {
        var entity = (receiver as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
        if (entity is null && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } argument)
            entity = _model.GetTypeInfo(argument, _cancellationToken).Type;
        var kind = receiver is not null && ChangeNames.IsBookkeeping(receiver.Name) ? ChangeKind.Bookkeeping : Of(entity, ImmutableArray<string>.Empty);
        return kind == ChangeKind.Write && name.StartsWith("Update", StringComparison.Ordinal) ? ChangeKind.Flush : kind;
    }

    private static ChangeKind Of(ITypeSymbol? entity, ImmutableArray<string> properties) =>
        entity is not null && ChangeNames.IsBookkeeping(entity.Name) || properties.Any(ChangeNames.IsBookkeeping) ? ChangeKind.Bookkeeping : ChangeKind.Write;

    /// <summary>The properties that the lambdas of a bulk update name.</summary>
    private static ImmutableArray<string> Properties(InvocationExpressionSyntax call) =>
        call.ArgumentList.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(static m => m.Name.Identifier.ValueText).ToImmutableArray();

    private static ChangeKind OfIdentity(string name)
    {
        if (name == "UpdateAsync")
            return ChangeKind.Flush;
        if (name is "CreateAsync" or "DeleteAsync")
            return ChangeKind.Write;
        foreach (var write in IdentityWrites)
        {
            if (name.StartsWith(write, StringComparison.Ordinal))
                return ChangeKind.Write;
        }

        return ChangeKind.None;
    }

    private static bool IsMongoWrite(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - "Async".Length);
        return name is "InsertOne" or "InsertMany" or "UpdateOne" or "UpdateMany" or "DeleteOne" or "DeleteMany" or "ReplaceOne" or "FindOneAndUpdate" or "FindOneAndDelete" or "FindOneAndReplace" or "BulkWrite";
    }

    private bool IsCommand(InvocationExpressionSyntax call, string name, ITypeSymbol? receiver)
    {
        if (name is not ("Send" or "SendAsync" or "SendCommand" or "SendCommandAsync" or "Dispatch" or "DispatchAsync" or "Invoke" or "InvokeAsync" or "Execute" or "ExecuteAsync") || receiver is null || !ChangeNames.IsMediator(receiver.Name))
            return false;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (_model.GetTypeInfo(argument.Expression, _cancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } message && ChangeNames.IsChangingMessage(message.Name, message.AllInterfaces.Any(static i => i.Name == "ICommand")))
                return true;
        }

        return false;
    }

    /// <summary>The texts in a piece of code, as far as they are constant from their start.</summary>
    private IEnumerable<string> Texts(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case LiteralExpressionSyntax { Token.Value: string text } when node.Parent is not BinaryExpressionSyntax binary || binary.Left == node:
                    yield return text;
                    break;
                case InterpolatedStringExpressionSyntax { Contents: { Count: > 0 } contents } when contents[0] is InterpolatedStringTextSyntax:
                    yield return string.Concat(contents.Select(static c => c is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : " @ "));
                    break;
                case ArgumentSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } argument when _model.GetConstantValue(argument.Expression, _cancellationToken).Value is string constant:
                    yield return constant;
                    break;
                case ArgumentSyntax { Expression: IdentifierNameSyntax } argument when _model.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol is ILocalSymbol local
                    && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value }:
                    foreach (var text in value.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Take(1).Select(static l => l.Token.Value).OfType<string>().Concat(value is InterpolatedStringExpressionSyntax ? [value.ToString().TrimStart('$', '@', '"')] : []))
                        yield return text;
                    break;
            }
        }
    }

    private static ITypeSymbol? Result(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true } task && (task.Is("System.Threading.Tasks.Task") || task.Is("System.Threading.Tasks.ValueTask")) ? task.TypeArguments[0] : type;

    private static bool IsPlatform(ITypeSymbol? type) =>
        type?.ContainingAssembly?.Name is { } name && (name is "System" or "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static bool IsIn(ITypeSymbol? type, string prefix) => type?.ContainingNamespace?.ToDisplayString() is { } ns && (ns == prefix || ns.StartsWith(prefix + ".", StringComparison.Ordinal));
}
