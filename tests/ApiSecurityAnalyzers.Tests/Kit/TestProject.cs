using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Makes a workspace project of a test's files.</summary>
internal static class TestProject
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public const string WebUsings = """
        global using Microsoft.AspNetCore.Authorization;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.RateLimiting;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.AspNetCore.SignalR;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private const string Root = "/project/";

    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    public static Project Create(CodeTest test, IEnumerable<(string Name, string Text)> files, IEnumerable<(string Name, string Text)>? additional = null)
    {
        var workspace = new AdhocWorkspace(Host);
        var parse = new CSharpParseOptions(test.Language, DocumentationMode.Parse);
        var all = files.ToList();
        var isExe = all.Any(f => CSharpSyntaxTree.ParseText(f.Text, parse).GetRoot() is CompilationUnitSyntax unit && (unit.Members.OfType<GlobalStatementSyntax>().Any() || HasMain(unit)));
        var options = new CSharpCompilationOptions(isExe ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            "Subject",
            "Subject",
            LanguageNames.CSharp,
            filePath: Root + "Subject.csproj",
            compilationOptions: options,
            parseOptions: parse,
            metadataReferences: (test.IsWeb ? References.AspNetCore : References.Net).AddRange(test.ExtraReferences)));
        foreach (var (name, text) in all.Append(("GlobalUsings.cs", test.IsWeb && test.HasWebUsings ? GlobalUsings + "\n" + WebUsings : GlobalUsings)))
            solution = solution.AddDocument(DocumentId.CreateNewId(id), name, SourceText.From(text), filePath: Root + name);
        foreach (var (name, text) in additional ?? test.AdditionalFiles)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), name, SourceText.From(text), filePath: Root + name);
        foreach (var (name, text) in test.ConfigFiles)
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), name, SourceText.From(text), filePath: Root + name);
        var config = "is_global = true\nbuild_property.IsTestProject = " + (test.IsTestProject ? "true" : "false") + "\n" + string.Concat(test.Options.Select(static o => $"{o.Key} = {o.Value}\n"));
        solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".globalconfig", SourceText.From(config), filePath: Root + ".globalconfig");
        return solution.GetProject(id)!;
    }

    private static bool HasMain(CompilationUnitSyntax unit) =>
        unit.DescendantNodes().OfType<MethodDeclarationSyntax>().Any(static m => m.Identifier.ValueText == "Main" && m.Modifiers.Any(SyntaxKind.StaticKeyword));
}
