namespace ApiSecurityAnalyzers.Tests.Cryptography;

public sealed partial class PredictableInitializationVectorTests
{
    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:new byte[16]|}; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:Encoding.UTF8.GetBytes(\"0123456789abcdef\")|}; var e = aes.CreateEncryptor();")]
    [InlineData("var aes = new AesManaged { Key = key, IV = {|ASA6005:new byte[] { 1, 2, 3 }|} }; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, {|ASA6005:s_iv|});")]
    [InlineData("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, {|ASA6005:key[..16]|});")]
    [InlineData("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, {|ASA6005:key|});")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:aes.Key.Take(16).ToArray()|}; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:MD5Hash(key)|}; var e = aes.CreateEncryptor(); byte[] MD5Hash(byte[] data) => SHA256.HashData(data)[..16];")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var c = aes.EncryptCbc(data, {|ASA6005:new byte[16]|});")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var iv = new byte[16]; var c = aes.EncryptCfb(data, {|ASA6005:iv|});")]
    [InlineData("using var gcm = new AesGcm(key, 16); gcm.Encrypt({|ASA6005:new byte[12]|}, data, new byte[data.Length], new byte[16]);")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = new byte[12]; var cipher = new byte[data.Length]; gcm.Encrypt({|ASA6005:nonce|}, data, cipher, new byte[16]);")]
    [InlineData("using var ccm = new AesCcm(key); ccm.Encrypt({|ASA6005:\"123456789012\"u8|}, data, new byte[data.Length], new byte[16]);")]
    [InlineData("using var chacha = new ChaCha20Poly1305(key); chacha.Encrypt({|ASA6005:s_iv.AsSpan(0, 12)|}, data, new byte[data.Length], new byte[16]);")]
    [InlineData("Span<byte> nonce = stackalloc byte[12]; using var gcm = new AesGcm(key, 16); gcm.Encrypt({|ASA6005:nonce|}, data, new byte[data.Length], new byte[16]);")]
    [InlineData("var kdf = new Rfc2898DeriveBytes(password, {|ASA6005:new byte[] { 0x49, 0x76 }|}, 600000, HashAlgorithmName.SHA256);")]
    [InlineData("var k = Rfc2898DeriveBytes.Pbkdf2(password, {|ASA6005:Encoding.UTF8.GetBytes(\"pepper\")|}, 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var k = Rfc2898DeriveBytes.Pbkdf2(password, {|ASA6005:Encoding.UTF8.GetBytes(password)|}, 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var salt = new byte[16]; var k = Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation.Pbkdf2(password, {|ASA6005:salt|}, default, 600000, 32);")]
    [InlineData("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, {|ASA6005:s_random|});")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:_random|}; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = {|ASA6005:Convert.FromBase64String(configuration[\"Encryption:IV\"]!)|}; var e = aes.CreateEncryptor();")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = RandomNumberGenerator.GetBytes(12); foreach (var part in data.Chunk(16)) gcm.Encrypt({|ASA6005:nonce|}, part, part, new byte[16]);")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(nonce, data, data, new byte[16]); gcm.Encrypt({|ASA6005:nonce|}, key, key, new byte[16]);")]
    [InlineData("using var aes = Aes.Create(); (aes.Key, aes.IV) = (key, {|ASA6005:s_iv|}); var e = aes.CreateEncryptor();")]
    public Task Reports_value_in_its_place(string statements) => InMethod(statements).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.GenerateIV(); var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, aes.IV);")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var iv = RandomNumberGenerator.GetBytes(16); var c = aes.EncryptCbc(data, iv);")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var iv = new byte[16]; RandomNumberGenerator.Fill(iv); aes.IV = iv; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var iv = new byte[16]; using (var rng = RandomNumberGenerator.Create()) { rng.GetBytes(iv, 0, 16); } aes.IV = iv; var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); var d = aes.CreateDecryptor(key, s_iv);")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = s_iv; var d = aes.CreateDecryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; var d = aes.DecryptCbc(data, new byte[16]);")]
    [InlineData("using var gcm = new AesGcm(key, 16); gcm.Decrypt(s_iv.AsSpan(0, 12), data, data, new byte[16]);")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = data[..16]; var d = aes.CreateDecryptor();")]
    [InlineData("using var gcm = new AesGcm(key, 16); Span<byte> nonce = stackalloc byte[12]; System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(nonce, DateTime.UtcNow.Ticks); gcm.Encrypt(nonce, data, data, new byte[16]);")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = RandomNumberGenerator.GetBytes(12); foreach (var part in data.Chunk(16)) { nonce[0]++; gcm.Encrypt(nonce, part, part, new byte[16]); }")]
    [InlineData("using var gcm = new AesGcm(key, 16); foreach (var part in data.Chunk(16)) { var nonce = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(nonce, part, part, new byte[16]); }")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = new byte[12]; foreach (var part in data.Chunk(16)) { RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, part, part, new byte[16]); }")]
    [InlineData("var nonce = RandomNumberGenerator.GetBytes(12); foreach (var part in data.Chunk(16)) { using var gcm = new AesGcm(RandomNumberGenerator.GetBytes(32), 16); gcm.Encrypt(nonce, part, part, new byte[16]); }")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(nonce, data, data, new byte[16]); RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, key, key, new byte[16]);")]
    [InlineData("using var gcm = new AesGcm(key, 16); var nonce = RandomNumberGenerator.GetBytes(12); while (true) { gcm.Encrypt(nonce, data, data, new byte[16]); break; }")]
    [InlineData("var k = Rfc2898DeriveBytes.Pbkdf2(password, RandomNumberGenerator.GetBytes(16), 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var k = Rfc2898DeriveBytes.Pbkdf2(password, data, 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var k = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(configuration[\"Salt\"]!), 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var k = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, new byte[] { 1, 2 });")]
    [InlineData("using var aes = Aes.Create(); aes.Key = data[..32]; aes.IV = data[32..48]; var e = aes.CreateEncryptor();")]
    [InlineData("var kdf = new Rfc2898DeriveBytes(password, data, 600000, HashAlgorithmName.SHA256); using var aes = Aes.Create(); aes.Key = kdf.GetBytes(32); aes.IV = kdf.GetBytes(16); var e = aes.CreateEncryptor();")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; aes.IV = HMACSHA256.HashData(key, data)[..16]; var e = aes.CreateEncryptor();")]
    [InlineData("var kdf = new Rfc2898DeriveBytes(password, new byte[] { 0x49, 0x76 }, 600000, HashAlgorithmName.SHA256); using var aes = Aes.Create(); aes.Key = kdf.GetBytes(32); aes.IV = kdf.GetBytes(16); var d = aes.CreateDecryptor();")]
    [InlineData("var holder = new Holder { IV = \"name\" }; holder.IV = \"x\"; using var aes = Aes.Create();")]
    public Task Silent_where_the_value_is_random_or_given(string statements) => InMethod(statements).CheckAsync();

    [Fact]
    public Task Reports_with_message() => InMethod("using var gcm = new AesGcm(key, 16); gcm.Encrypt({|ASA6005:new byte[12]|}, data, data, new byte[16]);")
        .Message("ASA6005", "The nonce of 'AesGcm.Encrypt' is all zeros, so two messages reveal each other and let others be forged")
        .CheckAsync();

    [Fact]
    public Task Reports_constant_that_an_own_method_uses() => Code.Files(
            ("Cipher.cs", """
            using System.Security.Cryptography;

            public static class SignedCipher
            {
                public static byte[] Encrypt(byte[] data, byte[] key, byte[] iv)
                {
                    using var aes = Aes.Create();
                    aes.Key = key;
                    return aes.EncryptCbc(data, iv);
                }
            }
            """),
            ("Store.cs", """
            public sealed class Store
            {
                public byte[] Save(byte[] data, byte[] key) => SignedCipher.Encrypt(data, key, {|ASA6005:new byte[16]|});
            }
            """))
        .Option("api_security.host", "protected")
        .FixedBy("ASA6005.Generate", ("Store.cs", """
            using System.Security.Cryptography;

            public sealed class Store
            {
                public byte[] Save(byte[] data, byte[] key) => SignedCipher.Encrypt(data, key, RandomNumberGenerator.GetBytes(16));
            }
            """))
        .CheckAsync();

    [Fact]
    public Task Silent_in_tests() => InMethod("using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, new byte[16]);").Test().CheckAsync();

    [Fact]
    public Task Silent_in_development() => InMethod("if (environment.IsDevelopment()) { using var aes = Aes.Create(); var e = aes.CreateEncryptor(key, new byte[16]); }").CheckAsync();

    private static CodeTest InMethod(string statements) => Code.Library($$"""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Subject
        {
            private static readonly byte[] s_iv = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
            private static readonly byte[] s_random = RandomNumberGenerator.GetBytes(16);
            private readonly byte[] _random = RandomNumberGenerator.GetBytes(16);

            public void Run(byte[] key, byte[] data, byte[] tag, string password, IConfiguration configuration, IHostEnvironment environment)
            {
                {{statements}}
            }
        }

        public sealed class Holder
        {
            public string? IV { get; set; }
        }
        """);
}
