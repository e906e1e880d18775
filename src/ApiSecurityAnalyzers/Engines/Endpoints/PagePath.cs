using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Where a Razor Page stands below the folder of pages: <c>/Orders/Edit</c>, in an area or in none.</summary>
/// <param name="Area">The area; empty for none, <see langword="null"/> where it cannot be told.</param>
/// <param name="Path">The path without extension; <see langword="null"/> where it cannot be told.</param>
internal readonly record struct PagePath(string? Area, string? Path)
{
    /// <summary>The extension of files that hold page models.</summary>
    public const string CodeBehind = ".cshtml.cs";

    /// <summary>The last part of the path.</summary>
    public string? Name => Path?.Substring(Path.LastIndexOf('/') + 1);

    /// <summary>The path at which the page answers by default.</summary>
    public string? Url => Path is null || Area is null ? null : Area.Length == 0 ? Path : "/" + Area + Path;

    /// <summary>The path of the page whose model is declared in the file, else what its namespace tells.</summary>
    public static PagePath Of(INamedTypeSymbol model, string file, CompilationFacts facts)
    {
        file = file.Replace('\\', '/');
        if (file.EndsWith(CodeBehind, StringComparison.OrdinalIgnoreCase) && OfParts(InProject(file, facts).Substring(0, InProject(file, facts).Length - CodeBehind.Length).Split('/')) is { } found)
            return found;
        var name = model.Name.EndsWith("Model", StringComparison.Ordinal) ? model.Name.Substring(0, model.Name.Length - "Model".Length) : model.Name;
        return model.ContainingNamespace is { IsGlobalNamespace: false } ns && OfParts((ns.ToDisplayString() + "." + name).Split('.')) is { } told ? told : default;
    }

    /// <summary>The path inside the project, where the build tells where that stands.</summary>
    private static string InProject(string file, CompilationFacts facts)
    {
        if (!facts.Options.Provider.GlobalOptions.TryGetValue("build_property.ProjectDir", out var folder) || folder.Length == 0)
            return file;
        folder = folder.Replace('\\', '/');
        return file.StartsWith(folder, StringComparison.OrdinalIgnoreCase) ? file.Substring(folder.Length) : file;
    }

    private static PagePath? OfParts(string[] parts)
    {
        var pages = Array.FindIndex(parts, static p => string.Equals(p, "Pages", StringComparison.OrdinalIgnoreCase));
        if (pages < 0 || pages == parts.Length - 1)
            return null;
        var area = pages >= 2 && string.Equals(parts[pages - 2], "Areas", StringComparison.OrdinalIgnoreCase) ? parts[pages - 1] : "";
        return new PagePath(area, "/" + string.Join("/", parts.Skip(pages + 1)));
    }
}
