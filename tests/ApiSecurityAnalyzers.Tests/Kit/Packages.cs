using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Library packages that code under test can reference.</summary>
internal static class Packages
{
    public static readonly Lazy<ImmutableArray<MetadataReference>> BouncyCastle = Of(("BouncyCastle.Cryptography", "2.4.0"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> Dapper = Of(("Dapper", "2.1.86"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> Sqlite = Of(("Microsoft.Data.Sqlite.Core", "10.0.15"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> SqlClient = Of(("Microsoft.Data.SqlClient", "6.1.8"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> Npgsql = Of(("Npgsql", "10.0.0"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> MySqlConnector = Of(("MySqlConnector", "2.4.0"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> EntityFrameworkCore = Of(
        ("Microsoft.EntityFrameworkCore", "10.0.15"),
        ("Microsoft.EntityFrameworkCore.Abstractions", "10.0.15"),
        ("Microsoft.EntityFrameworkCore.Relational", "10.0.15"),
        ("Microsoft.EntityFrameworkCore.Sqlite.Core", "10.0.15"),
        ("Microsoft.Data.Sqlite.Core", "10.0.15"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> IdentityModelTokens = Of(("Microsoft.IdentityModel.Tokens", "8.19.2"), ("Microsoft.IdentityModel.Abstractions", "8.19.2"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> SerilogAspNetCore = Of(("Serilog", "4.3.0"), ("Serilog.AspNetCore", "10.0.0"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> Grpc = Of(("Grpc.AspNetCore.Server", "2.85.0"), ("Grpc.Core.Api", "2.85.0"), ("Grpc.Net.Common", "2.85.0"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> JwtBearer = Of(("Microsoft.AspNetCore.Authentication.JwtBearer", "10.0.15"));

    public static readonly Lazy<ImmutableArray<MetadataReference>> OpenTelemetry = Of(
        ("OpenTelemetry", "1.15.3"),
        ("OpenTelemetry.Api", "1.15.3"),
        ("OpenTelemetry.Api.ProviderBuilderExtensions", "1.15.3"),
        ("OpenTelemetry.Exporter.OpenTelemetryProtocol", "1.15.3"),
        ("OpenTelemetry.Extensions.Hosting", "1.15.3"));

    private static Lazy<ImmutableArray<MetadataReference>> Of(params (string Id, string Version)[] packages) =>
        new(() => [.. packages.SelectMany(static p => References.OfPackage(p.Id, p.Version))]);
}
