using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>A service that the code of a fix uses, and what is already there that serves as well.</summary>
/// <param name="TypeName">The full C# name of the type that dependency injection is asked for.</param>
/// <param name="Name">The name of a new parameter; a new field gets it in the style of the type.</param>
/// <param name="Serves">Whether a variable of the type can be used instead.</param>
/// <param name="HostProperty">The property by which hosts and their builders hold such a service (<c>app.Configuration</c>).</param>
internal sealed record WantedService(string TypeName, string Name, Func<ITypeSymbol, bool> Serves, string? HostProperty = null)
{
    private const string ConfigurationType = "Microsoft.Extensions.Configuration.IConfiguration";
    private const string LoggerType = "Microsoft.Extensions.Logging.ILogger";

    /// <summary>The application's configuration.</summary>
    public static WantedService Configuration { get; } = new(ConfigurationType, "configuration", static t => t.Implements(ConfigurationType), "Configuration");

    /// <summary>The logger of a class; any logger in reach serves.</summary>
    /// <param name="category">The full C# name of the class.</param>
    public static WantedService Logger(string category) => new(LoggerType + "<" + category + ">", "logger", static t => t.Implements(LoggerType), "Logger");
}
