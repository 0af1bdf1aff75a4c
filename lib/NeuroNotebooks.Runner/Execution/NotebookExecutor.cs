using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Parameters;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>Runs all code cells of a notebook in order, in one session, and keeps what they show.</summary>
/// <param name="start">Starts a session in a folder.</param>
internal sealed class NotebookExecutor(Func<string, CancellationToken, Task<ICellRunner>> start)
{
    /// <summary>How much running time a killed program may lose.</summary>
    private static readonly TimeSpan CheckpointDistance = TimeSpan.FromSeconds(10);

    /// <summary>The executor on the real engine.</summary>
    public static NotebookExecutor InChildProcess { get; } = new(ChildProcessRunner.StartAsync);

    /// <summary>Runs a copy of a notebook; the notebook itself is not changed.</summary>
    /// <param name="source">The notebook.</param>
    /// <param name="folder">Where relative paths in cells start.</param>
    /// <param name="options">Limits and parameters.</param>
    /// <param name="observer">Told of each cell.</param>
    /// <param name="interrupt">Stops the running cell; what was shown until then is kept.</param>
    /// <exception cref="UsageException">A parameter is wrong, or the notebook is for another kernel.</exception>
    public async Task<NotebookRun> RunAsync(
        NotebookDocument source, string folder, ExecutionOptions options, IRunObserver observer, CancellationToken interrupt)
    {
        if (KernelMetadata.OtherKernel(source.Metadata) is { } kernel)
            throw new UsageException($"Notebook {source.Name} is for the kernel \"{kernel}\": "
                + $"this program runs C# notebooks (kernel \"{KernelMetadata.KernelName}\").");

        NotebookDocument notebook = source.Clone();
        NotebookParameters.Inject(notebook, options.Parameters);
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
        Provenance.Stamp(notebook, options);

        int[] runnable = [.. Enumerable.Range(0, notebook.Cells.Count).Where(i => Runs(notebook.Cells[i]))];
        var failures = new List<CellFailure>();
        if (runnable.Length == 0) return new(notebook, failures, [], TimeSpan.Zero, 0, 0);
        await using ICellRunner? session = await TryStartAsync(notebook, folder, runnable[0], failures, interrupt);
        if (session is null) return new(notebook, failures, [], TimeSpan.Zero, 0, runnable.Length);

        var displays = new DisplayRegister();
        TimeSpan elapsed = TimeSpan.Zero, saved = TimeSpan.Zero;
        int done = 0;
        foreach (int index in runnable)
        {
            TimeSpan left = options.NotebookLimit - elapsed;
            observer.CellStarted(done + 1, runnable.Length, Sections.SectionOf(notebook, index) ?? notebook.Name);
            TimeSpan limit = left < options.CellLimit ? left : options.CellLimit;
            CellResult result = await RunCellAsync(session, notebook, index, limit, observer, interrupt);
            done++;
            elapsed += result.Elapsed;
            Store(notebook.Cells[index], result, displays);
            observer.CellEnded(done, runnable.Length, result);
            if (elapsed - saved >= CheckpointDistance)
            {
                options.Checkpoint?.Invoke(notebook);
                saved = elapsed;
            }
            if (result.Status is CellStatus.Ok or CellStatus.Skipped) continue;
            if (result.Status == CellStatus.Error && notebook.Cells[index].HasTag("raises-exception")) continue;
            failures.Add(Failure(notebook, index, result, left < options.CellLimit));
            if (!options.KeepGoing || !session.Alive || result.Status != CellStatus.Error) break;
        }
        return new(notebook, failures, ReadClaims(notebook, runnable[done - 1], failures), elapsed, done, runnable.Length);
    }

    /// <summary>A session, or null with a failure that says why there is none: other notebooks may still run.</summary>
    private async Task<ICellRunner?> TryStartAsync(
        NotebookDocument notebook, string folder, int cell, List<CellFailure> failures, CancellationToken interrupt)
    {
        string place = Sections.Place(notebook, cell);
        try
        {
            return await start(folder, interrupt);
        }
        catch (OperationCanceledException)
        {
            failures.Add(new(cell, place, CellStatus.Interrupted, $"{place} was stopped before it began."));
        }
        catch (SessionStartException e)
        {
            failures.Add(new(cell, place, CellStatus.Died, $"{place} was not begun: {e.Message}"));
        }
        return null;
    }

    /// <summary>The claims; a scorecard that cannot be read is a failure of the run, whose outputs are kept all the same.</summary>
    private static IReadOnlyList<Claim> ReadClaims(NotebookDocument notebook, int lastCell, List<CellFailure> failures)
    {
        try
        {
            return Claims.In(notebook);
        }
        catch (NotebookFormatException e)
        {
            failures.Add(new(lastCell, Sections.Place(notebook, lastCell), CellStatus.Error, e.Message));
            return [];
        }
    }

    private static bool Runs(NotebookCell cell) => cell.Kind == CellKind.Code && !string.IsNullOrWhiteSpace(cell.Source);

    private static async Task<CellResult> RunCellAsync(
        ICellRunner session, NotebookDocument notebook, int index, TimeSpan limit, IRunObserver observer, CancellationToken interrupt)
    {
        string place = Sections.Place(notebook, index);
        if (interrupt.IsCancellationRequested) return Unstarted(CellStatus.Interrupted, $"{place} was stopped before it began.");
        if (limit <= TimeSpan.Zero) return Unstarted(CellStatus.TimedOut, $"{place} was not begun: the notebook's time was up.");

        NotebookCell cell = notebook.Cells[index];
        string language = KernelMetadata.Language(cell);
        bool named = language == "csharp" || cell.Source.StartsWith("#!", StringComparison.Ordinal);
        var request = new CellRequest(named ? cell.Source : $"#!{language}\n{cell.Source}", place, limit);
        return await session.RunAsync(request, new Relay(observer), interrupt);
    }

    private static CellResult Unstarted(CellStatus status, string message) => new(status, 0, [], [], [], TimeSpan.Zero, message);

    private static void Store(NotebookCell cell, CellResult result, DisplayRegister displays)
    {
        var outputs = result.Outputs.ToList();
        if (result.Status is not (CellStatus.Ok or CellStatus.Skipped) && !outputs.Any(output => OutputBundle.Type(output) == "error"))
            outputs.Add(ErrorOutput(result));
        cell.Outputs = outputs;
        if (result.ExecutionCount > 0) cell.ExecutionCount = result.ExecutionCount;
        displays.Remember(cell, result.DisplayIds);
        foreach (DisplayUpdated update in result.Updates) displays.Apply(update);
    }

    /// <summary>So that the saved notebook says itself why it ends here.</summary>
    private static JsonObject ErrorOutput(CellResult result) => new()
    {
        ["ename"] = result.Status switch
        {
            CellStatus.TimedOut => "Time limit",
            CellStatus.Interrupted => "Interrupted",
            CellStatus.Died => "Process ended",
            _ => "Error",
        },
        ["evalue"] = result.Message ?? "",
        ["output_type"] = "error",
        ["traceback"] = new JsonArray(JsonValue.Create(result.Message ?? "")),
    };

    private static CellFailure Failure(NotebookDocument notebook, int index, CellResult result, bool notebookLimit)
    {
        string place = Sections.Place(notebook, index);
        string message = result.Message ?? $"{place} ended with {result.Status}.";
        if (!message.Contains(place, StringComparison.Ordinal)) message = $"{place}: {message}";
        if (result.Status == CellStatus.TimedOut && notebookLimit) message += " The limit of the whole notebook was what ran out.";
        return new(index, place, result.Status, message);
    }

    private sealed class Relay(IRunObserver observer) : IProgress<CellEvent>
    {
        public void Report(CellEvent value) => observer.Showed(value);
    }
}

/// <summary>Where displays stand that a later cell may update.</summary>
internal sealed class DisplayRegister
{
    private readonly List<(string Id, NotebookCell Cell, int Output)> displays = [];

    public void Remember(NotebookCell cell, IReadOnlyList<string?> ids)
    {
        for (int i = 0; i < ids.Count; i++)
            if (ids[i] is { } id) displays.Add((id, cell, i));
    }

    /// <summary>Puts new content into every earlier display of that name.</summary>
    public void Apply(DisplayUpdated update)
    {
        foreach (var (_, cell, index) in displays.Where(d => d.Id == update.DisplayId))
        {
            var outputs = cell.Outputs.ToList();
            outputs[index] = (JsonObject)outputs[index].DeepClone();
            update.ApplyTo(outputs[index]);
            cell.Outputs = outputs;
        }
    }
}
