using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>Rules about what a notebook shows.</summary>
internal static partial class OutputRules
{
    public static IEnumerable<Difference> Executed(NotebookDocument notebook)
    {
        if (!notebook.Cells.Any(cell => cell.ExecutionCount is not null))
        {
            yield return NotebookGate.Whole("no code cell was executed.");
            yield break;
        }
        int expected = 0;
        foreach (int i in CodeRules.CodeCells(notebook))
        {
            if (string.IsNullOrWhiteSpace(notebook.Cells[i].Source)) yield return NotebookGate.At(notebook, i, "the cell is empty.");
            else if (notebook.Cells[i].ExecutionCount is not { } count)
                yield return NotebookGate.At(notebook, i, "the cell was not executed.");
            else if (count != ++expected)
                yield return NotebookGate.At(notebook, i, $"executed as number {count}: expected {expected}, from top to bottom.");
        }
        if (!notebook.Cells.Any(cell => cell.Outputs.Count > 0)) yield return NotebookGate.Whole("it shows no outputs.");
    }

    public static IEnumerable<Difference> Errors(NotebookDocument notebook) =>
        Outputs(notebook).Where(o => OutputBundle.Type(o.Output) == "error" && !notebook.Cells[o.Cell].HasTag("raises-exception"))
            .Select(o => NotebookGate.At(
                notebook, o.Cell, $"an error is saved: {OutputBundle.Text(o.Output["ename"])} {OutputBundle.Text(o.Output["evalue"])}"));

    public static IEnumerable<Difference> Figures(NotebookDocument notebook)
    {
        var figures = FigureOutputs(notebook).ToList();
        if (figures.Count == 0) yield return NotebookGate.Whole("it shows no figure.");
        foreach (var (cell, output) in figures)
        {
            if (OutputBundle.Face(output, "text/html")?.Contains("<svg", StringComparison.Ordinal) != true)
                yield return NotebookGate.At(notebook, cell, "a figure has no inline drawing (text/html with <svg>).");
            if (string.IsNullOrWhiteSpace(OutputBundle.Face(output, "text/plain")))
                yield return NotebookGate.At(notebook, cell, "a figure has no sentence that says what it shows (text/plain).");
        }
    }

    public static IEnumerable<Difference> FigureNumbers(NotebookDocument notebook)
    {
        bool text = notebook.Cells.Any(cell => cell.Kind == CellKind.Markdown && FigureNumber().IsMatch(cell.Source));
        bool shown = FigureOutputs(notebook)
            .Any(f => FigureNumber().IsMatch(Title(f.Output) + " " + OutputBundle.Face(f.Output, "text/plain")));
        if (!text && !shown) yield return NotebookGate.Whole("no text or figure names a figure of the paper (\"Figure 2\").");
    }

    public static IEnumerable<Difference> AxisTitles(NotebookDocument notebook)
    {
        foreach (var (cell, output) in FigureOutputs(notebook))
        {
            if (Layout(output) is not { } layout) continue;
            foreach (string direction in (string[])["xaxis", "yaxis"])
            {
                var axes = layout.Where(part => part.Key.StartsWith(direction, StringComparison.Ordinal))
                    .Select(part => part.Value).OfType<JsonObject>().ToList();
                if (axes.Count > 0 && axes.All(axis => !Hidden(axis)) && !axes.Any(HasTitle))
                    yield return NotebookGate.At(notebook, cell, $"a figure has no title on its {direction[..1]} axis.");
            }
        }
    }

    public static IEnumerable<Difference> DecimalPoints(NotebookDocument notebook)
    {
        foreach (var (cell, output) in FigureOutputs(notebook))
        {
            string html = OutputBundle.Face(output, "text/html") ?? "";
            string words = Tags().Replace(Style().Replace(html, " "), " ") + "\n" + OutputBundle.Face(output, "text/plain");
            if (DecimalComma().Match(words) is { Success: true } m)
                yield return NotebookGate.At(notebook, cell, $"a figure says \"{m.Value}\": expected a decimal point.");
            if (CoordinateComma().Match(html) is { Success: true } c)
                yield return NotebookGate.At(notebook, cell, $"a figure is drawn at {c.Value}: expected a decimal point.");
        }
    }

    public static IEnumerable<Difference> NothingFetched(NotebookDocument notebook)
    {
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            if (cell.Kind == CellKind.Markdown
                && (Fetch().Match(cell.Source) is { Success: true } || PictureFromElsewhere().IsMatch(cell.Source)))
                yield return NotebookGate.At(notebook, i, "the text fetches something from elsewhere.");
            foreach (JsonObject output in cell.Outputs)
                foreach (string mime in (string[])["text/html", "image/svg+xml", "text/markdown"])
                    if (Fetch().Match(OutputBundle.Face(output, mime) ?? "") is { Success: true } m)
                        yield return NotebookGate.At(notebook, i, $"an output ({mime}) has \"{m.Value}\": outputs fetch and run nothing.");
            if (cell.Outputs.Any(output =>
                OutputBundle.Data(output)?.Any(face => face.Key.Contains("javascript", StringComparison.Ordinal)) == true))
                yield return NotebookGate.At(notebook, i, "an output is a script.");
        }
    }

    public static IEnumerable<Difference> NoMachinePaths(NotebookDocument notebook) =>
        Outputs(notebook).Select(o => (o.Cell, Match: MachinePath().Match(Words(o.Output)))).Where(o => o.Match.Success)
            .Select(o => NotebookGate.At(notebook, o.Cell, $"an output names a folder of a machine: {o.Match.Value}"));

    public static IEnumerable<Difference> Scorecard(NotebookDocument notebook)
    {
        string? broken = null;
        IReadOnlyList<Claim> claims = [];
        try
        {
            claims = Claims.In(notebook);
        }
        catch (NotebookFormatException e)
        {
            broken = e.Message;
        }
        if (broken is not null) yield return NotebookGate.Whole(broken);
        else if (claims.Count == 0) yield return NotebookGate.Whole("no scorecard is shown.");
        foreach (Claim claim in claims)
            if (claim.Source.Length == 0 || claim.Statement.Length == 0 || claim.Reason.Length == 0)
                yield return NotebookGate.Whole(
                    $"claim \"{claim.Id}\" lacks its {Missing(claim)}.");
    }

    private static IEnumerable<(int Cell, JsonObject Output)> Outputs(NotebookDocument notebook) =>
        CodeRules.CodeCells(notebook).SelectMany(i => notebook.Cells[i].Outputs.Select(output => (i, output)));

    private static IEnumerable<(int Cell, JsonObject Output)> FigureOutputs(NotebookDocument notebook) =>
        Outputs(notebook).Where(o => OutputBundle.Data(o.Output)?.ContainsKey(OutputBundle.Plotly) == true);

    private static string Title(JsonObject output) =>
        OutputBundle.Text((Layout(output)?["title"] as JsonObject)?["text"]) ?? "";

    private static JsonObject? Layout(JsonObject output) =>
        (OutputBundle.Data(output)?[OutputBundle.Plotly] as JsonObject)?["layout"] as JsonObject;

    private static string Missing(Claim claim) =>
        claim.Source.Length == 0 ? "source" : claim.Statement.Length == 0 ? "statement" : "reason for the tolerance";

    private static bool HasTitle(JsonObject axis) => !string.IsNullOrWhiteSpace(OutputBundle.Text((axis["title"] as JsonObject)?["text"]));

    private static bool Hidden(JsonObject axis) => axis["visible"]?.GetValueKind() == System.Text.Json.JsonValueKind.False;

    private static string Words(JsonObject output) =>
        string.Join('\n', OutputBundle.Text(output["text"]), OutputBundle.Text(output["evalue"]),
            OutputBundle.Face(output, "text/plain"), OutputBundle.Face(output, "text/html"));

    [GeneratedRegex(@"\b(Fig(ure|\.)?\s*[SN]?\d|F\d)", RegexOptions.IgnoreCase)]
    private static partial Regex FigureNumber();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"<style\b.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    // 1,000 groups thousands and (0,3) is a point of the plane; 0,5 and 3,1416 are decimals with a comma.
    [GeneratedRegex(@"(?<![\d.,(\[{;])[-−]?\d+,(?:\d{1,2}|\d{4,})(?![\d,)\]}])")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"\b(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|stroke-width)=""-?\d+,\d+""")]
    private static partial Regex CoordinateComma();

    [GeneratedRegex(@"<script\b|<link\b|<iframe\b|<object\b|<embed\b|\bsrc\s*=\s*[""']?\s*(https?:)?//"
        + @"|@import|url\(\s*[""']?\s*(https?:)?//|\bon(click|load|error)\s*=",
        RegexOptions.IgnoreCase)]
    private static partial Regex Fetch();

    [GeneratedRegex(@"!\[[^\]]*\]\(\s*<?https?://", RegexOptions.IgnoreCase)]
    private static partial Regex PictureFromElsewhere();

    [GeneratedRegex(@"(?<![\w:/.])(?:/(?:home|Users|root|tmp|work)/\w[^\s<""')]*|[A-Z]:\\\w[^\s<""')]*)")]
    private static partial Regex MachinePath();
}
