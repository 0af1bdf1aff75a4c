using System.Net;
using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>What a cell shows in place of its outputs when a package that it needs cannot be had: neither a success nor a failure.</summary>
public static class CellSkip
{
    /// <summary>The type by which programs tell it from other displays: <c>{"schema": 1, "packages": ["Name 1.0.0"]}</c>.</summary>
    public const string MimeType = "application/vnd.neuronotebooks.skipped+json";

    /// <summary>The display, in words for people and as JSON for programs.</summary>
    internal static JsonObject Display(Skipped skip)
    {
        string[] sentences = [.. Sentences(skip)];
        string html = $"<p><strong>{sentences[0]}</strong> {WebUtility.HtmlEncode(string.Join(' ', sentences[1..]))}</p>";
        return new JsonObject
        {
            ["text/plain"] = string.Join(' ', sentences),
            ["text/html"] = html,
            [MimeType] = new JsonObject { ["schema"] = 1, ["packages"] = new JsonArray([.. skip.Packages.Select(p => JsonValue.Create(p))]) },
        };
    }

    /// <summary>The same in a line, for lists.</summary>
    internal static string Line(Skipped skip) =>
        $"skipped, as {Named(skip.Packages)} cannot be obtained here"
        + (skip.Unresolved.Count > 0 ? $" and {string.Join(", ", skip.Unresolved)} {Are(skip.Unresolved)} unknown without." : ".");

    private static IEnumerable<string> Sentences(Skipped skip)
    {
        yield return "Skipped.";
        yield return skip.Unresolved.Count == 0
            ? $"This cell needs {Named(skip.Packages)}, which this engine, which fetches nothing, cannot obtain."
            : $"This cell uses {string.Join(", ", skip.Unresolved)}, unknown here because an earlier cell could not obtain {Named(skip.Packages)}.";
        string name = skip.Packages[0].Split(' ')[0];
        yield return "To run it, open the notebook in .NET Interactive (VS Code or Jupyter) where NuGet packages can be fetched, "
            + $"or name the package's assembly in an earlier cell: #r \"path/{name}.dll\".";
    }

    private static string Named(IReadOnlyList<string> packages) =>
        packages.Count == 1 ? $"the package {packages[0]}" : $"the packages {string.Join(", ", packages.SkipLast(1))} and {packages[^1]}";

    private static string Are(IReadOnlyList<string> names) => names.Count == 1 ? "is" : "are";
}
