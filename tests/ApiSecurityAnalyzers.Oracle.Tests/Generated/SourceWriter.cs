using System.Globalization;
using System.Text;

namespace ApiSecurityAnalyzers.Oracle.Tests.Generated;

/// <summary>Writes the shapes of a generated application as code, each name once.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _types = new();
    private int _count;

    /// <summary>Types beside the host.</summary>
    public string Types => _types.ToString();

    /// <summary>The statements that map a group on a builder.</summary>
    public string Group(GroupShape shape, string builder, string prefix)
    {
        var name = Next("group");
        var chain = string.Concat(shape.Conventions);
        var text = new StringBuilder();
        switch (shape.Form)
        {
            // conventions that follow the endpoints act on them all the same
            case 0:
                text.AppendLine(Culture($"var {name} = {builder}.MapGroup(\"{prefix}{name}\");"));
                Fill(text, shape, name);
                if (chain.Length > 0)
                    text.AppendLine(name + chain + ";");
                return text.ToString();

            // through an own method that takes the builder and returns the group
            case 1:
                _types.AppendLine(Culture($"static class Make{name} {{ public static RouteGroupBuilder On(IEndpointRouteBuilder routes) => routes.MapGroup(\"{prefix}{name}\"){chain}; }}"));
                text.AppendLine(Culture($"var {name} = Make{name}.On({builder});"));
                break;

            // an own extension method maps what is in it
            case 2:
                var inner = new StringBuilder();
                Fill(inner, shape, "routes");
                _types.AppendLine(Culture($"static class Ext{name}\n{{\npublic static void Map{name}(this IEndpointRouteBuilder routes)\n{{\n{inner}}}\n}}"));
                text.AppendLine(Culture($"{builder}.MapGroup(\"{prefix}{name}\"){chain}.Map{name}();"));
                return text.ToString();

            // in development only: nothing of it is there
            case 6:
                text.AppendLine(Culture($"if (Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") == \"Development\")\n{{\nvar {name} = {builder}.MapGroup(\"{prefix}{name}\"){chain};"));
                Fill(text, shape, name);
                text.AppendLine("}");
                return text.ToString();

            // an empty group between
            case 3:
                text.AppendLine(Culture($"var {name} = {builder}.MapGroup(\"\"){chain}.MapGroup(\"{prefix}{name}\");"));
                break;
            default:
                text.AppendLine(Culture($"var {name} = {builder}.MapGroup(\"{prefix}{name}\"){chain};"));
                break;
        }

        Fill(text, shape, name);
        return text.ToString();
    }

    /// <summary>A controller with its base class.</summary>
    public string Controller(ControllerShape shape)
    {
        var name = Next("Thing");
        var text = new StringBuilder();
        var hasBase = shape.Form is 1 or 2 or 3;
        var overridden = new StringBuilder();
        if (hasBase)
        {
            text.AppendLine(Attributes(shape.OnBase) + Culture($"public abstract class {name}Base{(shape.Form == 3 ? "<T>" : "")} : ControllerBase\n{{"));
            foreach (var (verb, attribute, form) in shape.Inherited)
            {
                var action = Next("Base");
                text.AppendLine(Culture($"{Attributes(attribute)}[Http{verb}(\"{action}\")] public virtual string {action}() => \"reached\";"));
                if (form == 0)
                    overridden.AppendLine(Culture($"public override string {action}() => \"reached\";"));
                else if (form == 1)
                    overridden.AppendLine(Culture($"[Authorize] public override string {action}() => \"reached\";"));
            }

            text.AppendLine("}");
        }

        var bases = shape.Form switch { 1 or 2 => name + "Base", 3 => name + "Base<int>", 4 => "Controller", _ => "ControllerBase" };
        text.AppendLine(Attributes(shape.OnClass) + Culture($"{(shape.Form >= 6 ? "" : $"[Route(\"{name}\")] ")}public {(shape.Form == 5 ? "partial " : "")}class {name}Controller : {bases}\n{{"));
        foreach (var (verb, attribute, form) in shape.Actions)
        {
            var action = Next("Act");
            text.AppendLine(form switch
            {
                _ when shape.Form >= 6 => Culture($"{Attributes(attribute)}{(form == 0 ? "" : $"[Http{verb}] ")}public string {action}() => \"reached\";"),
                0 => Culture($"{Attributes(attribute)}[Http{verb}(\"[action]\")] public string {action}() => \"reached\";"),
                1 => Culture($"{Attributes(attribute)}[Http{verb}, Route(\"{action}\")] public string {action}Async() => \"reached\";"),
                2 => Culture($"{Attributes(attribute)}[Http{verb}(\"/{action}/{{id}}\")] public string {action}(string id) => \"reached\";"),
                _ => Culture($"{Attributes(attribute)}[ServiceFilter(typeof(ActionKeyFilter)), Http{verb}(\"{action}\")] public string {action}() => \"reached\";"),
            });
        }

        text.Append(overridden);
        text.AppendLine("}");
        if (shape.Form == 5)
            text.AppendLine(Culture($"public partial class {name}Controller {{ [HttpGet(\"partial{name}\")] public string Partial() => \"reached\"; }}"));
        return text.ToString();
    }

    private void Fill(StringBuilder text, GroupShape shape, string builder)
    {
        foreach (var (verb, attribute, chain, form) in shape.Endpoints)
        {
            var name = Next("e");
            switch (form)
            {
                case 0 when attribute.Length > 0:
                    _types.AppendLine(Culture($"static class Handlers{name} {{ {Attributes(attribute)}public static string Handle() => \"reached\"; }}"));
                    text.AppendLine(Culture($"{builder}.Map{verb}(\"{name}\", Handlers{name}.Handle){chain};"));
                    break;
                case 1:
                    text.AppendLine(Culture($"var {name} = {builder}.Map{verb}(\"{name}/{{id}}\", {Attributes(attribute)}(string id) => \"reached\");"));
                    if (chain.Length > 0)
                        text.AppendLine(name + chain + ";");
                    break;
                case 2:
                    text.AppendLine(Culture($"{builder}.MapMethods(\"{name}\", [\"{verb.ToUpperInvariant()}\", \"OPTIONS\"], {Attributes(attribute)}() => \"reached\"){chain};"));
                    break;
                case 5:
                    _types.AppendLine(Culture($"{Attributes(attribute)}class Hub{name} : Hub {{ }}"));
                    text.AppendLine(Culture($"{builder}.MapHub<Hub{name}>(\"{name}\"){WithoutFilters(chain)};"));
                    break;
                case 6 when verb is "Post" or "Put" or "Patch":
                    text.AppendLine(Culture($"{builder}.Map{verb}(\"{name}\", {Attributes(attribute)}([FromForm] string? name) => \"reached\"){chain};"));
                    break;
                case 7:
                    text.AppendLine(Culture($"{builder}.MapGroup(\"\"){chain}.Map{verb}(\"{name}\", {Attributes(attribute)}() => \"reached\");"));
                    break;
                default:
                    text.AppendLine(Culture($"{builder}.Map{verb}(\"{name}\", {Attributes(attribute)}() => \"reached\"){chain};"));
                    break;
            }
        }

        foreach (var group in shape.Groups)
            text.Append(Group(group, builder, ""));
    }

    /// <summary>The chain for what is no route handler.</summary>
    private static string WithoutFilters(string chain) => chain.Replace(".AddEndpointFilter<PassFilter>()", "", StringComparison.Ordinal).Replace(".AddEndpointFilter<KeyFilter>()", "", StringComparison.Ordinal);

    private static string Attributes(string attribute) => attribute.Length == 0 ? "" : "[" + attribute + "] ";

    private string Next(string prefix) => prefix + (_count++).ToString(CultureInfo.InvariantCulture);

    private static string Culture(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
