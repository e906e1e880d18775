namespace ApiSecurityAnalyzers.Tests.Cryptography;

public sealed partial class HardCodedKeyTests
{
    [Theory]
    [InlineData("aes.Key = Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|});", "aes.Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("aes.Key = {|ASA6004:new byte[] { 1, 2 }|};", "aes.Key = Convert.FromBase64String(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("aes.Key = {|ASA6004:\"secret\"u8|}.ToArray();", "aes.Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("const string Secret = {|ASA6004:\"secret\"|}; // why\n        aes.Key = Encoding.UTF8.GetBytes(Secret);", "string Secret = Environment.GetEnvironmentVariable(\"Subject__Secret\") ?? throw new InvalidOperationException(\"'Subject__Secret' is not set\"); // why\n        aes.Key = Encoding.UTF8.GetBytes(Secret);")]
    [InlineData("byte[] signingKey = {|ASA6004:{ 1, 2 }|};\n        aes.Key = signingKey;", "byte[] signingKey = Convert.FromBase64String(Environment.GetEnvironmentVariable(\"Subject__SigningKey\") ?? throw new InvalidOperationException(\"'Subject__SigningKey' is not set\"));\n        aes.Key = signingKey;")]
    [InlineData("aes.Key = {|ASA6004:Enumerable.Range(0, 16)|}.Select(i => (byte)i).ToArray();", "aes.Key = Convert.FromBase64String(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("aes.Key = SHA256.HashData({|ASA6004:\"secret\"u8|});", "aes.Key = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\")));")]
    [InlineData("aes.Key = Encoding.UTF8.GetBytes({|ASA6004:\"secret\"|}.PadRight(32));", "aes.Key = Encoding.UTF8.GetBytes((Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\")).PadRight(32));")]
    [InlineData("aes.Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? {|ASA6004:\"secret\"|});", "aes.Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(\"KEY\") ?? throw new InvalidOperationException(\"The key is not configured\"));")]
    [InlineData("aes.Key = Pad({|ASA6004:\"secret\"|});", "aes.Key = Pad(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("_ = Rfc2898DeriveBytes.Pbkdf2({|ASA6004:\"secret\"|}, data, 1, HashAlgorithmName.SHA256, 32);", "_ = Rfc2898DeriveBytes.Pbkdf2(Environment.GetEnvironmentVariable(\"Subject__Password\") ?? throw new InvalidOperationException(\"'Subject__Password' is not set\"), data, 1, HashAlgorithmName.SHA256, 32);")]
    [InlineData("aes.Key = {|ASA6004:new byte[] { 1 }|};\n        aes.Key = {|ASA6004:new byte[] { 2 }|};", "aes.Key = Convert.FromBase64String(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));\n        aes.Key = Convert.FromBase64String(Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    [InlineData("aes.Key = Encoding.UTF8.GetBytes(data.Length > 1 ? {|ASA6004:\"a\"|} : {|ASA6004:\"b\"|});", "aes.Key = Encoding.UTF8.GetBytes(data.Length > 1 ? Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\") : Environment.GetEnvironmentVariable(\"Subject__Key\") ?? throw new InvalidOperationException(\"'Subject__Key' is not set\"));")]
    public Task Fixes_from_environment(string before, string after) =>
        Code.Library(Frame(before)).FixedBy("ASA6004.ReadFromConfiguration", Frame(after)).CheckAsync();

    [Fact]
    public Task Reports_with_message() => Code.Library(Frame("aes.Key = {|ASA6004:new byte[32]|};"))
        .Message("ASA6004", "The key of 'Aes' is all zeros, since nothing fills it")
        .CheckAsync();

    [Fact]
    public Task Fixes_static_field_of_a_controller() => Code.Library("""
        using System.Security.Cryptography;
        using System.Text;

        [ApiController, Authorize]
        public class TokenController : ControllerBase
        {
            // signs download links
            private static readonly byte[] s_signingKey = Encoding.UTF8.GetBytes({|ASA6004:"secret"|});
            private readonly ILogger _logger;

            public TokenController(ILogger<TokenController> logger)
            {
                _logger = logger;
            }

            [HttpGet("token")]
            public string Get(string id)
            {
                _logger.LogInformation("Token");
                return Convert.ToHexString(HMACSHA256.HashData(s_signingKey, Encoding.UTF8.GetBytes(id)));
            }
        }
        """)
        .Message("ASA6004", "The key of 'HMACSHA256.HashData' is written in the code, where everyone with the binary can read it")
        .FixedBy("ASA6004.ReadFromConfiguration", """
        using System.Security.Cryptography;
        using System.Text;

        [ApiController, Authorize]
        public class TokenController : ControllerBase
        {
            // signs download links
            private byte[] s_signingKey => Encoding.UTF8.GetBytes(_configuration["TokenController:SigningKey"] ?? throw new InvalidOperationException("'TokenController:SigningKey' is not configured"));
            private readonly ILogger _logger;
            private readonly IConfiguration _configuration;

            public TokenController(ILogger<TokenController> logger, IConfiguration configuration)
            {
                _logger = logger;
                _configuration = configuration;
            }

            [HttpGet("token")]
            public string Get(string id)
            {
                _logger.LogInformation("Token");
                return Convert.ToHexString(HMACSHA256.HashData(s_signingKey, Encoding.UTF8.GetBytes(id)));
            }
        }
        """)
        .FixedBy("ASA6004.GenerateKey", """
        using System.Security.Cryptography;
        using System.Text;

        [ApiController, Authorize]
        public class TokenController : ControllerBase
        {
            // signs download links
            private static readonly byte[] s_signingKey = RandomNumberGenerator.GetBytes(32);
            private readonly ILogger _logger;

            public TokenController(ILogger<TokenController> logger)
            {
                _logger = logger;
            }

            [HttpGet("token")]
            public string Get(string id)
            {
                _logger.LogInformation("Token");
                return Convert.ToHexString(HMACSHA256.HashData(s_signingKey, Encoding.UTF8.GetBytes(id)));
            }
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_constant_of_a_registered_service() => Code.Files(
            ("FieldProtector.cs", """
            using System.Security.Cryptography;
            using System.Text;

            namespace App;

            public sealed class FieldProtector
            {
                private const string Secret = {|ASA6004:"0123456789abcdef0123456789abcdef"|};

                public byte[] Protect(byte[] data)
                {
                    using var aes = Aes.Create();
                    aes.Key = Encoding.UTF8.GetBytes(Secret);
                    return aes.EncryptCbc(data, aes.IV);
                }

                public byte[] Unprotect(byte[] data, byte[] iv)
                {
                    using var aes = Aes.Create();
                    aes.Key = Encoding.UTF8.GetBytes(Secret);
                    return aes.DecryptCbc(data, iv);
                }
            }
            """),
            ("Setup.cs", """
            namespace App;

            public static class Setup
            {
                public static void AddApp(IServiceCollection services) => services.AddSingleton<FieldProtector>();
            }
            """))
        .Option("api_security.host", "protected")
        .FixedBy("ASA6004.ReadFromConfiguration", ("FieldProtector.cs", """
            using System.Security.Cryptography;
            using System.Text;

            namespace App;

            public sealed class FieldProtector
            {
                private readonly IConfiguration _configuration;

                public FieldProtector(IConfiguration configuration)
                {
                    _configuration = configuration;
                }

                private string Secret => _configuration["FieldProtector:Secret"] ?? throw new InvalidOperationException("'FieldProtector:Secret' is not configured");

                public byte[] Protect(byte[] data)
                {
                    using var aes = Aes.Create();
                    aes.Key = Encoding.UTF8.GetBytes(Secret);
                    return aes.EncryptCbc(data, aes.IV);
                }

                public byte[] Unprotect(byte[] data, byte[] iv)
                {
                    using var aes = Aes.Create();
                    aes.Key = Encoding.UTF8.GetBytes(Secret);
                    return aes.DecryptCbc(data, iv);
                }
            }
            """))
        .CheckAsync();

    [Fact]
    public Task Fixes_top_level_statements_with_the_application() => Code.MinimalApi("""
        using System.Security.Cryptography;
        using System.Text;

        app.MapPost("/sign", (string text) => Results.Text(Convert.ToHexString(HMACSHA256.HashData({|ASA6004:"secret"u8|}, Encoding.UTF8.GetBytes(text))))).RequireAuthorization();
        """)
        .FixedBy("ASA6004.ReadFromConfiguration", """
        using System.Security.Cryptography;
        using System.Text;

        app.MapPost("/sign", (string text) => Results.Text(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.Configuration["Encryption:Key"] ?? throw new InvalidOperationException("'Encryption:Key' is not configured")), Encoding.UTF8.GetBytes(text))))).RequireAuthorization();
        """)
        .CheckAsync();

    [Fact]
    public Task Fixes_token_signing_key_in_startup() => Code.Library("""
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        public static class Setup
        {
            public static TokenValidationParameters Create(IConfiguration settings) => new()
            {
                IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes({|ASA6004:"a very long and well known signing key"|})),
            };
        }
        """)
        .Reference(Packages.IdentityModelTokens)
        .FixedBy("ASA6004.ReadFromConfiguration", """
        using System.Text;
        using Microsoft.IdentityModel.Tokens;

        public static class Setup
        {
            public static TokenValidationParameters Create(IConfiguration settings) => new()
            {
                IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(settings["Setup:Key"] ?? throw new InvalidOperationException("'Setup:Key' is not configured"))),
            };
        }
        """)
        .CheckAsync();

    [Fact]
    public Task Reports_use_of_a_constant_from_another_file() => Code.Files(
            ("Constants.cs", """
            public static class Constants
            {
                public const string Key = "secret";

                public static byte[] Bytes { get; } = [1, 2, 3];
            }
            """),
            ("Signer.cs", """
            using System.Security.Cryptography;
            using System.Text;

            public static class Signer
            {
                public static byte[] Sign(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes({|ASA6004:Constants.Key|}), data);

                public static byte[] Sign2(byte[] data) => HMACSHA256.HashData({|ASA6004:Constants.Bytes|}, data);

                public static byte[] Sign3(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes({|ASA6004:Constants.Key|}), data);
            }
            """))
        .Option("api_security.host", "protected")
        .FixedBy("ASA6004.ReadFromConfiguration", ("Constants.cs", """
            public static class Constants
            {
                public static string Key => Environment.GetEnvironmentVariable("Constants__Key") ?? throw new InvalidOperationException("'Constants__Key' is not set");

                public static byte[] Bytes { get; } = Convert.FromBase64String(Environment.GetEnvironmentVariable("Constants__Bytes") ?? throw new InvalidOperationException("'Constants__Bytes' is not set"));
            }
            """),
            ("Signer.cs", """
            using System.Security.Cryptography;
            using System.Text;

            public static class Signer
            {
                public static byte[] Sign(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Constants.Key), data);

                public static byte[] Sign2(byte[] data) => HMACSHA256.HashData(Constants.Bytes, data);

                public static byte[] Sign3(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Constants.Key), data);
            }
            """))
        .CheckAsync();

    [Fact]
    public Task Reports_arguments_of_own_methods_in_other_files() => Code.Files(
            ("Crypto.cs", """
            using System.Security.Cryptography;
            using System.Text;

            public interface IHasher
            {
                byte[] Hash(byte[] data, string secret);
            }

            public sealed class Crypto : IHasher
            {
                private readonly byte[] _key;

                public Crypto(string key) => _key = Encoding.UTF8.GetBytes(key);

                public byte[] Encrypt(byte[] data) => EncryptWith(data, _key);

                public byte[] Hash(byte[] data, string secret) => Mac(secret, data);

                private static byte[] Mac(string secret, byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data);

                private static byte[] EncryptWith(byte[] data, byte[] key)
                {
                    using var aes = Aes.Create();
                    aes.Key = key;
                    return aes.EncryptCbc(data, aes.IV);
                }
            }
            """),
            ("User.cs", """
            public sealed class User(IHasher hasher, IConfiguration configuration)
            {
                public byte[] A(byte[] data) => new Crypto({|ASA6004:"secret"|}).Encrypt(data);

                public byte[] B(byte[] data)
                {
                    Crypto crypto = new(configuration["Key"]!);
                    return crypto.Hash(data, {|ASA6004:"secret"|});
                }

                public byte[] C(byte[] data) => hasher.Hash(data, secret: {|ASA6004:"secret"|});

                public byte[] D(byte[] data, string secret) => hasher.Hash(data, secret);
            }
            """))
        .Option("api_security.host", "protected")
        .CheckAsync();

    [Fact]
    public Task Silent_in_tests() => Code.Library(Frame("aes.Key = new byte[32];")).Test().CheckAsync();

    [Theory]
    [InlineData("if (environment.IsDevelopment()) aes.Key = new byte[32];")]
    [InlineData("var key = environment.IsDevelopment() ? new byte[32] : data;\n        aes.Key = key;")]
    public Task Silent_in_development(string statements) => Code.Library(Frame(statements)).CheckAsync();

    [Fact]
    public Task Reports_without_web() => Code.Library("""
        using System.Security.Cryptography;

        public static class Subject
        {
            public static byte[] Sign(byte[] data) => HMACSHA256.HashData({|ASA6004:new byte[] { 1 }|}, data);
        }
        """)
        .NotWeb()
        .FixedBy("ASA6004.ReadFromConfiguration", """
        using System.Security.Cryptography;

        public static class Subject
        {
            public static byte[] Sign(byte[] data) => HMACSHA256.HashData(Convert.FromBase64String(Environment.GetEnvironmentVariable("Subject__Key") ?? throw new InvalidOperationException("'Subject__Key' is not set")), data);
        }
        """)
        .CheckAsync();

    [Fact]
    public Task NoFix_where_only_a_constant_can_stand() => Code.Library("""
        using System.Security.Cryptography;
        using System.Text;

        public static class Subject
        {
            private const string Secret = {|ASA6004:"secret"|};

            public static byte[] Sign(byte[] data) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), data);

            public static bool Is(string text) => text switch { Secret => true, _ => false };

            public static byte[] Sign2(byte[] data, string key = {|ASA6004:"other"|}) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), data);
        }
        """).NoFix().CheckAsync();

    [Theory]
    [InlineData("aes.Key = ;")]
    [InlineData("aes.Key = new byte[] { 1, };")]
    [InlineData("new HMACSHA256(;")]
    [InlineData("aes.CreateEncryptor(key, ")]
    [InlineData("var (key, iv = (1, 2); aes.Key = key;")]
    [InlineData("byte[] key = key; aes.Key = key;")]
    public async Task Silent_or_not_but_never_throws(string statements)
    {
        var test = Code.Library(Frame(statements)).Broken();
        var project = TestProject.Create(test, test.Inputs);
        await new Verifier(test, Kit.Rules.Analyzers, Kit.Rules.Fixes).DiagnosticsAsync(project);
    }

    private static string Frame(string statements) => $$"""
        using System.Security.Cryptography;
        using System.Text;

        public sealed class Subject
        {
            public void Run(Aes aes, byte[] data, IHostEnvironment environment)
            {
                {{statements}}
            }

            private static byte[] Pad(string text) => Encoding.UTF8.GetBytes(text.PadRight(32));
        }
        """;
}
