namespace ApiSecurityAnalyzers.Tests.Cryptography;

public sealed partial class PredictableInitializationVectorTests
{
    [Theory]
    [InlineData("aes.IV = {|ASA6005:new byte[16]|};", "aes.GenerateIV();")]
    [InlineData("_ = aes.CreateEncryptor(key, {|ASA6005:key[..16]|});", "aes.GenerateIV();\n        _ = aes.CreateEncryptor(key, aes.IV);")]
    [InlineData("_ = aes.EncryptCbc(data, {|ASA6005:new byte[16]|});", "aes.GenerateIV();\n        _ = aes.EncryptCbc(data, aes.IV);")]
    [InlineData("// one\n        aes.IV = {|ASA6005:new byte[16]|}; // two", "// one\n        aes.GenerateIV(); // two")]
    [InlineData("var iv = new byte[16];\n        aes.IV = {|ASA6005:iv|};", "var iv = new byte[16];\n        aes.GenerateIV();")]
    [InlineData("var iv = new byte[16];\n        _ = aes.EncryptCbc(data, {|ASA6005:iv|});", "var iv = new byte[16];\n        RandomNumberGenerator.Fill(iv);\n        _ = aes.EncryptCbc(data, iv);")]
    [InlineData("var iv = \"0123456789abcdef\"u8.ToArray();\n        _ = aes.EncryptCbc(data, {|ASA6005:iv|});", "var iv = RandomNumberGenerator.GetBytes(16);\n        _ = aes.EncryptCbc(data, iv);")]
    [InlineData("gcm.Encrypt({|ASA6005:new byte[12]|}, data, data, tag);", "var nonce = RandomNumberGenerator.GetBytes(12);\n        gcm.Encrypt(nonce, data, data, tag);")]
    [InlineData("\n        // why\n        gcm.Encrypt({|ASA6005:new byte[12]|}, data, data, tag);", "\n        var nonce = RandomNumberGenerator.GetBytes(12);\n        // why\n        gcm.Encrypt(nonce, data, data, tag);")]
    [InlineData("var nonce = new byte[12]; // kept\n        gcm.Encrypt({|ASA6005:nonce|}, data, data, tag);", "var nonce = new byte[12]; // kept\n        RandomNumberGenerator.Fill(nonce);\n        gcm.Encrypt(nonce, data, data, tag);")]
    [InlineData("Span<byte> nonce = stackalloc byte[12];\n        gcm.Encrypt({|ASA6005:nonce|}, data, data, tag);", "Span<byte> nonce = stackalloc byte[12];\n        RandomNumberGenerator.Fill(nonce);\n        gcm.Encrypt(nonce, data, data, tag);")]
    [InlineData("var nonce = RandomNumberGenerator.GetBytes(12);\n        foreach (var part in data.Chunk(16))\n        {\n            gcm.Encrypt({|ASA6005:nonce|}, part, part, tag);\n        }", "var nonce = RandomNumberGenerator.GetBytes(12);\n        foreach (var part in data.Chunk(16))\n        {\n            RandomNumberGenerator.Fill(nonce);\n            gcm.Encrypt(nonce, part, part, tag);\n        }")]
    [InlineData("_ = Rfc2898DeriveBytes.Pbkdf2(data, {|ASA6005:\"salt\"u8|}, 600000, HashAlgorithmName.SHA256, 32);", "var salt = RandomNumberGenerator.GetBytes(16);\n        _ = Rfc2898DeriveBytes.Pbkdf2(data, salt, 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("gcm.Encrypt({|ASA6005:new byte[12]|}, data, data, tag);\n        gcm.Encrypt({|ASA6005:new byte[12]|}, key, key, tag);", "var nonce = RandomNumberGenerator.GetBytes(12);\n        gcm.Encrypt(nonce, data, data, tag);\n        var nonce2 = RandomNumberGenerator.GetBytes(12);\n        gcm.Encrypt(nonce2, key, key, tag);")]
    public Task Fixes_with_random_value(string before, string after) => InFrame(before).FixedBy("ASA6005.Generate", Frame(after)).CheckAsync();

    [Theory]
    [InlineData("new AesManaged { Key = key, IV = {|ASA6005:new byte[16]|} }", "new AesManaged { Key = key }")]
    [InlineData("new AesManaged { IV = {|ASA6005:new byte[16]|} }", "new AesManaged()")]
    public Task Fixes_object_initializer(string before, string after) => Code.Library($$"""
        using System.Security.Cryptography;

        public static class Subject
        {
            public static SymmetricAlgorithm Create(byte[] key) => {{before}};
        }
        """)
        .FixedBy("ASA6005.Generate", $$"""
        using System.Security.Cryptography;

        public static class Subject
        {
            public static SymmetricAlgorithm Create(byte[] key) => {{after}};
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_pair_of_strings() => Code.Library("""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Protector(byte[] key)
        {
            // never changes
            private static readonly byte[] s_iv = new byte[16];

            public string Protect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.IV = {|ASA6005:s_iv|};

                using var encryptor = aes.CreateEncryptor();
                var data = Encoding.UTF8.GetBytes(text);
                return Convert.ToBase64String(encryptor.TransformFinalBlock(data, 0, data.Length));
            }

            public string Unprotect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.IV = s_iv;
                using var decryptor = aes.CreateDecryptor();
                var data = Convert.FromBase64String(text);
                return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(data, 0, data.Length));
            }
        }
        """)
        .FixedBy("ASA6005.Generate", """
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Protector(byte[] key)
        {
            public string Protect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                var iv = RandomNumberGenerator.GetBytes(16);
                aes.IV = iv;

                using var encryptor = aes.CreateEncryptor();
                var data = Encoding.UTF8.GetBytes(text);
                return Convert.ToBase64String([.. iv, .. encryptor.TransformFinalBlock(data, 0, data.Length)]);
            }

            public string Unprotect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                var payload = Convert.FromBase64String(text);
                aes.IV = payload[..16];
                using var decryptor = aes.CreateDecryptor();
                var data = payload[16..];
                return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(data, 0, data.Length));
            }
        }
        """)
        .FixedBy("ASA6005.GenerateOnly", """
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Protector(byte[] key)
        {
            // never changes
            private static readonly byte[] s_iv = new byte[16];

            public string Protect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.GenerateIV();

                using var encryptor = aes.CreateEncryptor();
                var data = Encoding.UTF8.GetBytes(text);
                return Convert.ToBase64String(encryptor.TransformFinalBlock(data, 0, data.Length));
            }

            public string Unprotect(string text)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.IV = s_iv;
                using var decryptor = aes.CreateDecryptor();
                var data = Convert.FromBase64String(text);
                return Encoding.UTF8.GetString(decryptor.TransformFinalBlock(data, 0, data.Length));
            }
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_pair_of_bytes_with_expression_bodies() => Code.Library("""
        using System.Security.Cryptography;

        public sealed class Protector(Aes aes)
        {
            private const string Secret = "0123456789abcdef";

            public byte[] Protect(byte[] data) => aes.EncryptCbc(data, {|ASA6005:"0123456789abcdef"u8|});

            public byte[] Unprotect(byte[] data) => aes.DecryptCbc(data, "0123456789abcdef"u8);
        }
        """)
        .FixedBy("ASA6005.Generate", """
        using System.Security.Cryptography;

        public sealed class Protector(Aes aes)
        {
            private const string Secret = "0123456789abcdef";

            public byte[] Protect(byte[] data)
            {
                var iv = RandomNumberGenerator.GetBytes(16);
                return [.. iv, .. aes.EncryptCbc(data, iv)];
            }

            public byte[] Unprotect(byte[] data)
            {
                var iv = data[..16];
                data = data[16..];
                return aes.DecryptCbc(data, iv);
            }
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_pair_with_authenticated_cipher_and_local_nonce() => Code.Library("""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Vault(byte[] key)
        {
            public string Seal(string? text)
            {
                if (string.IsNullOrEmpty(text))
                    return "";

                using var gcm = new AesGcm(key, 16);
                var nonce = new byte[12];
                var plain = Encoding.UTF8.GetBytes(text);
                var cipher = new byte[plain.Length];
                var tag = new byte[16];
                gcm.Encrypt({|ASA6005:nonce|}, plain, cipher, tag);
                var result = cipher.Concat(tag).ToArray();
                return Convert.ToBase64String(result);
            }

            public string Open(string text)
            {
                if (text.Length == 0)
                    return text;

                using var gcm = new AesGcm(key, 16);
                var nonce = new byte[12];
                var data = Convert.FromBase64String(text);
                var plain = new byte[data.Length - 16];
                gcm.Decrypt(nonce, data[..^16], data[^16..], plain);
                return Encoding.UTF8.GetString(plain);
            }
        }
        """)
        .FixedBy("ASA6005.Generate", """
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Vault(byte[] key)
        {
            public string Seal(string? text)
            {
                if (string.IsNullOrEmpty(text))
                    return "";

                using var gcm = new AesGcm(key, 16);
                var nonce = RandomNumberGenerator.GetBytes(12);
                var plain = Encoding.UTF8.GetBytes(text);
                var cipher = new byte[plain.Length];
                var tag = new byte[16];
                gcm.Encrypt(nonce, plain, cipher, tag);
                var result = cipher.Concat(tag).ToArray();
                return Convert.ToBase64String([.. nonce, .. result]);
            }

            public string Open(string text)
            {
                if (text.Length == 0)
                    return text;

                using var gcm = new AesGcm(key, 16);
                var payload = Convert.FromBase64String(text);
                var nonce = payload[..12];
                var data = payload[12..];
                var plain = new byte[data.Length - 16];
                gcm.Decrypt(nonce, data[..^16], data[^16..], plain);
                return Encoding.UTF8.GetString(plain);
            }
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_pair_of_streams() => Code.Library("""
        using System.Security.Cryptography;
        using System.Text;

        public static class SignedCipher
        {
            private static readonly byte[] Vector = Encoding.ASCII.GetBytes("0123456789abcdef");

            public static string Encrypt(string plainText, byte[] key)
            {
                using (var aes = Aes.Create())
                {
                    using (var encryptor = aes.CreateEncryptor(key, {|ASA6005:Vector|}))
                    using (var memory = new MemoryStream())
                    {
                        using (var stream = new CryptoStream(memory, encryptor, CryptoStreamMode.Write))
                        using (var writer = new StreamWriter(stream))
                        {
                            writer.Write(plainText);
                        }

                        return Convert.ToBase64String(memory.ToArray());
                    }
                }
            }

            public static string Decrypt(string cipherText, byte[] key)
            {
                cipherText = cipherText.Replace(" ", "+");
                using (var aes = Aes.Create())
                using (var decryptor = aes.CreateDecryptor(key, Vector))
                using (var memory = new MemoryStream(Convert.FromBase64String(cipherText)))
                using (var stream = new CryptoStream(memory, decryptor, CryptoStreamMode.Read))
                using (var reader = new StreamReader(stream))
                {
                    return reader.ReadToEnd();
                }
            }
        }
        """)
        .FixedBy("ASA6005.Generate", """
        using System.Security.Cryptography;
        using System.Text;

        public static class SignedCipher
        {
            public static string Encrypt(string plainText, byte[] key)
            {
                var iv = RandomNumberGenerator.GetBytes(16);
                using (var aes = Aes.Create())
                {
                    using (var encryptor = aes.CreateEncryptor(key, iv))
                    using (var memory = new MemoryStream())
                    {
                        using (var stream = new CryptoStream(memory, encryptor, CryptoStreamMode.Write))
                        using (var writer = new StreamWriter(stream))
                        {
                            writer.Write(plainText);
                        }

                        return Convert.ToBase64String([.. iv, .. memory.ToArray()]);
                    }
                }
            }

            public static string Decrypt(string cipherText, byte[] key)
            {
                cipherText = cipherText.Replace(" ", "+");
                var payload = Convert.FromBase64String(cipherText);
                using (var aes = Aes.Create())
                using (var decryptor = aes.CreateDecryptor(key, payload[..16]))
                using (var memory = new MemoryStream(payload[16..]))
                using (var stream = new CryptoStream(memory, decryptor, CryptoStreamMode.Read))
                using (var reader = new StreamReader(stream))
                {
                    return reader.ReadToEnd();
                }
            }
        }
        """)
        .CheckAsync();

    private static CodeTest InFrame(string statements) => Code.Library(Frame(statements));

    private static string Frame(string statements) => $$"""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Subject
        {
            public void Run(Aes aes, AesGcm gcm, byte[] key, byte[] data, byte[] tag)
            {
                {{statements}}
            }
        }
        """;
}
