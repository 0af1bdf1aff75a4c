using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>One axis of the page: what its description says, and, once the page is laid out, its scale and ticks.</summary>
internal sealed class Axis
{
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <param name="id">Plotly's short name: x, x2, y, ...</param>
    public Axis(string id, JsonObject spec, AxisKind kind, Font font)
    {
        (Id, Spec, Kind) = (id, spec, kind);
        Style = new AxisStyle(spec, font);
        double low = Math.Clamp(spec.Numbers("domain") is [var a, _] && double.IsFinite(a) ? a : 0.0, 0.0, 1.0);
        double high = Math.Clamp(spec.Numbers("domain") is [_, var b] && double.IsFinite(b) ? b : 1.0, 0.0, 1.0);
        Domain = high - low > 1e-6 ? (low, high) : (0.0, 1.0);
        Side = spec.Text("side") switch { "top" when IsX => "top", "right" when !IsX => "right", _ => IsX ? "bottom" : "left" };
        foreach (var category in spec.At("categoryarray").Entries()) CategoryIndex(category.AsText());
    }

    public string Id { get; }

    public bool IsX => Id[0] == 'x';

    public AxisKind Kind { get; }

    public JsonObject Spec { get; }

    public AxisStyle Style { get; }

    /// <summary>Which part of the figure the axis spans, 0 to 1.</summary>
    public (double Low, double High) Domain { get; set; }

    public string Side { get; }

    public string? Anchor => Spec.Text("anchor");

    public string? Overlaying => Spec.Text("overlaying") is { } other && other != Id && other[0] == Id[0] ? other : null;

    public RangeFinder Finder { get; } = new();

    public IReadOnlyList<string> Categories => _names;

    /// <summary>Set by the page's layout.</summary>
    public Scale Scale { get; set; } = new(0.0, 1.0, 0.0, 1.0);

    /// <summary>The pixel across the axis at which its line lies. Set by the page's layout.</summary>
    public double Line { get; set; }

    /// <summary>Set by the page's layout.</summary>
    public TickPlan Plan { get; set; } = TickPlan.Empty;

    /// <summary>Axis coordinates of data values: logarithms on a log axis, places on a category axis, NaN for what is missing.</summary>
    public double[] Coordinates(JsonNode? values)
    {
        if (Kind != AxisKind.Category) return [.. (values.AsNumbers() ?? []).Select(Coordinate)];
        return [.. values.Entries().Select(entry => entry is null ? double.NaN : CategoryIndex(CategoryName(entry)))];
    }

    /// <summary>The axis coordinate of a number.</summary>
    public double Coordinate(double value) => Kind != AxisKind.Log ? value : value > 0.0 ? Math.Log10(value) : double.NaN;

    /// <summary>The number at an axis coordinate.</summary>
    public double Value(double coordinate) => Kind == AxisKind.Log ? Math.Pow(10.0, coordinate) : coordinate;

    /// <summary>The coordinate of one value in a shape or annotation: a number, or a category's name if the axis has it.</summary>
    public double CoordinateOf(JsonNode? value)
    {
        if (Kind == AxisKind.Category && _categories.TryGetValue(value.AsText(), out int place)) return place;
        return Coordinate(value.AsNumber());
    }

    public double Pixel(double value) => Scale.Pixel(Coordinate(value));

    /// <summary>The place of a category, at the end if it is new.</summary>
    public int CategoryIndex(string name)
    {
        if (_categories.TryGetValue(name, out int index)) return index;
        _names.Add(name);
        return _categories[name] = _names.Count - 1;
    }

    /// <summary>The range the description gives, each end null where it gives none; in axis coordinates.</summary>
    public (double? From, double? To) GivenRange()
    {
        if (Spec.List("range") is not { Count: 2 } range || Spec.Flag("autorange") == true) return (null, null);
        double?[] ends = [.. range.Select(end => Kind == AxisKind.Category && _categories.TryGetValue(end.AsText(), out int place)
            ? place : end.AsNumber() is var number && double.IsFinite(number) ? number : (double?)null)];
        return ends[0] == ends[1] ? (null, null) : (ends[0], ends[1]);
    }

    public bool Reversed => Spec.Text("autorange") is "reversed" or "min reversed" or "max reversed";

    /// <summary>The range to draw over so many pixels: given, or found from the data.</summary>
    public (double From, double To) FindRange(double length)
    {
        var (givenFrom, givenTo) = GivenRange();
        if (givenFrom is { } low && givenTo is { } high) return RangeFinder.Proper(low, high);
        string mode = Kind == AxisKind.Linear ? Spec.Text("rangemode") ?? "normal" : "normal";
        var (from, to) = Finder.IsEmpty && Kind == AxisKind.Category ? (-0.5, Math.Max(1, _names.Count) - 0.5) : Finder.Find(length, mode);
        if (Kind == AxisKind.Log) (from, to) = RangeFinder.Proper(Math.Clamp(from, -320.0, 310.0), Math.Clamp(to, -320.0, 310.0));
        if (Reversed) (from, to) = (to, from);
        return RangeFinder.Proper(givenFrom ?? from, givenTo ?? to);
    }

    public static string CategoryName(JsonNode entry) =>
        entry.AsNumber() is var number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : entry.AsText();
}
