using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Execution;

/// <summary>Runs cells one after the other in one session: the seam between notebooks and the cell engine.</summary>
internal interface ICellRunner : IAsyncDisposable
{
    /// <summary>Whether the session can run another cell.</summary>
    bool Alive { get; }

    /// <summary>Runs a cell to its end, however it ends.</summary>
    Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live, CancellationToken interrupt);
}

/// <summary>The cell engine itself: a child process.</summary>
internal sealed class ChildProcessRunner(CellSession session) : ICellRunner
{
    public bool Alive => session.Alive;

    public Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live, CancellationToken interrupt) =>
        session.RunAsync(request, live, interrupt);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Starts a session in a notebook's folder.</summary>
    public static async Task<ICellRunner> StartAsync(string folder, CancellationToken cancellation) =>
        new ChildProcessRunner(await CellSession.StartAsync(new SessionOptions { WorkingFolder = folder }, cancellation));
}
