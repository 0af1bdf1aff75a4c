using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Checking;

/// <summary>Compares two scorecards: words and verdicts exactly, our numbers within each claim's own tolerance.</summary>
internal static partial class ClaimsComparison
{
    /// <summary>Every difference, in words.</summary>
    public static IReadOnlyList<string> Compare(JsonObject saved, JsonObject? fresh)
    {
        var before = ById(saved);
        var now = ById(fresh);
        var found = new List<string>();
        foreach (string id in before.Keys.Except(now.Keys)) found.Add($"claim \"{id}\" is gone.");
        foreach (string id in now.Keys.Except(before.Keys)) found.Add($"claim \"{id}\" is new.");
        foreach (string id in before.Keys.Intersect(now.Keys)) found.AddRange(CompareClaim(id, before[id], now[id]));
        return found;
    }

    private static IEnumerable<string> CompareClaim(string id, JsonObject saved, JsonObject fresh)
    {
        foreach (string word in (string[])["source", "statement", "paper", "tolerance", "reason", "verdict"])
        {
            string a = JsonText.Write(saved[word]), b = JsonText.Write(fresh[word]);
            bool isSameNumber = JsonText.Number(saved[word]) is { } number && JsonText.Number(fresh[word]) is { } other && number.Equals(other);
            if (a != b && !isSameNumber) yield return $"claim \"{id}\": {word} was {a}, is {b}.";     // Jupyter writes 1e-05 for our 1E-05
        }
        if (JsonText.Number(saved["ours"]) is { } x && JsonText.Number(fresh["ours"]) is { } y)
        {
            double allowed = Allowed(saved["tolerance"], x);
            if (!(Math.Abs(x - y) <= allowed))
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"claim \"{id}\": ours was {x}, is {y}, further than its tolerance of {allowed:g3}.");
        }
        else if (JsonText.Write(saved["ours"]) != JsonText.Write(fresh["ours"]))
        {
            yield return $"claim \"{id}\": ours was {JsonText.Write(saved["ours"])}, is {JsonText.Write(fresh["ours"])}.";
        }
    }

    /// <summary>
    /// A number is a distance; so is the number in <c>within 0.01</c>, or a part of the value when a percent sign follows. Any other check,
    /// such as <c>above 1</c>, allows no distance: there the values must agree to a millionth, as figures do.
    /// </summary>
    internal static double Allowed(JsonNode? tolerance, double value)
    {
        if (JsonText.Number(tolerance) is { } distance) return Math.Abs(distance);
        if (OutputBundle.Text(tolerance) is { } text && Distance().Match(text) is { Success: true } m)
        {
            double number = double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture);
            return m.Groups[2].Success ? number / 100.0 * Math.Abs(value) : number;
        }
        return FigureComparison.Tolerance * Math.Abs(value);
    }

    private static Dictionary<string, JsonObject> ById(JsonObject? card)
    {
        var claims = new Dictionary<string, JsonObject>();
        foreach (JsonObject claim in (card?["claims"] as JsonArray)?.OfType<JsonObject>() ?? [])
            claims[OutputBundle.Text(claim["id"]) ?? OutputBundle.Text(claim["statement"]) ?? ""] = claim;
        return claims;
    }

[GeneratedRegex(@"^\s*(?:within|±|\+/-)?\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%|per ?cent)?")]
    private static partial Regex Distance();
}
