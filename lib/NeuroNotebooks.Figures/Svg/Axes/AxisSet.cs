using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>The axes of a figure, made as traces and the layout ask for them.</summary>
internal sealed class AxisSet
{
    private readonly FigureContext _figure;
    private readonly Dictionary<string, Axis> _axes = [];
    private readonly SubplotGrid _grid;

    public AxisSet(FigureContext figure)
    {
        _figure = figure;
        _grid = new SubplotGrid(figure.Layout);
    }

    /// <summary>The axes in the order of their first use.</summary>
    public IEnumerable<Axis> All => _axes.Values;

    /// <summary>The axis of that short name (x, y2), or the first one for a name that is none.</summary>
    public Axis Get(string? id, char letter)
    {
        id = IsName(id, letter) ? id! : letter.ToString();
        if (id.Length == 2 && id[1] == '1') id = id[..1];
        if (_axes.TryGetValue(id, out var axis)) return axis;

        string key = $"{letter}axis{id[1..]}";
        var spec = _figure.Source.Part(key);
        _grid.Place(id, spec);
        _axes[id] = axis = new Axis(id, spec, KindOf(id, spec), _figure.Font);
        if (axis.Overlaying is { } under && IsName(under, letter) && !_figure.Layout.Map(key)!.ContainsKey("domain"))
            axis.Domain = Get(under, letter).Domain;
        if (axis.Kind == AxisKind.Category) AddSortedCategories(axis);
        return axis;
    }

    public Axis? Find(string? id) => id is not null && _axes.TryGetValue(id, out var axis) ? axis : null;

    /// <summary>Finds every axis' range for the pixels it now spans: matched axes share one, anchored scales are made alike.</summary>
    public void FitRanges()
    {
        foreach (var axis in _axes.Values)
        {
            var leader = Leader(axis);
            foreach (var other in _axes.Values.Where(a => a != leader && Leader(a) == leader)) leader.Finder.Include(other.Finder);
            var (from, to) = leader.FindRange(axis.Scale.Length);
            axis.Scale = axis.Scale with { From = from, To = to };
        }
        foreach (var axis in _axes.Values)
            if (axis.Spec.Text("scaleanchor") is { } name && Find(name) is { } anchor && anchor != axis) Equalise(axis, anchor);
    }

    private Axis Leader(Axis axis)
    {
        for (int hops = 0; hops < _axes.Count && Find(axis.Spec.Text("matches")) is { } next && next.IsX == axis.IsX && next != axis; hops++) axis = next;
        return axis;
    }

    /// <summary>Makes one unit as long on both axes (times scaleratio) by widening the range, or shortening the axis, that has room.</summary>
    private static void Equalise(Axis axis, Axis anchor)
    {
        double ratio = axis.Spec.Number("scaleratio") is { } given and > 0.0 ? given : 1.0;
        double own = axis.Scale.Length / Math.Abs(axis.Scale.To - axis.Scale.From) / ratio;
        double other = anchor.Scale.Length / Math.Abs(anchor.Scale.To - anchor.Scale.From);
        var wide = own > other ? axis : anchor;
        double part = own > other ? other / own : own / other;
        if (!(part > 1e-6) || part > 1.0 - 1e-9) return;

        var scale = wide.Scale;
        bool shrink = wide.Spec.Text("constrain") == "domain";
        if (shrink)
        {
            double middle = 0.5 * (scale.Start + scale.End), half = 0.5 * (scale.End - scale.Start) * part;
            wide.Scale = scale with { Start = middle - half, End = middle + half };
        }
        else
        {
            double middle = 0.5 * (scale.From + scale.To), half = 0.5 * (scale.To - scale.From) / part;
            wide.Scale = scale with { From = middle - half, To = middle + half };
        }
    }

    public static bool IsName(string? id, char letter) =>
        id is { Length: >= 1 and <= 4 } && id[0] == letter && id.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private AxisKind KindOf(string id, JsonObject spec)
    {
        switch (spec.Text("type"))
        {
            case "log": return AxisKind.Log;
            case "linear": return AxisKind.Linear;
            case "category" or "multicategory" or "date": return AxisKind.Category;
        }
        foreach (var trace in _figure.Source.Traces)
            if ((trace.Text(id[..1] + "axis") ?? id[..1]) == id && IsCategorical(trace, id[0]) is { } categorical)
                return categorical ? AxisKind.Category : AxisKind.Linear;
        return AxisKind.Linear;
    }

    /// <summary>Categories in the order that categoryorder asks for; otherwise they come as the traces name them.</summary>
    private void AddSortedCategories(Axis axis)
    {
        if (axis.Spec.Text("categoryorder") is not ("category ascending" or "category descending")) return;
        var names = _figure.Source.Traces.Where(t => (t.Text(axis.Id[..1] + "axis") ?? axis.Id[..1]) == axis.Id)
            .SelectMany(t => t.At(axis.Id[..1]).Entries()).Where(entry => entry is not null).Select(entry => Axis.CategoryName(entry!))
            .Distinct().Order(StringComparer.Ordinal);
        foreach (string name in axis.Spec.Text("categoryorder") == "category ascending" ? names : names.Reverse()) axis.CategoryIndex(name);
    }

    /// <summary>Whether a trace's data name places rather than count; null if they say nothing.</summary>
    private static bool? IsCategorical(JsonObject trace, char letter)
    {
        string type = trace.Text("type") ?? "scatter";
        var values = trace.At(letter.ToString());
        if (type is "box" or "violin" && !values.IsSeries())
        {
            bool flat = SampleTrace.IsLying(trace) ?? false;
            return flat == (letter == 'y') && trace.Number(letter + "0") is null ? true : null;
        }
        int words = 0, numbers = 0;
        foreach (var entry in (values as JsonArray ?? []).Take(1000))
            if (double.IsFinite(entry.AsNumber())) numbers++;
            else if (entry?.GetValueKind() == JsonValueKind.String && entry.AsText().Length > 0) words++;
        return words + numbers == 0 ? null : words > numbers;
    }
}
