using ApiSecurityAnalyzers.Report;

namespace ApiSecurityAnalyzers.Tests.Report;

/// <summary>Files have the same name on every machine.</summary>
public sealed class SourcePathTests
{
    [Theory]
    [InlineData("/repo/src/A.cs", "/repo", "src/A.cs")]
    [InlineData("/repo/src/A.cs", "/repo/", "src/A.cs")]
    [InlineData("/repo/src/../A.cs", "/repo", "A.cs")]
    [InlineData("/repo/./src/A.cs", "/repo/src", "A.cs")]
    [InlineData("/home/me/shared/A.cs", "/home/me/repo", "../shared/A.cs")]
    [InlineData("/nuget/x/A.cs", "/home/me/repo", "A.cs")]
    [InlineData("/repo/A.cs", "", "A.cs")]
    [InlineData("/Repo/a/A.cs", "/Repo/A", "../a/A.cs")]
    [InlineData(@"C:\Work\repo\src\A.cs", @"c:\work\repo", "src/A.cs")]
    [InlineData(@"C:\Work\C#\repo\A.cs", @"C:\Work\C#\repo\", "A.cs")]
    [InlineData(@"D:\other\A.cs", @"C:\repo", "A.cs")]
    [InlineData("Generator/Generator.Type/A.g.cs", "/repo", "Generator/Generator.Type/A.g.cs")]
    [InlineData(@"Generator\A.g.cs", @"C:\repo", "Generator/A.g.cs")]
    public void Path_is_relative_to_the_root(string path, string root, string expected) => Assert.Equal(expected, SourcePath.Relative(path, root));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void No_path_is_none(string? path) => Assert.Null(SourcePath.Relative(path, "/repo"));
}
