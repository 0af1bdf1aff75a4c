using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Equations;

internal enum PieceKind { Ordinary, Large, LimitFunction, Function, Open, Close, Space, Infix }

/// <summary>A piece of an equation with what its neighbours must know about it.</summary>
/// <param name="Xml">Exactly one MathML element, or none.</param>
/// <param name="Kind">How it stands to its neighbours.</param>
internal readonly record struct Piece(string Xml, PieceKind Kind = PieceKind.Ordinary)
{
    public bool TakesLimits => Kind is PieceKind.Large or PieceKind.LimitFunction;
}

/// <summary>MathML elements as text.</summary>
internal static class MathMl
{
    public static string Text(string text) => HtmlText.Encode(text);

    public static string Identifier(string name, bool upright) =>
        upright && name.Length == 1 ? $"<mi mathvariant=\"normal\">{Text(name)}</mi>" : $"<mi>{Text(name)}</mi>";

    public static string Operator(string sign, string attributes = "") => $"<mo{attributes}>{Text(sign)}</mo>";

    public static string Space(string em) => $"<mspace width=\"{em}em\"/>";

    public static string Words(string text) => $"<mtext>{Text(text).Replace(" ", "&#xA0;", StringComparison.Ordinal)}</mtext>";

    public static string Unknown(string source) => $"<merror><mtext>{Text(source)}</mtext></merror>";

    /// <summary>A delimiter that does not grow, for parentheses written without <c>\left</c>.</summary>
    public static Piece Delimiter(string sign, bool stretchy = false, string form = "")
    {
        string role = form.Length > 0 ? form : EquationSymbols.Opens(sign) ? "prefix" : sign is "|" or "‖" or "/" or "\\" ? "" : "postfix";
        string attributes = role.Length > 0 ? $" form=\"{role}\"" : "";
        attributes += $" stretchy=\"{(stretchy ? "true" : "false")}\" lspace=\"0\" rspace=\"0\"";
        PieceKind kind = role == "prefix" ? PieceKind.Open : role == "postfix" ? PieceKind.Close : PieceKind.Ordinary;
        return new(Operator(sign, attributes), kind);
    }

    /// <summary>Joins pieces in a row, with a thin space between a function's name and an argument without parentheses.</summary>
    public static string Row(IReadOnlyList<Piece> pieces)
    {
        if (pieces.Count == 1) return pieces[0].Xml;
        var xml = new System.Text.StringBuilder("<mrow>");
        for (int i = 0; i < pieces.Count; i++)
        {
            bool name = pieces[i].Kind is PieceKind.Function or PieceKind.LimitFunction;
            if (name && i > 0 && pieces[i - 1].Kind is PieceKind.Ordinary or PieceKind.Close && name) xml.Append(Space("0.1667"));
            xml.Append(IsSign(pieces, i) ? pieces[i].Xml.Insert("<mo".Length, " form=\"prefix\"") : pieces[i].Xml);
            if (name && i + 1 < pieces.Count && pieces[i + 1].Kind is PieceKind.Ordinary or PieceKind.Large && name)
                xml.Append(Space("0.1667"));
        }
        return xml.Append("</mrow>").ToString();
    }

    /// <summary>A sign of what follows rather than an operation: a browser sees that by itself only at a row's start.</summary>
    private static bool IsSign(IReadOnlyList<Piece> pieces, int i) =>
        pieces[i].Xml is "<mo>−</mo>" or "<mo>+</mo>" or "<mo>±</mo>" or "<mo>∓</mo>"
        && i > 0 && pieces[i - 1].Kind is PieceKind.Infix or PieceKind.Open or PieceKind.Space;

    public static Piece Scripted(Piece basis, string? below, string? above, bool limits)
    {
        (string both, string low, string high) = limits ? ("munderover", "munder", "mover") : ("msubsup", "msub", "msup");
        string xml = (below, above) switch
        {
            (not null, not null) => $"<{both}>{basis.Xml}{below}{above}</{both}>",
            (not null, null) => $"<{low}>{basis.Xml}{below}</{low}>",
            (null, not null) => $"<{high}>{basis.Xml}{above}</{high}>",
            _ => basis.Xml,
        };
        return new(xml, basis.Kind);
    }
}
