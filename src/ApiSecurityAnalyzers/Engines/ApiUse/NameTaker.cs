namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>A row: a method or constructor that is told an algorithm by name.</summary>
/// <param name="Type">The metadata name of the type that declares it, or of a base type.</param>
/// <param name="Method">The method, or <c>.ctor</c>.</param>
/// <param name="Judge">What the name stands for, or <see langword="null"/> where it is not unsafe.</param>
internal sealed record NameTaker(string Type, string Method, Func<string, WeakName?> Judge)
{
    public const string Constructor = ".ctor";

    /// <summary>What the call without any name stands for.</summary>
    public WeakName? Default { get; init; }

    /// <summary>The call gives an object of the algorithm, so that an instance of <see cref="WeakName.ReplacementType"/> serves instead.</summary>
    public bool IsFactory { get; init; }

    /// <summary>The method is called on an instance, so that its own name is what shows it in the text.</summary>
    public bool IsInstance { get; init; }

    /// <summary>The name by which source files are searched.</summary>
    public string Watched => IsInstance ? Method : Type.Substring(Type.LastIndexOf('.') + 1);
}
