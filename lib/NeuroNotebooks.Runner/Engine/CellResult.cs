using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Ok,

    /// <summary>It did not compile or threw; its last output is an <c>error</c>. The session goes on.</summary>
    Error,

    /// <summary>It needs a package that cannot be had, so it was not run; a display (<see cref="CellSkip"/>) says so. The session goes on.</summary>
    Skipped,

    /// <summary>It ran past its limit and was ended, and the session with it.</summary>
    TimedOut,

    /// <summary>The caller stopped it. <see cref="CellSession.Alive"/> tells whether the session survived.</summary>
    Interrupted,

    /// <summary>It took its process down: an exit, a stack overflow, a crash in native code. The session is over.</summary>
    Died,
}

/// <summary>What a cell left behind.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="ExecutionCount">The number in its brackets: 1 for the first cell of a session that is not silent.</param>
/// <param name="Outputs">
/// nbformat 4 outputs in order: <c>stream</c>, <c>display_data</c>, <c>execute_result</c>, <c>error</c>; updates of its own displays are
/// already worked in. Texts are single strings, not lists of lines. Each object is the caller's to keep: the session does not touch it again.
/// </param>
/// <param name="DisplayIds">For each output, the identifier by which a later cell may update it, or null.</param>
/// <param name="Updates">Updates that the cell made, in order, for displays of earlier cells of the session.</param>
/// <param name="Elapsed">Wall-clock time from request to answer.</param>
/// <param name="Message">For every status but <see cref="CellStatus.Ok"/>: which cell, and what happened to it, in a sentence.</param>
public sealed record CellResult(
    CellStatus Status,
    int ExecutionCount,
    IReadOnlyList<JsonObject> Outputs,
    IReadOnlyList<string?> DisplayIds,
    IReadOnlyList<DisplayUpdated> Updates,
    TimeSpan Elapsed,
    string? Message);
