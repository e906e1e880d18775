using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1009: what the fixes write.</summary>
public sealed class PermissivePolicyFixTests
{
    private const string RequireAuthenticatedUser = "ASA1009.RequireAuthenticatedUser";
    private const string Remove = "ASA1009.Remove";

    private static string Frame(string statements) => PermissivePolicyTests.Host.Replace("$", statements.Replace("\n", "\n    ", StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.{|ASA1009:RequireAssertion|}(_ => true)));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireAuthenticatedUser()));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p\n    .AddAuthenticationSchemes(\"Bearer\") // scheme\n    .{|ASA1009:RequireAssertion|}(context =>\n    {\n        return true;\n    })));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p\n    .AddAuthenticationSchemes(\"Bearer\") // scheme\n    .RequireAuthenticatedUser()));")]
    [InlineData("services.AddAuthorization(o =>\n{\n    o.AddPolicy(\"A\", p => p.{|ASA1009:RequireAssertion|}(_ => true)); // a\n    // b\n    o.AddPolicy(\"B\", p => p.{|ASA1009:RequireAssertion|}(Everyone));\n});", "services.AddAuthorization(o =>\n{\n    o.AddPolicy(\"A\", p => p.RequireAuthenticatedUser()); // a\n    // b\n    o.AddPolicy(\"B\", p => p.RequireAuthenticatedUser());\n});")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").{|ASA1009:RequireAssertion|}(_ => true).Build());", "services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => { }));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireAuthenticatedUser()));")]
    [InlineData("services.AddAuthorizationBuilder().{|ASA1009:AddPolicy|}(\"A\", _ => { }).{|ASA1009:AddPolicy|}(\"B\", (p) => { });", "services.AddAuthorizationBuilder().AddPolicy(\"A\", policy => policy.RequireAuthenticatedUser()).AddPolicy(\"B\", (p) => p.RequireAuthenticatedUser());")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => p.AddAuthenticationSchemes(\"Bearer\")));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.AddAuthenticationSchemes(\"Bearer\").RequireAuthenticatedUser()));")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => { p.AddAuthenticationSchemes(\"Bearer\"); }));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => { p.AddAuthenticationSchemes(\"Bearer\"); p.RequireAuthenticatedUser(); }));")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p =>\n{\n    p.AddAuthenticationSchemes(\"Bearer\");\n}));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p =>\n{\n    p.AddAuthenticationSchemes(\"Bearer\");\n    p.RequireAuthenticatedUser();\n}));")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p =>\n{\n    // later\n}));", "services.AddAuthorization(o => o.AddPolicy(\"Staff\", p =>\n{\n    // later\n    p.RequireAuthenticatedUser();\n}));")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new {|ASA1009:AuthorizationPolicyBuilder|}(\"Bearer\").Build());", "services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").RequireAuthenticatedUser().Build());")]
    [InlineData("var b = new {|ASA1009:AuthorizationPolicyBuilder|}();\nservices.AddAuthorization(o => o.DefaultPolicy = b.Build());", "var b = new AuthorizationPolicyBuilder().RequireAuthenticatedUser();\nservices.AddAuthorization(o => o.DefaultPolicy = b.Build());")]
    public Task Fixes_policies(string before, string after) => Code.Members(Frame(before)).FixedBy(RequireAuthenticatedUser, Frame(after)).CheckAsync();

    [Fact]
    public Task Fixes_requirements_with_their_imports() =>
        Code.Members("using Microsoft.AspNetCore.Authorization.Infrastructure;\n\n" + Frame("""
            services.AddAuthorization(o => o.AddPolicy("Staff", p => p.AddRequirements(new {|ASA1009:AssertionRequirement|}(_ => true))));
            var own = new {|ASA1009:AuthorizationPolicy|}(Array.Empty<IAuthorizationRequirement>(), new[] { "Bearer" });
            """))
            .FixedBy(RequireAuthenticatedUser, "using Microsoft.AspNetCore.Authorization.Infrastructure;\n\n" + Frame("""
            services.AddAuthorization(o => o.AddPolicy("Staff", p => p.AddRequirements(new DenyAnonymousAuthorizationRequirement())));
            var own = new AuthorizationPolicy(new IAuthorizationRequirement[] { new DenyAnonymousAuthorizationRequirement() }, new[] { "Bearer" });
            """))
            .CheckAsync();

    [Fact]
    public Task Fixes_default_policy_that_never_looks_at_the_caller() =>
        Code.Members(Frame("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => open).Build());"))
            .Severity("ASA1009", DiagnosticSeverity.Info)
            .FixedBy(RequireAuthenticatedUser, Frame("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => open).Build());"))
            .CheckAsync();

    [Fact]
    public Task Fixes_handlers() =>
        Code.Library("""
            namespace Shop
            {
                public record Staff : IAuthorizationRequirement;

                public class StaffHandler(ILogger<StaffHandler> logger) : AuthorizationHandler<Staff>
                {
                    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Staff requirement)
                    {
                        logger.LogInformation("asked");
                        // everyone
                        context.{|ASA1009:Succeed|}(requirement); // for now
                        return Task.CompletedTask;
                    }
                }

                public class ShortHandler : AuthorizationHandler<Staff>
                {
                    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Staff requirement) =>
                        context.{|ASA1009:Succeed|}(requirement);
                }

                public class AllHandler : IAuthorizationHandler
                {
                    public Task HandleAsync(AuthorizationHandlerContext context)
                    {
                        foreach (var requirement in context.PendingRequirements.ToList()) context.{|ASA1009:Succeed|}(requirement);
                        return Task.CompletedTask;
                    }
                }
            }
            """)
            .FixedBy(RequireAuthenticatedUser, """
            namespace Shop
            {
                public record Staff : IAuthorizationRequirement;

                public class StaffHandler(ILogger<StaffHandler> logger) : AuthorizationHandler<Staff>
                {
                    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Staff requirement)
                    {
                        logger.LogInformation("asked");
                        // everyone
                        if (context.User.Identity?.IsAuthenticated == true)
                        {
                            context.Succeed(requirement);
                        } // for now
                        return Task.CompletedTask;
                    }
                }

                public class ShortHandler : AuthorizationHandler<Staff>
                {
                    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Staff requirement)
                    {
                        if (context.User.Identity?.IsAuthenticated == true)
                        {
                            context.Succeed(requirement);
                        }
                    }
                }

                public class AllHandler : IAuthorizationHandler
                {
                    public Task HandleAsync(AuthorizationHandlerContext context)
                    {
                        foreach (var requirement in context.PendingRequirements.ToList()) if (context.User.Identity?.IsAuthenticated == true) context.Succeed(requirement);
                        return Task.CompletedTask;
                    }
                }
            }
            """)
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:FallbackPolicy|} = null);", "services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);", "services.AddAuthorization(o => { });")]
    [InlineData("services.AddAuthorization(o =>\n{\n    // open\n    o.{|ASA1009:FallbackPolicy|} = null;\n    o.InvokeHandlersAfterFailure = false;\n});", "services.AddAuthorization(o =>\n{\n    // open\n    o.FallbackPolicy = o.DefaultPolicy;\n    o.InvokeHandlersAfterFailure = false;\n});", "services.AddAuthorization(o =>\n{\n    // open\n    o.InvokeHandlersAfterFailure = false;\n});")]
    [InlineData("services.AddAuthorizationBuilder().{|ASA1009:SetFallbackPolicy|}(null);", "services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());", "services.AddAuthorizationBuilder();")]
    [InlineData("services.AddAuthorizationBuilder()\n    .{|ASA1009:SetFallbackPolicy|}(null)\n    .AddPolicy(\"Staff\", p => p.RequireRole(\"Staff\"));", "services.AddAuthorizationBuilder()\n    .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())\n    .AddPolicy(\"Staff\", p => p.RequireRole(\"Staff\"));", "services.AddAuthorizationBuilder()\n    .AddPolicy(\"Staff\", p => p.RequireRole(\"Staff\"));")]
    [InlineData("var auth = services.AddAuthorizationBuilder();\nauth.{|ASA1009:SetFallbackPolicy|}(null);", "var auth = services.AddAuthorizationBuilder();\nauth.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());", "var auth = services.AddAuthorizationBuilder();")]
    public Task Fixes_fallback_policy(string before, string required, string removed) =>
        Code.Members(Frame(before)).Severity("ASA1009", DiagnosticSeverity.Info)
            .FixedBy(RequireAuthenticatedUser, Frame(required))
            .FixedBy(Remove, Frame(removed))
            .CheckAsync();

    [Fact]
    public Task Fixes_fallback_policy_that_is_taken_away() =>
        Code.Members(Frame("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);\nservices.Configure<AuthorizationOptions>(o =>\n{\n#if !NEVER\n    o.{|ASA1009:FallbackPolicy|} = null;\n#endif\n});"))
            .FixedBy(Remove, Frame("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);\nservices.Configure<AuthorizationOptions>(o =>\n{\n#if !NEVER\n#endif\n});"))
            .CheckAsync();

    [Fact]
    public Task Fixes_top_level_statements_without_global_usings() =>
        Code.Files(("Program.cs", """
            using Microsoft.AspNetCore.Authorization.Infrastructure;
            using Microsoft.Extensions.DependencyInjection;

            new ServiceCollection().AddAuthorizationCore(o => o.AddPolicy("Staff", p => p.AddRequirements(new {|ASA1009:AssertionRequirement|}(_ => true))));
            """))
            .NoWebUsings()
            .FixedBy(RequireAuthenticatedUser, ("Program.cs", """
            using Microsoft.AspNetCore.Authorization.Infrastructure;
            using Microsoft.Extensions.DependencyInjection;

            new ServiceCollection().AddAuthorizationCore(o => o.AddPolicy("Staff", p => p.AddRequirements(new DenyAnonymousAuthorizationRequirement())));
            """))
            .CheckAsync();
}
