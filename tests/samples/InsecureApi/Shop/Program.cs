using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.EntityFrameworkCore;
using Shop;
using Shop.Customers;
using Shop.Data;
using Shop.Orders;
using Shop.Protection;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Shop")));
builder.Services.AddSingleton<FieldCipher>();
builder.Services.AddSingleton<NoteCipher>();
builder.Services.AddSingleton<PageTokens>();
builder.Services.AddSingleton<ReceiptSeal>();
builder.Services.AddScoped<CustomerSearch>();
builder.Services.AddScoped<OrderReport>();
builder.Services.AddControllers();
builder.Services.AddSignalR();
builder.Services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
builder.Services.AddAuthorization();

var app = builder.Build();

await ShopSeed.RunAsync(app.Services, app.Configuration);

app.MapSignIn();
app.MapControllers();
app.MapOrders();
app.MapHub<OrderHub>("/hubs/orders");

app.Run();
