using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6001: what a hash is for decides on the severity.</summary>
public sealed partial class BrokenHashTests
{
    [Theory]
    [InlineData("public string ComputeETag(byte[] body) => Convert.ToHexString({|ASA6001:MD5|}.HashData(body));")]
    [InlineData("public void Run(HttpResponse response, byte[] body) { response.Headers[\"ETag\"] = Convert.ToHexString({|ASA6001:SHA1|}.HashData(body)); }")]
    [InlineData("public void Run(HttpResponse response, byte[] body) { response.Headers.ETag = Convert.ToHexString({|ASA6001:SHA1|}.HashData(body)); }")]
    [InlineData("public void Run(HttpResponse response, byte[] body) { var hash = {|ASA6001:MD5|}.HashData(body); response.Headers.ContentMD5 = Convert.ToBase64String(hash); }")]
    [InlineData("public string GetCacheKey(string url) { using var md5 = {|ASA6001:MD5|}.Create(); return Convert.ToHexString(md5.ComputeHash(System.Text.Encoding.UTF8.GetBytes(url))); }")]
    [InlineData("public bool Same(Stream file, string checksum) { var hash = {|ASA6001:MD5|}.HashData(file); return Convert.ToHexString(hash) == checksum || string.Equals(Convert.ToHexString(hash), checksum); }")]
    [InlineData("public string GravatarUrl(string mail) => \"https://www.gravatar.com/avatar/\" + Convert.ToHexString({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(mail)));")]
    [InlineData("public Guid ToId(string name) => new Guid({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(name)));")]
    [InlineData("public Guid ToId(string name) { using var md5 = {|ASA6001:MD5|}.Create(); var hash = md5.ComputeHash(System.Text.Encoding.UTF8.GetBytes(name)); return new Guid(hash); }")]
    [InlineData("private static readonly MD5 Hasher = {|ASA6001:MD5|}.Create(); public Guid ToId(byte[] name) => new(Hasher.ComputeHash(name)); public string ComputeChecksum(byte[] name) => Convert.ToHexString(Hasher.ComputeHash(name));")]
    [InlineData("public int ShardOf(string key) => BitConverter.ToInt32({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(key)));")]
    [InlineData("public int IdOf(string name) { var hashed = {|ASA6001:SHA1|}.Create().ComputeHash(System.Text.Encoding.UTF8.GetBytes(name)); return BitConverter.ToUInt16(hashed, 0); }")]
    [InlineData("private static class ImageCache { public static string PathOf(string url) => Convert.ToHexString({|ASA6001:SHA1|}.HashData(System.Text.Encoding.UTF8.GetBytes(url))); }")]
    [InlineData("public byte[] Mac(byte[] key, byte[] data) { using var hmac = new {|ASA6001:HMACSHA1|}(key); return hmac.ComputeHash(data); }")]
    [InlineData("public byte[] Mac(byte[] key, byte[] data) => {|ASA6001:HMACSHA1|}.HashData(key, data);")]
    [InlineData("public IncrementalHash Mac(byte[] key) => IncrementalHash.CreateHMAC({|ASA6001:HashAlgorithmName.SHA1|}, key);")]
    public Task Reports_at_info_where_collisions_do_not_matter(string members) =>
        Members(members).Severity("ASA6001", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("public string HashPassword(string password) => Convert.ToHexString({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(password)));")]
    [InlineData("public string ComputeChecksum(string password) { var bytes = System.Text.Encoding.UTF8.GetBytes(password); return Convert.ToHexString({|ASA6001:SHA1|}.HashData(bytes)); }")]
    [InlineData("public string Cached(string userPassword) { using var md5 = {|ASA6001:MD5|}.Create(); return Convert.ToHexString(md5.ComputeHash(System.Text.Encoding.UTF8.GetBytes(userPassword))); }")]
    [InlineData("private static class CacheService { public static string SignUrl(string url) => Convert.ToHexString({|ASA6001:SHA1|}.HashData(System.Text.Encoding.UTF8.GetBytes(url))); }")]
    [InlineData("public string ResetToken(string mail) { var token = Convert.ToHexString({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(mail))); return token; }")]
    [InlineData("public string Hash(string text) => Convert.ToHexString({|ASA6001:MD5|}.HashData(System.Text.Encoding.UTF8.GetBytes(text)));")]
    [InlineData("private static class TotpService { public static byte[] Run(byte[] key, byte[] data) => {|ASA6001:HMACMD5|}.HashData(key, data); }")]
    public Task Reports_at_warning_where_somebody_gains(string members) => Members(members).CheckAsync();

    [Theory]
    [InlineData("private static class TotpGenerator { public static byte[] Run(byte[] key, byte[] step) { using var hmac = new HMACSHA1(key); return hmac.ComputeHash(step); } }")]
    [InlineData("public int ComputeOtp(byte[] key, byte[] step) => HMACSHA1.HashData(key, step)[19];")]
    [InlineData("public int GenerateOneTimePassword(byte[] key, byte[] step) => HMACSHA1.HashData(key, step)[19];")]
    [InlineData("private static class Rfc6238AuthenticationService { public static byte[] Run(byte[] key, byte[] step) => HMACSHA1.HashData(key, step); }")]
    [InlineData("public string Accept(string key) => Convert.ToBase64String(SHA1.HashData(System.Text.Encoding.ASCII.GetBytes(key + \"258EAFA5-E914-47DA-95CA-C5AB0DC85B11\")));")]
    [InlineData("private const string Magic = \"258EAFA5-E914-47DA-95CA-C5AB0DC85B11\"; public string Accept(string key) => Convert.ToBase64String(SHA1.HashData(System.Text.Encoding.ASCII.GetBytes(key + Magic)));")]
    [InlineData("private static class NtlmMessage { public static byte[] Response(byte[] key, byte[] data) => HMACMD5.HashData(key, data); }")]
    [InlineData("public string DigestAuthResponse(string text) => Convert.ToHexString(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));")]
    [InlineData("private static class RadiusPacket { public static byte[] Authenticator(byte[] data) => MD5.HashData(data); }")]
    [InlineData("public void Run(byte[] info) { var infoHash = SHA1.HashData(info); }")]
    [InlineData("private static class SubsonicClient { public static string Token(string password, string salt) => Convert.ToHexString(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(password + salt))); }")]
    [InlineData("private static class LastFmApi { public static string Sign(string text) => Convert.ToHexString(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text))); }")]
    [InlineData("public async Task<string> IsPwned(HttpClient client, string password) => await client.GetStringAsync(\"https://api.pwnedpasswords.com/range/\" + Convert.ToHexString(SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(password)))[..5]);")]
    public Task Silent_where_a_protocol_demands_it(string members) => Members(members).CheckAsync();

    [Theory]
    [InlineData("GitObjectId")]
    [InlineData("GitObjectId.Of")]
    [InlineData("Of")]
    [InlineData("Demo.Store.GitObjectId")]
    [InlineData("Other, Demo.Store.GitObjectId.Of")]
    public Task Silent_where_the_option_names_the_use(string value) =>
        Code.Library("""
            using System.Security.Cryptography;

            namespace Demo.Store;

            public static class GitObjectId
            {
                public static string Of(byte[] data) => Convert.ToHexString(SHA1.HashData(data));
            }
            """).Option("api_security.weak_hash_uses", value).CheckAsync();

    [Fact]
    public Task Reports_where_the_option_names_something_else() =>
        Code.Library("""
            using System.Security.Cryptography;

            public static class Other
            {
                public static string Of(byte[] data) => Convert.ToHexString({|ASA6001:SHA1|}.HashData(data));
            }
            """).Option("api_security.weak_hash_uses", "GitObjectId, Id.Of").CheckAsync();

    [Theory]
    [InlineData("public byte[] Run(byte[] d) => {|ASA6001:MD5|}.HashData(d);", "'MD5' is broken: two inputs with the same hash can be computed, so it protects neither signatures nor integrity", DiagnosticSeverity.Warning)]
    [InlineData("public byte[] Run(byte[] password) => {|ASA6001:SHA1|}.HashData(password);", "'SHA1' is broken: a password hashed with it is guessed at billions of tries a second", DiagnosticSeverity.Warning)]
    [InlineData("public byte[] Run(byte[] passwordResetMail) => {|ASA6001:MD5|}.HashData(passwordResetMail);", "'MD5' is broken: two inputs with the same hash can be computed, so it protects neither signatures nor integrity", DiagnosticSeverity.Warning)]
    [InlineData("public byte[] Run(byte[] d) => {|ASA6001:HMACMD5|}.HashData(d, d);", "'HMACMD5' is broken: its hash or cipher has no security margin left, and no current standard allows it under a key", DiagnosticSeverity.Warning)]
    [InlineData("public byte[] Checksum(byte[] d) => {|ASA6001:MD5|}.HashData(d);", "'MD5' is broken: it tells accidental changes and names apart, not inputs that somebody made to collide", DiagnosticSeverity.Info)]
    [InlineData("public byte[] Run(byte[] d) => {|ASA6001:HMACSHA1|}.HashData(d, d);", "'HMACSHA1' is dated: no forgery under a key is known, but NIST withdraws SHA-1 in all its uses by the end of 2030", DiagnosticSeverity.Info)]
    [InlineData("public HashAlgorithmName Name => {|ASA6001:HashAlgorithmName.MD5|};", "'HashAlgorithmName.MD5' is broken: two inputs with the same hash can be computed, so it protects neither signatures nor integrity", DiagnosticSeverity.Warning)]
    public Task Reports_what_it_costs(string members, string message, DiagnosticSeverity severity) =>
        Members(members).Message("ASA6001", message).Severity("ASA6001", severity).CheckAsync();
}
