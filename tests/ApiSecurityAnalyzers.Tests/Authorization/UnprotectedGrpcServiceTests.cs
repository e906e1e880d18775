using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1004: gRPC services that anyone can call.</summary>
public sealed class UnprotectedGrpcServiceTests
{
    /// <summary>What the tools generate from a <c>.proto</c> file, as far as it matters.</summary>
    private const string Generated = """
        using Grpc.Core;

        public class HelloRequest { }

        public class HelloReply { }

        public static class Greeter
        {
            [BindServiceMethod(typeof(Greeter), "BindService")]
            public abstract class GreeterBase
            {
                public virtual Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) => throw new RpcException(new Status(StatusCode.Unimplemented, ""));
                public virtual Task<HelloReply> SayBye(HelloRequest request, ServerCallContext context) => throw new RpcException(new Status(StatusCode.Unimplemented, ""));
            }

            public static void BindService(ServiceBinderBase binder, GreeterBase service) { }
        }
        """;

    private const string Hello = "public override Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) => Task.FromResult(new HelloReply());";
    private const string Bye = "public override Task<HelloReply> SayBye(HelloRequest request, ServerCallContext context) => Task.FromResult(new HelloReply());";

    private static CodeTest Grpc(string statements, string types) =>
        Code.MinimalApi(statements).With("Services.cs", "using Grpc.Core;\n\n" + types).With("Generated.cs", Generated).Reference(Packages.Grpc);

    [Fact]
    public Task Reports_service() =>
        Grpc("app.MapGrpcService<GreeterService>();", $$"""
            public class {|ASA1004:GreeterService|} : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """)
            .Message("ASA1004", "Anyone can call gRPC service 'GreeterService': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData($"internal sealed class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ {Hello} {Bye} }}")]
    [InlineData($"public class {{|ASA1004:GreeterService|}}(ILogger<GreeterService> logger) : Greeter.GreeterBase {{ {Hello} private void Note() => logger.LogInformation(\"x\"); }}")]
    [InlineData($"public abstract class Common : Greeter.GreeterBase {{ {Hello} }} public class {{|ASA1004:GreeterService|}} : Common {{ {Bye} }}")]
    [InlineData($"public abstract class Common : Greeter.GreeterBase {{ {Hello} }} public class {{|ASA1004:GreeterService|}} : Common;")]
    [InlineData($"public partial class GreeterService {{ }} public partial class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ {Hello} }}")]
    [InlineData($"public class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ {Hello} [Authorize] public void Helper() {{ }} }}")]
    [InlineData($"[Obsolete] public class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ public override async Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) {{ await Task.Yield(); return new(); }} }}")]
    public Task Reports_each_way_to_write_a_service(string types) => Grpc("app.MapGrpcService<GreeterService>();", types).CheckAsync();

    [Theory]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapGrpcService<GreeterService>());")]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => { endpoints.MapGrpcService<GreeterService>(); });")]
    [InlineData("app.MapGroup(\"/rpc\").MapGrpcService<GreeterService>();")]
    [InlineData("app.MapGrpcService<GreeterService>().RequireCors(\"x\");")]
    [InlineData("GrpcEndpointRouteBuilderExtensions.MapGrpcService<GreeterService>(app);")]
    [InlineData("app.MapServices();")]
    [InlineData("builder.Services.AddGrpc(options => options.Interceptors.Add<Timing>()); app.MapGrpcService<GreeterService>();")]
    [InlineData("builder.Services.AddGrpc(options => options.EnableDetailedErrors = false); app.MapGrpcService<GreeterService>();")]
    public Task Reports_each_way_to_map_a_service(string statements) =>
        Grpc(statements, $$"""
            public class {|ASA1004:GreeterService|} : Greeter.GreeterBase
            {
                {{Hello}}
            }

            public class Timing : Grpc.Core.Interceptors.Interceptor { }

            public static class Services
            {
                public static void MapServices(this IEndpointRouteBuilder routes) => routes.MapGrpcService<GreeterService>();
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_open_methods_of_a_partly_covered_service() =>
        Grpc("app.MapGrpcService<GreeterService>();", $$"""
            public class GreeterService : Greeter.GreeterBase
            {
                [Authorize] {{Hello}}
                {{Bye.Replace("SayBye", "{|ASA1004:SayBye|}", StringComparison.Ordinal)}}
            }
            """)
            .Message("ASA1004", "Anyone can call gRPC service 'GreeterService.SayBye': no authorization applies to it")
            .CheckAsync();

    [Fact]
    public Task Reports_code_first_service() =>
        Grpc("app.MapGrpcService<GreeterService>();", """
            public interface IGreeter { Task<HelloReply> SayHello(HelloRequest request); }

            public class {|ASA1004:GreeterService|} : IGreeter
            {
                public Task<HelloReply> SayHello(HelloRequest request) => Task.FromResult(new HelloReply());
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_service_whose_generated_base_is_missing() =>
        Code.MinimalApi("app.MapGrpcService<OrderService>();").With("Services.cs", """
            public class {|ASA1004:OrderService|} : Orders.OrdersBase
            {
                public override Task<string> Get(string request) => Task.FromResult("");
            }
            """).Reference(Packages.Grpc).Broken().CheckAsync();

    [Fact]
    public Task Reports_in_a_startup_class() =>
        Hosts.Startup("services.AddGrpc(); services.AddAuthorization();", "app.UseRouting();\napp.UseAuthorization();\napp.UseEndpoints(endpoints => endpoints.MapGrpcService<GreeterService>());")
            .With("Services.cs", $"using Grpc.Core; public class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ {Hello} }}").With("Generated.cs", Generated).Reference(Packages.Grpc).CheckAsync();

    [Theory]
    [InlineData("[Authorize]", "app.MapGrpcService<GreeterService>();")]
    [InlineData("[Authorize(Roles = \"x\")]", "app.MapGrpcService<GreeterService>();")]
    [InlineData("[AllowAnonymous]", "app.MapGrpcService<GreeterService>();")]
    [InlineData("", "app.MapGrpcService<GreeterService>().RequireAuthorization();")]
    [InlineData("", "app.MapGrpcService<GreeterService>().AllowAnonymous();")]
    [InlineData("", "app.MapGroup(\"\").RequireAuthorization().MapGrpcService<GreeterService>();")]
    [InlineData("", "if (app.Environment.IsDevelopment()) app.MapGrpcService<GreeterService>();")]
    [InlineData("", "")]
    [InlineData("", "builder.Services.AddGrpc(options => options.Interceptors.Add<Guard>()); app.MapGrpcService<GreeterService>();")]
    [InlineData("", "builder.Services.AddGrpc().AddServiceOptions<GreeterService>(options => options.Interceptors.Add<Guard>()); app.MapGrpcService<GreeterService>();")]
    [InlineData("", "app.Use((context, next) => { if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); }); app.MapGrpcService<GreeterService>();")]
    public Task Silent_with_decision(string attribute, string statements) =>
        Grpc(statements, $$"""
            {{attribute}}
            public class GreeterService : Greeter.GreeterBase
            {
                {{Hello}}
            }

            public class Guard : Grpc.Core.Interceptors.Interceptor
            {
                public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
                    context.RequestHeaders.GetValue("key") is null ? throw new RpcException(new Status(StatusCode.Unauthenticated, "")) : continuation(request, context);
            }
            """).CheckAsync();

    [Theory]
    [InlineData($"[Authorize] public abstract class Common : Greeter.GreeterBase {{ }} public class GreeterService : Common {{ {Hello} }}")]
    [InlineData($"public class GreeterService : Greeter.GreeterBase {{ [Authorize] {Hello} [AllowAnonymous] {Bye} }}")]
    [InlineData($"public class SecuredAttribute : AuthorizeAttribute {{ }} [Secured] public class GreeterService : Greeter.GreeterBase {{ {Hello} }}")]
    [InlineData("public class GreeterService : Greeter.GreeterBase { public override Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) => context.GetHttpContext().User.Identity?.IsAuthenticated == true ? Task.FromResult(new HelloReply()) : throw new RpcException(new Status(StatusCode.Unauthenticated, \"\")); }")]
    [InlineData("public class GreeterService : Greeter.GreeterBase { public override Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) { Check(context); return Task.FromResult(new HelloReply()); } private static void Check(ServerCallContext context) { if (context.GetHttpContext().User.Identity is null) throw new RpcException(new Status(StatusCode.PermissionDenied, \"\")); } }")]
    public Task Silent_with_attributes_or_own_checks(string types) => Grpc("app.MapGrpcService<GreeterService>();", types).CheckAsync();

    [Theory]
    [InlineData("Grpc.Health.V1", "Health", "HealthBase")]
    [InlineData("Grpc.Reflection.V1Alpha", "ServerReflection", "ServerReflectionBase")]
    public Task Silent_for_reflection_and_health(string ns, string outer, string name) =>
        Code.MinimalApi("app.MapGrpcService<Probe>();").With("Generated.cs", $$"""
            namespace {{ns}}
            {
                public static class {{outer}}
                {
                    [Grpc.Core.BindServiceMethod(typeof({{outer}}), "BindService")]
                    public abstract class {{name}} { public virtual Task<string> Check(string request, Grpc.Core.ServerCallContext context) => Task.FromResult(""); }
                }
            }

            public class Probe : {{ns}}.{{outer}}.{{name}} { public override Task<string> Check(string request, Grpc.Core.ServerCallContext context) => Task.FromResult("up"); }
            """).Reference(Packages.Grpc).CheckAsync();

    [Fact]
    public Task Silent_with_fallback_policy() =>
        Code.Program(Hosts.Minimal("services.AddGrpc(); services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", "app.MapGrpcService<GreeterService>();"))
            .With("Services.cs", $"using Grpc.Core; public class GreeterService : Greeter.GreeterBase {{ {Hello} }}").With("Generated.cs", Generated).Reference(Packages.Grpc).CheckAsync();

    [Fact]
    public Task Silent_in_a_client_and_in_a_test_project() =>
        Grpc("app.MapGrpcService<GreeterService>();", $"public class GreeterService : Greeter.GreeterBase {{ {Hello} }}").Test().CheckAsync();

    [Fact]
    public Task Silent_for_broken_code() =>
        Code.MinimalApi("app.MapGrpcService<>(); app.MapGrpcService<Missing>(); app.MapGrpcService(").With("Services.cs", "using Grpc.Core; class : Greeter.GreeterBase { public override Task M(ServerCallContext }")
            .Reference(Packages.Grpc).Broken().CheckAsync();

    [Fact]
    public Task Reports_in_a_library_as_suggestion() =>
        Code.Files(("Services.cs", $"using Grpc.Core; public class {{|ASA1004:GreeterService|}} : Greeter.GreeterBase {{ {Hello} }}"), ("Generated.cs", Generated))
            .Reference(Packages.Grpc).Severity("ASA1004", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Silent_in_a_library_that_is_protected() =>
        Code.Files(("Services.cs", $"using Grpc.Core; public class GreeterService : Greeter.GreeterBase {{ {Hello} }}"), ("Generated.cs", Generated))
            .Reference(Packages.Grpc).Option("api_security.host", "protected").CheckAsync();

    [Fact]
    public Task Fixes_service() =>
        Grpc("""
            app.MapGrpcService<GreeterService>(); // greets
            """, $$"""
            /// <summary>Greets.</summary>
            [Obsolete]
            public class {|ASA1004:GreeterService|} : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """)
            .FixedBy("ASA1004.Authorize", ("Services.cs", $$"""
            using Grpc.Core;

            /// <summary>Greets.</summary>
            [Obsolete]
            [Authorize]
            public class GreeterService : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """))
            .FixedBy("ASA1004.AllowAnonymous", ("Services.cs", $$"""
            using Grpc.Core;

            /// <summary>Greets.</summary>
            [Obsolete]
            [AllowAnonymous]
            public class GreeterService : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """))
            .FixedBy("ASA1004.RequireAuthorization", """
            app.MapGrpcService<GreeterService>().RequireAuthorization(); // greets
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_methods_and_several_services() =>
        Grpc("app.MapGrpcService<GreeterService>();\napp.MapGrpcService<OtherService>();", $$"""
            namespace Services
            {
            #region services
                public class GreeterService : Greeter.GreeterBase
                {
                    [Authorize] {{Hello}}

                    // says good bye
                    {{Bye.Replace("SayBye", "{|ASA1004:SayBye|}", StringComparison.Ordinal)}}
                }

                public class {|ASA1004:OtherService|} : Greeter.GreeterBase
                {
                    {{Hello}}
                }
            #endregion
            }
            """).With("Usings.cs", "global using Services;")
            .FixedBy("ASA1004.Authorize", ("Services.cs", $$"""
            using Grpc.Core;

            namespace Services
            {
            #region services
                public class GreeterService : Greeter.GreeterBase
                {
                    [Authorize] {{Hello}}

                    // says good bye
                    [Authorize]
                    {{Bye}}
                }

                [Authorize]
                public class OtherService : Greeter.GreeterBase
                {
                    {{Hello}}
                }
            #endregion
            }
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_without_implicit_usings_and_adds_what_start_up_needs() =>
        Code.Files(("Program.cs", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.Extensions.DependencyInjection;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddGrpc();
            builder.Services.AddHttpLogging(options => { });
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<Microsoft.AspNetCore.Http.HttpContext, string>(
                context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 100 })));
            var app = builder.Build();
            app.UseHttpsRedirection();
            app.UseHttpLogging();
            app.UseRateLimiter();
            app.MapGrpcService<GreeterService>();
            app.Run();
            """), ("Services.cs", $$"""
            using Grpc.Core;

            public class {|ASA1004:GreeterService|} : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """), ("Generated.cs", Generated)).Reference(Packages.Grpc).NoWebUsings()
            .FixedBy("ASA1004.Authorize", ("Services.cs", $$"""
            using Grpc.Core;
            using Microsoft.AspNetCore.Authorization;

            [Authorize]
            public class GreeterService : Greeter.GreeterBase
            {
                {{Hello}}
            }
            """), ("Program.cs", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.Extensions.DependencyInjection;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddGrpc();
            builder.Services.AddHttpLogging(options => { });
            builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<Microsoft.AspNetCore.Http.HttpContext, string>(
                context => System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("all", key => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 100 })));
            builder.Services.AddAuthentication().AddBearerToken();
            builder.Services.AddAuthorization();
            var app = builder.Build();
            app.UseHttpsRedirection();
            app.UseHttpLogging();
            app.UseAuthentication();
            app.UseRateLimiter();
            app.UseAuthorization();
            app.MapGrpcService<GreeterService>();
            app.Run();
            """))
            .CheckAsync();
}
