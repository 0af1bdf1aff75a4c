using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

public static partial class Plot
{
    /// <summary>A curve in space, such as a trajectory in state space.</summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate, one for each of <paramref name="x"/>.</param>
    /// <param name="z">Third coordinate, one for each of <paramref name="x"/>.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="ink">How it is drawn.</param>
    public static Figure Line3D(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> z, string? name = null, Ink? ink = null)
    {
        (double[] X, double[] Y, double[] Z) points = Triples(x, y, z);
        return Figure.Space(TraceParts.Inked(ink, drawn =>
        {
            JsonObject trace = InSpace(name, "lines", points);
            trace["line"] = drawn.ToLine();
            return [trace];
        }));
    }

    /// <summary>Points in space.</summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate, one for each of <paramref name="x"/>.</param>
    /// <param name="z">Third coordinate, one for each of <paramref name="x"/>.</param>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="marker">Their shape and size.</param>
    public static Figure Scatter3D(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> z, string? name = null,
        Color? color = null,
        Marker? marker = null)
    {
        (double[] X, double[] Y, double[] Z) points = Triples(x, y, z);
        marker ??= new Marker(Size: 4.0);
        marker.Check();
        return Figure.Space(Layer.Painted(color, drawn =>
        {
            JsonObject trace = InSpace(name, "markers", points);
            trace["marker"] = marker.ToJson(drawn);
            return [trace];
        }));
    }

    /// <summary>Heights over a plane.</summary>
    /// <param name="z">Heights: rows along y, columns along x, at least two of each.</param>
    /// <param name="x">The place of each column, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="y">The place of each row, rising; 0, 1, 2, ... unless given.</param>
    /// <param name="colorTitle">What the heights measure, with their unit.</param>
    /// <param name="scale">Colours; <see cref="ColorScale.Sequential"/> unless given.</param>
    public static Figure Surface(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, string colorTitle = "",
        ColorScale? scale = null)
    {
        TraceParts.Filled(z);
        Require.NotNull(colorTitle);
        if (z.GetLength(0) < 2 || z.GetLength(1) < 2)
            throw new ArgumentException($"z is {z.GetLength(0)} × {z.GetLength(1)}: a surface needs at least 2 × 2.", nameof(z));
        double[]? across = TraceParts.Side(x, z.GetLength(1), "column", nameof(x));
        double[]? along = TraceParts.Side(y, z.GetLength(0), "row", nameof(y));
        scale ??= ColorScale.Sequential;
        (double low, double high) = TraceParts.ColorRange(z, scale, null);

        JsonObject trace = TraceParts.Trace("surface", null);
        trace["x"] = Json.Numbers(across ?? Enumerable.Range(0, z.GetLength(1)).Select(i => (double)i));
        trace["y"] = Json.Numbers(along ?? Enumerable.Range(0, z.GetLength(0)).Select(i => (double)i));
        trace["z"] = Json.Rows(z);
        trace["cmin"] = low;
        trace["cmax"] = high;
        trace["cauto"] = false;
        trace["colorscale"] = scale.ToJson();
        trace["showscale"] = true;
        trace["colorbar"] = TraceParts.ColorBar(colorTitle);
        return Figure.Space(Layer.Of(trace));
    }

    private static JsonObject InSpace(string? name, string mode, (double[] X, double[] Y, double[] Z) points)
    {
        JsonObject trace = TraceParts.Trace("scatter3d", name);
        trace["mode"] = mode;
        trace["x"] = Json.Numbers(points.X);
        trace["y"] = Json.Numbers(points.Y);
        trace["z"] = Json.Numbers(points.Z);
        return trace;
    }

    private static (double[] X, double[] Y, double[] Z) Triples(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<double> z)
    {
        (double[] xs, double[] ys) = Pairs(x, y);
        double[] zs = Require.Some(z);
        Require.SameLength(zs, xs.Length, "x", "z");
        return (xs, ys, zs);
    }
}
