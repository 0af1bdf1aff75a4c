using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>What the height of a histogram's bars means.</summary>
public enum HistogramHeight
{
    /// <summary>How many values fall into the bin.</summary>
    Count,

    /// <summary>Which part of all values falls into the bin; the heights add up to 1.</summary>
    Fraction,

    /// <summary>Fraction divided by the bin's width; the areas add up to 1.</summary>
    Density,
}

public static partial class Plot
{
    /// <summary>Bars over names.</summary>
    /// <param name="labels">Names along the axis, all different.</param>
    /// <param name="heights">One height per name.</param>
    /// <param name="name">Their common name in the legend.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="errors">Length of an error bar on either side of each height, zero or above; none unless given.</param>
    /// <exception cref="ArgumentException">Two names are the same: Plotly would lay their bars over each other.</exception>
    public static Figure Bar(IEnumerable<string> labels, IEnumerable<double> heights, string? name = null, Color? color = null,
        IEnumerable<double>? errors = null)
    {
        Require.NotNull(labels);
        string[] words = [.. labels];
        double[] tops = Require.Some(heights);
        Require.SameLength(tops, words.Length, "labels", "heights");
        if (words.GroupBy(word => word, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"labels holds \"{twice.Key}\" {twice.Count()} times: expected different names.", nameof(labels));
        return Bars(() => Json.Texts(words), tops, name, color, errors)
            .WithLayout(layout => layout.Child("xaxis")["type"] = "category");
    }

    /// <summary>Bars over numbers.</summary>
    /// <param name="x">The middle of each bar.</param>
    /// <param name="heights">One height for each of <paramref name="x"/>.</param>
    /// <param name="name">Their common name in the legend.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="errors">Length of an error bar on either side of each height, zero or above; none unless given.</param>
    public static Figure Bar(IEnumerable<double> x, IEnumerable<double> heights, string? name = null, Color? color = null,
        IEnumerable<double>? errors = null)
    {
        (double[] xs, double[] tops) = Pairs(x, heights, nameof(heights));
        return Bars(() => Json.Numbers(xs), tops, name, color, errors);
    }

    private static Figure Bars(Func<JsonArray> places, double[] tops, string? name, Color? color, IEnumerable<double>? errors)
    {
        double[]? lengths = errors is null ? null : Errors(errors, tops.Length, nameof(errors));
        Layer layer = Layer.Painted(color, drawn =>
        {
            JsonObject trace = TraceParts.Trace("bar", name);
            trace["x"] = places();
            trace["y"] = Json.Numbers(tops);
            trace["marker"] = Filling(drawn, 1.0);
            if (lengths is not null) trace["error_y"] = ErrorsToJson(lengths, null, Theme.Text);
            return [trace];
        });
        return Figure.Flat(layer).WithLayout(layout =>
        {
            layout["barmode"] = "group";
            layout["bargap"] = 0.25;
        });
    }

    /// <summary>
    /// How values are distributed, in bins of equal width; the bins are counted here, so that every renderer shows the same bars.
    /// </summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">The bars' colour.</param>
    /// <param name="bins">
    /// How many bins, 1 to 2000; unless given, as many as the rule of Freedman and Diaconis asks for, 200 at most.
    /// </param>
    /// <param name="range">
    /// Where the bins begin and end; from the smallest to the largest value unless given. Values outside are not shown.
    /// </param>
    /// <param name="height">What the height of a bar means; fractions are of all finite values, shown or not.</param>
    /// <remarks>Rule for the bin width, 2 IQR n^(-1/3): Freedman and Diaconis, Z. Wahrscheinlichkeitstheorie 57:453 (1981).</remarks>
    public static Figure Histogram(IEnumerable<double> values, string? name = null, Color? color = null, int? bins = null,
        (double From, double To)? range = null, HistogramHeight height = HistogramHeight.Count)
    {
        double[] sorted = [.. Require.Some(values).Where(double.IsFinite).Order()];
        Require.AnyFinite(sorted, nameof(values));
        if (bins is { } wanted) Require.InRange(wanted, 1, 2000, nameof(bins));
        if (range is { } ends) Require.Ascending(ends, nameof(range));

        Bins counted = Bins.Count(sorted, bins, range);
        double unit = height switch
        {
            HistogramHeight.Fraction => sorted.Length,
            HistogramHeight.Density => sorted.Length * counted.Width,
            _ => 1.0,
        };
        Layer layer = Layer.Painted(color, drawn =>
        {
            JsonObject trace = TraceParts.Trace("bar", name).OfKind("histogram");
            trace["x"] = Json.Numbers(counted.Middles);
            trace["y"] = Json.Numbers(counted.Counts.Select(count => count / unit));
            trace["width"] = Json.Numbers(counted.Counts.Select(_ => counted.Width));
            trace["marker"] = Filling(drawn, 0.75);
            return [trace];
        });
        return Figure.Flat(layer).WithLayout(layout => layout["barmode"] = "overlay")
            .YAxis(height switch { HistogramHeight.Fraction => "fraction", HistogramHeight.Density => "density", _ => "count" });
    }

    private static JsonObject Filling(Color color, double opacity) => new()
    {
        ["color"] = opacity < 1.0 ? color.Rgba(opacity) : color.Hex,
        ["line"] = new JsonObject { ["color"] = color.Hex, ["width"] = 1.0 },
    };

    /// <summary>
    /// Box plots side by side: median, quartiles, whiskers to the furthest value within 1.5 interquartile ranges, and the rest as points.
    /// </summary>
    /// <param name="groups">Names and values, one box each.</param>
    public static Figure Box(params (string Name, IEnumerable<double> Values)[] groups) => Groups("box", groups, (trace, _, color) =>
    {
        trace["marker"] = new JsonObject { ["color"] = color.Hex, ["size"] = 4.0 };
        trace["boxpoints"] = "outliers";
        trace["quartilemethod"] = "linear";
    });

    /// <summary>Violins side by side: a smoothed distribution to both sides, with a small box plot inside.</summary>
    /// <param name="groups">Names and values, one violin each.</param>
    /// <remarks>Gaussian kernel with Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(-1/5): Density Estimation (1986), eq. 3.31.</remarks>
    public static Figure Violin(params (string Name, IEnumerable<double> Values)[] groups) =>
        Groups("violin", groups, (trace, values, color) =>
    {
        trace["bandwidth"] = Bins.Bandwidth(values);
        trace["points"] = false;
        trace["spanmode"] = "soft";
        trace["box"] = new JsonObject
        {
            ["visible"] = true,
            ["fillcolor"] = "#FFFFFF",
            ["line"] = new JsonObject { ["color"] = color.Hex, ["width"] = 1.0 },
        };
    });

    private static Figure Groups(string type, (string Name, IEnumerable<double> Values)[] groups,
        Action<JsonObject, double[], Color> finish)
    {
        Require.NotNull(groups);
        if (groups.Length == 0) throw new ArgumentException("groups is empty: expected at least one.", nameof(groups));
        Layer[] layers = [.. groups.Select(group =>
        {
            if (string.IsNullOrWhiteSpace(group.Name))
                throw new ArgumentException("groups has one without a name: expected a name for each.", nameof(groups));
            string which = $"groups (\"{group.Name}\")";
            double[] values = [.. Require.Some(group.Values, which).Where(double.IsFinite)];
            Require.AnyFinite(values, which);
            return Layer.Painted(null, color =>
            {
                JsonObject trace = TraceParts.Trace(type, group.Name);
                trace["showlegend"] = false;
                trace["y"] = Json.Numbers(values);
                trace["fillcolor"] = color.Rgba(0.25);
                trace["line"] = new JsonObject { ["color"] = color.Hex, ["width"] = 1.5 };
                finish(trace, values, color);
                return [trace];
            });
        })];
        return Figure.Flat(layers).WithLayout(layout => layout.Child("xaxis")["type"] = "category");
    }
}
