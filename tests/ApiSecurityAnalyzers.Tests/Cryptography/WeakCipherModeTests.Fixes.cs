using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6003: what the fixes write decrypts what it encrypts.</summary>
public sealed partial class WeakCipherModeTests
{
    private const string UseCbc = "ASA6003.UseCbc";
    private const string UseOaep = "ASA6003.UseOaep";
    private const string UsePkcs7 = "ASA6003.UsePkcs7";

    [Theory]
    [InlineData(UseOaep, "using var rsa = RSA.Create(); rsa.Encrypt(data, {|ASA6003:RSAEncryptionPadding.Pkcs1|});", "using var rsa = RSA.Create(); rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);")]
    [InlineData(UseOaep, "using var rsa = new RSACryptoServiceProvider(); rsa.Encrypt(data, {|ASA6003:RSAEncryptionPadding.Pkcs1|});", "using var rsa = new RSACryptoServiceProvider(); rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA1);")]
    [InlineData(UseOaep, "using var rsa = new RSACryptoServiceProvider(); rsa.Encrypt(data, /* no OAEP */ {|ASA6003:false|}); rsa.Decrypt(data, {|ASA6003:false|});", "using var rsa = new RSACryptoServiceProvider(); rsa.Encrypt(data, /* no OAEP */ true); rsa.Decrypt(data, true);")]
    [InlineData(UseOaep, "using var rsa = RSA.Create(); RSAPKCS1KeyExchangeFormatter f = new {|ASA6003:RSAPKCS1KeyExchangeFormatter|}(rsa);", "using var rsa = RSA.Create(); RSAOAEPKeyExchangeFormatter f = new RSAOAEPKeyExchangeFormatter(rsa);")]
    [InlineData(UseOaep, "var uri = {|ASA6003:System.Security.Cryptography.Xml.EncryptedXml.XmlEncRSA15Url|};", "var uri = System.Security.Cryptography.Xml.EncryptedXml.XmlEncRSAOAEPUrl;")]
    [InlineData(UsePkcs7, "using var aes = Aes.Create(); aes.Padding = {|ASA6003:PaddingMode.Zeros|};", "using var aes = Aes.Create(); aes.Padding = PaddingMode.PKCS7;")]
    [InlineData(UseCbc, "using var aes = Aes.Create(); aes.Mode = {|ASA6003:CipherMode.ECB|}; aes.IV = data; var e = aes.CreateEncryptor(); var t = HMACSHA256.HashData(data, data);", "using var aes = Aes.Create(); aes.Mode = CipherMode.CBC; aes.IV = data; var e = aes.CreateEncryptor(); var t = HMACSHA256.HashData(data, data);")]
    [InlineData(UseCbc, "using var aes = new AesCng { Mode = {|ASA6003:CipherMode.ECB|}, IV = data };", "using var aes = new AesCng { Mode = CipherMode.CBC, IV = data };")]
    [InlineData(UseCbc, "using var aes = Aes.Create(); aes.Mode = {|ASA6003:(CipherMode)2|}; var iv = aes.IV; var e = aes.CreateEncryptor(data, iv); var m = HMACSHA256.HashData(data, iv);", "using var aes = Aes.Create(); aes.Mode = CipherMode.CBC; var iv = aes.IV; var e = aes.CreateEncryptor(data, iv); var m = HMACSHA256.HashData(data, iv);")]
    public Task Fixes_in_place(string key, string before, string after) => Method(before).FixedBy(key, Statements(after)).CheckAsync();

    [Fact]
    public Task Fixes_no_padding() =>
        Method("using var aes = Aes.Create(); aes.Padding = {|ASA6003:PaddingMode.None|};").Severity("ASA6003", DiagnosticSeverity.Info)
            .FixedBy(UsePkcs7, Statements("using var aes = Aes.Create(); aes.Padding = PaddingMode.PKCS7;")).CheckAsync();

    [Fact]
    public Task Fixes_one_shots_with_a_vector_in_front() =>
        Members("""
            private readonly Aes _aes = Aes.Create();

            // stored in the row
            public byte[] Encrypt(byte[] data) => _aes.{|ASA6003:EncryptEcb|}(data, PaddingMode.PKCS7);

            public byte[] EncryptText(string text)
            {
                var data = System.Text.Encoding.UTF8.GetBytes(text);

                // one block after the other
                return _aes.{|ASA6003:EncryptEcb|}(data, PaddingMode.PKCS7);
            }

            public byte[] Decrypt(byte[] data) => _aes.{|ASA6003:DecryptEcb|}(data, PaddingMode.PKCS7);

            public byte[] Tag(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
            """)
            .FixedBy(UseCbc, """
            using System.Security.Cryptography;
            private readonly Aes _aes = Aes.Create();

            // stored in the row
            public byte[] Encrypt(byte[] data)
            {
                var iv = RandomNumberGenerator.GetBytes(16);
                return iv.Concat(_aes.EncryptCbc(data, iv, PaddingMode.PKCS7)).ToArray();
            }

            public byte[] EncryptText(string text)
            {
                var data = System.Text.Encoding.UTF8.GetBytes(text);

                // one block after the other
                var iv = RandomNumberGenerator.GetBytes(16);
                return iv.Concat(_aes.EncryptCbc(data, iv, PaddingMode.PKCS7)).ToArray();
            }

            public byte[] Decrypt(byte[] data) => _aes.DecryptCbc(data[16..], data[..16], PaddingMode.PKCS7);

            public byte[] Tag(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_final_blocks_with_a_vector_in_front() =>
        Members("""
            public byte[] Encrypt(byte[] data, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = {|ASA6003:CipherMode.ECB|};
                using var encryptor = aes.CreateEncryptor();
                return encryptor.TransformFinalBlock(data, 0, data.Length);
            }

            public byte[] Decrypt(byte[] data, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = {|ASA6003:CipherMode.ECB|};
                return aes.CreateDecryptor().TransformFinalBlock(data, 0, data.Length);
            }
            """)
            .FixedBy(UseCbc, """
            using System.Security.Cryptography;
            public byte[] Encrypt(byte[] data, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = CipherMode.CBC;
                using var encryptor = aes.{|ASA6003:CreateEncryptor|}();
                return aes.IV.Concat(encryptor.TransformFinalBlock(data, 0, data.Length)).ToArray();
            }

            public byte[] Decrypt(byte[] data, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = CipherMode.CBC;
                return aes.CreateDecryptor(aes.Key, data.Take(16).ToArray()).TransformFinalBlock(data, 16, data.Length - 16);
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_streams_with_a_vector_in_front() =>
        Members("""
            public byte[] Encrypt(string text, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = {|ASA6003:CipherMode.ECB|};
                var encryptor = aes.CreateEncryptor();
                using var memory = new MemoryStream();
                using (var stream = new CryptoStream(memory, encryptor, CryptoStreamMode.Write))
                using (var writer = new StreamWriter(stream))
                    writer.Write(text);
                return memory.ToArray();
            }

            public string Decrypt(string text, byte[] key)
            {
                var bytes = Convert.FromBase64String(text);
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = {|ASA6003:CipherMode.ECB|};
                var decryptor = aes.CreateDecryptor(aes.Key, null);
                using var memory = new MemoryStream(bytes);
                using var stream = new CryptoStream(memory, decryptor, CryptoStreamMode.Read);
                using var reader = new StreamReader(stream);
                return reader.ReadToEnd();
            }
            """)
            .FixedBy(UseCbc, """
            using System.Security.Cryptography;
            public byte[] Encrypt(string text, byte[] key)
            {
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = CipherMode.CBC;
                var encryptor = aes.{|ASA6003:CreateEncryptor|}();
                using var memory = new MemoryStream();
                memory.Write(aes.IV, 0, aes.IV.Length);
                using (var stream = new CryptoStream(memory, encryptor, CryptoStreamMode.Write))
                using (var writer = new StreamWriter(stream))
                    writer.Write(text);
                return memory.ToArray();
            }

            public string Decrypt(string text, byte[] key)
            {
                var bytes = Convert.FromBase64String(text);
                using var aes = Aes.Create();
                aes.Key = key;
                aes.Mode = CipherMode.CBC;
                var decryptor = aes.CreateDecryptor(aes.Key, bytes.Take(16).ToArray());
                using var memory = new MemoryStream(bytes, 16, bytes.Length - 16);
                using var stream = new CryptoStream(memory, decryptor, CryptoStreamMode.Read);
                using var reader = new StreamReader(stream);
                return reader.ReadToEnd();
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_in_block_namespaces_and_records_on_net_standard() =>
        Code.Files(("Store.cs", """
            namespace Demo
            {
                using System.Security.Cryptography;

                public sealed record Store(byte[] Key)
                {
                    public byte[] Encrypt(byte[] data)
                    {
                        using (var aes = new AesCryptoServiceProvider { Key = Key, Mode = {|ASA6003:CipherMode.ECB|} })
                        using (var encryptor = aes.CreateEncryptor())
                        {
                            return encryptor.TransformFinalBlock(data, 0, data.Length);
                        }
                    }
                }
            }
            """),
            ("IsExternalInit.cs", "namespace System.Runtime.CompilerServices { internal static class IsExternalInit { } }"))
            .NetStandard()
            .FixedBy(UseCbc, ("Store.cs", """
            namespace Demo
            {
                using System.Security.Cryptography;

                public sealed record Store(byte[] Key)
                {
                    public byte[] Encrypt(byte[] data)
                    {
                        using (var aes = new AesCryptoServiceProvider { Key = Key, Mode = CipherMode.CBC })
                        using (var encryptor = aes.{|ASA6003:CreateEncryptor|}())
                        {
                            return aes.IV.Concat(encryptor.TransformFinalBlock(data, 0, data.Length)).ToArray();
                        }
                    }
                }
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData("public Aes Make() { var aes = Aes.Create(); aes.Mode = {|ASA6003:CipherMode.ECB|}; return aes; }")]
    [InlineData("public CipherMode Mode { get; set; } = {|ASA6003:CipherMode.ECB|};")]
    [InlineData("public bool Run(Aes aes, byte[] d, byte[] t) => aes.{|ASA6003:TryEncryptEcb|}(d, t, PaddingMode.PKCS7, out _);")]
    [InlineData("public byte[] Run(Aes aes, byte[] d) => aes.{|ASA6003:EncryptEcb|}(d, PaddingMode.PKCS7); public byte[] Back(Aes aes, string d) => aes.{|ASA6003:DecryptEcb|}(Convert.FromBase64String(d), PaddingMode.PKCS7);")]
    public Task NoFix_where_decryption_would_not_get_the_vector(string members) => Members(members).NoFix().CheckAsync();

    [Fact]
    public Task NoFix_for_missing_authentication() =>
        Method("using var aes = Aes.Create(); aes.{|ASA6003:CreateEncryptor|}();").Severity("ASA6003", DiagnosticSeverity.Info).NoFix().CheckAsync();
}
