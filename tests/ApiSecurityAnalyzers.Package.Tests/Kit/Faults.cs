namespace ApiSecurityAnalyzers.Package.Tests.Kit;

/// <summary>The sources of a web API with one clear instance of each fault.</summary>
internal static class Faults
{
    /// <summary>What is reported for <see cref="All"/>.</summary>
    public static readonly string[] Ids =
    [
        "ASA1001", "ASA1002", "ASA1003", "ASA2001", "ASA3001", "ASA4001", "ASA5002", "ASA6001", "ASA6002", "ASA6003", "ASA6004", "ASA6005",
    ];

    public static readonly (string Name, string Text)[] All =
    [
        ("Program.cs", """
            using Api;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllers();
            builder.Services.AddSignalR();

            var app = builder.Build();

            app.MapControllers();
            app.MapHub<NewsHub>("/news");
            app.MapGet("/orders/{id}", (int id) => Results.Ok(id));

            app.Run();

            """),
        ("CustomersController.cs", """
            using System.Data.Common;
            using Microsoft.AspNetCore.Mvc;

            namespace Api;

            [ApiController]
            [Route("api/[controller]")]
            public sealed class CustomersController(DbConnection connection) : ControllerBase
            {
                [HttpGet]
                public IActionResult Find(string name)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "SELECT Id FROM Customers WHERE Name = '" + name + "'";
                    return Ok(command.ExecuteScalar());
                }
            }

            """),
        ("NewsHub.cs", """
            using Microsoft.AspNetCore.SignalR;

            namespace Api;

            public sealed class NewsHub : Hub
            {
                public Task Send(string text) => Clients.All.SendAsync("news", text);
            }

            """),
        ("Vault.cs", """
            using System.Security.Cryptography;
            using System.Text;

            namespace Api;

            public static class Vault
            {
                public static byte[] SignPassword(string password) => MD5.HashData(Encoding.UTF8.GetBytes(password));

                public static SymmetricAlgorithm Old() => TripleDES.Create();

                public static byte[] EncryptBlock(byte[] key, byte[] data)
                {
                    using var aes = Aes.Create();
                    aes.Key = key;
                    aes.Mode = CipherMode.ECB;
                    return aes.CreateEncryptor().TransformFinalBlock(data, 0, data.Length);
                }

                public static byte[] Encrypt(byte[] key, byte[] data)
                {
                    using var aes = Aes.Create();
                    aes.Key = key;
                    aes.IV = new byte[16];
                    return aes.CreateEncryptor().TransformFinalBlock(data, 0, data.Length);
                }

                public static byte[] Sign(byte[] data)
                {
                    using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes("kX9#vLq2!mZr7@pWtB4^"));
                    return hmac.ComputeHash(data);
                }
            }

            """),
    ];
}
