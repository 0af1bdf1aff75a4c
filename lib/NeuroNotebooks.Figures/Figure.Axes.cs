using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>How numbers become distances along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences, equal distances.</summary>
    Linear,

    /// <summary>Equal ratios, equal distances; only numbers above zero have a place.</summary>
    Log,
}

public sealed partial class Figure
{
    /// <summary>The same figure with its horizontal axis described; what is left out stays as it was.</summary>
    /// <param name="title">What the axis measures.</param>
    /// <param name="unit">Its unit, shown in parentheses after the title.</param>
    /// <param name="range">Where the axis begins and ends, in data units; it may run downwards.</param>
    /// <param name="scale">Linear or logarithmic.</param>
    /// <param name="ticks">Where to put numbers, in data units.</param>
    /// <param name="tickLabels">What to write there, one per tick.</param>
    /// <exception cref="ArgumentException">
    /// A log axis meets a number that is not above zero, or labels and ticks differ in number.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The figure has several panels: describe axes before <see cref="Plot.Grid(int, Figure[])"/>.
    /// </exception>
    public Figure XAxis(string? title = null, string? unit = null, (double From, double To)? range = null, AxisScale? scale = null,
        IEnumerable<double>? ticks = null, IEnumerable<string>? tickLabels = null) =>
        WithAxis("x", title, unit, range, scale, ticks, tickLabels);

    /// <summary>The same figure with its vertical axis (in space: its depth axis) described.</summary>
    /// <inheritdoc cref="XAxis" path="/param"/>
    /// <inheritdoc cref="XAxis" path="/exception"/>
    public Figure YAxis(string? title = null, string? unit = null, (double From, double To)? range = null, AxisScale? scale = null,
        IEnumerable<double>? ticks = null, IEnumerable<string>? tickLabels = null) =>
        WithAxis("y", title, unit, range, scale, ticks, tickLabels);

    /// <summary>The same figure in space with its vertical axis described.</summary>
    /// <inheritdoc cref="XAxis" path="/param"/>
    /// <exception cref="InvalidOperationException">The figure is flat, or has several panels.</exception>
    public Figure ZAxis(string? title = null, string? unit = null, (double From, double To)? range = null, AxisScale? scale = null,
        IEnumerable<double>? ticks = null, IEnumerable<string>? tickLabels = null)
    {
        if (layout["scene"] is null)
            throw new InvalidOperationException("A flat figure has no z axis: name a colour bar where the heat map or contour is made.");
        return WithAxis("z", title, unit, range, scale, ticks, tickLabels);
    }

    private Figure WithAxis(string letter, string? title, string? unit, (double From, double To)? range, AxisScale? scale,
        IEnumerable<double>? ticks, IEnumerable<string>? tickLabels)
    {
        RequireOnePanel();
        if (unit is not null && title is null)
            throw new ArgumentException($"unit is \"{unit}\" but title is missing: give both.", nameof(unit));
        double[]? places = ticks is null ? null : Require.Some(ticks, nameof(ticks));
        string[]? words = tickLabels is null ? null : [.. tickLabels];
        if (words is not null && words.Length != (places?.Length ?? 0))
            throw new ArgumentException($"tickLabels has {words.Length} entries: expected {places?.Length ?? 0}, one per tick.",
                nameof(tickLabels));
        if (range is { } wanted) Require.Interval(wanted, nameof(range));

        bool log = scale is { } asked ? asked == AxisScale.Log : IsLog(layout, letter);
        if (log) RequireAboveZero(letter, range, places);

        return Changed(copy =>
        {
            if (scale is not null) AnnotationPlaces.Rescale(copy, letter, wasLog: IsLog(copy, letter), isLog: log);
            JsonObject axis = AxisOf(copy, letter);
            if (scale is not null) SetScale(axis, log);
            if (title is not null) axis["title"] = Theme.Title(string.IsNullOrWhiteSpace(unit) ? title : $"{title} ({unit})", Theme.FontSize);
            if (range is { } ends) axis["range"] = Json.Numbers([Place(ends.From, log), Place(ends.To, log)]);
            if (places is null) return;
            axis["tickmode"] = "array";
            axis["tickvals"] = Json.Numbers(places);
            axis["ticktext"] = Json.Texts(words ?? places.Select(Require.Show));
        });
    }

    /// <summary>Plotly keeps the range of a log axis as decimal logarithms.</summary>
    private static double Place(double value, bool log) => log ? Math.Log10(value) : value;

    private static void SetScale(JsonObject axis, bool log)
    {
        if (IsLog(axis) != log && axis["range"] is JsonArray range)
            axis["range"] = Json.Numbers(Json.Doubles(range).Select(end => log ? Math.Log10(end) : Math.Pow(10.0, end)));
        axis["type"] = log ? "log" : "linear";
        if (log) axis["exponentformat"] = "power";
    }

    private void RequireAboveZero(string letter, (double From, double To)? range, double[]? ticks)
    {
        if (range is { } ends && !(ends.From > 0.0 && ends.To > 0.0))
            throw new ArgumentOutOfRangeException(nameof(range), range,
                $"range runs from {Require.Show(ends.From)} to {Require.Show(ends.To)}: a log axis shows only numbers above zero.");
        foreach (double tick in ticks ?? [])
            if (!(tick > 0.0))
                throw new ArgumentException($"ticks holds {Require.Show(tick)}: a log axis shows only numbers above zero.", nameof(ticks));
        if (range is null && AxisOf(layout.Copy(), letter)["range"] is JsonArray kept && !IsLog(layout, letter)
            && Json.Doubles(kept).Any(end => !(end > 0.0)))
            throw new ArgumentException($"The {letter} axis begins at or below zero: give a log axis a range above zero.", nameof(range));
        foreach (JsonObject trace in Traces) RequireAboveZero(trace, letter);
    }

    private static void RequireAboveZero(JsonObject trace, string letter)
    {
        if (trace[letter] is not JsonArray values) return;
        int at = 0;
        foreach (double value in Json.Doubles(values))
        {
            if (value <= 0.0)
                throw new ArgumentException(
                    $"{letter}[{at}] of \"{Json.Text(trace["name"]) ?? "the unnamed trace"}\" is {Require.Show(value)}: " +
                    "a log axis shows only numbers above zero; leave it out or make it NaN.", letter);
            at++;
        }
    }

    internal static bool IsLog(JsonObject layout, string letter) =>
        layout["scene"] is JsonObject scene ? IsLog(scene[letter + "axis"]) : IsLog(layout[letter + "axis"]);

    internal static bool IsLog(JsonNode? axis) => axis is JsonObject && Json.Text(axis["type"]) == "log";

    private static JsonObject AxisOf(JsonObject layout, string letter) =>
        (layout["scene"] as JsonObject ?? layout).Child(letter + "axis");

    private void RequireOnePanel()
    {
        int panels = layout.Count(entry => Panels.IsAxis(entry.Key, "xaxis") || Panels.IsAxis(entry.Key, "scene"));
        if (panels > 1)
            throw new InvalidOperationException(
                $"This figure has {panels} panels: describe axes and add marks before Plot.Grid puts them together.");
    }
}
