using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>What became of a paper's claim.</summary>
internal enum Verdict { Held, Failed, Untested }

/// <summary>A paper's claim beside what the notebook computed.</summary>
/// <param name="Id">Its name in the notebook.</param>
/// <param name="Source">Section, figure or table of the paper.</param>
/// <param name="Statement">The claim in words.</param>
/// <param name="Paper">The paper's value, for people.</param>
/// <param name="Ours">Our value, for people.</param>
/// <param name="Tolerance">The distance that is allowed, for people.</param>
/// <param name="Reason">Why that distance.</param>
/// <param name="Verdict">What became of it.</param>
internal sealed record Claim(
    string Id, string Source, string Statement, string Paper, string Ours, string Tolerance, string Reason, Verdict Verdict);

/// <summary>Finds the scorecards in a notebook's outputs.</summary>
internal static class Claims
{
    /// <summary>The claims in every scorecard shown, each once, as last shown.</summary>
    /// <exception cref="NotebookFormatException">A scorecard is not in the form agreed, schema 1.</exception>
    public static IReadOnlyList<Claim> In(NotebookDocument notebook)
    {
        var claims = new Dictionary<string, Claim>();
        foreach (JsonObject card in notebook.Cells.SelectMany(cell => cell.Outputs).Select(Card).OfType<JsonObject>())
            foreach (Claim claim in Read(card, notebook.Name)) claims[claim.Id] = claim;
        return [.. claims.Values];
    }

    /// <summary>An output's scorecard; null when it has none.</summary>
    public static JsonObject? Card(JsonObject output) => OutputBundle.Data(output)?[OutputBundle.Claims] as JsonObject;

    /// <summary>The claims of one scorecard.</summary>
    public static IReadOnlyList<Claim> Read(JsonObject card, string notebook)
    {
        if (card["schema"] is not JsonValue version || !version.TryGetValue(out int schema) || schema != 1)
            throw new NotebookFormatException(
                $"{notebook}: a scorecard has schema {card["schema"]?.ToJsonString() ?? "missing"}: this program reads schema 1.");
        if (card["claims"] is not JsonArray list) throw new NotebookFormatException($"{notebook}: a scorecard has no list of claims.");
        return [.. list.OfType<JsonObject>().Select(claim => Read(claim, notebook, card))];
    }

    private static Claim Read(JsonObject claim, string notebook, JsonObject card)
    {
        string statement = Show(claim["statement"]), id = Show(claim["id"]);
        Verdict verdict = Show(claim["verdict"]) switch
        {
            "held" => Verdict.Held,
            "failed" => Verdict.Failed,
            "untested" => Verdict.Untested,
            string other => throw new NotebookFormatException(
                $"{notebook}: claim {(id.Length > 0 ? id : statement)} has verdict \"{other}\": expected held, failed or untested."),
        };
        string paper = Show(card["paper"]);
        return new($"{paper}/{(id.Length > 0 ? id : statement)}", Show(claim["source"]), statement,
            Show(claim["paper"]), Show(claim["ours"]), Show(claim["tolerance"]), Show(claim["reason"]), verdict);
    }

    private static string Show(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number when double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out double value) =>
            value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
        _ => node.ToJsonString(),
    };
}
