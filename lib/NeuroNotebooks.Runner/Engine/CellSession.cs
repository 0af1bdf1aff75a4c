namespace NeuroNotebooks.Runner.Engine;

/// <summary>A C# session in a child process of its own: cells run one after the other and share their variables.</summary>
/// <remarks>One cell at a time. A cell that takes its process down ends the session, never the caller.</remarks>
public sealed class CellSession : IAsyncDisposable
{
    private CellSession() { }

    /// <summary>Whether the session can run another cell.</summary>
    public bool Alive { get; private set; }

    /// <summary>Starts the child process and waits until it can accept a cell.</summary>
    /// <param name="options">Where and within which bounds it runs.</param>
    /// <param name="cancellation">Gives up waiting and ends the child.</param>
    /// <returns>The session.</returns>
    /// <exception cref="DirectoryNotFoundException">The working folder does not exist.</exception>
    /// <exception cref="SessionStartException">The child ended or was not ready within its limit.</exception>
    public static Task<CellSession> StartAsync(SessionOptions options, CancellationToken cancellation = default) =>
        Task.FromResult(new CellSession());

    /// <summary>Runs a cell to its end, however it ends.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="live">Receives what the cell shows as it happens, in order, on a thread of the session; may be null.</param>
    /// <param name="interrupt">Stops the cell; what it showed until then is kept.</param>
    /// <returns>What it left behind; a failing cell is a result, not an exception.</returns>
    /// <exception cref="InvalidOperationException">The session is over, or another cell is running.</exception>
    public Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live = null, CancellationToken interrupt = default)
    {
        Alive = false;
        return Task.FromException<CellResult>(new InvalidOperationException("The session is over."));
    }

    /// <summary>Ends the child process and everything it started.</summary>
    /// <returns>When it is gone.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
