using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>
/// Plotly's numbering of axes and scenes: the key <c>xaxis2</c> in a layout is <c>x2</c> in a trace, and the first has no number.
/// </summary>
internal static class Panels
{
    public static bool IsAxis(string key, string stem) =>
        key.StartsWith(stem, StringComparison.Ordinal) && key.AsSpan(stem.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The number at the end of <c>x2</c>, <c>xaxis2</c> or <c>scene2</c>; 1 if there is none.</summary>
    public static int Number(string key)
    {
        int digits = key.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return digits == key.Length ? 1 : int.Parse(key.AsSpan(digits), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Name(string stem, int number) => number == 1 ? stem : $"{stem}{number}";

    /// <summary>The axis a flat trace is drawn against: <c>x</c>, <c>x2</c>, ...</summary>
    public static string AxisOf(JsonObject trace, string letter) => Json.Text(trace[letter + "axis"]) ?? letter;

    public static string SceneOf(JsonObject trace) => Json.Text(trace["scene"]) ?? "scene";

    public static bool IsSpace(JsonObject trace) =>
        Json.Text(trace["type"]) is "scatter3d" or "surface" or "mesh3d" or "cone" or "streamtube"
        or "isosurface" or "volume";

    /// <summary>Whether a trace is drawn against the axis that the layout keeps under a key.</summary>
    public static bool IsOn(JsonObject trace, string letter, string key) => !IsSpace(trace) && LayoutKey(AxisOf(trace, letter)) == key;

    public static string LayoutKey(string axis) => axis.Insert(1, "axis");
}
