namespace ApiSecurityAnalyzers.Tests.Cryptography;

public sealed partial class HardCodedKeyTests
{
    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Key = Encoding.UTF8.GetBytes({|ASA6004:\"0123456789abcdef\"|});")]
    [InlineData("using var aes = Aes.Create(); aes.Key = {|ASA6004:new byte[] { 1, 2, 3, 4 }|};")]
    [InlineData("using var aes = new AesManaged { Key = {|ASA6004:new byte[] { 1, 2, 3, 4 }|} };")]
    [InlineData("using var aes = new RijndaelManaged(); aes.Key = Convert.FromBase64String({|ASA6004:\"AAECAw==\"|});")]
    [InlineData("SymmetricAlgorithm a = Aes.Create(); var e = a.CreateDecryptor(Convert.FromHexString({|ASA6004:\"00ff\"|}), Convert.FromBase64String(input));")]
    [InlineData("using var hmac = new HMACSHA256({|ASA6004:\"secret\"u8|}.ToArray());")]
    [InlineData("using HMACSHA512 hmac = new({|ASA6004:[1, 2, 3]|});")]
    [InlineData("var mac = HMACSHA256.HashData({|ASA6004:\"abc\"u8|}, Convert.FromBase64String(input));")]
    [InlineData("using var gcm = new AesGcm({|ASA6004:new byte[32]|}, 16);")]
    [InlineData("using var ccm = new AesCcm({|ASA6004:new byte[] { 1 }|});")]
    [InlineData("using var chacha = new ChaCha20Poly1305({|ASA6004:stackalloc byte[32]|});")]
    [InlineData("using var chacha = new ChaCha20Poly1305({|ASA6004:stackalloc byte[] { 1, 2 }|});")]
    [InlineData("using var kdf = new Rfc2898DeriveBytes({|ASA6004:\"p@ssw0rd\"|}, Convert.FromBase64String(input), 600000, HashAlgorithmName.SHA256);")]
    [InlineData("var key = Rfc2898DeriveBytes.Pbkdf2({|ASA6004:\"p@ssw0rd\"|}, Convert.FromBase64String(input), 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("var key = Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation.Pbkdf2({|ASA6004:\"p@ssw0rd\"|}, Convert.FromBase64String(input), default, 600000, 32);")]
    [InlineData("var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, {|ASA6004:new byte[] { 1, 2 }|}, 32);")]
    [InlineData("using var rsa = RSA.Create(); rsa.ImportFromPem({|ASA6004:\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\"|});")]
    [InlineData("using var rsa = RSA.Create(); rsa.FromXmlString({|ASA6004:\"<RSAKeyValue><Modulus>a</Modulus><D>b</D></RSAKeyValue>\"|});")]
    [InlineData("using var ec = ECDsa.Create(); ec.ImportECPrivateKey(Convert.FromBase64String({|ASA6004:\"MHcCAQEE\"|}), out _);")]
    [InlineData("using var des = new {|ASA6002:TripleDESCryptoServiceProvider|}(); (des.Key, des.IV) = ({|ASA6004:new byte[] { 1, 2 }|}, Convert.FromBase64String(input));")]
    [InlineData("var mac = CryptographicOperations.HmacData(HashAlgorithmName.SHA256, {|ASA6004:new byte[] { 1 }|}, Convert.FromBase64String(input));")]
    public Task Reports_sink(string statement) => InMethod(statement).CheckAsync();

    [Theory]
    [InlineData("var key = {|ASA6004:new byte[] { 1, 2, 3 }|}; Use(key);")]
    [InlineData("var text = {|ASA6004:\"secret\"|}; var key = Encoding.UTF8.GetBytes(text); Use(key);")]
    [InlineData("const string Text = {|ASA6004:\"secret\"|}; Use(Encoding.ASCII.GetBytes(Text));")]
    [InlineData("byte[] key = {|ASA6004:{ 1, 2, 3 }|}; Use(key.AsSpan().ToArray());")]
    [InlineData("Use(Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|}.PadRight(32, '0').Substring(0, 32)));")]
    [InlineData("Use(SHA256.HashData({|ASA6004:\"secret\"u8|}));")]
    [InlineData("using var sha = SHA256.Create(); Use(sha.ComputeHash(Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|})).Take(16).ToArray());")]
    [InlineData("Use({|ASA6004:Enumerable.Range(0, 32)|}.Select(i => (byte)i).ToArray());")]
    [InlineData("Use({|ASA6004:Enumerable.Repeat((byte)7, 32)|}.ToArray());")]
    [InlineData("Use(input.Length > 3 ? Convert.FromBase64String(input) : {|ASA6004:new byte[] { 1 }|});")]
    [InlineData("Use(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? {|ASA6004:\"default\"|}));")]
    [InlineData("string? text = Environment.GetEnvironmentVariable(\"KEY\"); text ??= {|ASA6004:\"default\"|}; Use(Encoding.UTF8.GetBytes(text));")]
    [InlineData("var key = {|ASA6004:new byte[32]|}; Use(key);")]
    [InlineData("var key = new byte[32]; Array.Copy(Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|}), key, 6); Use(key);")]
    [InlineData("var key = new byte[32]; Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|}, key); Use(key);")]
    [InlineData("Use(Guid.Parse({|ASA6004:\"5f2d1a1e-9f1b-4a52-8d5d-111111111111\"|}).ToByteArray());")]
    [InlineData("Use(Encoding.UTF8.GetBytes(input switch { \"a\" => Environment.MachineName, _ => {|ASA6004:\"b\"|} }));")]
    [InlineData("var (key, count) = ({|ASA6004:new byte[] { 1 }|}, 2); Use(key);")]
    [InlineData("Use({|ASA6004:\"1,2,3\"|}.Split(',').Select(byte.Parse).ToArray());")]
    [InlineData("Use(Encoding.UTF8.GetBytes({|ASA6004:new string('x', 32)|}));")]
    [InlineData("var part = \"b\"; Use(Encoding.UTF8.GetBytes({|ASA6004:$\"a{part}\"|}));")]
    [InlineData("Use({|ASA6004:new byte[] { 1, 2, 3, 4 }|}[..2]);")]
    [InlineData("byte[] key; if (input == \"\") key = {|ASA6004:new byte[] { 1 }|}; else key = Convert.FromBase64String(input); Use(key);")]
    public Task Reports_value(string statements) => InMethod(statements.Replace("Use(", "using var hmac = new HMACSHA256(", StringComparison.Ordinal)).CheckAsync();

    [Theory]
    [InlineData("private static readonly byte[] s_key = {|ASA6004:{ 1, 2, 3 }|};", "s_key")]
    [InlineData("private const string Secret = {|ASA6004:\"secret\"|};", "Encoding.UTF8.GetBytes(Secret)")]
    [InlineData("public const string Secret = {|ASA6004:\"secret\"|};", "Encoding.UTF8.GetBytes(Subject.Secret)")]
    [InlineData("private readonly string _secret = {|ASA6004:\"secret\"|};", "Encoding.UTF8.GetBytes(this._secret)")]
    [InlineData("private byte[] _key; public Subject() { _key = {|ASA6004:new byte[] { 1, 2 }|}; }", "_key")]
    [InlineData("private static byte[] Key => Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|});", "Key")]
    [InlineData("private static byte[] Key { get; } = {|ASA6004:[1, 2, 3]|};", "Key")]
    [InlineData("public static string Secret = {|ASA6004:\"secret\"|};", "Encoding.UTF8.GetBytes(Secret)")]
    [InlineData("private static byte[] GetKey() => Convert.FromBase64String({|ASA6004:\"AAEC\"|});", "GetKey()")]
    [InlineData("private static byte[] GetKey() { var text = {|ASA6004:\"AAEC\"|}; return Convert.FromBase64String(text); }", "GetKey()")]
    [InlineData("private static byte[] Pad(string text) => Encoding.UTF8.GetBytes(text.PadRight(32));", "Pad({|ASA6004:\"secret\"|})")]
    [InlineData("private byte[] Derive(string text = {|ASA6004:\"secret\"|}) => Encoding.UTF8.GetBytes(text);", "Derive()")]
    [InlineData("private static ReadOnlySpan<byte> Key => {|ASA6004:\"secret\"u8|};", "Key.ToArray()")]
    [InlineData("private readonly byte[] _key = {|ASA6004:new byte[32]|};", "_key")]
    public Task Reports_member(string member, string value) => Code.Library($$"""
        using System.Security.Cryptography;
        using System.Text;

        public class Subject
        {
            {{member}}

            public byte[] Sign(byte[] data)
            {
                using var hmac = new HMACSHA256({{value}});
                return hmac.ComputeHash(data);
            }
        }
        """).CheckAsync();

    [Theory]
    [InlineData("var key = Convert.FromBase64String(input); Use(key);")]
    [InlineData("Use(RandomNumberGenerator.GetBytes(32));")]
    [InlineData("var key = new byte[32]; RandomNumberGenerator.Fill(key); Use(key);")]
    [InlineData("var key = new byte[32]; using (var rng = RandomNumberGenerator.Create()) rng.GetBytes(key); Use(key);")]
    [InlineData("var key = new byte[32]; new FileStream(input, FileMode.Open).ReadExactly(key); Use(key);")]
    [InlineData("var key = new byte[32]; for (var i = 0; i < 32; i++) key[i] = (byte)input[i]; Use(key);")]
    [InlineData("var key = new byte[32]; Array.Copy(Convert.FromBase64String(input), key, 32); Use(key);")]
    [InlineData("var key = new byte[32]; Convert.FromBase64String(input).CopyTo(key, 0); Use(key);")]
    [InlineData("var key = new byte[32]; Fill(key); Use(key); void Fill(byte[] k) => k[0] = (byte)input[0];")]
    [InlineData("Use(File.ReadAllBytes(\"key.bin\"));")]
    [InlineData("Use(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\")!));")]
    [InlineData("Use(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? throw new InvalidOperationException(\"KEY\")));")]
    [InlineData("Use(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? string.Empty));")]
    [InlineData("Use(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? \"\"));")]
    [InlineData("Use(Encoding.UTF8.GetBytes(context.RequestServices.GetRequiredService<IConfiguration>()[\"Key\"]!));")]
    [InlineData("Use(Array.Empty<byte>());")]
    [InlineData("Use(new byte[0]);")]
    [InlineData("Use(Encoding.UTF8.GetBytes(\"prefix\" + input));")]
    [InlineData("Use(Encoding.UTF8.GetBytes($\"prefix{input}\"));")]
    [InlineData("Use(SHA256.HashData(Encoding.UTF8.GetBytes(input)));")]
    [InlineData("var key = new byte[] { 1, 2 }; key = Convert.FromBase64String(input); Use(key);")]
    [InlineData("Use(Rfc2898DeriveBytes.Pbkdf2(input, RandomNumberGenerator.GetBytes(16), 600000, HashAlgorithmName.SHA256, 32));")]
    [InlineData("Use(Enumerable.Range(0, 32).Select(i => (byte)Random.Shared.Next(256)).ToArray());")]
    [InlineData("var key = GC.AllocateArray<byte>(32); Use(key);")]
    [InlineData("Span<byte> key = stackalloc byte[32]; RandomNumberGenerator.Fill(key); Use(key.ToArray());")]
    [InlineData("context.Request.Headers.TryGetValue(\"Key\", out var key); Use(Encoding.UTF8.GetBytes(key.ToString()));")]
    public Task Silent_value(string statements) => InMethod(statements.Replace("Use(", "using var hmac = new HMACSHA256(", StringComparison.Ordinal)).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.GenerateKey(); var key = aes.Key;")]
    [InlineData("using var rsa = RSA.Create(); rsa.ImportFromPem(\"-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----\");")]
    [InlineData("using var rsa = RSA.Create(); rsa.FromXmlString(\"<RSAKeyValue><Modulus>a</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>\");")]
    [InlineData("using var rsa = RSA.Create(); rsa.ImportFromPem(File.ReadAllText(\"key.pem\"));")]
    [InlineData("var botToken = Encoding.UTF8.GetBytes(input); var secret = HMACSHA256.HashData(\"WebAppData\"u8, botToken);")]
    [InlineData("var pair = new KeyHolder { Key = \"name\" }; pair.Key = \"other\"; _ = new SHA256Managed();")]
    [InlineData("using var hmac = new HMACSHA256(); var key = hmac.Key;")]
    [InlineData("using var sha = SHA256.Create(); sha.ComputeHash(new byte[] { 1, 2 });")]
    [InlineData("var hash = SHA256.HashData(\"text\"u8); var mac = HMACSHA256.HashData(Convert.FromBase64String(input), \"text\"u8);")]
    [InlineData("var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(input), 32, \"salt\"u8.ToArray(), \"info\"u8.ToArray());")]
    public Task Silent_use(string statements) => InMethod(statements).CheckAsync();

    [Theory]
    [InlineData("private readonly byte[] _key; public Subject(byte[] key) => _key = key;", "_key")]
    [InlineData("private byte[] _key = { 1, 2 }; public Subject(IConfiguration c) => _key = Convert.FromBase64String(c[\"Key\"]!);", "_key")]
    [InlineData("private readonly byte[] _key = new byte[32]; public Subject() => RandomNumberGenerator.Fill(_key);", "_key")]
    [InlineData("private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(32);", "s_key")]
    [InlineData("public byte[] Key { get; set; } = { 1, 2 };", "Key")]
    [InlineData("protected virtual byte[] Key => new byte[] { 1 };", "Key")]
    [InlineData("private string? _key; public void Set(string key) => _key = key;", "Encoding.UTF8.GetBytes(_key!)")]
    [InlineData("private byte[] Load() => File.ReadAllBytes(\"key\");", "Load()")]
    [InlineData("private byte[] Loop() => Loop();", "Loop()")]
    public Task Silent_member(string member, string value) => Code.Library($$"""
        using System.Security.Cryptography;
        using System.Text;

        public class Subject
        {
            {{member}}

            public byte[] Sign(byte[] data)
            {
                using var hmac = new HMACSHA256({{value}});
                return hmac.ComputeHash(data);
            }
        }
        """).CheckAsync();

    private static CodeTest InMethod(string statements) => Code.Library($$"""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Subject
        {
            public void Run(HttpContext context, string input)
            {
                {{statements}}
            }
        }

        public sealed class KeyHolder
        {
            public string? Key { get; set; }
        }
        """);
}
