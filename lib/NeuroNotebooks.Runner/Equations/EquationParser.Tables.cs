using System.Text;

namespace NeuroNotebooks.Runner.Equations;

internal sealed partial class EquationParser
{
    private Piece ParseEnvironment(Token begin)
    {
        string? name = tokens.TakeRawGroup();
        string kind = name?.TrimEnd('*') ?? "";
        string? columns = kind is "array" or "alignedat" or "alignat" ? tokens.TakeRawGroup() : null;
        var rows = ParseRows();
        if (tokens.Current is not { Kind: TokenKind.Command, Text: "end" }) return Unread(source[begin.At..]);
        tokens.Take();
        string? closed = tokens.TakeRawGroup();
        if (closed != name || !Known(kind)) return Unread(source[begin.At..tokens.Current.At]);

        string table = Table(rows, kind, columns);
        (string open, string close) = kind switch
        {
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" or "dcases" => ("{", ""),
            "rcases" => ("", "}"),
            _ => ("", ""),
        };
        if (open.Length + close.Length == 0) return new(table);
        string before = open.Length == 0 ? "" : MathMl.Delimiter(open, stretchy: true, form: "prefix").Xml;
        string after = close.Length == 0 ? "" : MathMl.Delimiter(close, stretchy: true, form: "postfix").Xml;
        return new($"<mrow>{before}{table}{after}</mrow>", PieceKind.Close);
    }

    private List<IReadOnlyList<string>> ParseRows()
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        while (true)
        {
            var cell = ParseRow();
            row.Add(MathMl.Row(cell));
            Token token = tokens.Current;
            if (token.Kind == TokenKind.Column)
            {
                tokens.Take();
            }
            else if (token.Kind == TokenKind.Row)
            {
                tokens.Take();
                SkipRowSpace();
                rows.Add(row);
                row = [];
            }
            else
            {
                if (row.Count > 1 || cell.Count > 0) rows.Add(row);         // a \\ after the last row starts no new one
                return rows;
            }
        }
    }

    /// <summary>The extra distance in <c>\\[4pt]</c>.</summary>
    private void SkipRowSpace()
    {
        tokens.SkipSpaces();
        if (tokens.Current.Text != "[") return;
        while (tokens.Current.Kind != TokenKind.End && tokens.Take().Text != "]") { }
    }

    private static bool Known(string kind) => kind is
        "matrix" or "pmatrix" or "bmatrix" or "Bmatrix" or "vmatrix" or "Vmatrix" or "smallmatrix" or "array"
        or "cases" or "dcases" or "rcases"
        or "aligned" or "align" or "alignedat" or "alignat" or "split" or "gathered" or "gather" or "equation" or "eqnarray" or "multline";

    private static string Table(IReadOnlyList<IReadOnlyList<string>> rows, string kind, string? columns = null)
    {
        string[] sides = columns is null ? [] : [.. columns.Where(c => c is 'l' or 'c' or 'r').Select(c => c.ToString())];
        bool equations = kind is "aligned" or "align" or "alignedat" or "alignat" or "split" or "gathered" or "gather"
            or "equation" or "eqnarray" or "multline";
        bool display = equations || kind == "dcases";
        string style = equations ? " class=\"equations\"" : kind is "cases" or "dcases" or "rcases" ? " class=\"cases\"" : "";
        var xml = new StringBuilder($"<mtable{style}{(display ? " displaystyle=\"true\"" : "")}>");
        foreach (var row in rows)
        {
            xml.Append("<mtr>");
            for (int i = 0; i < row.Count; i++) xml.Append($"<mtd{Side(kind, sides, i)}>{row[i]}</mtd>");
            xml.Append("</mtr>");
        }
        return xml.Append("</mtable>").ToString();
    }

    // MathML Core has no columnalign, and older Firefox reads nothing else: say it both ways.
    private static string Side(string kind, string[] sides, int column)
    {
        string side = kind switch
        {
            "cases" or "dcases" or "rcases" or "multline" => "l",
            "aligned" or "align" or "alignedat" or "alignat" or "split" => column % 2 == 0 ? "r" : "l",
            "eqnarray" => column % 3 == 0 ? "r" : column % 3 == 1 ? "c" : "l",
            "array" => column < sides.Length ? sides[column] : "c",
            _ => "c",
        };
        return side switch { "l" => " class=\"l\" columnalign=\"left\"", "r" => " class=\"r\" columnalign=\"right\"", _ => "" };
    }
}
