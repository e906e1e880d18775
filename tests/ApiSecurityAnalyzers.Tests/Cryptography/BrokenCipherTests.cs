using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6002.</summary>
public sealed class BrokenCipherTests
{
    private const string UseAes = "ASA6002.UseAes";

    [Theory]
    [InlineData("using var des = {|ASA6002:DES|}.Create(); des.GenerateKey();")]
    [InlineData("using var des = {|ASA6002:TripleDES|}.Create(); des.GenerateKey();")]
    [InlineData("using TripleDES des = {|ASA6002:TripleDES|}.Create();")]
    [InlineData("using var rc2 = {|ASA6002:RC2|}.Create();")]
    [InlineData("using SymmetricAlgorithm a = {|ASA6002:System.Security.Cryptography.DES|}.Create();")]
    [InlineData("Func<SymmetricAlgorithm> f = {|ASA6002:DES|}.Create;")]
    [InlineData("using var cng = new {|ASA6002:TripleDESCng|}();")]
    [InlineData("{|ASA6002:TripleDESCng|} cng = new();")]
    [InlineData("var a = CryptoConfig.CreateFromName({|ASA6002:\"3DES\"|});")]
    [InlineData("const string Name = \"TripleDES\"; var a = CryptoConfig.CreateFromName({|ASA6002:Name|});")]
    [InlineData("var name = \"System.Security.Cryptography.DES\"; var a = CryptoConfig.CreateFromName({|ASA6002:name|});")]
    [InlineData("var uri = {|ASA6002:System.Security.Cryptography.Xml.EncryptedXml.XmlEncTripleDESUrl|};")]
    [InlineData("var p = new PbeParameters({|ASA6002:PbeEncryptionAlgorithm.TripleDes3KeyPkcs12|}, HashAlgorithmName.SHA1, 1000);")]
    public Task Reports_each_way_to_say_it(string statement) => Method(statement).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create();")]
    [InlineData("var a = CryptoConfig.CreateFromName(\"AES\");")]
    [InlineData("var n = nameof(DES) + nameof(TripleDES);")]
    [InlineData("var t = typeof(DES);")]
    [InlineData("SymmetricAlgorithm a = Aes.Create(); if (a is DES or TripleDES) throw new InvalidOperationException();")]
    [InlineData("var ok = DES.IsWeakKey(new byte[8]);", true)]
    [InlineData("var d = new Dictionary<string, TripleDES>();")]
    [InlineData("var text = \"DES\"; var lower = text.ToLowerInvariant();")]
    [InlineData("var uri = System.Security.Cryptography.Xml.EncryptedXml.XmlEncAES256Url;")]
    [InlineData("var p = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);")]
    public Task Silent_where_nothing_is_encrypted(string statement, bool reported = false) =>
        Method(reported ? statement.Replace("DES.Is", "{|ASA6002:DES|}.Is", StringComparison.Ordinal) : statement).CheckAsync();

    [Fact]
    public Task Reports_obsolete_types_and_factories() =>
        Code.Files(("Subject.cs", """
            #pragma warning disable SYSLIB0021, SYSLIB0045, SYSLIB0007
            using System.Security.Cryptography;

            public static class Subject
            {
                public static void Run()
                {
                    using var a = new {|ASA6002:DESCryptoServiceProvider|}();
                    using var b = new {|ASA6002:TripleDESCryptoServiceProvider|}();
                    using var c = new {|ASA6002:RC2CryptoServiceProvider|}();
                    using var d = SymmetricAlgorithm.Create({|ASA6002:"DES"|});
                    using var e = new RijndaelManaged();
                }
            }
            """))
            .NotWeb()
            .Message("ASA6002", "'DESCryptoServiceProvider' is a broken cipher: its 56-bit keys are searched through in hours")
            .CheckAsync();

    [Fact]
    public Task Reports_the_default_of_the_machine_at_info() =>
        Method("""
            #pragma warning disable SYSLIB0007
            using var a = {|ASA6002:SymmetricAlgorithm.Create|}();
            """)
            .Severity("ASA6002", DiagnosticSeverity.Info)
            .Message("ASA6002", "'SymmetricAlgorithm.Create' leaves the choice of the cipher to the configuration of the machine")
            .FixedBy(UseAes, Statements("""
            #pragma warning disable SYSLIB0007
            using var a = Aes.Create();
            """))
            .CheckAsync();

    [Fact]
    public Task Reports_bouncy_castle() =>
        Code.Files(("Subject.cs", """
            using Org.BouncyCastle.Crypto;
            using Org.BouncyCastle.Crypto.Engines;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Run()
                {
                    IBlockCipher a = new {|ASA6002:DesEdeEngine|}();
                    var b = new {|ASA6002:RC4Engine|}();
                    var c = new {|ASA6002:BlowfishEngine|}();
                    var d = CipherUtilities.GetCipher({|ASA6002:"DES/CBC/PKCS7Padding"|});
                    var e = CipherUtilities.GetCipher({|ASA6002:"RC4"|});
                    var f = CipherUtilities.GetCipher("AES/GCM/NoPadding");
                    var g = new AesEngine();
                }
            }
            """)).Reference(Packages.BouncyCastle).CheckAsync();

    [Fact]
    public Task Fixes_bouncy_castle() =>
        Code.Files(("Subject.cs", """
            using Org.BouncyCastle.Crypto.Engines;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Run()
                {
                    var a = new {|ASA6002:DesEdeEngine|}();
                    var d = CipherUtilities.GetCipher({|ASA6002:"DESede/CBC/PKCS7Padding"|});
                }
            }
            """))
            .Reference(Packages.BouncyCastle)
            .FixedBy(UseAes, """
            using Org.BouncyCastle.Crypto.Engines;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Run()
                {
                    var a = new AesEngine();
                    var d = CipherUtilities.GetCipher("AES/CBC/PKCS7Padding");
                }
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Reports_code_that_only_decrypts_at_info() =>
        Code.Library("""
            using System.Security.Cryptography;

            public sealed class LegacyReader
            {
                public byte[] Read(byte[] data, byte[] key, byte[] iv)
                {
                    using var des = {|ASA6002:TripleDES|}.Create();
                    using var decryptor = des.CreateDecryptor(key, iv);
                    return decryptor.TransformFinalBlock(data, 0, data.Length);
                }
            }
            """)
            .Severity("ASA6002", DiagnosticSeverity.Info)
            .Message("ASA6002", "'TripleDES' is a broken cipher: this code only decrypts with it, so encrypt anew what it still reads")
            .CheckAsync();

    [Fact]
    public Task Silent_in_test_projects() => Method("using var des = DES.Create();").Test().CheckAsync();

    [Fact]
    public Task Silent_for_own_types_of_the_same_name() =>
        Code.Library("""
            namespace Own;

            public sealed class DES
            {
                public static DES Create() => new();
            }

            public static class Use
            {
                public static DES Run() => DES.Create();
            }
            """).CheckAsync();

    [Theory]
    [InlineData("using var des = {|ASA6002:DES|}.Create(); des.GenerateKey();", "using var des = Aes.Create(); des.GenerateKey();")]
    [InlineData("using (TripleDES des = {|ASA6002:TripleDES|}.Create()) { des.KeySize = 192; }", "using (Aes des = Aes.Create()) { des.KeySize = 192; }")]
    [InlineData("using var des = {|ASA6002:DES|}.Create(); des.KeySize = 64; des.BlockSize = 64;", "using var des = Aes.Create(); des.KeySize = 256; des.BlockSize = 128;")]
    [InlineData("using var des = {|ASA6002:DES|}.Create(); des.Key = RandomNumberGenerator.GetBytes(8); des.IV = RandomNumberGenerator.GetBytes(8);", "using var des = Aes.Create(); des.Key = RandomNumberGenerator.GetBytes(32); des.IV = RandomNumberGenerator.GetBytes(16);")]
    [InlineData("var key = new byte[24]; RandomNumberGenerator.Fill(key); using var des = {|ASA6002:TripleDES|}.Create(); des.Key = key;", "var key = new byte[24]; RandomNumberGenerator.Fill(key); using var des = Aes.Create(); des.Key = key;")]
    [InlineData("using var cng = new {|ASA6002:TripleDESCng|}();", "using var cng = Aes.Create();")]
    [InlineData("var a = CryptoConfig.CreateFromName({|ASA6002:\"3DES\"|});", "var a = CryptoConfig.CreateFromName(\"AES\");")]
    [InlineData("var uri = {|ASA6002:System.Security.Cryptography.Xml.EncryptedXml.XmlEncTripleDESUrl|};", "var uri = System.Security.Cryptography.Xml.EncryptedXml.XmlEncAES256Url;")]
    public Task Fixes_with_sizes_of_aes(string before, string after) => Method(before).FixedBy(UseAes, Statements(after)).CheckAsync();

    [Fact]
    public Task Fixes_encryption_and_decryption_together() =>
        Code.Library("""
            using System.Security.Cryptography;

            public sealed class Store : IDisposable
            {
                private readonly DES _des = {|ASA6002:DES|}.Create(); // old

                public byte[] Encrypt(byte[] data)
                {
                    using DES des = {|ASA6002:DES|}.Create();
                    des.Key = _des.Key;
                    using var transform = des.{|ASA6003:CreateEncryptor|}();
                    return transform.TransformFinalBlock(data, 0, data.Length);
                }

                public byte[] Decrypt(byte[] data)
                {
                    using var des = {|ASA6002:DES|}.Create();
                    des.Key = _des.Key;
                    return des.CreateDecryptor().TransformFinalBlock(data, 0, data.Length);
                }

                public void Dispose() => _des.Dispose();
            }
            """.Replace("{|ASA6003:CreateEncryptor|}", "CreateEncryptor", StringComparison.Ordinal))
            .FixedBy(UseAes, """
            using System.Security.Cryptography;

            public sealed class Store : IDisposable
            {
                private readonly Aes _des = Aes.Create(); // old

                public byte[] Encrypt(byte[] data)
                {
                    using Aes des = Aes.Create();
                    des.Key = _des.Key;
                    using var transform = des.{|ASA6003:CreateEncryptor|}();
                    return transform.TransformFinalBlock(data, 0, data.Length);
                }

                public byte[] Decrypt(byte[] data)
                {
                    using var des = Aes.Create();
                    des.Key = _des.Key;
                    return des.CreateDecryptor().TransformFinalBlock(data, 0, data.Length);
                }

                public void Dispose() => _des.Dispose();
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_initializers_on_net_standard() =>
        Code.Files(("Subject.cs", """
            using System.Security.Cryptography;

            public static class Subject
            {
                public static SymmetricAlgorithm Make(DeriveBytes bytes)
                {
                    // legacy
                    TripleDESCryptoServiceProvider des = new {|ASA6002:TripleDESCryptoServiceProvider|} { Key = bytes.GetBytes(24), IV = bytes.GetBytes(8) };
                    return des;
                }
            }
            """))
            .NetStandard()
            .FixedBy(UseAes, """
            using System.Security.Cryptography;

            public static class Subject
            {
                public static SymmetricAlgorithm Make(DeriveBytes bytes)
                {
                    // legacy
                    Aes des = Aes.Create();
                    des.Key = bytes.GetBytes(24);
                    des.IV = bytes.GetBytes(16);
                    return des;
                }
            }
            """)
            .CheckAsync();

    [Theory]
    [InlineData("using var des = {|ASA6002:DES|}.Create(); des.Mode = CipherMode.CFB; var ok = {|ASA6002:DES|}.IsWeakKey(new byte[8]);")]
    [InlineData("using var rc2 = {|ASA6002:RC2|}.Create(); rc2.EffectiveKeySize = 40;")]
    public Task NoFix_where_aes_has_no_such_member(string statement) => Method(statement).NoFix().CheckAsync();

    [Fact]
    public Task Silent_for_a_use_that_is_suppressed() =>
        Method("""
            #pragma warning disable ASA6002
            using var des = DES.Create();
            """).CheckAsync();

    private static CodeTest Method(string statement) => Code.Method(Statements(statement));

    private static string Statements(string statement) => "using System.Security.Cryptography;\n" + statement;
}
