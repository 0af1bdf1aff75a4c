using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Figures from data, one method for each way of showing it. Lay them over each other with <see cref="Figure.With"/>.</summary>
/// <remarks>
/// A name puts a curve into the legend. A colour or ink that is not given is the next free one of <see cref="Palette.Sequence"/>.
/// NaN and the infinities are gaps. All methods throw <see cref="ArgumentException"/> for empty lists and lists of unlike length.
/// </remarks>
/// <example>
/// <code>
/// Plot.Line(t, xE, "excitatory", Palette.Excitatory)
///     .With(Plot.Line(t, xI, "inhibitory", Palette.Inhibitory.Dashed))
///     .XAxis("time", "ms").YAxis("rate", "Hz")
///     .WithVerticalLine(50, "stimulus on")
///     .Titled("A pair settles").Captioned("Inhibition follows excitation by about 10 ms.")
/// </code>
/// </example>
public static partial class Plot
{
    /// <summary>A curve through points, in their order.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates, one for each of <paramref name="x"/>.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="ink">How it is drawn: a colour, or one made <c>.Dashed</c>, <c>.Dotted</c>, <c>.Thin</c> or <c>.Thick</c>.</param>
    public static Figure Line(IEnumerable<double> x, IEnumerable<double> y, string? name = null, Ink? ink = null)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        return Figure.Flat(TraceParts.Inked(ink, drawn => [TraceParts.Curve(name, xs, ys, drawn)]));
    }

    /// <summary>Several curves over the same abscissae, each in its own colour.</summary>
    /// <param name="x">Abscissae, common to all.</param>
    /// <param name="curves">Names and ordinates.</param>
    public static Figure Lines(IEnumerable<double> x, params (string Name, IEnumerable<double> Y)[] curves)
    {
        double[] xs = Require.Some(x);
        RequireSome(curves);
        return Overlay(curves.Select(curve => Line(xs, Ordinates(xs, curve.Y, curve.Name), curve.Name)));
    }

    /// <summary>Several curves over the same abscissae, each in a given ink.</summary>
    /// <param name="x">Abscissae, common to all.</param>
    /// <param name="curves">Names, ordinates and inks.</param>
    public static Figure Lines(IEnumerable<double> x, params (string Name, IEnumerable<double> Y, Ink Ink)[] curves)
    {
        double[] xs = Require.Some(x);
        RequireSome(curves);
        return Overlay(curves.Select(curve => Line(xs, Ordinates(xs, curve.Y, curve.Name), curve.Name, curve.Ink)));
    }

    /// <summary>A family of curves ordered by a parameter, coloured along a scale from its first value to its last.</summary>
    /// <param name="parameter">The parameter's name, shown in the legend with its value.</param>
    /// <param name="values">Its values, one curve each.</param>
    /// <param name="x">Abscissae, common to all.</param>
    /// <param name="curve">The ordinates for one value.</param>
    /// <param name="scale">Colours; <see cref="ColorScale.Sequential"/> unless given.</param>
    public static Figure Family(string parameter, IEnumerable<double> values, IEnumerable<double> x,
        Func<double, IEnumerable<double>> curve, ColorScale? scale = null)
    {
        Require.NotNull(parameter);
        Require.NotNull(curve);
        double[] each = Require.Some(values), xs = Require.Some(x);
        var colors = (scale ?? ColorScale.Sequential).Steps(each.Length);
        return Overlay(each.Select((value, i) => Line(xs, Pairs(xs, curve(value), $"curve({Html.Number(value)})").Y, $"{parameter} = {Html.Number(value)}", colors[i])));
    }

    /// <summary>A curve that holds each value until the next abscissa, as a count does.</summary>
    /// <inheritdoc cref="Line" path="/param"/>
    public static Figure Step(IEnumerable<double> x, IEnumerable<double> y, string? name = null, Ink? ink = null)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        return Figure.Flat(TraceParts.Inked(ink, drawn =>
        {
            JsonObject trace = TraceParts.Curve(name, xs, ys, drawn).OfKind("steps");
            trace["line"]!["shape"] = "hv";
            return [trace];
        }));
    }

    /// <summary>Points.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates, one for each of <paramref name="x"/>.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="marker">Their shape and size.</param>
    public static Figure Scatter(IEnumerable<double> x, IEnumerable<double> y, string? name = null, Color? color = null,
        Marker? marker = null)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        marker ??= new Marker();
        marker.Check();
        return Figure.Flat(Layer.Painted(color, drawn =>
        {
            JsonObject trace = TraceParts.Scatter(name, "markers", xs, ys);
            trace["marker"] = marker.ToJson(drawn);
            return [trace];
        }));
    }

    /// <summary>Points with a bar of the same length above and below each.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates, one for each of <paramref name="x"/>.</param>
    /// <param name="error">Length of each bar on either side, zero or above; say in the caption which spread it is.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour.</param>
    public static Figure ErrorBars(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> error, string? name = null,
        Color? color = null) =>
        ErrorBars(x, y, error, null, name, color);

    /// <summary>Points with bars of unlike length below and above each.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates, one for each of <paramref name="x"/>.</param>
    /// <param name="below">Length of each bar downwards, zero or above.</param>
    /// <param name="above">Length of each bar upwards, zero or above; null for the same as downwards.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour.</param>
    public static Figure ErrorBars(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> below, IEnumerable<double>? above,
        string? name = null, Color? color = null)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        double[] down = Errors(below, ys.Length, above is null ? "error" : "below");
        double[]? up = above is null ? null : Errors(above, ys.Length, "above");
        return Figure.Flat(Layer.Painted(color, drawn =>
        {
            JsonObject trace = TraceParts.Scatter(name, "markers", xs, ys).OfKind("points with error bars");
            trace["marker"] = new Marker().ToJson(drawn);
            trace["error_y"] = ErrorsToJson(down, up, drawn);
            return [trace];
        }));
    }

    /// <summary>A tinted band between two curves, such as a spread over seeds.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="low">Lower edge, one for each of <paramref name="x"/>.</param>
    /// <param name="high">Upper edge, one for each of <paramref name="x"/>.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="color">Its colour; it is drawn at a fifth of its strength.</param>
    /// <exception cref="ArgumentException">An edge is not finite.</exception>
    public static Figure Band(IEnumerable<double> x, IEnumerable<double> low, IEnumerable<double> high, string? name = null,
        Color? color = null)
    {
        double[] xs = Require.Some(x), lows = Require.Some(low), highs = Require.Some(high);
        Require.SameLength(lows, xs.Length, "x", "low");
        Require.SameLength(highs, xs.Length, "x", "high");
        Require.AllFinite(xs, "x");
        Require.AllFinite(lows, "low");
        Require.AllFinite(highs, "high");
        return Figure.Flat(Layer.Painted(color, drawn =>
        {
            JsonObject trace = TraceParts.Scatter(name, "lines", xs.Concat(xs.Reverse()), lows.Concat(highs.Reverse())).OfKind("band");
            trace["fill"] = "toself";
            trace["fillcolor"] = drawn.Rgba(0.2);
            trace["line"] = new JsonObject { ["color"] = drawn.Rgba(0.0), ["width"] = 0.0 };
            trace["hoverinfo"] = "skip";
            return [trace];
        }));
    }

    private static (double[] X, double[] Y) Pairs(IEnumerable<double> x, IEnumerable<double> y, string ordinates = "y")
    {
        double[] xs = Require.Some(x), ys = Require.Some(y, ordinates);
        Require.SameLength(ys, xs.Length, "x", ordinates);
        return (xs, ys);
    }

    private static double[] Ordinates(double[] x, IEnumerable<double> y, string name) => Pairs(x, y, $"curves (\"{name}\")").Y;

    private static double[] Errors(IEnumerable<double> lengths, int expected, string name)
    {
        double[] each = Require.Some(lengths, name);
        Require.SameLength(each, expected, "y", name);
        for (int i = 0; i < each.Length; i++)
            if (each[i] < 0.0)
                throw new ArgumentOutOfRangeException(name, each[i],
                    $"{name}[{i}] is {Require.Show(each[i])}: expected a length, zero or above.");
        return each;
    }

    private static JsonObject ErrorsToJson(double[] down, double[]? up, Color color)
    {
        var errors = new JsonObject
        {
            ["type"] = "data",
            ["visible"] = true,
            ["symmetric"] = up is null,
            ["array"] = Json.Numbers(up ?? down),
            ["color"] = color.Hex,
            ["thickness"] = 1.5,
            ["width"] = 4.0,
        };
        if (up is not null) errors["arrayminus"] = Json.Numbers(down);
        return errors;
    }

    private static void RequireSome<T>(T[] curves)
    {
        Require.NotNull(curves);
        if (curves.Length == 0) throw new ArgumentException("curves is empty: expected at least one.", nameof(curves));
    }

    private static Figure Overlay(IEnumerable<Figure> figures)
    {
        Figure[] all = [.. figures];
        return all[0].With(all[1..]);
    }
}
