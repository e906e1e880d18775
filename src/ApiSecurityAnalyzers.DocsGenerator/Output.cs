namespace ApiSecurityAnalyzers.DocsGenerator;

/// <summary>The files of the repository that are generated, whole or in a marked region.</summary>
/// <param name="root">The folder of the repository.</param>
/// <param name="check">Whether to compare only.</param>
internal sealed class Output(string root, bool check)
{
    private int _changed;
    private int _problems;

    /// <summary>A file that is generated as a whole.</summary>
    public void File(string path, string text)
    {
        var full = Path.Combine(root, path);
        Write(path, System.IO.File.Exists(full) ? System.IO.File.ReadAllText(full) : "", text);
    }

    /// <summary>A region between <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c> of a file that people write.</summary>
    public void Region(string path, string name, string text)
    {
        var full = Path.Combine(root, path);
        if (!System.IO.File.Exists(full))
        {
            Problem(path + ": the file is missing");
            return;
        }

        var old = System.IO.File.ReadAllText(full);
        var begin = "<!-- begin " + name + " -->";
        var end = "<!-- end " + name + " -->";
        var from = old.IndexOf(begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : old.IndexOf(end, from, StringComparison.Ordinal);
        if (to < 0)
        {
            Problem($"{path}: '{begin}' and '{end}' are missing");
            return;
        }

        Write(path, old, old[..(from + begin.Length)] + "\n" + text.Trim('\n') + "\n" + old[to..]);
    }

    /// <summary>Something that the generator cannot mend.</summary>
    public void Problem(string text)
    {
        _problems++;
        Console.Error.WriteLine(text);
    }

    /// <summary>Says what was found; the exit code.</summary>
    public int Finish()
    {
        if (_problems == 0 && (_changed == 0 || !check))
        {
            Console.WriteLine(_changed == 0 ? "Documentation and presets are up to date." : $"{_changed} files written.");
            return 0;
        }

        if (check && _changed > 0)
            Console.Error.WriteLine("Run: dotnet run --project src/ApiSecurityAnalyzers.DocsGenerator");
        return 1;
    }

    private void Write(string path, string old, string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (old.ReplaceLineEndings("\n") == text)
            return;
        _changed++;
        if (check)
        {
            Console.Error.WriteLine(path + ": is not what the rules say");
            return;
        }

        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        Console.WriteLine(path);
    }
}
