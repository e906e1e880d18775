using Microsoft.AspNetCore.SignalR;

namespace Shop.Orders;

/// <summary>Tells whoever watches an order what happens to it.</summary>
public sealed class OrderHub : Hub
{
    public static string GroupOf(int orderId) => $"order {orderId}";

    public Task Watch(int orderId) => Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(orderId));
}
