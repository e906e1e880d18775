using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What a host says about Razor Pages by their folders and names: <c>AuthorizeFolder</c>, <c>AllowAnonymousToPage</c>.</summary>
internal sealed class PageConventions
{
    /// <summary>The methods of <c>PageConventionCollectionExtensions</c> that decide about access.</summary>
    public static readonly NameSet Names = new(
        "AuthorizeFolder", "AuthorizePage", "AuthorizeAreaFolder", "AuthorizeAreaPage", "AllowAnonymousToFolder", "AllowAnonymousToPage", "AllowAnonymousToAreaFolder", "AllowAnonymousToAreaPage");

    private readonly List<Convention> _conventions = [];

    /// <summary>Conventions that own code applies, and which could say anything.</summary>
    public Answer Unseen { get; set; }

    /// <summary>Whether pages are closed by their paths.</summary>
    public bool Authorizes => _conventions.Exists(static c => !c.IsAnonymous && c.InEffect != Answer.No);

    /// <param name="method">The name of the method.</param>
    /// <param name="area">The area; empty for none, <see langword="null"/> where it is no constant.</param>
    /// <param name="path">The page or folder; <see langword="null"/> where it is no constant.</param>
    /// <param name="inEffect">Whether it is said in production.</param>
    public void Add(string method, string? area, string? path, Answer inEffect) => _conventions.Add(new Convention(
        area,
        path,
        IsFolder: method.EndsWith("Folder", StringComparison.Ordinal),
        IsAnonymous: method.StartsWith("Allow", StringComparison.Ordinal),
        inEffect));

    /// <summary>What is said about a page.</summary>
    public EndpointMetadata Of(PagePath page)
    {
        var metadata = new EndpointMetadata(Unseen, Unseen, Answer.No, Answer.No);
        foreach (var convention in _conventions)
        {
            var acts = convention.ActsOn(page).And(convention.InEffect);
            metadata = metadata.Or(convention.IsAnonymous ? new EndpointMetadata(Answer.No, acts, Answer.No, Answer.No) : new EndpointMetadata(acts, Answer.No, Answer.No, Answer.No));
        }

        return metadata;
    }

    private sealed record Convention(string? Area, string? Path, bool IsFolder, bool IsAnonymous, Answer InEffect)
    {
        /// <summary>As the framework compares: area and path without regard to case, folders by whole segments.</summary>
        public Answer ActsOn(PagePath page) => Same(Area, page.Area).And(IsFolder ? Contains(Path?.TrimEnd('/'), page.Path) : Same(Path, page.Path));

        private static Answer Same(string? left, string? right) =>
            left is null || right is null ? Answer.Unknown : string.Equals(left, right, StringComparison.OrdinalIgnoreCase) ? Answer.Yes : Answer.No;

        private static Answer Contains(string? folder, string? path)
        {
            if (folder is { Length: 0 })
                return Answer.Yes;
            if (folder is null || path is null)
                return Answer.Unknown;
            return path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) ? Answer.Yes : Answer.No;
        }
    }
}
