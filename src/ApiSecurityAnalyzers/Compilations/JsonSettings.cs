using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>A value of a JSON settings file.</summary>
/// <param name="Path">The keys that lead to it, joined by colons as <c>IConfiguration</c> does.</param>
/// <param name="Value">The text of the string, number or word.</param>
/// <param name="Span">Where the value stands, quotes included.</param>
internal readonly record struct JsonSetting(string Path, string Value, TextSpan Span);

/// <summary>
/// Reads a settings file as flat keys. Comments and trailing commas are allowed, as the configuration provider allows them; what is
/// malformed ends the reading, never throws.
/// </summary>
internal sealed class JsonSettings
{
    private const int MaxDepth = 64;

    private static readonly ConditionalWeakTable<SourceText, JsonSettings> Cache = new();

    private readonly string _text;
    private readonly ImmutableArray<JsonSetting>.Builder _settings = ImmutableArray.CreateBuilder<JsonSetting>();
    private int _position;

    private JsonSettings(string text)
    {
        _text = text;
        ReadValue("", 0);
        All = _settings.ToImmutable();
    }

    /// <summary>All values in file order.</summary>
    public ImmutableArray<JsonSetting> All { get; }

    public static JsonSettings For(SourceText text) => Cache.TryGetValue(text, out var settings) ? settings : Cache.GetValue(text, static t => new JsonSettings(t.ToString()));

    /// <summary>The value of a key; keys are compared without case, and the last one wins.</summary>
    public string? this[string path]
    {
        get
        {
            for (var i = All.Length - 1; i >= 0; i--)
            {
                if (string.Equals(All[i].Path, path, StringComparison.OrdinalIgnoreCase))
                    return All[i].Value;
            }

            return null;
        }
    }

    /// <summary>The values below a section.</summary>
    public IEnumerable<JsonSetting> Section(string path) => All.Where(s => s.Path.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase));

    private bool ReadValue(string path, int depth)
    {
        SkipTrivia();
        if (_position >= _text.Length || depth > MaxDepth)
            return false;
        switch (_text[_position])
        {
            case '{':
                return ReadMembers(path, depth, isObject: true);
            case '[':
                return ReadMembers(path, depth, isObject: false);
            case '"':
                var start = _position;
                if (ReadString() is not { } text)
                    return false;
                _settings.Add(new JsonSetting(path, text, TextSpan.FromBounds(start, _position)));
                return true;
            default:
                return ReadWord(path);
        }
    }

    private bool ReadMembers(string path, int depth, bool isObject)
    {
        var close = isObject ? '}' : ']';
        _position++;
        for (var index = 0; ; index++)
        {
            SkipTrivia();
            if (_position >= _text.Length)
                return false;
            if (_text[_position] == close)
            {
                _position++;
                return true;
            }

            var key = index.ToString(CultureInfo.InvariantCulture);
            if (isObject)
            {
                if (_text[_position] != '"' || ReadString() is not { } name)
                    return false;
                key = name;
                SkipTrivia();
                if (_position >= _text.Length || _text[_position] != ':')
                    return false;
                _position++;
            }

            if (!ReadValue(path.Length == 0 ? key : path + ":" + key, depth + 1))
                return false;
            SkipTrivia();
            if (_position < _text.Length && _text[_position] == ',')
                _position++;
        }
    }

    private bool ReadWord(string path)
    {
        var start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '-' or '+' or '.'))
            _position++;
        if (_position == start)
            return false;
        _settings.Add(new JsonSetting(path, _text.Substring(start, _position - start), TextSpan.FromBounds(start, _position)));
        return true;
    }

    private string? ReadString()
    {
        var text = new StringBuilder();
        for (_position++; _position < _text.Length; _position++)
        {
            var c = _text[_position];
            if (c == '"')
            {
                _position++;
                return text.ToString();
            }

            if (c != '\\' || _position + 1 >= _text.Length)
            {
                text.Append(c);
                continue;
            }

            c = _text[++_position];
            if (c == 'u' && _position + 4 < _text.Length && int.TryParse(_text.Substring(_position + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                _position += 4;
                continue;
            }

            text.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
        }

        return null;
    }

    private void SkipTrivia()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                _position++;
            }
            else if (c == '/' && _position + 1 < _text.Length && _text[_position + 1] == '/')
            {
                var end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else if (c == '/' && _position + 1 < _text.Length && _text[_position + 1] == '*')
            {
                var end = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
                _position = end < 0 ? _text.Length : end + 2;
            }
            else
            {
                return;
            }
        }
    }
}
