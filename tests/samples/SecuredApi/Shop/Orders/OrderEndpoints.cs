using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Protection;

namespace Shop.Orders;

/// <summary>The endpoints under <c>/orders</c>.</summary>
public static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").RequireAuthorization();

        orders.MapGet("/", async (string status, ShopContext context) =>
            await context.Orders.FromSql($"SELECT * FROM Orders WHERE Status = {status}").OrderBy(o => o.Id).ToListAsync());

        orders.MapGet("/by-product", async (string product, OrderReport report) => await report.ByProductAsync(product));

        orders.MapGet("/{id:int}/receipt", async (int id, ShopContext context, ReceiptSeal seal) =>
            await context.Orders.FindAsync(id) is { } order ? Results.Ok(new { order.Id, order.Cents, Seal = seal.Of(order) }) : Results.NotFound());

        orders.MapPost("/{id:int}/ship", async (int id, ShopContext context, IHubContext<OrderHub> hub) =>
        {
            if (await context.Orders.FindAsync(id) is not { } order)
                return Results.NotFound();
            order.Status = "shipped";
            await context.SaveChangesAsync();
            await hub.Clients.Group(OrderHub.GroupOf(id)).SendAsync("shipped", id);
            return Results.NoContent();
        });
    }
}
