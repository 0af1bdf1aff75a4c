using System.Text.RegularExpressions;

namespace NeuroNotebooks.Runner.Equations;

internal sealed partial class EquationParser
{
    private Piece ParseCommand(Token token, string? alphabet)
    {
        string name = token.Text;
        if (EquationSymbols.Letters.TryGetValue(name, out string? letter)) return Letter(name, letter, alphabet);
        if (EquationSymbols.Spaces.TryGetValue(name, out string? em)) return new(MathMl.Space(em), PieceKind.Space);
        if (EquationSymbols.Large.TryGetValue(name, out string? large))
            return new(MathMl.Operator(large), EquationSymbols.IsIntegral(name) ? PieceKind.Ordinary : PieceKind.Large);
        if (EquationSymbols.Functions.Contains(name)) return new(MathMl.Identifier(name, upright: true), PieceKind.Function);
        if (EquationSymbols.LimitFunctions.TryGetValue(name, out string? function))
            return new(NamedOperator(function.Replace('_', '\u2009')), PieceKind.LimitFunction);
        if (EquationSymbols.Accents.TryGetValue(name, out string? accent)) return Marked("mover", name, accent);
        if (EquationSymbols.Underscripts.TryGetValue(name, out string? under)) return Marked("munder", name, under);
        if (EquationSymbols.Escaped.Contains(name)) return new(MathMl.Words(name));
        if (name == "|") return MathMl.Delimiter("‖");
        if (name == "mid") return new(MathMl.Operator("∣", " lspace=\"0.2778em\" rspace=\"0.2778em\""), PieceKind.Infix);
        if (EquationSymbols.Operators.TryGetValue(name, out string? sign)) return new(MathMl.Operator(sign), PieceKind.Infix);
        if (EquationSymbols.Delimiters.TryGetValue(name, out string? delimiter)) return MathMl.Delimiter(delimiter);
        return ParseConstruct(token, alphabet);
    }

    private Piece ParseConstruct(Token token, string? alphabet)
    {
        switch (token.Text)
        {
            case "frac" or "dfrac" or "tfrac" or "cfrac": return Fraction(token.Text, alphabet);
            case "binom" or "dbinom" or "tbinom":
                return new($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{ParseArgument()}{ParseArgument()}</mfrac><mo>)</mo></mrow>");
            case "sqrt": return Root();
            case "left": return Fenced(token);
            case "begin": return ParseEnvironment(token);
            case "mathrm" or "rm" or "mathup": return new(ParseArgument("mathrm"));
            case "mathit" or "mathnormal": return new(ParseArgument("mathit"));
            case "mathbf" or "bf" or "boldsymbol" or "bm" or "mathcal" or "mathscr" or "mathfrak" or "mathbb" or "mathsf" or "mathtt":
                return new(ParseArgument(token.Text));
            case "text" or "textrm" or "textnormal" or "mbox" or "textit" or "textbf" or "emph": return TextGroup(token);
            case "operatorname": return OperatorName();
            case var size when BigName().IsMatch(size): return Big(token);
            case "overset" or "stackrel": return Stacked("mover");
            case "underset": return Stacked("munder");
            case "xrightarrow": return new($"<mover>{MathMl.Operator("→", " stretchy=\"true\"")}{ParseArgument()}</mover>");
            case "xleftarrow": return new($"<mover>{MathMl.Operator("←", " stretchy=\"true\"")}{ParseArgument()}</mover>");
            case "substack": return Substack(token);
            case "not": return Negated();
            case "bmod": return new(MathMl.Operator("mod", " lspace=\"0.2222em\" rspace=\"0.2222em\""), PieceKind.Infix);
            case "pmod":
                string modulus = $"<mi>mod</mi>{MathMl.Space("0.3333")}{ParseArgument()}";
                return new($"<mrow>{MathMl.Space("1")}<mo stretchy=\"false\">(</mo>{modulus}<mo stretchy=\"false\">)</mo></mrow>");
            case "phantom" or "hphantom" or "vphantom": return new($"<mphantom>{ParseArgument()}</mphantom>", PieceKind.Space);
            case "boxed": return new($"<mrow class=\"boxed\">{ParseArgument()}</mrow>");
            case "tag": return new($"<mrow>{MathMl.Space("2")}{MathMl.Words($"({tokens.TakeRawGroup()})")}</mrow>");
            case "label": tokens.TakeRawGroup(); return new("", PieceKind.Space);
            case "nonumber" or "notag" or "allowbreak" or "nobreak" or "relax": return new("", PieceKind.Space);
            default: return Unread("\\" + token.Text);
        }
    }

    private static Piece Letter(string name, string letter, string? alphabet)
    {
        if (alphabet is not (null or "mathit" or "mathrm"))
            return new(MathMl.Identifier(EquationSymbols.InAlphabet(alphabet, letter), upright: true));
        return letter is "…" or "⋯" or "⋮" or "⋱"
            ? new(MathMl.Operator(letter, " lspace=\"0.1em\" rspace=\"0.1em\""))
            : new(MathMl.Identifier(letter, upright: EquationSymbols.Upright(name)));
    }

    private static string NamedOperator(string name) => MathMl.Operator(name, " lspace=\"0\" rspace=\"0\" movablelimits=\"true\"");

    private Piece Marked(string element, string name, string mark)
    {
        string basis = ParseArgument();
        bool stretches = EquationSymbols.Stretches(name);
        string stretchy = stretches ? " stretchy=\"true\"" : " stretchy=\"false\"";
        string attribute = element == "mover" ? " accent=\"true\"" : " accentunder=\"true\"";
        bool brace = name is "overbrace" or "underbrace";                 // its label belongs above or below it
        string xml = $"<{element}{(brace ? "" : attribute)}>{basis}{MathMl.Operator(mark, stretchy)}</{element}>";
        return new(xml, brace ? PieceKind.Large : PieceKind.Ordinary);
    }

    private Piece Fraction(string name, string? alphabet)
    {
        string fraction = $"<mfrac>{ParseArgument(alphabet)}{ParseArgument(alphabet)}</mfrac>";
        return new(name switch
        {
            "dfrac" or "cfrac" => $"<mstyle displaystyle=\"true\">{fraction}</mstyle>",
            "tfrac" => $"<mstyle displaystyle=\"false\">{fraction}</mstyle>",
            _ => fraction,
        });
    }

    private Piece Root()
    {
        tokens.SkipSpaces();
        if (tokens.Current.Text != "[") return new($"<msqrt>{ParseArgument()}</msqrt>");
        tokens.Take();
        var index = new List<Piece>();
        while (tokens.Current.Text != "]" && tokens.Current.Kind != TokenKind.End)
        {
            index.Add(WithScripts(ParseAtom(null)));
            tokens.SkipSpaces();
        }
        tokens.Take();
        return new($"<mroot>{ParseArgument()}{MathMl.Row(index)}</mroot>");
    }

    /// <summary><c>\left( ... \middle| ... \right)</c>; a full stop stands for no delimiter.</summary>
    private Piece Fenced(Token left)
    {
        string? open = TakeDelimiter();
        if (open is null) return Unread("\\left");
        var inside = new List<Piece>();
        while (true)
        {
            inside.AddRange(ParseRow());
            if (tokens.Current is { Kind: TokenKind.Command, Text: "middle" })
            {
                tokens.Take();
                inside.Add(new(MathMl.Delimiter(TakeDelimiter() ?? "", stretchy: true, form: "infix").Xml));
                continue;
            }
            break;
        }
        if (tokens.Current is not { Kind: TokenKind.Command, Text: "right" }) return Unread(source[left.At..tokens.Current.At]);
        tokens.Take();
        string close = TakeDelimiter() ?? "";
        string before = open.Length == 0 ? "" : MathMl.Delimiter(open, stretchy: true, form: "prefix").Xml;
        string after = close.Length == 0 ? "" : MathMl.Delimiter(close, stretchy: true, form: "postfix").Xml;
        return new($"<mrow>{before}{MathMl.Row(inside)}{after}</mrow>", PieceKind.Close);
    }

    /// <summary>The delimiter that follows; empty for a full stop, null when what follows is none.</summary>
    private string? TakeDelimiter()
    {
        tokens.SkipSpaces();
        Token token = tokens.Current;
        if (token.Text == ".") { tokens.Take(); return ""; }
        string key = token is { Kind: TokenKind.Command, Text: "|" } ? "‖" : token.Text;
        if (!EquationSymbols.Delimiters.TryGetValue(key, out string? sign)) return null;
        tokens.Take();
        return sign;
    }

    private Piece Big(Token size)
    {
        if (TakeDelimiter() is not { } sign) return Unread("\\" + size.Text);
        string em = size.Text.TrimEnd('l', 'r', 'm') switch { "big" => "1.2", "Big" => "1.8", "bigg" => "2.4", _ => "3" };
        string form = size.Text[^1] switch { 'l' => " form=\"prefix\"", 'r' => " form=\"postfix\"", _ => "" };
        string xml = MathMl.Operator(sign,
            $"{form} stretchy=\"true\" symmetric=\"true\" minsize=\"{em}em\" maxsize=\"{em}em\" lspace=\"0\" rspace=\"0\"");
        return new(xml, size.Text[^1] == 'r' ? PieceKind.Close : PieceKind.Open);
    }

    private Piece OperatorName()
    {
        bool limits = tokens.Current.Text == "*";
        if (limits) tokens.Take();
        string name = Thin().Replace(tokens.TakeRawGroup() ?? "", "\u2009").Replace("\\", "", StringComparison.Ordinal);
        return limits ? new(NamedOperator(name), PieceKind.LimitFunction) : new(MathMl.Identifier(name, upright: true), PieceKind.Function);
    }

    private Piece Stacked(string element)
    {
        string mark = ParseArgument();
        string basis = ParseArgument();
        return new($"<{element}>{basis}{mark}</{element}>");
    }

    /// <summary>Words inside an equation; dollar signs inside them lead back to mathematics.</summary>
    private Piece TextGroup(Token command)
    {
        if (tokens.TakeRawGroup() is not { } text) return Unread(source[command.At..]);
        string[] parts = text.Split('$');
        var pieces = new List<Piece>();
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0) continue;
            if (i % 2 == 0)
            {
                string words = MathMl.Words(Unescape().Replace(parts[i], "$1"));
                string style = command.Text switch { "textbf" => "b", "textit" or "emph" => "i", _ => "" };
                pieces.Add(new(style.Length == 0 ? words : $"<mrow class=\"{style}\">{words}</mrow>", PieceKind.Space));
                continue;
            }
            var inner = new EquationParser(parts[i], depth);
            pieces.Add(new($"<mrow>{inner.ParseAll()}</mrow>"));
            unknown.AddRange(inner.Unknown);
        }
        return pieces.Count == 1 ? pieces[0] : new(MathMl.Row(pieces));
    }

    private Piece Substack(Token command)
    {
        if (tokens.TakeRawGroup() is not { } text) return Unread(source[command.At..]);
        var inner = new EquationParser(text, depth);
        string body = inner.ParseAll();
        unknown.AddRange(inner.Unknown);
        return new(body.Length == 0 ? "<mrow></mrow>" : $"<mrow>{body}</mrow>");
    }

    private Piece Negated()
    {
        tokens.SkipSpaces();
        Piece next = ParseAtom(null);
        int close = next.Xml.LastIndexOf("</mo>", StringComparison.Ordinal);
        return close < 0 ? new($"<mrow>{MathMl.Operator("¬")}{next.Xml}</mrow>") : new(next.Xml.Insert(close, "\u0338"), PieceKind.Infix);
    }

    [GeneratedRegex("^([bB]igg?[lr]?|[bB]igm)$")]
    private static partial Regex BigName();

    [GeneratedRegex(@"\\[,;:! ]|~")]
    private static partial Regex Thin();

    [GeneratedRegex(@"\\([#$%&_{}])")]
    private static partial Regex Unescape();
}
