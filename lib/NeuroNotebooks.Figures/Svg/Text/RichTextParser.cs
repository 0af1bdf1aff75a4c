using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Reads Plotly's pseudo-HTML once, from left to right.</summary>
internal sealed class RichTextParser(int mostLines)
{
    private readonly ImmutableArray<ImmutableArray<Run>>.Builder _lines = ImmutableArray.CreateBuilder<ImmutableArray<Run>>();
    private readonly ImmutableArray<Run>.Builder _line = ImmutableArray.CreateBuilder<Run>();
    private readonly StringBuilder _text = new();
    private readonly Stack<(string Tag, Run Before)> _open = new();
    private Run _style = new("");

    public RichText Parse(string source)
    {
        for (int i = 0; i < source.Length; i++)
        {
            int end = source[i] == '<' ? source.IndexOf('>', i) : -1;
            if (end > 0 && TryTag(source[(i + 1)..end])) i = end;
            else _text.Append(source[i] is '\n' or '\r' or '\t' ? ' ' : source[i]);
        }
        EndLine();
        while (_lines.Count > 1 && _lines[^1].IsEmpty) _lines.RemoveAt(_lines.Count - 1);
        return new RichText([.. _lines.Take(mostLines)]);
    }

    private bool TryTag(string inside)
    {
        bool closes = inside.StartsWith('/');
        string body = inside.Trim('/', ' ');
        int space = body.IndexOf(' ');
        string name = (space < 0 ? body : body[..space]).ToLowerInvariant();
        switch (name)
        {
            case "br":
                EndLine();
                return true;
            case "b" or "strong" or "i" or "em" or "sub" or "sup" or "span" or "a" or "s" or "u":
                EndRun();
                if (closes) Leave(name);
                else Enter(name, body);
                return true;
            default:
                return false;
        }
    }

    private void Enter(string name, string body)
    {
        _open.Push((name, _style));
        _style = name switch
        {
            "b" or "strong" => _style with { Bold = true },
            "i" or "em" => _style with { Italic = true },
            "sub" => _style with { Script = -1 },
            "sup" => _style with { Script = 1 },
            "span" when ColorIn(body) is { } color => _style with { Color = color },
            _ => _style,
        };
    }

    private void Leave(string name)
    {
        if (_open.All(tag => tag.Tag != name)) return;
        while (_open.TryPop(out var tag))
        {
            _style = tag.Before;
            if (tag.Tag == name) return;
        }
    }

    private static string? ColorIn(string body)
    {
        foreach (string part in body.Split(['"', '\'', ';']))
            if (part.TrimStart() is var rule && rule.StartsWith("color:", StringComparison.OrdinalIgnoreCase))
                return Rgba.Parse(rule["color:".Length..])?.Hex;
        return null;
    }

    private void EndRun()
    {
        if (_text.Length == 0) return;
        _line.Add(_style with { Text = WebUtility.HtmlDecode(_text.ToString()) });
        _text.Clear();
    }

    private void EndLine()
    {
        EndRun();
        _lines.Add(_line.ToImmutable());
        _line.Clear();
    }
}
