using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Puts figures side by side into one: axes renumbered and moved into cells, legends merged, panels lettered.</summary>
internal sealed class GridComposer
{
    private const double Gap = 84.0, SharedGap = 28.0, RowGap = 86.0, SharedRowGap = 40.0, ColorBarRoom = 84.0, HeadingRoom = 22.0;

    private readonly int columns, rows;
    private readonly SharedAxes share;
    private readonly Figure[] panels;
    private readonly double[] widths, rightRooms;
    private readonly double cellHeight;

    private GridComposer(int columns, SharedAxes share, Figure[] panels)
    {
        this.columns = columns;
        this.share = share;
        this.panels = panels;
        rows = (panels.Length + columns - 1) / columns;
        double cellWidth = columns switch { 1 => 560.0, 2 => 300.0, 3 => 230.0, _ => 190.0 };
        cellHeight = rows == 1 ? 280.0 : 220.0;
        widths = [.. Enumerable.Repeat(cellWidth, columns)];
        rightRooms = [.. Enumerable.Range(0, columns).Select(column => RoomRightOf(column))];
    }

    private bool SharesX => share is SharedAxes.X or SharedAxes.Both;

    private bool SharesY => share is SharedAxes.Y or SharedAxes.Both;

    private double BetweenRows => SharesX ? SharedRowGap : RowGap;

    private double PlotWidth => widths.Sum() + rightRooms.Sum();

    private double PlotHeight => rows * cellHeight + (rows - 1) * BetweenRows;

    private double RoomRightOf(int column)
    {
        bool bars = panels.Where((_, i) => i % columns == column).Any(panel => panel.Traces.Any(HasColorBar));
        double gap = column == columns - 1 ? 0.0 : SharesY ? SharedGap : Gap;
        return gap + (bars ? ColorBarRoom : 0.0);
    }

    private static bool HasColorBar(JsonObject trace) =>
        (trace["colorbar"] is JsonObject && !Json.IsFalse(trace["showscale"])) || trace["marker"]?["colorbar"] is JsonObject;

    public static Figure Compose(int columns, SharedAxes share, Figure[] panels)
    {
        Check(columns, panels);
        return new GridComposer(Math.Min(columns, panels.Length), share, panels).Compose();
    }

    private static void Check(int columns, Figure[] panels)
    {
        Require.InRange(columns, 1, 12);
        Require.NotNull(panels);
        if (panels.Length == 0) throw new ArgumentException("panels is empty: expected at least one figure.", nameof(panels));
        for (int i = 0; i < panels.Length; i++)
        {
            Require.NotNull(panels[i], $"panels[{i}]");
            if (panels[i].HasFrames)
                throw new ArgumentException($"panels[{i}] has a slider: put Plot.Slider around Plot.Grid, not into it.", nameof(panels));
            if (panels[i].Traces.FirstOrDefault(HasNoAxes) is { } odd)
                throw new ArgumentException(
                    $"panels[{i}] holds a \"{Json.Text(odd["type"])}\" trace: a grid takes figures with x and y axes and figures in space.",
                    nameof(panels));
            if (panels[i].Layout.Any(entry => Panels.IsAxis(entry.Key, "coloraxis")))
                throw new ArgumentException($"panels[{i}] has a colour axis of its layout: give each trace its own colour scale.",
                    nameof(panels));
        }
    }

    private static bool HasNoAxes(JsonObject trace) =>
        trace.ContainsKey("domain") || trace.ContainsKey("subplot") || trace.ContainsKey("geo")
        || Json.Text(trace["type"]) is "pie" or "table" or "sankey" or "indicator" or "scatterpolar" or "scatterternary";

    private Figure Compose()
    {
        JsonObject layout = Canvas();
        var traces = new List<JsonObject>();
        var marks = new Dictionary<string, JsonArray> { ["annotations"] = [], ["shapes"] = [], ["images"] = [] };
        int flat = 0, spaces = 0;
        for (int i = 0; i < panels.Length; i++)
        {
            Cell cell = CellOf(i, flat, spaces);
            flat += cell.FlatCount;
            spaces += cell.SpaceCount;
            foreach ((string key, JsonObject axis) in cell.Axes()) layout[key] = WithoutHiddenLabels(axis, key, i);
            foreach ((string kind, JsonArray all) in marks)
                foreach (JsonObject mark in (panels[i].Layout[kind] as JsonArray ?? []).OfType<JsonObject>())
                    all.Add((JsonNode)cell.MovedMark(mark));
            traces.AddRange(panels[i].Traces.Select(cell.Moved));
            marks["annotations"].Add((JsonNode)Heading(i, cell));
        }
        foreach ((string kind, JsonArray all) in marks)
            if (all.Count > 0) layout[kind] = all;

        if (SharesX) Share(layout, traces, "x");
        if (SharesY) Share(layout, traces, "y");
        NameOnce(traces);
        bool named = traces.Any(trace => !Json.IsFalse(trace["showlegend"]))
            && panels.Any(panel => Json.IsTrue(panel.Layout["showlegend"]));
        Theme.SetLegend(layout, named ? LegendPlace.Right : LegendPlace.None);
        if (Captions() is { Length: > 0 } captions) layout.Child("meta")["caption"] = captions;
        return Figure.Composed(traces, layout);
    }

    private JsonObject Canvas()
    {
        JsonObject layout = Theme.Flat();
        layout.Remove("xaxis");
        layout.Remove("yaxis");
        foreach (string mode in (string[])["barmode", "bargap"])
            if (panels.Select(panel => panel.Layout[mode]).OfType<JsonNode>().FirstOrDefault() is { } node) layout[mode] = node.DeepClone();
        double top = Theme.TopMargin + HeadingRoom;
        layout["margin"] = new JsonObject { ["l"] = Theme.LeftMargin, ["r"] = Theme.RightMargin, ["t"] = top, ["b"] = Theme.BottomMargin };
        layout["width"] = PlotWidth + Theme.LeftMargin + Theme.RightMargin;
        layout["height"] = PlotHeight + top + Theme.BottomMargin;
        return layout;
    }

    private Cell CellOf(int index, int flatBefore, int spacesBefore)
    {
        int row = index / columns, column = index % columns;
        double left = widths[..column].Sum() + rightRooms[..column].Sum();
        double bottom = PlotHeight - cellHeight - row * (cellHeight + BetweenRows);
        return new Cell(left / PlotWidth, widths[column] / PlotWidth, bottom / PlotHeight, cellHeight / PlotHeight, 
            flatBefore, spacesBefore, panels[index].Layout, [.. panels[index].Traces]);
    }

    /// <summary>Shared axes say their title and numbers once: below the lowest panel of a column, left of the first of a row.</summary>
    private JsonObject WithoutHiddenLabels(JsonObject axis, string key, int index)
    {
        bool inner = (SharesX && key.StartsWith("xaxis", StringComparison.Ordinal) && index + columns < panels.Length)
            || (SharesY && key.StartsWith("yaxis", StringComparison.Ordinal) && index % columns > 0);
        if (!inner) return axis;
        axis["showticklabels"] = false;
        axis.Remove("title");
        axis.Remove("tickfont");
        return axis;
    }

    private JsonObject Heading(int index, Cell cell)
    {
        string letter = panels.Length > 1 ? $"<b>{Description.Letter(index)}</b>" : "";
        return new JsonObject
        {
            ["text"] = $"{letter}  {panels[index].Title}".Trim(),
            ["showarrow"] = false,
            ["xref"] = "paper",
            ["x"] = Math.Round(cell.Left, 6),
            ["xanchor"] = "left",
            ["yref"] = "paper",
            ["y"] = Math.Round(cell.Top, 6),
            ["yanchor"] = "bottom",
            ["yshift"] = 4.0,
            ["font"] = Theme.Font(Theme.FontSize),
        };
    }

    private static void Share(JsonObject layout, List<JsonObject> traces, string letter)
    {
        (string Key, JsonObject Axis)[] axes = [.. layout.Where(entry => Panels.IsAxis(entry.Key, letter + "axis"))
            .Select(entry => (entry.Key, (JsonObject)entry.Value!))];
        if (axes.Length < 2) return;
        if (axes.Select(axis => Json.Text(axis.Axis["type"]) ?? "linear").Distinct().Count() > 1)
            throw new ArgumentException($"The panels' {letter} axes have different scales: give them the same one, or do not share.",
                nameof(traces));

        double[]? range = CommonRange.Of([.. axes.Select(axis =>
            (axis.Axis, traces.Where(trace => Panels.IsOn(trace, letter, axis.Key)).ToArray()))], letter);
        string first = axes[0].Key.Remove(1, 4);
        foreach ((_, JsonObject axis) in axes)
        {
            if (range is not null) axis["range"] = Json.Numbers(range);
            if (axis != axes[0].Axis) axis["matches"] = first;
        }
    }

    /// <summary>A name that returns in the same colour stands in the legend once, and its entry hides and shows all its traces.</summary>
    private static void NameOnce(List<JsonObject> traces)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject trace in traces)
        {
            if (Json.IsFalse(trace["showlegend"]) || Json.Text(trace["name"]) is not { } name) continue;
            string look = $"{name} {(trace["line"] ?? trace["marker"])?["color"]?.ToJsonString()}";
            trace["legendgroup"] = look;
            if (!seen.Add(look)) trace["showlegend"] = false;
        }
    }

    private string Captions() => string.Join(" ", panels.Select((panel, i) => (panel.Caption, i)).Where(entry => entry.Caption.Length > 0)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"({Description.Letter(entry.i)}) {entry.Caption}")));
}
