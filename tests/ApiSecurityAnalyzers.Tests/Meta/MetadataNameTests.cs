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
    /// <summary>Names that no reference of the kit holds, by what holds them.</summary>
    private static readonly Dictionary<string, string[]> Elsewhere = new(StringComparer.Ordinal)
    {
        ["log categories"] = ["Microsoft.AspNetCore.Hosting.Diagnostics"],
        ["MSTest"] = ["Microsoft.VisualStudio.TestPlatform.TestFramework"],
        ["Newtonsoft.Json"] = ["Newtonsoft.Json"],
        ["Microsoft.Identity.Web"] = ["Microsoft.Identity.Web.Resource.IAuthRequiredScopeMetadata", "Microsoft.Identity.Web.Resource.IAuthRequiredScopeOrAppPermissionMetadata"],
        ["Azure.Security.KeyVault.Keys"] = ["Azure.Security.KeyVault.Keys.Cryptography.EncryptionAlgorithm"],
        ["Dapper.SqlBuilder"] = ["Dapper.SqlBuilder"],
        ["Google.Cloud.BigQuery.V2, Google.Cloud.Spanner.Data"] = ["Google.Cloud.BigQuery.V2.BigQueryClient", "Google.Cloud.Spanner.Data.SpannerConnection"],
        ["Microsoft.Azure.Cosmos and its predecessor"] = ["Microsoft.Azure.Cosmos.Container", "Microsoft.Azure.Cosmos.QueryDefinition", "Microsoft.Azure.Documents.IDocumentClient", "Microsoft.Azure.Documents.SqlQuerySpec"],
        ["Microsoft.EntityFrameworkCore.Cosmos"] = ["Microsoft.EntityFrameworkCore.CosmosQueryableExtensions"],
        ["Entity Framework Core 2"] = ["Microsoft.EntityFrameworkCore.RawSqlString"],
        ["EnterpriseLibrary.Data"] = ["Microsoft.Practices.EnterpriseLibrary.Data.Database"],
        ["MySql.Data"] = ["MySql.Data.MySqlClient.MySqlHelper"],
        ["Entity Framework 4 to 6"] =
        [
            "System.Data.Entity.Core.Objects.ObjectContext", "System.Data.Entity.Core.Objects.ObjectQuery", "System.Data.Entity.Database", "System.Data.Entity.DbSet",
            "System.Data.Entity.Migrations.DbMigration", "System.Data.Objects.ObjectContext", "System.Data.Objects.ObjectQuery",
        ],
        [".NET Framework"] =
        [
            "System.Configuration.ConfigurationManager", "System.Data.Linq.DataContext", "System.IdentityModel.Tokens.InMemorySymmetricSecurityKey", "System.IdentityModel.Tokens.SecurityAlgorithms",
            "System.ServiceModel.Security.SecurityAlgorithmSuite", "System.Web.Helpers.Crypto", "System.Web.Http.ApiController", "System.Web.Mvc.Controller",
            "System.Web.Security.FormsAuthentication", "System.Web.Services.WebService", "System.Web.UI.WebControls.SqlDataSource",
        ],
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
                if (literal.Token.Value is string text && FullName().IsMatch(text) && !Elsewhere.Values.Any(n => n.Contains(text, StringComparer.Ordinal)) && !Resolves(text))
                    unknown.Add($"{text} in {Path.GetRelativePath(References.RepositoryRoot, file)}");
            }
        }

        Assert.True(unknown.Count == 0, "These names resolve nowhere:\n" + string.Join('\n', unknown));
    }

    [Fact]
    public void Exceptions_are_needed() => Assert.DoesNotContain(Elsewhere.Values.SelectMany(static n => n), Resolves);

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

    [GeneratedRegex(@"^(Microsoft|System|Dapper|Npgsql|MySql|MySqlConnector|Oracle|Serilog|NLog|Swashbuckle|Newtonsoft|FluentValidation|MongoDB|Azure|Amazon|Google|Org|BouncyCastle)(\.[A-Za-z_]\w*)+([`+]\w+)*\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();
}
