using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Tests.Meta;

/// <summary>
/// Full names in the tables of the rules name something: a misspelt one would never match, and nobody would notice. Every string in the source
/// of the analyzers and fixes that looks like a full metadata name has to resolve in the framework or in a package of the kit.
/// </summary>
public sealed partial class MetadataNameTests
{
    /// <summary>Names that no reference of the kit holds, with the reason.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Microsoft.AspNetCore.Hosting.Diagnostics"] = "a log category",
        ["Microsoft.VisualStudio.TestPlatform.TestFramework"] = "the assembly of MSTest 3",
        ["Newtonsoft.Json"] = "the assembly of a package that the kit does not hold",
        ["Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler"] = "of the package Microsoft.AspNetCore.Authentication.JwtBearer, which the kit does not hold",
    };

    private static readonly Lazy<Compilation> Known = new(static () => CSharpCompilation.Create(
        "Known",
        references: [.. References.AspNetCore.Concat(typeof(Packages).GetFields().Select(static f => f.GetValue(null)).OfType<Lazy<ImmutableArray<MetadataReference>>>().SelectMany(static p => p.Value)).Distinct()]));

    [Theory]
    [InlineData("src/ApiSecurityAnalyzers")]
    [InlineData("src/ApiSecurityAnalyzers.CodeFixes")]
    public void Full_names_resolve(string folder)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Repository.Sources(folder))
        {
            foreach (var literal in CSharpSyntaxTree.ParseText(File.ReadAllText(file), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<LiteralExpressionSyntax>())
            {
                if (literal.Token.Value is string text && FullName().IsMatch(text) && !Elsewhere.ContainsKey(text) && !Resolves(text))
                    unknown.Add($"{text} in {Path.GetRelativePath(References.RepositoryRoot, file)}");
            }
        }

        Assert.True(unknown.Count == 0, "These names resolve nowhere:\n" + string.Join('\n', unknown));
    }

    [Fact]
    public void Exceptions_are_needed() => Assert.DoesNotContain(Elsewhere.Keys, Resolves);

    private static bool Resolves(string name)
    {
        // tables may leave out how many type parameters a type has
        if (Known.Value.GetTypesByMetadataName(name).Length > 0 || Enumerable.Range(1, 4).Any(arity => Known.Value.GetTypesByMetadataName($"{name}`{arity}").Length > 0) || IsNamespace(name) || Known.Value.ReferencedAssemblyNames.Any(a => a.Name == name))
            return true;

        // a member of a type, an attribute without its suffix, a namespace with a trailing dot
        var dot = name.LastIndexOf('.');
        return Known.Value.GetTypesByMetadataName(name + "Attribute").Length > 0
            || name.EndsWith('.') && IsNamespace(name.TrimEnd('.'))
            || Known.Value.GetTypesByMetadataName(name[..dot]).Any(t => t.GetMembers(name[(dot + 1)..]).Length > 0 || t.GetTypeMembers(name[(dot + 1)..]).Length > 0);
    }

    private static bool IsNamespace(string name)
    {
        INamespaceSymbol? current = Known.Value.GlobalNamespace;
        foreach (var part in name.Split('.'))
            current = current?.GetNamespaceMembers().FirstOrDefault(n => n.Name == part);
        return current is not null;
    }

    [GeneratedRegex(@"^(Microsoft|System|Dapper|Npgsql|MySql|MySqlConnector|MySql|Oracle|Serilog|NLog|Swashbuckle|Newtonsoft|FluentValidation|MongoDB|Azure|Amazon|Google|Org|BouncyCastle)(\.[A-Za-z_]\w*)+([`+]\w+)*\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();
}
