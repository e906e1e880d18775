namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>The ways in which code uses what a row describes.</summary>
internal enum UseShape
{
    /// <summary>A static method of the type: <c>T.Create()</c>, <c>T.HashData(…)</c>, as a call or a method group.</summary>
    StaticMember,

    /// <summary><c>new T(…)</c>.</summary>
    Creation,

    /// <summary><c>T x = new(…)</c>.</summary>
    ImplicitCreation,

    /// <summary><c>class C : T</c>.</summary>
    BaseType,

    /// <summary><c>M&lt;T&gt;()</c>, where <c>M</c> makes one.</summary>
    TypeArgument,

    /// <summary>A static member that names the algorithm.</summary>
    Member,

    /// <summary>A string that names the algorithm.</summary>
    Name,

    /// <summary>A call whose default is the algorithm.</summary>
    Default,

    /// <summary>A method or argument that a rule knows by itself.</summary>
    Other,
}
