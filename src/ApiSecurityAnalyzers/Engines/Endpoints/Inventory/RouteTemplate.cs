namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Puts route templates together as MVC does (AttributeRouteModel).</summary>
internal static class RouteTemplate
{
    /// <summary>Whether an action's template leaves that of the controller out: <c>/x</c>, <c>~/x</c>.</summary>
    public static bool IsAbsolute(string? template) => template is not null && (template.StartsWith("/", StringComparison.Ordinal) || template.StartsWith("~/", StringComparison.Ordinal));

    /// <summary>The template of an action below that of its controller; <see langword="null"/> where neither says one.</summary>
    public static string? Combine(string? controller, string? action)
    {
        if (IsAbsolute(action))
            return Trim(action!);
        if (action is null)
            return controller is null ? null : Trim(controller);
        return Join(controller ?? "", action);
    }

    /// <summary>Two parts with one slash between them.</summary>
    public static string Join(string left, string right)
    {
        left = Trim(left);
        right = Trim(right);
        return left.Length == 0 ? right : right.Length == 0 ? left : left + "/" + right;
    }

    /// <summary>Puts the names of controller, action and area where the template asks for them; <c>[[</c> stands for a bracket.</summary>
    public static string Fill(string template, string controller, string action, string? area)
    {
        if (template.IndexOf('[') < 0)
            return template;
        var text = new System.Text.StringBuilder(template.Length + 16);
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '[' or ']' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            var end = c == '[' ? template.IndexOf(']', i) : -1;
            if (end < 0)
            {
                text.Append(c);
                continue;
            }

            var token = template.Substring(i + 1, end - i - 1);
            text.Append(token.ToUpperInvariant() switch
            {
                "CONTROLLER" => controller,
                "ACTION" => action,
                "AREA" when area is not null => area,
                _ => "[" + token + "]",
            });
            i = end;
        }

        return text.ToString();
    }

    /// <summary>A conventional pattern with the names of an action in it: <c>{controller=Home}/{action=Index}/{id?}</c> gives <c>Orders/Index/{id?}</c>.</summary>
    public static string FillConventional(string pattern, string controller, string action, string? area) =>
        string.Join("/", Trim(pattern).Split('/').Select(s => Name(s).ToUpperInvariant() switch
        {
            "CONTROLLER" => controller,
            "ACTION" => action,
            "AREA" => area ?? s,
            _ => s,
        }));

    /// <summary>The name of the parameter that a segment consists of: <c>{controller=Home}</c>, <c>{area:exists}</c>.</summary>
    private static string Name(string segment) => segment is ['{', .., '}'] ? segment.Substring(1, segment.Length - 2).Split('=', ':', '?')[0] : "";

    private static string Trim(string template) => (template.StartsWith("~/", StringComparison.Ordinal) ? template.Substring(1) : template).Trim('/');
}
