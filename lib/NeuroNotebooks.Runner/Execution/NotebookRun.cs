using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>How a notebook may run.</summary>
internal sealed record ExecutionOptions
{
    /// <summary>The longest a cell may take.</summary>
    public TimeSpan CellLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest the whole notebook may take.</summary>
    public TimeSpan NotebookLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Go on after a cell that failed, as long as its session lives.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Values for the notebook's parameters, as typed in a terminal.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Is given the notebook as it stands now and then while it runs, to save what is there; null to save nothing.</summary>
    public Action<NotebookDocument>? Checkpoint { get; init; }

    /// <summary>The folder whose library the notebook stands on, for the hash that tells stale outputs; null when unknown.</summary>
    public string? Repository { get; init; }
}

/// <summary>A cell that did not run to its end.</summary>
/// <param name="Cell">Its index.</param>
/// <param name="Place">What messages call it.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What happened, in a sentence that names the place.</param>
internal sealed record CellFailure(int Cell, string Place, CellStatus Status, string Message);

/// <summary>A notebook that ran, to its end or not.</summary>
/// <param name="Notebook">The executed copy, with everything shown until the end.</param>
/// <param name="Failures">The cells that did not run to their ends, in order.</param>
/// <param name="Claims">What its scorecards hold.</param>
/// <param name="Elapsed">Wall-clock time of all cells.</param>
/// <param name="CellsRun">How many code cells ran or were skipped.</param>
/// <param name="CellsInAll">How many code cells there are to run.</param>
internal sealed record NotebookRun(
    NotebookDocument Notebook,
    IReadOnlyList<CellFailure> Failures,
    IReadOnlyList<Claim> Claims,
    TimeSpan Elapsed,
    int CellsRun,
    int CellsInAll)
{
    /// <summary>How many cells were skipped because a package that they need cannot be had.</summary>
    public int CellsSkipped => SkippedCells.In(Notebook).Count;

    /// <summary>Every cell ran to its end, or was skipped.</summary>
    public bool Complete => Failures.Count == 0 && CellsRun == CellsInAll;

    /// <summary>Stopped by the user.</summary>
    public bool Interrupted => Failures.Any(f => f.Status == CellStatus.Interrupted);

    /// <summary>How many claims have a verdict.</summary>
    public int Count(Verdict verdict) => Claims.Count(c => c.Verdict == verdict);
}

/// <summary>Watches a notebook run.</summary>
internal interface IRunObserver
{
    /// <summary>A cell starts.</summary>
    /// <param name="number">Its number among the cells that run, from 1.</param>
    /// <param name="total">How many cells run.</param>
    /// <param name="section">The heading above it.</param>
    void CellStarted(int number, int total, string section);

    /// <summary>A cell ended.</summary>
    void CellEnded(int number, int total, CellResult result);

    /// <summary>A cell showed something.</summary>
    void Showed(CellEvent shown);
}
