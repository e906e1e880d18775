using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>What names say about the purpose of a hash; words that belong together are written together.</summary>
internal static class HashTerms
{
    /// <summary>Collisions cost nothing there: the hash only finds, groups or tells apart.</summary>
    public static readonly ImmutableHashSet<string> Harmless = Set(
        "etag", "etags", "checksum", "checksums", "crc", "cache", "cached", "caching", "cachekey", "cachebuster", "cachebusting", "contentmd5", "ifnonematch",
        "gravatar", "libravatar", "avatar", "avatars", "identicon", "guid", "uuid", "dedup", "dedupe", "deduplicate", "deduplication", "duplicate", "duplicates",
        "bucket", "buckets", "shard", "sharding", "partition", "partitionkey", "fingerprint", "thumbprint", "thumbnail", "thumbnails", "hashcode", "gethashcode",
        "filehash", "hashfile", "filemd5", "md5file", "filesha1", "sha1file", "contenthash", "hashcontent", "contentid", "filename", "bloom", "bloomfilter",
        "haschanged", "changed", "unchanged", "changedetection", "stableid", "deterministicid", "stablehash", "deterministichash", "color", "colour",
        "lockid", "lockkey", "advisorylock", "bundleversion", "fileversion", "subjectkeyidentifier");

    /// <summary>Somebody gains from a collision or from guessing the input.</summary>
    public static readonly ImmutableHashSet<string> Security = Set(
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "credential", "credentials", "secret", "token", "tokens", "sign", "signed", "signer", "signing",
        "signature", "hmac", "mac", "auth", "authenticate", "authentication", "authorize", "authorization", "login", "logon", "signin", "license", "licence", "salt", "salted",
        "session", "csrf", "xsrf", "apikey", "nonce", "encrypt", "decrypt", "encryption", "decryption", "encryptor", "tamper", "resetkey", "activationkey");

    /// <summary>What is hashed is a password, whatever the hash is used for.</summary>
    public static readonly ImmutableHashSet<string> Password = Set("password", "passwords", "passwd", "pwd", "pw", "passphrase", "passcode");

    /// <summary>What may follow in the name of a password that is still one.</summary>
    public static readonly ImmutableHashSet<string> PasswordForms = Set("bytes", "byte", "buffer", "data", "text", "string", "str", "value", "input", "chars", "span", "plain", "clear", "salt", "salted", "with", "and", "in", "1", "2");

    /// <summary>A protocol that fixes the hash, so that the code cannot choose.</summary>
    public static readonly ImmutableHashSet<string> Protocol = Set(
        "ntlm", "ntlmv1", "ntlmv2", "websocketaccept", "websockethandshake", "websocketkey", "secwebsocketaccept", "acceptkey", "infohash", "torrent", "bittorrent", "subsonic",
        "opensubsonic", "lastfm", "audioscrobbler", "scrobble", "scrobbler", "scrobbling", "apisig", "digestauth", "digestauthentication", "httpdigest", "digestaccess", "radius", "mschap",
        "chap", "pwned", "pwnedpasswords", "hibp", "haveibeenpwned", "scram", "crammd5", "apop", "mysqlnativepassword", "ja3", "ja3s", "x5t", "oauth1", "oauthsignature", "nsec3",
        "kerberos", "wpa2");

    /// <summary>One-time passwords, whose HMAC-SHA-1 the authenticator applications expect (RFC 4226, RFC 6238).</summary>
    public static readonly ImmutableHashSet<string> OneTimePassword = Set("totp", "hotp", "otp", "otpauth", "oath", "onetimepassword", "onetimecode", "timebasedcode", "rfc4226", "rfc6238", "rfc6238authenticationservice");

    /// <summary>Texts in the code by which a protocol shows itself whatever the names are.</summary>
    public static readonly ImmutableArray<string> ProtocolTexts = ImmutableArray.Create(
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", // RFC 6455, WebSocket accept key
        "api.pwnedpasswords.com",
        "ws.audioscrobbler.com",
        "api_sig");

    private static ImmutableHashSet<string> Set(params string[] terms) => terms.ToImmutableHashSet(StringComparer.Ordinal);
}
