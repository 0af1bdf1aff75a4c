using System.Globalization;
using NeuroNotebooks.Data;
using NeuroNotebooks.Runner.Datasets;
using NeuroNotebooks.Runner.Wording;
using Spectre.Console;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>The data sets that notebooks read: what there is, fetching, checking.</summary>
internal static class DataCommand
{
    /// <summary>Lists the catalogue with what is here.</summary>
    public static int List(CommandContext context)
    {
        DatasetFetcher fetcher = context.Fetcher(null);
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(new TableColumn("name").NoWrap(), new TableColumn("title"), new TableColumn("size").NoWrap(),
            new TableColumn("licence"), new TableColumn("state").NoWrap());
        foreach (DatasetInfo info in context.Catalogue)
            table.AddRow(Markup.Escape(info.Name), Markup.Escape(info.Title), Size(info.Size), Markup.Escape(info.Licence), State(info, fetcher));
        context.Screen.Console.Write(table);
        return ExitCode.Fine;
    }

    /// <summary>Fetches one.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="name">The data set.</param>
    /// <param name="from">A folder to look in first; null for none.</param>
    /// <param name="interrupt">Ctrl-C.</param>
    public static async Task<int> FetchAsync(CommandContext context, string name, string? from, CancellationToken interrupt)
    {
        DatasetInfo info = Named(context, name);
        if (from is not null && !Directory.Exists(context.FullPath(from))) throw new UsageException($"--from {from}: there is no such folder.");
        DatasetFetcher fetcher = context.Fetcher(from is null ? null : context.FullPath(from));
        IReadOnlyList<FetchedFile> files;
        try
        {
            files = await ShowAsync(context, info, progress => fetcher.FetchAsync(info, progress, interrupt));
        }
        catch (OperationCanceledException)
        {
            context.Screen.Complain($"{info.Name}: stopped. Files that were complete are kept; run the command again for the rest.");
            return ExitCode.Interrupted;
        }
        foreach (FetchedFile file in files) Tell(context, info, file);
        if (files.Any(file => file.Problems.Count > 0))
        {
            context.Screen.Complain($"{info.Name} could not be fetched. Get its files from {info.Page} by hand, then: data fetch {info.Name} --from FOLDER");
            return ExitCode.NoData;
        }
        context.Screen.Say($"{info.Name} is in {fetcher.FolderOf(info)} (licence: {info.Licence})");
        return ExitCode.Fine;
    }

    /// <summary>Reads every file of what is here and compares hashes.</summary>
    public static int Verify(CommandContext context, IReadOnlyList<string> names)
    {
        DatasetFetcher fetcher = context.Fetcher(null);
        var chosen = names.Count > 0 ? names.Select(name => Named(context, name)).ToList()
            : [.. context.Catalogue.Where(info => Directory.Exists(fetcher.FolderOf(info)))];
        bool whole = true;
        if (chosen.Count == 0) context.Screen.Say("No data set is fetched.");
        foreach (DatasetInfo info in chosen)
        {
            string[] problems = [.. info.Files.Select(file => file.ProblemIn(fetcher.FolderOf(info))).OfType<string>()];
            foreach (string problem in problems) context.Screen.Complain($"{info.Name}: {problem}");
            context.Screen.Say(problems.Length == 0 ? $"{info.Name}: every file is what it should be."
                : $"{info.Name}: {Words.Plural(problems.Length, "file")} of {info.Files.Length} cannot be used; run: data fetch {info.Name}");
            whole &= problems.Length == 0;
        }
        return whole ? ExitCode.Fine : ExitCode.NoData;
    }

    private static DatasetInfo Named(CommandContext context, string name) =>
        context.Catalogue.FirstOrDefault(info => info.Name == name) ?? throw new UsageException(
            $"No data set is called \"{name}\".{Nearest.Hint(name, context.Catalogue.Select(info => info.Name))} List them all with: data list");

    /// <summary>A bar a file on a terminal; elsewhere nothing until the file is here.</summary>
    private static Task<T> ShowAsync<T>(CommandContext context, DatasetInfo info, Func<IProgress<FetchProgress>, Task<T>> work)
    {
        if (!context.Screen.Interactive) return work(new Relay(_ => { }));
        return context.Screen.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new DownloadedColumn(),
                new TransferSpeedColumn(), new SpinnerColumn())
            .StartAsync(async board =>
            {
                var bars = info.Files.ToDictionary(file => file.Name, file => board.AddTask(Markup.Escape(file.Name), maxValue: file.Size));
                return await work(new Relay(now => bars[now.File.Name].Value = now.Bytes));
            });
    }

    private static void Tell(CommandContext context, DatasetInfo info, FetchedFile file)
    {
        if (file.Problems.Count == 0)
            context.Screen.Say(file.Source is null ? $"{file.File.Name}: here already, verified."
                : $"{file.File.Name}: {Size(file.File.Size)} from {file.Source}, verified.");
        foreach (string problem in file.Problems) context.Screen.Complain($"{info.Name}, {file.File.Name}: {problem}");
    }

    private static string State(DatasetInfo info, DatasetFetcher fetcher)
    {
        if (!Directory.Exists(fetcher.FolderOf(info))) return "not fetched";
        return info.Files.All(file => new FileInfo(Path.Combine(fetcher.FolderOf(info), file.Name)) is { Exists: true } found
            && found.Length == file.Size) ? "fetched" : "incomplete";
    }

    private static string Size(long bytes) => bytes >= 100_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB");

    /// <summary>Reports at once, on the thread that reports.</summary>
    private sealed class Relay(Action<FetchProgress> report) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => report(value);
    }
}
