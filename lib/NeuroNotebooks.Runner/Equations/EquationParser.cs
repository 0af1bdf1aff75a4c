namespace NeuroNotebooks.Runner.Equations;

/// <summary>Reads LaTeX by recursive descent and writes MathML. Never throws: what it cannot read it shows.</summary>
internal sealed partial class EquationParser(string source, int outerDepth = 0)
{
    private const int MaxDepth = 60;

    private readonly EquationTokens tokens = new(source);
    private readonly List<string> unknown = [];
    private int depth = outerDepth;

    /// <summary>Commands that were shown as they were written.</summary>
    public IReadOnlyList<string> Unknown => unknown;

    /// <summary>The whole equation; several rows become a centred table.</summary>
    public string ParseAll()
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        while (true)
        {
            row.Add(MathMl.Row(ParseRow()));
            switch (tokens.Current.Kind)
            {
                case TokenKind.Column:
                    tokens.Take();
                    continue;
                case TokenKind.Row:
                    tokens.Take();
                    rows.Add(row);
                    row = [];
                    continue;
                case TokenKind.Close:
                    row.Add(MathMl.Unknown(tokens.Take().Text));
                    continue;
                case TokenKind.End:
                    rows.Add(row);
                    return rows.Count == 1 ? string.Concat(rows[0]) : Table(rows, "gathered");
                default:                                       // an \end or \right that closes nothing
                    row.Add(Unread("\\" + tokens.Take().Text).Xml);
                    continue;
            }
        }
    }

    /// <summary>Pieces up to whatever closes the row: a brace, a column, a new row, <c>\end</c>, <c>\right</c>, the end.</summary>
    private List<Piece> ParseRow(string? alphabet = null)
    {
        var pieces = new List<Piece>();
        while (true)
        {
            tokens.SkipSpaces();
            Token token = tokens.Current;
            if (token.Kind is TokenKind.Close or TokenKind.Column or TokenKind.Row or TokenKind.End) return pieces;
            if (token is { Kind: TokenKind.Command, Text: "end" or "right" or "middle" }) return pieces;
            if (token is { Kind: TokenKind.Command, Text: "displaystyle" or "textstyle" or "scriptstyle" })
            {
                tokens.Take();
                string style = token.Text switch
                {
                    "displaystyle" => "displaystyle=\"true\"",
                    "textstyle" => "displaystyle=\"false\"",
                    _ => "scriptlevel=\"1\"",
                };
                pieces.Add(new($"<mstyle {style}>{MathMl.Row(ParseRow(alphabet))}</mstyle>"));
                return pieces;
            }
            pieces.Add(WithScripts(ParseAtom(alphabet)));
        }
    }

    /// <summary>An atom with the primes, subscript and superscript that follow it, in any order.</summary>
    private Piece WithScripts(Piece basis)
    {
        string? below = null;
        var above = new List<Piece>();
        bool limits = basis.TakesLimits;
        while (true)
        {
            tokens.SkipSpaces();
            switch (tokens.Current)
            {
                case { Kind: TokenKind.Prime }:
                    int primes = 0;
                    for (; tokens.Current.Kind == TokenKind.Prime; primes++) tokens.Take();
                    string sign = primes switch { 1 => "′", 2 => "″", 3 => "‴", _ => new string('′', primes) };
                    above.Add(new(MathMl.Operator(sign, " lspace=\"0\" rspace=\"0\"")));
                    continue;
                case { Kind: TokenKind.Superscript }:
                    tokens.Take();
                    above.Add(new(ParseArgument()));
                    continue;
                case { Kind: TokenKind.Subscript } when below is null:
                    tokens.Take();
                    below = ParseArgument();
                    continue;
                case { Kind: TokenKind.Subscript }:             // a second subscript: TeX refuses, we nest
                    return WithScripts(MathMl.Scripted(basis, below, Above(), limits));
                case { Kind: TokenKind.Command, Text: "limits" or "nolimits" } choice:
                    tokens.Take();
                    limits = choice.Text == "limits";
                    continue;
                default:
                    return MathMl.Scripted(basis, below, Above(), limits);
            }
        }

        string? Above() => above.Count == 0 ? null : MathMl.Row(above);
    }

    /// <summary>What a command or a script applies to: a group or a single atom, as one element.</summary>
    private string ParseArgument(string? alphabet = null)
    {
        tokens.SkipSpaces();
        if (tokens.Current.Kind is TokenKind.End or TokenKind.Close or TokenKind.Column or TokenKind.Row) return "<mrow></mrow>";
        // TeX takes a single digit: \frac12 is a half, x^10 has the exponent 1.
        if (tokens.Current is { Kind: TokenKind.Character } digit && char.IsAsciiDigit(digit.Text[0]))
            return Number(tokens.Take().Text, alphabet);
        return ParseAtom(alphabet).Xml;
    }

    private Piece ParseAtom(string? alphabet)
    {
        if (depth > MaxDepth) return Unread(source[tokens.Take().At..]);
        depth++;
        try
        {
            Token token = tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Open: return ParseGroup(alphabet);
                case TokenKind.Command: tokens.Take(); return ParseCommand(token, alphabet);
                case TokenKind.Character: return ParseCharacter(alphabet);
                case TokenKind.Superscript or TokenKind.Subscript or TokenKind.Prime: return new("<mrow></mrow>");
                default: tokens.Take(); return new(MathMl.Unknown(token.Text));
            }
        }
        finally
        {
            depth--;
        }
    }

    private Piece ParseGroup(string? alphabet)
    {
        int at = tokens.Take().At;
        var inside = ParseRow(alphabet);
        if (tokens.Current.Kind != TokenKind.Close)
        {
            if (tokens.Current.Kind == TokenKind.End) return Unread(source[at..]);
            // A column or row sign inside braces has no table to belong to: show the group's inside and go on.
            while (tokens.Current.Kind is TokenKind.Column or TokenKind.Row)
            {
                tokens.Take();
                inside.AddRange(ParseRow(alphabet));
            }
            if (tokens.Current.Kind != TokenKind.Close) return Unread(source[at..tokens.Current.At]);
        }
        tokens.Take();
        return inside is [{ Kind: PieceKind.Infix } single] ? new(single.Xml) : new(MathMl.Row(inside));
    }

    private Piece ParseCharacter(string? alphabet)
    {
        char c = tokens.Current.Text[0];
        if (char.IsAsciiDigit(c) || c == '.') return ParseNumber(alphabet);
        string text = tokens.Take().Text;
        if (alphabet == "mathrm" && char.IsLetter(c))
        {
            while (tokens.Current is { Kind: TokenKind.Character } next && char.IsLetterOrDigit(next.Text[0])) text += tokens.Take().Text;
            return new(MathMl.Identifier(text, upright: true));
        }
        if (char.IsLetter(c) || text.Length > 1)
            return new(alphabet is null or "mathit" ? MathMl.Identifier(text, upright: false)
                : MathMl.Identifier(EquationSymbols.InAlphabet(alphabet, text), upright: true));
        return c switch
        {
            '-' => new(MathMl.Operator("−"), PieceKind.Infix),
            '*' => new(MathMl.Operator("∗"), PieceKind.Infix),
            '/' => new(MathMl.Operator("/", " lspace=\"0\" rspace=\"0\""), PieceKind.Infix),
            '(' or ')' or '[' or ']' or '|' => MathMl.Delimiter(text),
            '~' => new(MathMl.Space("0.3333"), PieceKind.Space),
            ',' or ';' or ':' or '=' or '<' or '>' or '+' or '!' or '?' => new(MathMl.Operator(text), PieceKind.Infix),
            _ => new(MathMl.Operator(text)),
        };
    }

    private Piece ParseNumber(string? alphabet)
    {
        string digits = "";
        while (tokens.Current is { Kind: TokenKind.Character } next && (char.IsAsciiDigit(next.Text[0]) || next.Text == "."))
            digits += tokens.Take().Text;
        if (digits.TrimEnd('.').Length == 0) return new(MathMl.Operator(digits));
        string stop = digits.EndsWith('.') ? MathMl.Operator(".") : "";           // the full stop that ends the sentence
        string number = Number(digits.TrimEnd('.'), alphabet);
        return new(stop.Length == 0 ? number : $"<mrow>{number}{stop}</mrow>");
    }

    private static string Number(string digits, string? alphabet) =>
        $"<mn>{(alphabet is null ? digits : EquationSymbols.InAlphabet(alphabet, digits))}</mn>";

    private Piece Unread(string text)
    {
        unknown.Add(text);
        return new(MathMl.Unknown(text));
    }
}
