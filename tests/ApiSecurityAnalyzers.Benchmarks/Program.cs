using BenchmarkDotNet.Running;

// Figures: docs/benchmarks.md. All: dotnet run -c Release --project tests/ApiSecurityAnalyzers.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
