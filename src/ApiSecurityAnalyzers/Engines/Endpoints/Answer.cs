namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>A three-valued answer; what cannot be seen is never reported as a fault.</summary>
internal enum Answer
{
    /// <summary>Seen, and the answer is no.</summary>
    No,

    /// <summary>The code that decides is out of sight or not understood.</summary>
    Unknown,

    /// <summary>Seen, and the answer is yes.</summary>
    Yes,
}

/// <summary>Three-valued logic on <see cref="Answer"/>.</summary>
internal static class Answers
{
    /// <summary>One yes is enough; without one, one unknown makes the whole unknown.</summary>
    public static Answer Or(this Answer left, Answer right) => left > right ? left : right;

    /// <summary>Both are needed: one no is enough for a no.</summary>
    public static Answer And(this Answer left, Answer right) => left < right ? left : right;

    /// <summary>Several ways lead to the same endpoint: only where all agree the answer is certain.</summary>
    public static Answer Agree(this Answer left, Answer right) => left == right ? left : Answer.Unknown;
}
