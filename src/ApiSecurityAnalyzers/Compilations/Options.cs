using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>The values that an option takes.</summary>
internal enum OptionKind
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>One of the option's named values.</summary>
    Choice,

    /// <summary>Names, separated by commas; a semicolon would begin a comment.</summary>
    List,
}

/// <summary>One <c>api_security.*</c> option: documentation, validation and reading all come from this row.</summary>
/// <param name="Key">The full key, lower case.</param>
/// <param name="Kind">What the value looks like.</param>
/// <param name="Default">The value in effect when the option is not set; empty for none.</param>
/// <param name="Description">What the option does, for the documentation.</param>
internal sealed record OptionDefinition(string Key, OptionKind Kind, string Default, string Description)
{
    /// <summary>The allowed values of a <see cref="OptionKind.Choice"/>; what each list element may be, if limited.</summary>
    public ImmutableArray<string> Values { get; init; } = ImmutableArray<string>.Empty;
}

/// <summary>Reads the <c>api_security.*</c> options from <c>.editorconfig</c> and global configuration.</summary>
internal sealed class ApiSecurityOptions
{
    public const string Prefix = "api_security.";

    public static readonly OptionDefinition Host = new(
        "api_security.host", OptionKind.Choice, "", "For a library, whose host cannot be seen: whether the applications that host it protect its endpoints by default.")
    {
        Values = ImmutableArray.Create("unprotected", "protected"),
    };

    public static readonly OptionDefinition TlsTerminatedByProxy = new(
        "api_security.tls_terminated_by_proxy", OptionKind.Boolean, "false", "A reverse proxy in front terminates TLS and redirects to HTTPS; the application uses forwarded headers.");

    public static readonly OptionDefinition RateLimitedByGateway = new(
        "api_security.rate_limited_by_gateway", OptionKind.Boolean, "false", "A gateway in front limits the rate of requests.");

    public static readonly OptionDefinition RequestsLoggedByGateway = new(
        "api_security.requests_logged_by_gateway", OptionKind.Boolean, "false", "A gateway in front logs every request.");

    public static readonly OptionDefinition AuthorizationAttributes = new(
        "api_security.authorization_attributes", OptionKind.List, "", "Own attributes that authorize a request without implementing 'IAuthorizeData', by name or full name.");

    public static readonly OptionDefinition TestProject = new(
        "api_security.test_project", OptionKind.Boolean, "", "Overrides whether the project counts as a test project.");

    public static readonly OptionDefinition WeakHashUses = new(
        "api_security.weak_hash_uses", OptionKind.List, "", "Types or members, by name or full name, in which MD5 and SHA-1 serve no security purpose (content ids, checksums demanded by a protocol).");

    /// <summary>All options; documentation and ASA0001 read this list.</summary>
    public static readonly ImmutableArray<OptionDefinition> All = ImmutableArray.Create(
        Host, TlsTerminatedByProxy, RateLimitedByGateway, RequestsLoggedByGateway, AuthorizationAttributes, TestProject, WeakHashUses);

    private static readonly char[] ListSeparators = [','];

    private readonly AnalyzerConfigOptionsProvider _provider;
    private readonly SyntaxTree? _anyTree;

    public ApiSecurityOptions(AnalyzerConfigOptionsProvider provider, SyntaxTree? anyTree)
    {
        _provider = provider;
        _anyTree = anyTree;
    }

    public AnalyzerConfigOptionsProvider Provider => _provider;

    /// <summary>The value of a boolean option, or <see langword="null"/> when it is not set or not valid.</summary>
    public bool? Boolean(OptionDefinition option, SyntaxTree? tree = null) =>
        Value(option, tree) is { } value && bool.TryParse(value, out var result) ? result : null;

    public bool IsTrue(OptionDefinition option, SyntaxTree? tree = null) => Boolean(option, tree) == true;

    /// <summary>The value of a choice, or <see langword="null"/> when it is not set or not valid.</summary>
    public string? Choice(OptionDefinition option, SyntaxTree? tree = null) =>
        Value(option, tree) is { } value ? option.Values.FirstOrDefault(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase)) : null;

    public ImmutableArray<string> List(OptionDefinition option, SyntaxTree? tree = null) => Value(option, tree) is { } value
        ? value.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries).Select(static v => v.Trim()).Where(static v => v.Length > 0).ToImmutableArray()
        : ImmutableArray<string>.Empty;

    /// <summary>The value as written for the tree, for any tree of the compilation, or globally.</summary>
    public string? Value(OptionDefinition option, SyntaxTree? tree = null)
    {
        // a question about the whole application is answered by any of its files: sections like [*.cs] hold for all
        if ((tree ?? _anyTree) is { } asked && _provider.GetOptions(asked).TryGetValue(option.Key, out var local) && local.Trim().Length > 0)
            return IsUnset(local) ? null : local.Trim();
        return _provider.GlobalOptions.TryGetValue(option.Key, out var global) && !IsUnset(global) ? global.Trim() : null;
    }

    /// <summary>Whether the value says that the option is not set: nothing, or <c>unset</c> as the EditorConfig specification has it.</summary>
    public static bool IsUnset(string value) => value.Trim().Length == 0 || string.Equals(value.Trim(), "unset", StringComparison.OrdinalIgnoreCase);
}
