using NeuroNotebooks.Runner.Execution;
using Spectre.Console;

namespace NeuroNotebooks.Runner.Terminal;

/// <summary>Prints claims as a table.</summary>
internal static class ClaimsView
{
    /// <summary>A row a claim, failed ones first to be seen.</summary>
    public static void Print(Screen screen, IReadOnlyList<(string Slug, Claim Claim)> claims)
    {
        if (claims.Count == 0) return;
        bool several = claims.Select(c => c.Slug).Distinct().Count() > 1;
        var table = new Table { Border = screen.Interactive ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumn(new TableColumn("verdict").NoWrap());
        if (several) table.AddColumn(new TableColumn("notebook").NoWrap());
        table.AddColumn("claim");
        table.AddColumn("source");
        table.AddColumn(new TableColumn("paper").RightAligned());
        table.AddColumn(new TableColumn("ours").RightAligned());
        foreach (var (slug, claim) in claims)
        {
            var cells = new List<string> { Verdict(claim.Verdict) };
            if (several) cells.Add(Markup.Escape(slug));
            cells.AddRange([Markup.Escape(claim.Statement), Markup.Escape(claim.Source), Markup.Escape(claim.Paper),
                Markup.Escape(claim.Ours)]);
            table.AddRow([.. cells]);
        }
        screen.Console.Write(table);
    }

    private static string Verdict(Verdict verdict)
    {
        string colour = verdict switch { Execution.Verdict.Held => "green", Execution.Verdict.Failed => "red", _ => "grey" };
        return $"[{colour}]{verdict.Word()}[/]";
    }
}
