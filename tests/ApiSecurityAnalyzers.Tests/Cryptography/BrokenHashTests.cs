using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6001: what is a use of a broken hash, and what is none.</summary>
public sealed partial class BrokenHashTests
{
    [Theory]
    [InlineData("var md5 = {|ASA6001:MD5|}.Create(); var hash = md5.ComputeHash(data);")]
    [InlineData("var hash = {|ASA6001:SHA1|}.Create().ComputeHash(data);")]
    [InlineData("using (var sha = {|ASA6001:SHA1|}.Create()) { var hash = sha.ComputeHash(data); }")]
    [InlineData("MD5 md5 = {|ASA6001:MD5|}.Create(); var hash = md5.ComputeHash(data);")]
    [InlineData("var hash = {|ASA6001:System.Security.Cryptography.MD5|}.HashData(data);")]
    [InlineData("var hash = await {|ASA6001:MD5|}.HashDataAsync(new MemoryStream(data), CancellationToken.None);")]
    [InlineData("void Fill() { Span<byte> target = stackalloc byte[16]; {|ASA6001:MD5|}.TryHashData(data, target, out _); } Fill();")]
    [InlineData("Func<HashAlgorithm> factory = {|ASA6001:SHA1|}.Create; var hash = factory().ComputeHash(data);")]
    [InlineData("var lazy = new Lazy<HashAlgorithm>(() => {|ASA6001:MD5|}.Create());")]
    [InlineData("var name = {|ASA6001:HashAlgorithmName.MD5|};")]
    [InlineData("var name = new HashAlgorithmName({|ASA6001:\"MD5\"|});")]
    [InlineData("HashAlgorithmName name = new({|ASA6001:\"SHA1\"|});")]
    [InlineData("var name = HashAlgorithmName.FromOid({|ASA6001:\"1.3.14.3.2.26\"|});")]
    [InlineData("using var hash = IncrementalHash.CreateHash({|ASA6001:HashAlgorithmName.SHA1|}); hash.AppendData(data);")]
    [InlineData("using var rsa = RSA.Create(); var s = rsa.SignData(data, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var ec = ECDsa.Create(); var s = ec.SignData(data, {|ASA6001:HashAlgorithmName.SHA1|});")]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); var s = rsa.SignData(data, {|ASA6001:\"SHA1\"|});")]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); var s = rsa.SignHash(data, CryptoConfig.MapNameToOID({|ASA6001:\"SHA1\"|})!);")]
    [InlineData("using var rsa = RSA.Create(); var f = new RSAPKCS1SignatureFormatter(rsa); f.SetHashAlgorithm({|ASA6001:\"SHA1\"|});")]
    [InlineData("using var rsa = RSA.Create(); var r = new System.Security.Cryptography.X509Certificates.CertificateRequest(\"CN=a\", rsa, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);")]
    [InlineData("var hash = CryptographicOperations.HashData({|ASA6001:HashAlgorithmName.SHA1|}, data);")]
    [InlineData("using var hmac = new {|ASA6001:HMACMD5|}(data); var mac = hmac.ComputeHash(data);")]
    [InlineData("var mac = {|ASA6001:HMACMD5|}.HashData(data, data);")]
    [InlineData("{|ASA6001:HMACMD5|} hmac = new(data); var mac = hmac.ComputeHash(data);")]
    [InlineData("const string Name = \"MD5\"; var a = CryptoConfig.CreateFromName({|ASA6001:Name|});")]
    [InlineData("var algorithm = \"sha1\"; var a = (HashAlgorithm)CryptoConfig.CreateFromName({|ASA6001:algorithm|})!;")]
    [InlineData("var a = CryptoConfig.CreateFromName({|ASA6001:\"System.Security.Cryptography.SHA1\"|});")]
    [InlineData("var a = new System.Collections.Concurrent.ConcurrentDictionary<string, HashAlgorithm>(); a[\"md5\"] = {|ASA6001:MD5|}.Create();")]
    [InlineData("var a = input switch { \"md5\" => {|ASA6001:MD5|}.Create(), _ => (HashAlgorithm)SHA256.Create() };")]
    [InlineData("var cng = {|ASA6001:CngAlgorithm.Sha1|};")]
    public Task Reports_each_way_to_say_it(string statement) => Method(statement).CheckAsync();

    [Theory]
    [InlineData("private readonly MD5 _md5 = {|ASA6001:MD5|}.Create(); public byte[] Run(byte[] data) => _md5.ComputeHash(data);")]
    [InlineData("private readonly SHA1 _sha; public Subject() { _sha = {|ASA6001:SHA1|}.Create(); } public byte[] Run(byte[] data) => _sha.ComputeHash(data);")]
    [InlineData("private const string Name = \"MD5\"; public object? Run() => CryptoConfig.CreateFromName({|ASA6001:Name|});")]
    [InlineData("private static readonly string Name = \"MD5\"; public object? Run() => CryptoConfig.CreateFromName({|ASA6001:Name|});")]
    [InlineData("public HashAlgorithmName Algorithm { get; set; } = {|ASA6001:HashAlgorithmName.SHA1|};")]
    [InlineData("public byte[] Run(byte[] data, HashAlgorithmName name) => data; public byte[] Go(byte[] data) => Run(data, {|ASA6001:HashAlgorithmName.MD5|});")]
    [InlineData("private sealed class Own : {|ASA6001:SHA1|} { public override void Initialize() { } protected override void HashCore(byte[] array, int ibStart, int cbSize) { } protected override byte[] HashFinal() => []; }")]
    [InlineData("public byte[] Run<T>(byte[] data) where T : HMAC, new() => new T().ComputeHash(data); public byte[] Go(byte[] data) => Run<{|ASA6001:HMACMD5|}>(data);")]
    [InlineData("public void Run(Microsoft.Extensions.DependencyInjection.IServiceCollection s) => s.AddSingleton<HashAlgorithm, {|ASA6001:HMACMD5|}>();")]
    [InlineData("public byte[] Sign(RSA rsa, byte[] d) => rsa.SignData(d, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pss); public bool Check(RSA rsa, byte[] d, byte[] s) => rsa.VerifyData(d, s, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pss);")]
    public Task Reports_in_members(string members) => Members(members).CheckAsync();

    [Fact]
    public Task Reports_obsolete_types_and_factories() =>
        Code.Files(("Subject.cs", """
            #pragma warning disable SYSLIB0021, SYSLIB0045, SYSLIB0007
            using System.Security.Cryptography;

            public static class Subject
            {
                public static void Run(byte[] data)
                {
                    using var a = new {|ASA6001:MD5CryptoServiceProvider|}();
                    using var b = new {|ASA6001:SHA1Managed|}();
                    using var c = new {|ASA6001:SHA1CryptoServiceProvider|}();
                    var d = HashAlgorithm.Create({|ASA6001:"MD5"|});
                    var e = {|ASA6001:HashAlgorithm.Create|}();
                    var f = HMAC.Create({|ASA6001:"HMACMD5"|});
                    var g = KeyedHashAlgorithm.Create({|ASA6001:"HMACMD5"|});
                    var h = {|ASA6001:SHA1|}.Create("SHA1");
                }
            }
            """))
            .NotWeb()
            .CheckAsync();

    [Fact]
    public Task Reports_on_net_standard() =>
        Code.Files(("Subject.cs", """
            using System.Security.Cryptography;

            public static class Subject
            {
                public static byte[] Run(byte[] data)
                {
                    using (MD5CryptoServiceProvider md5 = new {|ASA6001:MD5CryptoServiceProvider|}())
                        return md5.ComputeHash(data);
                }
            }
            """))
            .NetStandard()
            .FixedBy("ASA6001.UseSha256", """
            using System.Security.Cryptography;

            public static class Subject
            {
                public static byte[] Run(byte[] data)
                {
                    using (SHA256 md5 = SHA256.Create())
                        return md5.ComputeHash(data);
                }
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Reports_types_of_net_framework() =>
        Code.Files(("Framework.cs", """
            namespace System.Security.Cryptography
            {
                public abstract class RIPEMD160 : HashAlgorithm { public static new RIPEMD160 Create() => null!; }
                public abstract class MACTripleDES : KeyedHashAlgorithm { public static new MACTripleDES Create() => null!; }
            }

            namespace System.Web.Security
            {
                public static class FormsAuthentication { public static string HashPasswordForStoringInConfigFile(string password, string passwordFormat) => password; }
            }

            namespace System.Web.Helpers
            {
                public static class Crypto { public static string SHA1(string input) => input; public static string SHA256(string input) => input; }
            }
            """),
            ("Subject.cs", """
            using System.Security.Cryptography;
            using System.Web.Helpers;
            using System.Web.Security;

            public static class Subject
            {
                public static void Run(string text)
                {
                    var a = {|ASA6001:RIPEMD160|}.Create();
                    var b = {|ASA6001:MACTripleDES|}.Create();
                    var c = FormsAuthentication.HashPasswordForStoringInConfigFile(text, {|ASA6001:"SHA1"|});
                    var d = {|ASA6001:Crypto.SHA1|}(text);
                }
            }
            """)).CheckAsync();

    [Fact]
    public Task Reports_bouncy_castle() =>
        Code.Files(("Subject.cs", """
            using Org.BouncyCastle.Crypto.Digests;
            using Org.BouncyCastle.Crypto.Macs;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Run(byte[] data)
                {
                    var a = new {|ASA6001:MD5Digest|}();
                    var b = new {|ASA6001:Sha1Digest|}();
                    var c = new {|ASA6001:RipeMD160Digest|}();
                    var d = DigestUtilities.CalculateDigest({|ASA6001:"SHA-1"|}, data);
                    var e = SignerUtilities.GetSigner({|ASA6001:"SHA1withRSA"|});
                    var f = MacUtilities.GetMac({|ASA6001:"HMAC-MD5"|});
                    var g = new HMac(new {|ASA6001:MD5Digest|}());
                    var h = new Org.BouncyCastle.Crypto.Encodings.OaepEncoding(new Org.BouncyCastle.Crypto.Engines.RsaEngine(), new Sha1Digest());
                    var i = SignerUtilities.GetSigner("SHA256withRSA");
                }
            }
            """))
            .Reference(Packages.BouncyCastle)
            .FixedBy("ASA6001.UseSha256", """
            using Org.BouncyCastle.Crypto.Digests;
            using Org.BouncyCastle.Crypto.Macs;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Run(byte[] data)
                {
                    var a = new Sha256Digest();
                    var b = new Sha256Digest();
                    var c = new Sha256Digest();
                    var d = DigestUtilities.CalculateDigest("SHA256", data);
                    var e = SignerUtilities.GetSigner("SHA256withRSA");
                    var f = MacUtilities.GetMac("HMACSHA256");
                    var g = new HMac(new Sha256Digest());
                    var h = new Org.BouncyCastle.Crypto.Encodings.OaepEncoding(new Org.BouncyCastle.Crypto.Engines.RsaEngine(), new Sha1Digest());
                    var i = SignerUtilities.GetSigner("SHA256withRSA");
                }
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Reports_using_static_and_alias() =>
        Code.Files(("Static.cs", """
            using static System.Security.Cryptography.MD5;

            public static class Static
            {
                public static byte[] Run(byte[] data) => {|ASA6001:HashData|}(data);
            }
            """),
            ("Alias.cs", """
            using Hash = System.Security.Cryptography.SHA1;

            public static class Alias
            {
                public static byte[] Run(byte[] data) => {|ASA6001:Hash|}.HashData(data);
            }
            """))
            .FixedBy("ASA6001.UseSha256", ("Static.cs", """
            using System.Security.Cryptography;
            using static System.Security.Cryptography.MD5;

            public static class Static
            {
                public static byte[] Run(byte[] data) => SHA256.HashData(data);
            }
            """),
            ("Alias.cs", """
            using System.Security.Cryptography;
            using Hash = System.Security.Cryptography.SHA1;

            public static class Alias
            {
                public static byte[] Run(byte[] data) => SHA256.HashData(data);
            }
            """))
            .CheckAsync();

    [Theory]
    [InlineData("var hash = SHA256.HashData(data);")]
    [InlineData("using var hmac = new HMACSHA256(data);")]
    [InlineData("var name = nameof(MD5);")]
    [InlineData("var type = typeof(SHA1);")]
    [InlineData("HashAlgorithm a = SHA512.Create(); if (a is MD5) throw new InvalidOperationException();")]
    [InlineData("var size = MD5.HashSizeInBytes;")]
    [InlineData("HashAlgorithmName a = HashAlgorithmName.SHA256; if (a == HashAlgorithmName.MD5 || a == HashAlgorithmName.SHA1) throw new InvalidOperationException();")]
    [InlineData("HashAlgorithmName a = HashAlgorithmName.SHA256; if (a.Equals(HashAlgorithmName.SHA1)) throw new InvalidOperationException();")]
    [InlineData("HashAlgorithmName a = HashAlgorithmName.SHA256; var weak = a.Name == HashAlgorithmName.SHA1.Name;")]
    [InlineData("using var rsa = RSA.Create(); var ok = rsa.VerifyData(data, data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var rsa = RSA.Create(); var hash = SHA1.HashData(data); var ok = rsa.VerifyHash(hash, data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var rsa = RSA.Create(); var name = HashAlgorithmName.SHA1; var ok = rsa.VerifyData(data, data, name, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var rsa = RSA.Create(); var c = rsa.Encrypt(data, RSAEncryptionPadding.CreateOaep(HashAlgorithmName.SHA1));")]
    [InlineData("var key = Rfc2898DeriveBytes.Pbkdf2(input, RandomNumberGenerator.GetBytes(16), 600_000, HashAlgorithmName.SHA1, 32);")]
    [InlineData("var key = HKDF.DeriveKey(HashAlgorithmName.SHA1, data, 32);")]
    [InlineData("var a = CryptoConfig.CreateFromName(input);")]
    [InlineData("var a = CryptoConfig.CreateFromName(\"SHA256\");")]
    [InlineData("var text = \"MD5\"; var upper = text.ToUpperInvariant();")]
    [InlineData("var a = new Dictionary<string, MD5>();")]
    [InlineData("var md5 = new { MD5 = 1 }; var x = md5.MD5;")]
    public Task Silent_where_nothing_is_hashed_or_the_hash_is_given(string statement) => Method(statement).CheckAsync();

    [Fact]
    public Task Silent_for_own_types_of_the_same_name() =>
        Code.Library("""
            namespace Own
            {
                public sealed class MD5
                {
                    public static MD5 Create() => new();
                    public byte[] ComputeHash(byte[] data) => data;
                }

                public static class Use
                {
                    public static byte[] Run(byte[] data) => MD5.Create().ComputeHash(data);
                }
            }
            """).CheckAsync();

    [Fact]
    public Task Silent_in_test_projects() => Method("var hash = MD5.HashData(data);").Test().CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() =>
        Code.Library("""
            using System.Security.Cryptography;
            class C { void M() { MD5. ; new ; var x = new MD5CryptoServiceProvide(; } }
            """).Broken().CheckAsync();

    [Fact]
    public Task Reports_broken_code_that_binds() =>
        Code.Library("""
            using System.Security.Cryptography;
            class C { void M(byte[] d) { var x = {|ASA6001:MD5|}.HashData(d) } }
            """).Broken().CheckAsync();

    private static CodeTest Method(string statement) => Code.Method("using System.Security.Cryptography;\nvar data = System.Text.Encoding.UTF8.GetBytes(input);\n" + statement);

    private static CodeTest Members(string members) => Code.Members("using System.Security.Cryptography;\n" + members);
}
