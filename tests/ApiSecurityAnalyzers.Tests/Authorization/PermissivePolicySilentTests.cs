using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1009: what is fine.</summary>
public sealed class PermissivePolicySilentTests
{
    private static CodeTest Policies(string statements) => Code.Members(PermissivePolicyTests.Host.Replace("$", statements, StringComparison.Ordinal));

    [Theory]
    [InlineData("p => p.RequireAssertion(context => context.User.IsInRole(\"Staff\"))")]
    [InlineData("p => p.RequireAssertion(context => context.User.HasClaim(c => c.Type == \"staff\") || open)")]
    [InlineData("p => p.RequireAssertion(_ => false)")]
    [InlineData("p => p.RequireAssertion(_ => open)")]
    [InlineData("p => p.RequireAssertion(context => { if (!context.User.IsInRole(\"Staff\")) throw new InvalidOperationException(); return true; })")]
    [InlineData("p => p.RequireAssertion(context => { if (open) return true; return context.User.Identity?.IsAuthenticated == true; })")]
    [InlineData("p => p.RequireAssertion(context => { Demand(context); return true; })")]
    [InlineData("p => p.RequireAssertion(context => { context.Fail(); return true; })")]
    [InlineData("p => p.RequireAssertion(async context => { await Task.Yield(); return context.User.Identity!.IsAuthenticated; })")]
    [InlineData("p => p.RequireAssertion(context => { var allowed = true; if (!context.User.IsInRole(\"Staff\")) allowed = false; return allowed; })")]
    [InlineData("p => p.RequireAuthenticatedUser().RequireAssertion(_ => true)")]
    [InlineData("p => { p.RequireAssertion(_ => true); p.RequireRole(\"Staff\"); }")]
    [InlineData("p => { if (open) p.RequireAssertion(_ => true); else p.RequireAuthenticatedUser(); }")]
    [InlineData("p => p.AddRequirements(new Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement(_ => true), new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement())")]
    [InlineData("p => p.RequireClaim(\"scope\", \"orders\")")]
    [InlineData("p => p.RequireUserName(\"admin\")")]
    [InlineData("p => p.Requirements.Add(new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement())")]
    [InlineData("p => p.Combine(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())")]
    [InlineData("p => Configure(p)")]
    [InlineData("p => { Configure(p); }")]
    [InlineData("p => { var q = p; q.RequireAuthenticatedUser(); }")]
    [InlineData("p => { p.AddAuthenticationSchemes(\"Bearer\"); if (open) p.RequireRole(\"Staff\"); }")]
    [InlineData("Configure")]
    public Task Silent_about_policies_that_demand_something(string policy) =>
        Policies($"services.AddAuthorization(o => o.AddPolicy(\"Staff\", {policy})); static void Configure(AuthorizationPolicyBuilder p) => p.RequireAuthenticatedUser(); static void Demand(AuthorizationHandlerContext context) => ArgumentNullException.ThrowIfNull(context.User);").CheckAsync();

    [Theory]
    [InlineData("if (environment.IsDevelopment()) services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireAssertion(_ => true)));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => { if (environment.IsDevelopment()) p.RequireAssertion(_ => true); else p.RequireRole(\"Staff\"); }));")]
    [InlineData("if (environment.IsDevelopment()) services.AddAuthorization(o => o.FallbackPolicy = null);")]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = environment.IsDevelopment() ? null : o.DefaultPolicy);")]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = o.GetPolicy(\"Staff\"));")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").RequireAuthenticatedUser().Build());")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").RequireClaim(\"sub\").Build());")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => environment.IsDevelopment()).Build());")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(o.DefaultPolicy).AddAuthenticationSchemes(\"Bearer\").Build());")]
    [InlineData("services.AddAuthorization(o => { var p = new AuthorizationPolicyBuilder(\"Bearer\"); p = p.RequireAuthenticatedUser(); o.DefaultPolicy = p.Build(); });")]
    [InlineData("services.AddCors(o => o.AddPolicy(\"Site\", p => { }));")]
    [InlineData("var p = new AuthorizationPolicy(new[] { new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement() }, Array.Empty<string>());")]
    [InlineData("var fallback = new Settings { FallbackPolicy = null };")]
    public Task Silent_about_guards_and_look_alikes(string statements) =>
        Policies(statements).With("Settings.cs", "public class Settings { public string? FallbackPolicy { get; set; } }").CheckAsync();

    [Theory]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { if (context.User.IsInRole(\"Staff\")) context.Succeed(requirement); return Task.CompletedTask; }")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { if (!context.User.IsInRole(\"Staff\")) return Task.CompletedTask; context.Succeed(requirement); return Task.CompletedTask; }")]
    [InlineData("protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { await DemandAsync(context); context.Succeed(requirement); }")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { Demand(context); context.Succeed(requirement); return Task.CompletedTask; }")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { foreach (var role in requirement.Roles) context.Succeed(requirement); return Task.CompletedTask; }")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { switch (requirement.Roles.Length) { case 0: context.Succeed(requirement); break; } return Task.CompletedTask; }")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) => Task.CompletedTask;")]
    [InlineData("protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { Action later = () => context.Succeed(requirement); return Task.CompletedTask; }")]
    public Task Silent_about_handlers_that_decide(string method) =>
        Code.Library($$"""
            public class R : IAuthorizationRequirement { public string[] Roles { get; set; } = []; }
            public class H : AuthorizationHandler<R>
            {
                {{method}}
                private static void Demand(AuthorizationHandlerContext context) => ArgumentNullException.ThrowIfNull(context);
                private static Task DemandAsync(AuthorizationHandlerContext context) => Task.CompletedTask;
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_about_handler_that_is_registered_for_development() =>
        Code.MinimalApi("""
            if (builder.Environment.IsDevelopment())
                builder.Services.AddSingleton<IAuthorizationHandler, AllowAll>();
            """).With("AllowAll.cs", """
            public class AllowAll : IAuthorizationHandler
            {
                public Task HandleAsync(AuthorizationHandlerContext context)
                {
                    foreach (var requirement in context.PendingRequirements.ToList())
                        context.Succeed(requirement);
                    return Task.CompletedTask;
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_about_other_types_of_the_names() =>
        Code.Library("""
            public class Job { public void Succeed(object result) { } public Job RequireAssertion(Func<object, bool> check) => this; }
            public class JobHandler { public Task HandleAsync(Job job) { job.Succeed(1); job.RequireAssertion(_ => true); return Task.CompletedTask; } }
            """).CheckAsync();

    [Fact]
    public Task Silent_in_tests() => Policies("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireAssertion(_ => true)));").Test().CheckAsync();

    [Fact]
    public Task Silent_about_code_that_is_being_typed() => Policies("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.RequireAssertion(").Broken().CheckAsync();

    [Fact]
    public Task Silent_about_helpers_that_add_to_a_policy() =>
        Code.Library("""
            public static class Policies
            {
                public static AuthorizationPolicyBuilder Open(this AuthorizationPolicyBuilder policy) => policy.RequireAssertion(_ => true);
            }
            """).CheckAsync();
}
