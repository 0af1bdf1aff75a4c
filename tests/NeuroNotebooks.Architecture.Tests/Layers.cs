using System.Text;

namespace NeuroNotebooks.Architecture;

/// <summary>The layering of the design: each namespace, and what it may use besides its own.</summary>
internal static class Layers
{
    private const string Runner = "NeuroNotebooks.Runner.";

    private static readonly string[] Family = ["NeuroNotebooks", "NeuroNotebooks.Numerics", "NeuroNotebooks.Learning", "NeuroNotebooks.Contraction"];

    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["NeuroNotebooks"] = [],
        ["NeuroNotebooks.Numerics"] = ["NeuroNotebooks"],
        ["NeuroNotebooks.Data"] = ["NeuroNotebooks", "NeuroNotebooks.Numerics"],
        ["NeuroNotebooks.Learning"] = ["NeuroNotebooks", "NeuroNotebooks.Numerics"],
        ["NeuroNotebooks.Contraction"] = ["NeuroNotebooks", "NeuroNotebooks.Numerics"],
        ["NeuroNotebooks.Games"] = Family,
        ["NeuroNotebooks.ComboNets"] = [.. Family, "NeuroNotebooks.Data"],
        ["NeuroNotebooks.Boltzmann"] = [.. Family, "NeuroNotebooks.Data"],
        ["NeuroNotebooks.Plasticity"] = Family,
        ["NeuroNotebooks.EchoState"] = Family,
        ["NeuroNotebooks.Bifurcations"] = Family,
        ["NeuroNotebooks.Cells"] = [.. Family, "NeuroNotebooks.Bifurcations"],
        ["NeuroNotebooks.Spiking"] = [.. Family, "NeuroNotebooks.Cells", "NeuroNotebooks.Data"],
        ["NeuroNotebooks.WorkingMemory"] = Family,

        ["NeuroNotebooks.Figures.Svg"] = [],
        ["NeuroNotebooks.Figures"] = ["NeuroNotebooks.Figures.Svg"],

        [Runner + "Wording"] = [],
        [Runner + "Documents"] = ["NeuroNotebooks", .. InRunner("Wording")],
        [Runner + "Equations"] = InRunner("Wording"),
        [Runner + "Assets"] = ["NeuroNotebooks.Data", .. InRunner("Wording", "Documents")],
        [Runner + "Datasets"] = ["NeuroNotebooks.Data", .. InRunner("Wording", "Documents", "Assets")],
        [Runner + "Engine"] = InRunner("Wording"),
        [Runner + "Host"] = InRunner("Wording", "Engine"),
        [Runner + "Parameters"] = InRunner("Wording", "Documents"),
        [Runner + "Execution"] = InRunner("Wording", "Documents", "Engine", "Parameters"),
        [Runner + "Terminal"] = InRunner("Wording", "Engine", "Execution"),
        [Runner + "Pages"] = InRunner("Wording", "Documents", "Equations", "Assets", "Engine", "Execution"),
        [Runner + "Checking"] = InRunner("Wording", "Documents", "Parameters", "Execution", "Pages"),
        [Runner + "Jupyter"] = InRunner("Wording", "Documents", "Engine"),
        [Runner + "Commands"] =
        [
            "NeuroNotebooks.Numerics", "NeuroNotebooks.Data",
            .. InRunner("Wording", "Documents", "Engine", "Parameters", "Execution", "Terminal", "Assets", "Datasets", "Pages", "Checking", "Jupyter"),
        ],
    };

    private static string[] InRunner(params string[] names) => [.. names.Select(name => Runner + name)];

    /// <summary>Every arrow that the layering forbids, every pair that use each other, and every namespace the table does not know.</summary>
    public static IReadOnlyList<string> Violations(
        IReadOnlyDictionary<(string From, string To), string> uses, IReadOnlyDictionary<string, string[]> allowed)
    {
        var found = new List<string>();
        foreach (((string from, string to), string place) in uses)
        {
            if (!allowed.TryGetValue(from, out string[]? may))
                found.Add($"{from} has no layer: give it a line in Layers.Allowed");
            else if (!may.Contains(to))
                found.Add($"{from} uses {to}, which stands above or beside it: {place}");
            if (string.CompareOrdinal(from, to) < 0 && uses.ContainsKey((to, from)))
                found.Add($"{from} and {to} use each other: {place}");
        }
        return [.. found.Distinct()];
    }

    /// <summary>The arrows as a Mermaid graph, a box an assembly; only the arrows that no longer path implies.</summary>
    public static string Mermaid(IReadOnlyDictionary<(string From, string To), string> uses)
    {
        var arrows = uses.Keys.ToHashSet();
        var drawn = arrows.Where(arrow => !ReachesWithout(arrows, arrow.From, arrow.To)).Order().ToLookup(arrow => AssemblyOf(arrow.From) == AssemblyOf(arrow.To));
        var text = new StringBuilder("```mermaid\ngraph TD\n");
        foreach (var assembly in drawn[true].GroupBy(arrow => AssemblyOf(arrow.From)))
        {
            text.Append($"  subgraph {assembly.Key.Replace('.', '_')} [{assembly.Key}]\n");
            foreach ((string from, string to) in assembly) text.Append($"    {Node(from)} --> {Node(to)}\n");
            text.Append("  end\n");
        }
        foreach ((string from, string to) in drawn[false]) text.Append($"  {Node(from)} --> {Node(to)}\n");
        return text.Append("```").ToString();
    }

    private static string AssemblyOf(string name) =>
        name.Split('.') is [var project, ("Figures" or "Runner") and var part, ..] ? $"{project}.{part}" : "NeuroNotebooks";

    // the root namespace holds the argument checks and nothing else
    private static string Node(string name) => name == "NeuroNotebooks" ? "Require" : name[(name.LastIndexOf('.') + 1)..];

    private static bool ReachesWithout(HashSet<(string From, string To)> arrows, string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(arrows.Where(a => a.From == from && a.To != to).Select(a => a.To));
        while (open.TryPop(out string? at))
        {
            if (at == to) return true;
            if (seen.Add(at))
                foreach ((_, string next) in arrows.Where(a => a.From == at)) open.Push(next);
        }
        return false;
    }
}
