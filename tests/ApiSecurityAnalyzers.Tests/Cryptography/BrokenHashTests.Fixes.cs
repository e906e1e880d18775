using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6001: the fix keeps the shape, and the size where it matters.</summary>
public sealed partial class BrokenHashTests
{
    private const string UseSha256 = "ASA6001.UseSha256";

    [Theory]
    [InlineData("var md5 = {|ASA6001:MD5|}.Create(); var hash = md5.ComputeHash(data);", "var md5 = SHA256.Create(); var hash = md5.ComputeHash(data);")]
    [InlineData("MD5 md5 = {|ASA6001:MD5|}.Create(); var hash = md5.ComputeHash(data);", "SHA256 md5 = SHA256.Create(); var hash = md5.ComputeHash(data);")]
    [InlineData("using (SHA1 sha = {|ASA6001:SHA1|}.Create()) { sha.ComputeHash(data); }", "using (SHA256 sha = SHA256.Create()) { sha.ComputeHash(data); }")]
    [InlineData("var hash = {|ASA6001:System.Security.Cryptography.MD5|}.HashData(data);", "var hash = System.Security.Cryptography.SHA256.HashData(data);")]
    [InlineData("var hash = await {|ASA6001:SHA1|}.HashDataAsync(Stream.Null);", "var hash = await SHA256.HashDataAsync(Stream.Null);")]
    [InlineData("Func<HashAlgorithm> f = {|ASA6001:SHA1|}.Create;", "Func<HashAlgorithm> f = SHA256.Create;")]
    [InlineData("using var h = new {|ASA6001:HMACMD5|}(data);", "using var h = new HMACSHA256(data);")]
    [InlineData("using var h = new {|ASA6001:HMACMD5|} { Key = data };", "using var h = new HMACSHA256 { Key = data };")]
    [InlineData("{|ASA6001:HMACMD5|} h = new(data);", "HMACSHA256 h = new(data);")]
    [InlineData("var n = {|ASA6001:HashAlgorithmName.SHA1|};", "var n = HashAlgorithmName.SHA256;")]
    [InlineData("var n = new HashAlgorithmName({|ASA6001:\"MD5\"|});", "var n = new HashAlgorithmName(\"SHA256\");")]
    [InlineData("var a = (HashAlgorithm?)CryptoConfig.CreateFromName({|ASA6001:\"SHA1\"|});", "var a = (HashAlgorithm?)CryptoConfig.CreateFromName(\"SHA256\");")]
    [InlineData("const string N = \"SHA1\"; var a = CryptoConfig.CreateFromName({|ASA6001:N|});", "const string N = \"SHA256\"; var a = CryptoConfig.CreateFromName(N);")]
    [InlineData("using var rsa = RSA.Create(); rsa.SignData(data, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);", "using var rsa = RSA.Create(); rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var rsa = RSA.Create(); rsa.SignHash({|ASA6001:SHA1|}.HashData(data), {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);", "using var rsa = RSA.Create(); rsa.SignHash(SHA256.HashData(data), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);")]
    [InlineData("void Fill() { Span<byte> target = stackalloc byte[16]; {|ASA6001:MD5|}.HashData(data, target); } Fill();", "void Fill() { Span<byte> target = stackalloc byte[SHA256.HashSizeInBytes]; SHA256.HashData(data, target); } Fill();")]
    [InlineData("void Fill() { Span<byte> target = stackalloc byte[MD5.HashSizeInBytes]; {|ASA6001:MD5|}.TryHashData(data, target, out _); } Fill();", "void Fill() { Span<byte> target = stackalloc byte[SHA256.HashSizeInBytes]; SHA256.TryHashData(data, target, out _); } Fill();")]
    [InlineData("var target = new byte[20]; using var s = {|ASA6001:SHA1|}.Create(); s.TryComputeHash(data, target, out _);", "var target = new byte[SHA256.HashSizeInBytes]; using var s = SHA256.Create(); s.TryComputeHash(data, target, out _);")]
    [InlineData("var target = new byte[64]; {|ASA6001:SHA1|}.HashData(data, target);", "var target = new byte[64]; SHA256.HashData(data, target);")]
    [InlineData("var h = /* fast */ {|ASA6001:MD5|} /* old */ .HashData(data); // digest", "var h = /* fast */ SHA256 /* old */ .HashData(data); // digest")]
    [InlineData("var both = Convert.ToHexString({|ASA6001:MD5|}.HashData(data)) + Convert.ToHexString({|ASA6001:SHA1|}.HashData(data));", "var both = Convert.ToHexString(SHA256.HashData(data)) + Convert.ToHexString(SHA256.HashData(data));")]
    public Task Fixes_in_the_same_shape(string before, string after) =>
        Code.Method("using System.Security.Cryptography;\nvar data = System.Text.Encoding.UTF8.GetBytes(input);\n" + before)
            .FixedBy(UseSha256, "using System.Security.Cryptography;\nvar data = System.Text.Encoding.UTF8.GetBytes(input);\n" + after)
            .CheckAsync();

    [Theory]
    [InlineData("public Guid Id(byte[] d) => new Guid({|ASA6001:MD5|}.HashData(d));", "public Guid Id(byte[] d) => new Guid(SHA256.HashData(d)[..16]);")]
    [InlineData("public Guid Id(byte[] d) => new({|ASA6001:MD5|}.HashData(d));", "public Guid Id(byte[] d) => new(SHA256.HashData(d)[..16]);")]
    [InlineData("public Guid Id(byte[] d) { using var m = {|ASA6001:MD5|}.Create(); var h = m.ComputeHash(d); return new Guid(h); }", "public Guid Id(byte[] d) { using var m = SHA256.Create(); var h = m.ComputeHash(d); return new Guid(h[..16]); }")]
    [InlineData("public Guid Id(byte[] d) { var h = {|ASA6001:SHA1|}.HashData(d); return new Guid(h.AsSpan(0, 16)); }", "public Guid Id(byte[] d) { var h = SHA256.HashData(d); return new Guid(h.AsSpan(0, 16)); }")]
    [InlineData("public async Task<Guid> Id(Stream d) => new Guid(await {|ASA6001:MD5|}.HashDataAsync(d));", "public async Task<Guid> Id(Stream d) => new Guid((await SHA256.HashDataAsync(d))[..16]);")]
    public Task Fixes_guids_with_the_first_half(string before, string after) =>
        Members(before).Severity("ASA6001", DiagnosticSeverity.Info).FixedBy(UseSha256, "using System.Security.Cryptography;\n" + after).CheckAsync();

    [Fact]
    public Task Fixes_fields_properties_and_parameters_with_their_types() =>
        Code.Library("""
            using System.Security.Cryptography;

            public sealed class Signer(string name)
            {
                // one for all
                private readonly MD5 _md5;
                private SHA1? _sha;

                public Signer() : this("a")
                {
                    _md5 = {|ASA6001:MD5|}.Create();
                    _sha = {|ASA6001:SHA1|}.Create();
                }

                public string Name => name;

                private static byte[] Run(MD5 md5, byte[] data) => md5.ComputeHash(data);

                public byte[] Go(byte[] data) => Run(_md5, data);

                public byte[] Other(byte[] data) => _sha!.ComputeHash(data);
            }
            """)
            .FixedBy(UseSha256, """
            using System.Security.Cryptography;

            public sealed class Signer(string name)
            {
                // one for all
                private readonly SHA256 _md5;
                private SHA256? _sha;

                public Signer() : this("a")
                {
                    _md5 = SHA256.Create();
                    _sha = SHA256.Create();
                }

                public string Name => name;

                private static byte[] Run(SHA256 md5, byte[] data) => md5.ComputeHash(data);

                public byte[] Go(byte[] data) => Run(_md5, data);

                public byte[] Other(byte[] data) => _sha!.ComputeHash(data);
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_both_sides_of_a_signature() =>
        Code.Library("""
            using System.Security.Cryptography;

            public sealed class Signer
            {
                public byte[] Sign(RSA rsa, byte[] d) =>
                    rsa.SignData(d, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1); // ours

                public bool Check(RSA rsa, byte[] d, byte[] s) =>
                    rsa.VerifyData(d, s, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);
            }
            """)
            .FixedBy(UseSha256, """
            using System.Security.Cryptography;

            public sealed class Signer
            {
                public byte[] Sign(RSA rsa, byte[] d) =>
                    rsa.SignData(d, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); // ours

                public bool Check(RSA rsa, byte[] d, byte[] s) =>
                    rsa.VerifyData(d, s, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_obsolete_factories() =>
        Code.Files(("Subject.cs", """
            #pragma warning disable SYSLIB0021, SYSLIB0045, SYSLIB0007
            using System.Security.Cryptography;

            #region hashes
            public static class Subject
            {
                private const string Name = "MD5";

                public static void Run(byte[] data)
                {
            #if DEBUG
                    Console.WriteLine("debug");
            #endif
                    using var a = new {|ASA6001:MD5CryptoServiceProvider|}();
                    using SHA1Managed b = new {|ASA6001:SHA1Managed|}();
                    var c = HashAlgorithm.Create({|ASA6001:"MD5"|})!;
                    var d = {|ASA6001:HashAlgorithm.Create|}();
                    var e = HMAC.Create({|ASA6001:"HMACMD5"|});
                    var f = HashAlgorithm.Create({|ASA6001:Name|});
                    var g = (MD5)HashAlgorithm.Create({|ASA6001:"MD5"|})!;
                }
            }
            #endregion
            """))
            .NotWeb()
            .FixedBy(UseSha256, """
            #pragma warning disable SYSLIB0021, SYSLIB0045, SYSLIB0007
            using System.Security.Cryptography;

            #region hashes
            public static class Subject
            {
                private const string Name = "SHA256";

                public static void Run(byte[] data)
                {
            #if DEBUG
                    Console.WriteLine("debug");
            #endif
                    using var a = SHA256.Create();
                    using SHA256 b = SHA256.Create();
                    var c = SHA256.Create()!;
                    var d = SHA256.Create();
                    var e = new HMACSHA256();
                    var f = HashAlgorithm.Create(Name);
                    var g = (SHA256)SHA256.Create()!;
                }
            }
            #endregion
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_across_documents() =>
        Code.Files(
            ("A.cs", "using System.Security.Cryptography;\nclass A { byte[] M(byte[] d) => {|ASA6001:MD5|}.HashData(d); }"),
            ("B.cs", "using System.Security.Cryptography;\nclass B { byte[] M(byte[] d) => {|ASA6001:SHA1|}.HashData(d); }"))
            .FixedBy(UseSha256,
                ("A.cs", "using System.Security.Cryptography;\nclass A { byte[] M(byte[] d) => SHA256.HashData(d); }"),
                ("B.cs", "using System.Security.Cryptography;\nclass B { byte[] M(byte[] d) => SHA256.HashData(d); }"))
            .CheckAsync();

    [Fact]
    public Task Fixes_top_level_statements() =>
        Code.Program("""
            using System.Security.Cryptography;

            MD5 md5 = {|ASA6001:MD5|}.Create();
            Console.WriteLine(Convert.ToHexString(md5.ComputeHash([1])));
            """)
            .NotWeb()
            .FixedBy(UseSha256, """
            using System.Security.Cryptography;

            SHA256 md5 = SHA256.Create();
            Console.WriteLine(Convert.ToHexString(md5.ComputeHash([1])));
            """)
            .CheckAsync();

    [Theory]
    [InlineData("public void Fill(byte[] d, Span<byte> target) { {|ASA6001:MD5|}.HashData(d, target); }")]
    [InlineData("public byte[] Sign(RSA rsa, byte[] hash) => rsa.SignHash(hash, {|ASA6001:HashAlgorithmName.SHA1|}, RSASignaturePadding.Pkcs1);")]
    [InlineData("private sealed class Own : {|ASA6001:SHA1|} { public override void Initialize() { } protected override void HashCore(byte[] array, int ibStart, int cbSize) { } protected override byte[] HashFinal() => []; }")]
    [InlineData("public byte[] Sign(DSACryptoServiceProvider dsa, byte[] data) => dsa.SignData(data, {|ASA6001:HashAlgorithmName.SHA1|});")]
    public Task NoFix_where_the_other_side_cannot_be_seen(string members) => Members(members).NoFix().CheckAsync();
}
