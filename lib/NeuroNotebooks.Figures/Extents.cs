using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>The lowest and highest number that traces show along an axis.</summary>
internal static class Extents
{
    /// <summary>Null where the traces show no finite number there, as along an axis of names.</summary>
    public static (double Low, double High)? Of(IEnumerable<JsonObject> traces, string letter)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in traces.SelectMany(trace => Shown(trace, letter)))
        {
            if (!double.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return low <= high ? (low, high) : null;
    }

    private static IEnumerable<double> Shown(JsonObject trace, string letter)
    {
        IEnumerable<double> places = Json.Doubles(trace[letter] as JsonArray ?? []);
        switch (Json.Text(trace["type"]))
        {
            case "bar":
                bool along = Json.Text(trace["orientation"]) == "h" == (letter == "x");
                places = along ? places.Append(0.0) : Widened(places, Json.Doubles(trace["width"] as JsonArray ?? []));
                break;
            case "heatmap":
                places = letter == "z" ? places : HalfACellMore([.. Given(trace, letter, places)]);
                break;
            case "contour":
                places = letter == "z" ? places : Given(trace, letter, places);
                break;
        }
        return trace["error_" + letter] is JsonObject errors ? WithErrors(places, errors) : places;
    }

    private static IEnumerable<double> Given(JsonObject trace, string letter, IEnumerable<double> places)
    {
        if (trace.ContainsKey(letter) || trace["z"] is not JsonArray rows) return places;
        int count = letter == "y" ? rows.Count : (rows.FirstOrDefault() as JsonArray)?.Count ?? 0;
        return Enumerable.Range(0, count).Select(i => (double)i);
    }

    private static IEnumerable<double> Widened(IEnumerable<double> places, IEnumerable<double> widths)
    {
        double[] each = [.. widths];
        int i = 0;
        foreach (double place in places)
        {
            double half = each.Length == 0 ? 0.0 : each[Math.Min(i, each.Length - 1)] / 2.0;
            yield return place - half;
            yield return place + half;
            i++;
        }
    }

    private static double[] HalfACellMore(double[] centres) => centres.Length < 2 ? centres
        : [centres[0] - (centres[1] - centres[0]) / 2.0, centres[^1] + (centres[^1] - centres[^2]) / 2.0];

    private static IEnumerable<double> WithErrors(IEnumerable<double> places, JsonObject errors)
    {
        double[] up = [.. Json.Doubles(errors["array"] as JsonArray ?? [])];
        double[] down = [.. Json.Doubles(errors["arrayminus"] as JsonArray ?? errors["array"] as JsonArray ?? [])];
        int i = 0;
        foreach (double place in places)
        {
            yield return place;
            if (i < up.Length) yield return place + up[i];
            if (i < down.Length) yield return place - down[i];
            i++;
        }
    }
}
