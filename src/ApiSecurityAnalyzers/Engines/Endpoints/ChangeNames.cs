using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Cryptography;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What the names of methods, types and properties say about a change of state.</summary>
internal static class ChangeNames
{
    /// <summary>First words of methods that change something.</summary>
    private static readonly ImmutableHashSet<string> ChangingVerbs = ImmutableHashSet.Create(
        "save", "add", "create", "insert", "update", "delete", "remove", "set", "send", "publish", "execute", "upload", "register", "reset", "change", "enqueue", "store", "approve", "reject", "cancel",
        "submit", "transfer", "assign", "unassign", "upsert", "archive", "restore", "move", "rename", "enable", "disable", "grant", "revoke", "complete", "commit", "mark", "import", "apply", "clear", "pay",
        "refund", "replace", "purge", "destroy", "erase", "drop", "truncate", "bulk", "invoke", "dispatch", "do", "perform", "process", "handle", "promote", "demote", "ban", "block", "unblock",
        "activate", "deactivate", "close", "reopen", "merge", "edit", "modify", "link", "unlink", "attach", "detach", "withdraw", "deposit", "buy", "place", "checkout");

    /// <summary>First words of methods that leave stored data changed or gone, whatever stands behind them.</summary>
    private static readonly ImmutableHashSet<string> StrongVerbs = ImmutableHashSet.Create("delete", "remove", "update", "insert", "upsert", "purge", "destroy", "erase");

    /// <summary>First words that make something, which readers do where it is not there yet.</summary>
    private static readonly ImmutableHashSet<string> CreatingVerbs = ImmutableHashSet.Create("add", "create", "insert", "register", "store", "save");

    /// <summary>First words of methods that read.</summary>
    private static readonly ImmutableHashSet<string> ReadingVerbs = ImmutableHashSet.Create(
        "get", "list", "find", "search", "query", "read", "fetch", "load", "index", "show", "view", "details", "detail", "download", "export", "is", "has", "can", "count", "exists", "ping", "health", "status",
        "version", "info", "lookup", "browse", "filter", "preview", "check", "print", "report", "all", "by", "ensure", "try", "render", "generate", "calculate", "compute", "validate", "verify", "build", "parse", "map",
        "head", "current", "me", "latest", "recent", "test", "hello", "home", "about", "stream");

    /// <summary>What readers keep about readers: logs, counters, sessions, caches, what was seen when. Written on every read, and nobody's harm.</summary>
    private static readonly ImmutableHashSet<string> BookkeepingTerms = ImmutableHashSet.Create(
        "audit", "audits", "auditing", "log", "logs", "logging", "history", "histories", "activitylog", "activitylogs", "useractivity", "recordactivity", "lastactivity", "accessed", "accesses", "accesslog", "accesscount",
        "recordaccess", "seen", "viewed", "views", "viewcount", "viewscount", "viewcounter", "pageview", "recordview", "addview", "incrementview", "visit", "visits", "visited", "visitor", "visitors", "hit", "hits",
        "click", "clicks", "clicked", "counter", "counters", "impression", "impressions", "statistic", "statistics", "stat", "stats", "metric", "metrics", "telemetry", "trace", "traces", "tracking", "usage", "usagecount",
        "downloads", "downloaded", "downloadcount", "readcount", "isread", "readat", "readon", "markread", "markasread", "online", "presence", "heartbeat", "expired", "expiration", "expires", "renewed", "cache", "cached",
        "caches", "usersession", "usersessions", "token", "tokens", "nonce", "otp", "thumbnail", "thumbnails", "recent", "cookie", "cookies", "temp", "temporary", "touch", "lock", "locks", "quota", "attempt", "attempts",
        "lastaccess", "lastlogin", "lastlogon", "lastsignin", "lastactive", "lastused", "lastrequest", "lastread", "lastopened", "lastplayed", "lastchecked", "lastping", "progress");

    /// <summary>Last words of the names of types that stand for stored data.</summary>
    private static readonly ImmutableHashSet<string> StoreWords = ImmutableHashSet.Create("repository", "repositories", "repo", "dao", "store", "storage", "service", "services", "manager", "gateway", "dal", "database", "persistence", "work");

    /// <summary>Words of types whose methods of that name change texts, caches, messages or other things that are not the application's data.</summary>
    private static readonly ImmutableHashSet<string> OtherTypes = ImmutableHashSet.Create(
        "mail", "email", "sms", "html", "text", "string", "strings", "url", "uri", "pdf", "export", "report", "reporting", "format", "formatting", "template", "templates", "localization", "hub", "http", "filter", "filters",
        "search", "window", "dialog", "state", "render", "rendering", "view", "mapping", "mapper", "validation", "feature", "features", "event", "events", "throttle", "throttling", "rate", "serialization", "xml", "json", "header", "headers",
        "connection", "connections", "process", "clock", "time", "memory", "session", "sessions");

    private static readonly ImmutableHashSet<string> SignInTerms = ImmutableHashSet.Create(
        "callback", "login", "logout", "logon", "logoff", "signin", "signout", "signedout", "saml", "oidc", "oauth", "sso", "track", "tracking", "pixel", "beacon", "click", "clicked", "visit", "impression", "redirect", "webhook");

    private static readonly ImmutableHashSet<string> LinkTerms = ImmutableHashSet.Create(
        "confirm", "confirmation", "confirmed", "verify", "verification", "activate", "activation", "unsubscribe", "subscribe", "optout", "optin", "accept", "decline", "redeem", "validate", "validation", "approve", "reject", "reset", "recover", "invite", "invitation", "magic");

    private static readonly ImmutableHashSet<string> LinkSecretTerms = ImmutableHashSet.Create("token", "code", "key", "hash", "signature", "sig", "otp", "ticket", "nonce", "secret", "ciphertext", "data", "guid", "confirmationid");

    private static readonly ImmutableHashSet<string> ReadingCommands = ImmutableHashSet.Create(
        "get", "find", "list", "search", "generate", "export", "download", "validate", "check", "verify", "preview", "calculate", "compute", "render", "login", "authenticate", "ping", "load", "read", "fetch", "query", "ensure");

    private static readonly ImmutableHashSet<string> ChangingMessages = ImmutableHashSet.Create("delete", "remove", "update", "create", "insert", "add", "upsert", "purge", "cancel", "approve", "reject", "archive", "rename", "assign");

    /// <summary>Whether a method of that name can be one that changes something; asked before anything is bound.</summary>
    public static bool CanChange(string name) => name.Length > 0 && (ChangingVerbs.Contains(First(name)) || name.StartsWith("FindOneAnd", StringComparison.Ordinal));

    /// <summary>Whether the name says that stored data is changed or goes.</summary>
    public static bool IsStrong(string name) => StrongVerbs.Contains(First(name));

    /// <summary>Whether the name says that something goes.</summary>
    public static bool Deletes(string name) => First(name) is "delete" or "remove" or "purge" or "destroy" or "erase";

    /// <summary>Whether the name says that something is made.</summary>
    public static bool Creates(string name) => CreatingVerbs.Contains(First(name));

    /// <summary>Whether the name says that something is read.</summary>
    public static bool Reads(string name) => ReadingVerbs.Contains(First(name));

    /// <summary>Whether what bears the name is kept about reading itself.</summary>
    public static bool IsBookkeeping(string name) => Words.Say(Bare(name), BookkeepingTerms);

    /// <summary>Whether a type of that name stands for stored data.</summary>
    public static bool IsStore(string type)
    {
        var words = Words.Split(Bare(type));
        return words.Count > 0 && !IsBookkeeping(type) && !words.Exists(OtherTypes.Contains)
            && (StoreWords.Contains(words[words.Count - 1]) && (words[words.Count - 1] != "work" || IsUnitOfWork(type)) || IsRepository(words));
    }

    /// <summary>Whether a type of that name is a repository, which nothing but stored data hides behind.</summary>
    public static bool IsRepository(string type) => IsRepository(Words.Split(Bare(type))) && !IsBookkeeping(type);

    /// <summary>Whether a type of that name commits what was changed.</summary>
    public static bool IsUnitOfWork(string type) => Words.Say(Bare(type), UnitOfWork);

    /// <summary>Whether an endpoint is meant to be reached by a link or redirection of another site: sign-in callbacks, trackers.</summary>
    public static bool IsReachedByLink(string name) => Words.Say(name, SignInTerms);

    /// <summary>Whether an endpoint's link is mailed, with something in it that nobody guesses.</summary>
    public static bool IsMailedLink(string name, IEnumerable<string> parameters) => Words.Say(name, LinkTerms) && parameters.Any(static p => Words.Say(p, LinkSecretTerms));

    /// <summary>Whether a message of that type, sent to a mediator, changes something.</summary>
    public static bool IsChangingMessage(string type, bool isCommand)
    {
        var words = Words.Split(type);
        if (words.Count == 0 || IsBookkeeping(type) || ReadingCommands.Contains(words[0]) || words[words.Count - 1] is "query" or "event" or "notification")
            return false;
        return isCommand || words.Count > 1 && (words[words.Count - 1] == "command" || ChangingMessages.Contains(words[0]));
    }

    /// <summary>Whether a type of that name takes messages and hands them to who handles them.</summary>
    public static bool IsMediator(string type)
    {
        var words = Words.Split(Bare(type));
        return words.Count > 0 && words[words.Count - 1] is "mediator" or "sender" or "bus" or "dispatcher" or "processor" or "executor";
    }

    /// <summary>The first word of a name, lower case.</summary>
    public static string First(string name)
    {
        var end = 1;
        while (end < name.Length && char.IsLower(name[end]))
            end++;
        return name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name.Substring(1, end - 1);
    }

    private static readonly ImmutableHashSet<string> UnitOfWork = ImmutableHashSet.Create("unitofwork", "uow");

    /// <summary>The name of an interface without its first letter, which would hide the first word.</summary>
    private static string Bare(string type) => type.Length > 2 && type[0] == 'I' && char.IsUpper(type[1]) && char.IsLower(type[2]) ? type.Substring(1) : type;

    private static bool IsRepository(List<string> words) => words.Exists(static w => w is "repository" or "repo" or "dao");
}
