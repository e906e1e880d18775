using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>One test: input, expectations, and the fixes that are to be proved.</summary>
internal sealed class CodeTest
{
    private readonly (string Name, Func<string, string> Frame)? _frame;

    public CodeTest(ImmutableArray<(string Name, string Text)> files, (string Name, Func<string, string> Frame)? frame)
    {
        Inputs = files;
        _frame = frame;
    }

    public ImmutableArray<(string Name, string Text)> Inputs { get; private set; }

    public bool IsBroken { get; private set; }

    public bool IsTestProject { get; private set; }

    public bool IsWeb { get; private set; } = true;

    public bool IsNetStandard { get; private set; }

    public bool HasWebUsings { get; private set; } = true;

    public bool ExpectsNoFix { get; private set; }

    /// <summary>The rules of <see cref="Rules.OnlyWhenAsked"/> that this test is about.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public LanguageVersion Language { get; private set; } = LanguageVersion.Latest;

    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    public List<(string Name, string Text)> AdditionalFiles { get; } = [];

    public List<(string Name, string Text)> ConfigFiles { get; } = [];

    public List<MetadataReference> ExtraReferences { get; } = [];

    public List<(string Id, string Text)> Messages { get; } = [];

    public Dictionary<string, DiagnosticSeverity> Severities { get; } = new(StringComparer.Ordinal);

    public List<(string Key, ImmutableArray<(string Name, string Text)> Files)> Fixes { get; } = [];

    /// <summary>The input does not compile.</summary>
    public CodeTest Broken() => With(() => IsBroken = true);

    /// <summary>The project holds tests.</summary>
    public CodeTest Test() => With(() => IsTestProject = true);

    /// <summary>The project does not reference ASP.NET Core.</summary>
    public CodeTest NotWeb() => With(() => IsWeb = false);

    /// <summary>The project references .NET Standard 2.0 and nothing else, as a library that .NET Framework can use.</summary>
    public CodeTest NetStandard() => With(() => (IsWeb, IsNetStandard) = (false, true));

    /// <summary>The project has no global usings for ASP.NET Core.</summary>
    public CodeTest NoWebUsings() => With(() => HasWebUsings = false);

    /// <summary>The test is about a rule that is left out unless asked for.</summary>
    public CodeTest Asks(string id) => With(() => Asked.Add(id));

    public CodeTest CSharp(LanguageVersion version) => With(() => Language = version);

    public CodeTest Option(string key, string value) => With(() => Options[key] = value);

    public CodeTest NoOption(string key) => With(() => Options.Remove(key));

    public CodeTest Reference(Lazy<ImmutableArray<MetadataReference>> package) => With(() => ExtraReferences.AddRange(package.Value));

    /// <summary>An additional file; diagnostics in it are marked as in code.</summary>
    public CodeTest AdditionalFile(string name, string text) => With(() => AdditionalFiles.Add((name, text)));

    /// <summary>An analyzer configuration file beside the code.</summary>
    public CodeTest ConfigFile(string name, string text) => With(() => ConfigFiles.Add((name, text)));

    /// <summary>The first diagnostic of the id carries this text.</summary>
    public CodeTest Message(string id, string text) => With(() => Messages.Add((id, text)));

    /// <summary>All diagnostics of the id are reported at this severity.</summary>
    public CodeTest Severity(string id, DiagnosticSeverity severity) => With(() => Severities[id] = severity);

    /// <summary>No action is offered for any diagnostic.</summary>
    public CodeTest NoFix() => With(() => ExpectsNoFix = true);

    /// <summary>The action with the key gives this text, in the frame of the input.</summary>
    public CodeTest FixedBy(string key, string text)
    {
        var (name, frame) = _frame ?? (Inputs[0].Name, static t => t);
        return FixedBy(key, (name, frame(text)));
    }

    /// <summary>The action with the key gives these files; files that are not named stay as they are.</summary>
    public CodeTest FixedBy(string key, params (string Name, string Text)[] files) => With(() => Fixes.Add((key, [.. files])));

    /// <summary>Runs all rules of the package, and the fixes.</summary>
    public Task CheckAsync() => new Verifier(this, Rules.Analyzers, Rules.Fixes).RunAsync();

    /// <summary>Adds a file.</summary>
    public CodeTest With(string name, string text) => With(() => Inputs = Inputs.Add((name, text)));

    private CodeTest With(Action change)
    {
        change();
        return this;
    }
}
