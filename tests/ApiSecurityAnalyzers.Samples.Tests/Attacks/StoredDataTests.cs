using System.Net;
using System.Text;
using System.Text.Json;
using ApiSecurityAnalyzers.Samples.Tests.Running;
using Microsoft.Data.Sqlite;

namespace ApiSecurityAnalyzers.Samples.Tests.Attacks;

/// <summary>ASA6001 to ASA6005: what somebody learns who reads the database or the answers.</summary>
[Collection(ShopPair.Written)]
public sealed class StoredDataTests(ShopPair shop)
{
    private const string Iban = "GB29NWBK60161331926819";

    /// <summary>Each of the lines is as long as a block of AES.</summary>
    private const string Note = "call before nine" + "call before nine";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_plaintexts_have_equal_ciphertexts_before_and_different_ones_after()
    {
        var before = await StoredAsync("Iban", await AddTwiceAsync(shop.UserBefore), shop.Before);
        Assert.Equal(before[0], before[1]);

        var after = await StoredAsync("Iban", await AddTwiceAsync(shop.UserAfter), shop.After);
        Assert.NotEqual(after[0], after[1]);
    }

    [Fact]
    public async Task Equal_blocks_show_before_and_are_hidden_after()
    {
        var before = await StoredAsync("Note", await AddTwiceAsync(shop.UserBefore), shop.Before);
        Assert.Equal(before[0], before[1]);
        Assert.True(HasEqualBlocks(before[0]));

        var after = await StoredAsync("Note", await AddTwiceAsync(shop.UserAfter), shop.After);
        Assert.NotEqual(after[0], after[1]);
        Assert.False(HasEqualBlocks(after[0]));
    }

    [Fact]
    public async Task Stored_values_can_still_be_read_after()
    {
        foreach (var id in await AddTwiceAsync(shop.UserAfter))
        {
            var customer = await shop.UserAfter.ReadAsync($"customers/{id}", CancellationToken);
            Assert.Equal(Iban, customer.GetProperty("iban").GetString());
            Assert.Equal(Note, customer.GetProperty("note").GetString());
        }

        Assert.Equal("GB33BUKB20201555555555", (await shop.UserAfter.ReadAsync("customers/1", CancellationToken)).GetProperty("iban").GetString());
    }

    [Fact]
    public async Task Key_can_be_read_from_the_program_before_and_is_gone_after()
    {
        Assert.True(await ContainsKeyAsync(shop.Before.Program), "The key is not in the program");
        Assert.False(await ContainsKeyAsync(shop.After.Program), "The key is still in the program");
    }

    [Fact]
    public async Task Page_tokens_are_made_with_blocks_of_8_bytes_before_and_16_after()
    {
        // initialization vector and one block, in hexadecimal digits
        Assert.Equal(2 * (8 + 8), (await NextAsync(shop.UserBefore, "customers")).Length);
        var token = await NextAsync(shop.UserAfter, "customers");
        Assert.Equal(2 * (16 + 16), token.Length);

        var rows = (await shop.UserAfter.ReadAsync("customers?page=" + token, CancellationToken)).GetProperty("rows");
        Assert.Equal(3, rows[0].GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Receipts_are_sealed_with_128_bits_before_and_256_after()
    {
        Assert.Equal(128 / 4, (await SealAsync(shop.UserBefore)).Length);
        Assert.Equal(256 / 4, (await SealAsync(shop.UserAfter)).Length);
        Assert.Equal(await SealAsync(shop.UserAfter), await SealAsync(shop.UserAfter));
    }

    private static async Task<bool> ContainsKeyAsync(string program) =>
        (await File.ReadAllBytesAsync(program, CancellationToken)).AsSpan().IndexOf(Encoding.Unicode.GetBytes("hB7vQ2xkT9mWzR4c")) >= 0;

    private static async Task<string> SealAsync(User user) => (await user.ReadAsync("orders/1/receipt", CancellationToken)).GetProperty("seal").GetString()!;

    private static async Task<string> NextAsync(User user, string path) => (await user.ReadAsync(path, CancellationToken)).GetProperty("next").GetString()!;

    /// <summary>Stores two customers with the same bank account and the same note.</summary>
    private static async Task<int[]> AddTwiceAsync(User user)
    {
        var ids = new int[2];
        for (var i = 0; i < ids.Length; i++)
        {
            using var answer = await user.PostAsync("customers", new { Name = "Eve", Email = "eve@example.org", Iban, Note }, CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            ids[i] = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(CancellationToken), default, CancellationToken)).RootElement.GetProperty("id").GetInt32();
        }

        return ids;
    }

    /// <summary>What somebody sees who has the file of the database.</summary>
    private static async Task<byte[][]> StoredAsync(string column, int[] ids, RunningApi api)
    {
        await using var connection = new SqliteConnection($"Data Source={api.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(CancellationToken);
        var values = new byte[ids.Length][];
        for (var i = 0; i < ids.Length; i++)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = column == "Iban" ? "SELECT Iban FROM Customers WHERE Id = $id" : "SELECT Note FROM Customers WHERE Id = $id";
            command.Parameters.AddWithValue("$id", ids[i]);
            values[i] = (byte[])(await command.ExecuteScalarAsync(CancellationToken))!;
        }

        return values;
    }

    private static bool HasEqualBlocks(byte[] bytes) => bytes.Chunk(16).GroupBy(Convert.ToHexString, StringComparer.Ordinal).Any(static g => g.Count() > 1);
}
