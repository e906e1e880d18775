using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1009: what is reported, and where.</summary>
public sealed class PermissivePolicyTests
{
    internal const string Host = """
        public void Add(IServiceCollection services, IWebHostEnvironment environment, bool open)
        {
            $
        }

        private bool Everyone(AuthorizationHandlerContext context) => true;

        private static Task<bool> EveryoneAsync(AuthorizationHandlerContext context) => Task.FromResult(true);
        """;

    private static CodeTest Policies(string statements) => Code.Members(Host.Replace("$", statements, StringComparison.Ordinal));

    [Fact]
    public Task Reports_assertion_that_is_always_true() =>
        Policies("services.AddAuthorization(options => options.AddPolicy(\"Staff\", policy => policy.{|ASA1009:RequireAssertion|}(_ => true)));")
            .Message("ASA1009", "'RequireAssertion' demands nothing of the caller: its condition is always true")
            .CheckAsync();

    [Theory]
    [InlineData("context => true")]
    [InlineData("context => { return true; }")]
    [InlineData("_ => !false")]
    [InlineData("_ => Task.FromResult(true)")]
    [InlineData("async _ => true")]
    [InlineData("async context => { await Task.Yield(); return await Task.FromResult(true); }")]
    [InlineData("delegate { return true; }")]
    [InlineData("delegate (AuthorizationHandlerContext context) { return true; }")]
    [InlineData("Everyone")]
    [InlineData("this.Everyone")]
    [InlineData("EveryoneAsync")]
    [InlineData("context => Everyone(context)")]
    [InlineData("context => open || true")]
    [InlineData("context => { if (context.User.IsInRole(\"Staff\")) return true; return true; }")]
    [InlineData("context => context.User.IsInRole(\"Staff\") ? true : true")]
    [InlineData("context => { System.Console.WriteLine(context.User.Identity?.Name); return true; }")]
    [InlineData("(Func<AuthorizationHandlerContext, bool>)(_ => true)")]
    [InlineData("new Func<AuthorizationHandlerContext, bool>(_ => true)")]
    [InlineData("context => { var allowed = true; return allowed; }")]
    public Task Reports_each_way_to_say_yes(string function) =>
        Policies($"services.AddAuthorization(options => options.AddPolicy(\"Staff\", policy => policy.{{|ASA1009:RequireAssertion|}}({function})));").CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorizationBuilder().AddPolicy(\"Staff\", policy => policy.{|ASA1009:RequireAssertion|}(_ => true));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => { p.AddAuthenticationSchemes(\"Bearer\"); p.{|ASA1009:RequireAssertion|}(_ => true); }));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.AddAuthenticationSchemes(\"Bearer\").{|ASA1009:RequireAssertion|}(_ => true)));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => true).Build()));")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder(\"Bearer\").{|ASA1009:RequireAssertion|}(_ => true).Build());")]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => true).Build());")]
    [InlineData("services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => true).Build());")]
    [InlineData("var policy = new AuthorizationPolicyBuilder(); policy.{|ASA1009:RequireAssertion|}(_ => true); var built = policy.Build(); services.AddAuthorization(o => o.AddPolicy(\"Staff\", built));")]
    [InlineData("static bool All(AuthorizationHandlerContext context) => true; services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.{|ASA1009:RequireAssertion|}(All)));")]
    [InlineData("Func<AuthorizationHandlerContext, bool> all = _ => true; services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.{|ASA1009:RequireAssertion|}(all)));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.AddRequirements(new Microsoft.AspNetCore.Authorization.Infrastructure.{|ASA1009:AssertionRequirement|}(_ => true))));")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.Requirements.Add(new Microsoft.AspNetCore.Authorization.Infrastructure.{|ASA1009:AssertionRequirement|}(_ => true))));")]
    [InlineData("var p = new AuthorizationPolicy(new[] { new Microsoft.AspNetCore.Authorization.Infrastructure.{|ASA1009:AssertionRequirement|}(_ => true) }, new string[0]);")]
    [InlineData("if (open) services.AddAuthorization(o => o.AddPolicy(\"Staff\", p => p.{|ASA1009:RequireAssertion|}(_ => true)));")]
    [InlineData("services.AddAuthorization(Configure); static void Configure(AuthorizationOptions o) => o.AddPolicy(\"Staff\", Build); static void Build(AuthorizationPolicyBuilder p) => p.{|ASA1009:RequireAssertion|}(_ => true);")]
    public Task Reports_policies_however_they_are_built(string statements) => Policies(statements).CheckAsync();

    [Fact]
    public Task Reports_policy_of_an_endpoint() =>
        Code.MinimalApi("""
            app.MapGet("/orders", () => 1).RequireAuthorization(policy => policy.{|ASA1009:RequireAssertion|}(_ => true));
            app.MapGet("/bills", () => 1).{|ASA1009:RequireAuthorization|}(policy => { });
            """).CheckAsync();

    [Fact]
    public Task Reports_default_policy_by_what_it_means() =>
        Policies("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => true).Build());")
            .Message("ASA1009", "'RequireAssertion' demands nothing of the caller: its condition is always true, and '[Authorize]' alone lets in who has not signed in")
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(_ => open).Build());")]
    [InlineData("services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().{|ASA1009:RequireAssertion|}(context => open).Build());")]
    [InlineData("services.AddAuthorizationBuilder().AddDefaultPolicy(\"Staff\", p => p.{|ASA1009:RequireAssertion|}(_ => open));")]
    public Task Reports_default_policy_that_never_looks_at_the_caller_as_suggestion(string statements) =>
        Policies(statements).Severity("ASA1009", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => { }));")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => p.AddAuthenticationSchemes(\"Bearer\")));")]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => { p.AuthenticationSchemes.Add(\"Bearer\"); }));")]
    [InlineData("services.AddAuthorizationBuilder().{|ASA1009:AddPolicy|}(\"Staff\", _ => { });")]
    [InlineData("services.AddAuthorizationBuilder().{|ASA1009:AddFallbackPolicy|}(\"Staff\", _ => { });")]
    [InlineData("services.AddAuthorization(o => o.AddPolicy(\"Staff\", new {|ASA1009:AuthorizationPolicyBuilder|}().Build()));")]
    [InlineData("services.AddAuthorization(o => o.DefaultPolicy = new {|ASA1009:AuthorizationPolicyBuilder|}(\"Bearer\").Build());")]
    [InlineData("var b = new {|ASA1009:AuthorizationPolicyBuilder|}(); b.AddAuthenticationSchemes(\"Bearer\"); services.AddAuthorization(o => o.DefaultPolicy = b.Build());")]
    [InlineData("var p = new {|ASA1009:AuthorizationPolicy|}(Array.Empty<IAuthorizationRequirement>(), new[] { \"Bearer\" });")]
    [InlineData("var p = new {|ASA1009:AuthorizationPolicy|}([], []);")]
    [InlineData("var p = new {|ASA1009:AuthorizationPolicy|}(new IAuthorizationRequirement[0], new string[0]);")]
    public Task Reports_policy_without_requirements(string statements) => Policies(statements).CheckAsync();

    [Fact]
    public Task Reports_what_the_framework_does_with_an_empty_policy() =>
        Policies("services.AddAuthorization(o => o.{|ASA1009:AddPolicy|}(\"Staff\", p => { }));")
            .Message("ASA1009", "'AddPolicy' demands nothing of the caller: the policy has no requirement, and the framework throws where it is built")
            .CheckAsync();

    [Theory]
    [InlineData("class H : AuthorizationHandler<R> { protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { context.{|ASA1009:Succeed|}(requirement); return Task.CompletedTask; } }")]
    [InlineData("class H : AuthorizationHandler<R> { protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) => context.{|ASA1009:Succeed|}(requirement); }")]
    [InlineData("class H : AuthorizationHandler<R> { protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { await Task.Yield(); context.{|ASA1009:Succeed|}(requirement); } }")]
    [InlineData("class H : AuthorizationHandler<R, string> { protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement, string resource) { var user = context.User.FindFirst(\"sub\"); context.{|ASA1009:Succeed|}(requirement); return Task.CompletedTask; } }")]
    [InlineData("class H : IAuthorizationHandler { public Task HandleAsync(AuthorizationHandlerContext context) { foreach (var requirement in context.PendingRequirements.ToList()) { context.{|ASA1009:Succeed|}(requirement); } return Task.CompletedTask; } }")]
    [InlineData("class H : IAuthorizationHandler { public Task HandleAsync(AuthorizationHandlerContext context) { foreach (var requirement in context.Requirements) context.{|ASA1009:Succeed|}(requirement); return Task.CompletedTask; } }")]
    [InlineData("class H(ILogger<H> logger) : AuthorizationHandler<R> { protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { logger.LogInformation(\"open\"); context.{|ASA1009:Succeed|}(requirement); return Task.CompletedTask; } }")]
    [InlineData("class H : AuthorizationHandler<R>, IAuthorizationRequirement { protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, R requirement) { context.{|ASA1009:Succeed|}(requirement); return Task.CompletedTask; } }")]
    public Task Reports_handler_that_always_succeeds(string type) =>
        Code.Library("class R : IAuthorizationRequirement { }\n" + type)
            .Message("ASA1009", "'H' demands nothing of the caller: every request succeeds")
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(o => o.{|ASA1009:FallbackPolicy|} = null);")]
    [InlineData("services.AddAuthorization(o => { o.{|ASA1009:FallbackPolicy|} = null!; });")]
    [InlineData("services.AddAuthorization(o => { o.{|ASA1009:FallbackPolicy|} = default; });")]
    [InlineData("services.Configure<AuthorizationOptions>(o => o.{|ASA1009:FallbackPolicy|} = null);")]
    [InlineData("services.AddAuthorizationBuilder().{|ASA1009:SetFallbackPolicy|}(null);")]
    [InlineData("services.AddAuthorization(o => { if (open) o.FallbackPolicy = o.DefaultPolicy; else o.{|ASA1009:FallbackPolicy|} = null; });")]
    [InlineData("services.AddAuthorization(o => { o.{|ASA1009:FallbackPolicy|} = null; o.FallbackPolicy = o.DefaultPolicy; });")]
    public Task Reports_fallback_policy_that_is_null_as_suggestion(string statements) =>
        Policies(statements).Severity("ASA1009", DiagnosticSeverity.Info)
            .Message("ASA1009", statements.Contains("SetFallback", StringComparison.Ordinal)
                ? "'SetFallbackPolicy' demands nothing of the caller: 'null' leaves endpoints that say nothing about authorization open to all"
                : "'FallbackPolicy' demands nothing of the caller: 'null' leaves endpoints that say nothing about authorization open to all")
            .CheckAsync();

    [Theory]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy); services.Configure<AuthorizationOptions>(o => o.{|ASA1009:FallbackPolicy|} = null);")]
    [InlineData("services.AddAuthorization(o => { o.FallbackPolicy = o.DefaultPolicy; if (open) o.{|ASA1009:FallbackPolicy|} = null; });")]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()); services.Configure<AuthorizationOptions>(o => o.{|ASA1009:FallbackPolicy|} = null);")]
    [InlineData("services.AddAuthorizationBuilder().AddFallbackPolicy(\"x\", p => p.RequireAuthenticatedUser()).{|ASA1009:SetFallbackPolicy|}(null);")]
    public Task Reports_fallback_policy_that_is_taken_away(string statements) => Policies(statements).CheckAsync();
}
