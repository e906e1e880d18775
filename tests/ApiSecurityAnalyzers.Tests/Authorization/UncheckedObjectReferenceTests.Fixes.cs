using ApiSecurityAnalyzers.CodeFixes.Authorization;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>What the fix does.</content>
public sealed partial class UncheckedObjectReferenceTests
{
    [Fact]
    public Task Fixes_actions_behind_the_load() => ObjectModel.Members("""
        [HttpGet("{id}")]
        public async Task<ActionResult<decimal>> {|ASA1021:Get|}(int id)
        {
            // by key
            var order = await db.Orders.FindAsync(id);
            return order!.Total;
        }

        #region Changes
        [HttpDelete("{id}")]
        public async Task<IActionResult> {|ASA1021:Delete|}(int id)
        {
            var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
            if (order is null)
                return NotFound();

            db.Orders.Remove(order);
            await db.SaveChangesAsync();
            return NoContent();
        }
        #endregion
        """)
        .FixedBy(UncheckedObjectReferenceFix.AuthorizeObject, ("OrdersController.cs", "using Microsoft.AspNetCore.Authorization.Infrastructure;\n" + ObjectModel.Controller("""
        [HttpGet("{id}")]
        public async Task<ActionResult<decimal>> Get(int id)
        {
            // by key
            var order = await db.Orders.FindAsync(id);
            if (!(await authorizationService.AuthorizeAsync(User, order, new OperationAuthorizationRequirement { Name = nameof(Get) })).Succeeded)
                return Forbid();
            return order!.Total;
        }

        #region Changes
        [HttpDelete("{id}")]
        public async Task<IActionResult> Delete(int id)
        {
            var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id);
            if (order is null)
                return NotFound();
            if (!(await authorizationService.AuthorizeAsync(User, order, new OperationAuthorizationRequirement { Name = nameof(Delete) })).Succeeded)
                return Forbid();

            db.Orders.Remove(order);
            await db.SaveChangesAsync();
            return NoContent();
        }
        #endregion
        """, parameters: "ShopContext db, IAuthorizationService authorizationService"))).CheckAsync();

    [Fact]
    public Task Fixes_with_the_service_that_is_there() => ObjectModel.With(ObjectModel.Controller("""
        [HttpGet("{id}")]
        public async Task<ActionResult<decimal>> {|ASA1021:Get|}(int id)
        {
            var order = await db.Orders.FindAsync(id);
            return order!.Total;
        }
        """, parameters: "ShopContext db, IAuthorizationService service"))
        .FixedBy(UncheckedObjectReferenceFix.AuthorizeObject, ("OrdersController.cs", "using Microsoft.AspNetCore.Authorization.Infrastructure;\n" + ObjectModel.Controller("""
        [HttpGet("{id}")]
        public async Task<ActionResult<decimal>> Get(int id)
        {
            var order = await db.Orders.FindAsync(id);
            if (!(await service.AuthorizeAsync(User, order, new OperationAuthorizationRequirement { Name = nameof(Get) })).Succeeded)
                return Forbid();
            return order!.Total;
        }
        """, parameters: "ShopContext db, IAuthorizationService service"))).CheckAsync();

    [Fact]
    public Task Fixes_a_mapped_handler() => Code.MinimalApi("""
        app.{|ASA1021:MapGet|}("/orders/{id}", async Task<IResult> (int id, ShopContext db) =>
        {
            var order = await db.Orders.FindAsync(id);
            return Results.Ok(order);
        }).RequireAuthorization();
        """).With("Model.cs", ObjectModel.Text).Reference(Packages.EntityFrameworkCore).Asks("ASA1021").Severity("ASA1021", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
        .FixedBy(UncheckedObjectReferenceFix.AuthorizeObject, """
        using System.Security.Claims;
        using Microsoft.AspNetCore.Authorization.Infrastructure;

        app.MapGet("/orders/{id}", async Task<IResult> (int id, ShopContext db, IAuthorizationService authorizationService, ClaimsPrincipal user) =>
        {
            var order = await db.Orders.FindAsync(id);
            if (!(await authorizationService.AuthorizeAsync(user, order, new OperationAuthorizationRequirement { Name = "GET /orders/{id}" })).Succeeded)
                return Results.Forbid();
            return Results.Ok(order);
        }).RequireAuthorization();
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Order?> {|ASA1021:Get|}(int id) => await db.Orders.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<decimal> {|ASA1021:Get|}(int id) { var order = await db.Orders.FindAsync(id); return order!.Total; }")]
    [InlineData("[HttpGet(\"{id}\")] public IActionResult {|ASA1021:Get|}(int id) { var order = db.Orders.Find(id); return Ok(order); }")]
    [InlineData("[HttpDelete(\"{id}\")] public async Task<IActionResult> {|ASA1021:Delete|}(int id) { await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); return Ok(); }")]
    public Task NoFix_where_the_object_has_no_variable_or_the_action_no_way_to_wait_or_refuse(string member) => ObjectModel.Members(member).NoFix().CheckAsync();
}
