using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Pages;
using Spectre.Console;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Commands that run no cell.</summary>
internal static class FileCommands
{
    /// <summary>Writes a notebook with its saved outputs as one page.</summary>
    public static int Export(CommandContext context, string path, string? outFile)
    {
        string file = context.FullPath(path);
        NotebookDocument notebook = NotebookRunner.Read(context, file);
        string target = outFile is not null ? context.FullPath(outFile) : Path.ChangeExtension(file, ".html");
        AtomicFile.Write(target, NotebookPage.Render(notebook, new PageContext { Folder = Path.GetDirectoryName(file)! }));
        context.Screen.Say($"Written: {context.Shown(target)}");
        return ExitCode.Fine;
    }

    /// <summary>Strips outputs, execution counts and injected parameters.</summary>
    public static int Clean(CommandContext context, IReadOnlyList<string> paths)
    {
        foreach (string file in paths.Select(context.FullPath))
        {
            NotebookDocument notebook = NotebookRunner.Read(context, file);
            notebook.Clean();
            notebook.Save(file);
            context.Screen.Say($"Cleaned: {context.Shown(file)}");
        }
        return ExitCode.Fine;
    }

    /// <summary>Lists the collection with what its saved outputs say.</summary>
    public static int List(CommandContext context)
    {
        NotebookCollection repository = NotebookCollection.Find(context.Folder);
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(new TableColumn("notebook").NoWrap(), new TableColumn("title"), new TableColumn("saved outputs"));
        foreach (PaperFile paper in repository.Choose([]))
        {
            NotebookDocument notebook = NotebookRunner.Read(context, paper.Path);
            table.AddRow(Markup.Escape(paper.Slug), Markup.Escape(Sections.Title(notebook)), Markup.Escape(Saved(notebook, repository)));
        }
        context.Screen.Console.Write(table);
        return ExitCode.Fine;
    }

    private static string Saved(NotebookDocument notebook, NotebookCollection repository)
    {
        if (!notebook.Cells.Any(cell => cell.Outputs.Count > 0)) return "none";
        var claims = Claims.In(notebook);
        int held = claims.Count(c => c.Verdict == Verdict.Held), tested = claims.Count(c => c.Verdict != Verdict.Untested);
        string text = $"{held} of {Words.Plural(tested, "claim")} held";
        if (Provenance.SavedProfile(notebook) is { } profile) text += $" ({profile})";
        return Provenance.Stale(notebook, repository.Root) is { } reason ? $"{text}; {reason}" : text;
    }
}
