using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>layout.grid: places for axes that say none themselves.</summary>
internal sealed class SubplotGrid
{
    private readonly Dictionary<string, (double Low, double High)> _domains = [];
    private readonly Dictionary<string, string> _anchors = [];

    public SubplotGrid(JsonObject layout)
    {
        if (layout.Map("grid") is not { } grid) return;
        int rows = (int)Math.Clamp(grid.Number("rows", grid.List("subplots")?.Count ?? 1), 1, 50);
        int columns = (int)Math.Clamp(grid.Number("columns", (grid.At("subplots.0") as JsonArray)?.Count ?? 1), 1, 50);
        bool upwards = grid.Text("roworder") == "bottom to top", independent = grid.Text("pattern") == "independent";
        double gapX = Math.Clamp(grid.Number("xgap", independent ? 0.2 : 0.1), 0.0, 0.9);
        double gapY = Math.Clamp(grid.Number("ygap", independent ? 0.3 : 0.1), 0.0, 0.9);

        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                string suffix(int n) => n == 0 ? "" : (n + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
                string x = "x" + suffix(independent ? row * columns + column : column);
                string y = "y" + suffix(independent ? row * columns + column : row);
                _domains.TryAdd(x, Cell(column, columns, gapX));
                _domains.TryAdd(y, Cell(upwards ? row : rows - 1 - row, rows, gapY));
                if (independent || row == rows - 1) _anchors[x] = y;
                if (independent || column == 0) _anchors[y] = x;
            }
    }

    /// <summary>Fills in the domain and anchor of an axis that the grid has a place for.</summary>
    public void Place(string id, JsonObject spec)
    {
        if (_domains.TryGetValue(id, out var domain) && spec.At("domain") is null) spec["domain"] = new JsonArray(domain.Low, domain.High);
        if (_anchors.TryGetValue(id, out string? anchor) && spec.At("anchor") is null) spec["anchor"] = anchor;
    }

    private static (double, double) Cell(int index, int count, double gap)
    {
        double cell = 1.0 / (count - gap);
        return (index * cell, Math.Min(1.0, (index + 1.0 - gap) * cell));
    }
}
