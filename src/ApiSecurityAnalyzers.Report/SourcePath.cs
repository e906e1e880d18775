namespace ApiSecurityAnalyzers.Report;

/// <summary>Names of files that do not depend on the machine that builds.</summary>
internal static class SourcePath
{
    private static readonly char[] Slash = ['/'];

    /// <summary>
    /// The path relative to a folder, with forward slashes. A file elsewhere on the disk is reached through <c>..</c>; of one on another disk only the
    /// name remains. What is relative already (a generated file) is kept.
    /// </summary>
    /// <param name="path">The path as the compiler has it.</param>
    /// <param name="root">The folder; empty for none.</param>
    public static string? Relative(string? path, string root)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        var file = path!.Replace('\\', '/');
        if (!IsRooted(file))
            return file;
        var from = Segments(root);
        var to = Segments(file);
        var comparison = HasDrive(file) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var common = 0;
        while (common < from.Count && common < to.Count - 1 && string.Equals(from[common], to[common], comparison))
            common++;
        if (common == 0)
            return to[to.Count - 1];
        return string.Join("/", Enumerable.Repeat("..", from.Count - common).Concat(to.Skip(common)));
    }

    private static bool HasDrive(string file) => file.Length > 1 && file[1] == ':';

    private static bool IsRooted(string file) => file[0] == '/' || HasDrive(file);

    /// <summary>The folders of a path and its file, with <c>.</c> and <c>..</c> resolved.</summary>
    private static List<string> Segments(string path)
    {
        var segments = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split(Slash, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (part is not "." and not "..")
                segments.Add(part);
        }

        return segments;
    }
}
