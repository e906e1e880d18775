using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Cryptography;

/// <summary>ASA6003: what is a weak mode or padding, and what is none.</summary>
public sealed partial class WeakCipherModeTests
{
    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Mode = {|ASA6003:CipherMode.ECB|};")]
    [InlineData("SymmetricAlgorithm a = Aes.Create(); a.Mode = {|ASA6003:System.Security.Cryptography.CipherMode.ECB|};")]
    [InlineData("using var aes = new AesCng { Mode = {|ASA6003:CipherMode.ECB|} };")]
    [InlineData("using var aes = Aes.Create(); aes.Mode = {|ASA6003:(CipherMode)2|};")]
    [InlineData("using var aes = Aes.Create(); aes.Mode = input == \"a\" ? {|ASA6003:CipherMode.ECB|} : CipherMode.CBC;")]
    [InlineData("const CipherMode Mode = {|ASA6003:CipherMode.ECB|}; using var aes = Aes.Create(); aes.Mode = Mode;")]
    [InlineData("using var aes = Aes.Create(); var c = aes.{|ASA6003:EncryptEcb|}(data, PaddingMode.PKCS7);")]
    [InlineData("using var aes = Aes.Create(); var c = aes.{|ASA6003:EncryptEcb|}(data, PaddingMode.None);")]
    [InlineData("using var aes = Aes.Create(); var p = aes.{|ASA6003:DecryptEcb|}(data, PaddingMode.PKCS7); var c = aes.{|ASA6003:EncryptEcb|}(data, PaddingMode.PKCS7);")]
    [InlineData("using var aes = Aes.Create(); aes.{|ASA6003:TryEncryptEcb|}(data, new byte[32], PaddingMode.PKCS7, out _);")]
    [InlineData("using var rsa = RSA.Create(); var c = rsa.Encrypt(data, {|ASA6003:RSAEncryptionPadding.Pkcs1|});")]
    [InlineData("using var rsa = RSA.Create(); var p = rsa.Decrypt(data, {|ASA6003:RSAEncryptionPadding.Pkcs1|});")]
    [InlineData("var padding = {|ASA6003:RSAEncryptionPadding.Pkcs1|};")]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); var c = rsa.Encrypt(data, {|ASA6003:false|});")]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); var p = rsa.Decrypt(data, fOAEP: {|ASA6003:false|});")]
    [InlineData("const bool Oaep = false; using var rsa = new RSACryptoServiceProvider(); var p = rsa.Decrypt(data, {|ASA6003:Oaep|});")]
    [InlineData("using var rsa = RSA.Create(); var f = new {|ASA6003:RSAPKCS1KeyExchangeFormatter|}(rsa);")]
    [InlineData("using var rsa = RSA.Create(); var f = new {|ASA6003:RSAPKCS1KeyExchangeDeformatter|}(rsa);")]
    [InlineData("using var aes = Aes.Create(); aes.Padding = {|ASA6003:PaddingMode.Zeros|};")]
    [InlineData("var uri = {|ASA6003:System.Security.Cryptography.Xml.EncryptedXml.XmlEncRSA15Url|};")]
    public Task Reports_each_way_to_say_it(string statement) => Method(statement).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create(); var e = aes.{|ASA6003:CreateEncryptor|}();")]
    [InlineData("using var aes = Aes.Create(); var e = aes?.{|ASA6003:CreateEncryptor|}();")]
    [InlineData("using var aes = Aes.Create(); var c = aes.{|ASA6003:EncryptCbc|}(data, aes.IV);")]
    [InlineData("using var aes = Aes.Create(); var c = aes.{|ASA6003:EncryptCfb|}(data, aes.IV);")]
    [InlineData("using var aes = Aes.Create(); aes.Padding = {|ASA6003:PaddingMode.None|};")]
    [InlineData("using var aes = Aes.Create(); var p = aes.DecryptCbc(data, aes.IV, {|ASA6003:PaddingMode.None|});")]
    public Task Reports_at_info_where_the_evidence_is_partial(string statement) => Method(statement).Severity("ASA6003", DiagnosticSeverity.Info).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Mode = CipherMode.CBC; aes.Padding = PaddingMode.PKCS7;")]
    [InlineData("using var aes = Aes.Create(); if (aes.Mode == CipherMode.ECB) throw new InvalidOperationException();")]
    [InlineData("using var aes = Aes.Create(); if (aes.Mode is CipherMode.ECB) throw new InvalidOperationException();")]
    [InlineData("using var aes = Aes.Create(); switch (aes.Mode) { case CipherMode.ECB: throw new InvalidOperationException(); }")]
    [InlineData("using var aes = Aes.Create(); var name = aes.Mode switch { CipherMode.ECB => \"ecb\", _ => \"other\" };")]
    [InlineData("var name = nameof(CipherMode.ECB);")]
    [InlineData("using var aes = Aes.Create(); var d = aes.CreateDecryptor(); var p = aes.DecryptCbc(data, aes.IV);")]
    [InlineData("using var aes = Aes.Create(); var c = aes.CreateEncryptor().TransformFinalBlock(data, 0, data.Length); var t = HMACSHA256.HashData(data, c);")]
    [InlineData("using var aes = new AesGcm(data, 16); aes.Encrypt(data, data, data, data);")]
    [InlineData("using var rsa = RSA.Create(); var c = rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA1);")]
    [InlineData("using var rsa = RSA.Create(); var c = rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);")]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); var c = rsa.Encrypt(data, true);")]
    [InlineData("using var rsa = RSA.Create(); var s = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);")]
    [InlineData("using var rsa = RSA.Create(); if (RSAEncryptionPadding.OaepSHA1 == RSAEncryptionPadding.Pkcs1) throw new InvalidOperationException();")]
    [InlineData("using var aes = Aes.Create(); aes.Mode = CipherMode.CFB; aes.Padding = PaddingMode.None;")]
    [InlineData("using var aes = Aes.Create(); aes.Mode = CipherMode.CTS; aes.Padding = PaddingMode.Zeros;")]
    public Task Silent_where_the_mode_is_sound_or_only_asked_for(string statement) => Method(statement).CheckAsync();

    [Theory]
    [InlineData("public byte[] AesCtr(byte[] key, byte[] counter) { using var aes = Aes.Create(); aes.Key = key; aes.Mode = CipherMode.ECB; aes.Padding = PaddingMode.None; return aes.CreateEncryptor().TransformFinalBlock(counter, 0, 16); }")]
    [InlineData("public byte[] NextKeyStreamBlock(Aes aes, byte[] block) => aes.EncryptEcb(block, PaddingMode.None);")]
    [InlineData("private static class AesCmac { public static byte[] Run(Aes aes, byte[] block) => aes.EncryptEcb(block, PaddingMode.None); }")]
    [InlineData("public byte[] KeyCheckValue(Aes aes) => aes.EncryptEcb(new byte[16], PaddingMode.None)[..3];")]
    [InlineData("public byte[] Encrypt(Aes aes, byte[] data, byte[] iv) { aes.Padding = PaddingMode.None; return Hmac(aes.EncryptCbc(Pad(data), iv, PaddingMode.None)); } private static byte[] Pad(byte[] d) => d; private static byte[] Hmac(byte[] d) => d;")]
    [InlineData("private interface IVault { byte[] Encrypt(byte[] data, bool compress); } private static byte[] Run(IVault v, byte[] d) => v.Encrypt(d, false);")]
    public Task Silent_for_building_blocks(string members) => Members(members).CheckAsync();

    [Theory]
    [InlineData("public byte[] Get(byte[] data, byte[] key) { using var aes = Aes.Create(); aes.Key = key; return aes.{|ASA6003:DecryptEcb|}(data, PaddingMode.PKCS7); }")]
    [InlineData("public byte[] Get(byte[] data, byte[] key) { using var aes = Aes.Create(); aes.Mode = {|ASA6003:CipherMode.ECB|}; return aes.CreateDecryptor(key, null).TransformFinalBlock(data, 0, data.Length); }")]
    public Task Reports_code_that_only_decrypts_at_info(string members) => Members(members).Severity("ASA6003", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_using_static() =>
        Code.Library("""
            using System.Security.Cryptography;
            using static System.Security.Cryptography.CipherMode;

            public sealed class Store
            {
                public void Run(Aes aes) => aes.Mode = {|ASA6003:ECB|};

                public void Default(Aes aes, CipherMode mode = {|ASA6003:ECB|}) => aes.Mode = mode;
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_bouncy_castle() =>
        Code.Files(("Subject.cs", """
            using Org.BouncyCastle.Crypto.Encodings;
            using Org.BouncyCastle.Crypto.Engines;
            using Org.BouncyCastle.Crypto.Modes;
            using Org.BouncyCastle.Crypto.Paddings;
            using Org.BouncyCastle.Security;

            public static class Subject
            {
                public static void Encrypt()
                {
                    var a = CipherUtilities.GetCipher({|ASA6003:"AES/ECB/PKCS5Padding"|});
                    var b = CipherUtilities.GetCipher({|ASA6003:"RSA/ECB/PKCS1Padding"|});
                    var c = new {|ASA6003:Pkcs1Encoding|}(new RsaEngine());
                    var d = new {|ASA6003:EcbBlockCipher|}(new AesEngine());
                    var e = new {|ASA6003:ZeroBytePadding|}();
                    var f = CipherUtilities.GetCipher("RSA/ECB/OAEPWithSHA256AndMGF1Padding");
                    var g = CipherUtilities.GetCipher("AES/GCM/NoPadding");
                    var h = CipherUtilities.GetCipher({|ASA6002:"DES/ECB/PKCS5Padding"|});
                }
            }
            """)).Reference(Packages.BouncyCastle).CheckAsync();

    [Theory]
    [InlineData("using var aes = Aes.Create(); aes.Mode = {|ASA6003:CipherMode.ECB|};", "'CipherMode.ECB' encrypts each block by itself: equal blocks of plaintext stay equal, so patterns show", DiagnosticSeverity.Warning)]
    [InlineData("using var rsa = RSA.Create(); rsa.Encrypt(data, {|ASA6003:RSAEncryptionPadding.Pkcs1|});", "'RSAEncryptionPadding.Pkcs1' pads RSA by PKCS#1 v1.5: whoever learns whether decryption succeeds can decrypt", DiagnosticSeverity.Warning)]
    [InlineData("using var rsa = new RSACryptoServiceProvider(); rsa.Encrypt(data, {|ASA6003:false|});", "'Encrypt' pads RSA by PKCS#1 v1.5: whoever learns whether decryption succeeds can decrypt", DiagnosticSeverity.Warning)]
    [InlineData("using var aes = Aes.Create(); aes.{|ASA6003:CreateEncryptor|}();", "'CreateEncryptor' encrypts without authentication: whoever can change the ciphertext changes the plaintext unnoticed", DiagnosticSeverity.Info)]
    public Task Reports_what_it_costs(string statement, string message, DiagnosticSeverity severity) =>
        Method(statement).Message("ASA6003", message).Severity("ASA6003", severity).CheckAsync();

    [Fact]
    public Task Silent_in_test_projects() => Method("using var aes = Aes.Create(); aes.Mode = CipherMode.ECB;").Test().CheckAsync();

    [Fact]
    public Task Silent_about_the_mode_of_a_broken_cipher() => Method("using var des = {|ASA6002:DES|}.Create(); var e = des.CreateEncryptor();").CheckAsync();

    private static CodeTest Method(string statement) => Code.Method(Statements(statement));

    private static string Statements(string statement) => "using System.Security.Cryptography;\nvar data = System.Text.Encoding.UTF8.GetBytes(input);\n" + statement;

    private static CodeTest Members(string members) => Code.Members("using System.Security.Cryptography;\n" + members);
}
