using Microsoft.DotNet.Interactive;

namespace NeuroNotebooks.Runner.Host;

/// <summary>The way to stop one cell without ending its process: a token that the cell may watch.</summary>
/// <remarks>
/// .NET can also abort a thread (<c>ControlledExecution</c>), but on Linux about one abort in twenty of an ordinary loop took the process
/// down with a fault in the runtime, and others left locks taken: a cell that does not watch its token ends with its process instead.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _request = new();
    private readonly Lock _gate = new();
    private bool _isRunning;
    private bool _ended;

    public Interruption() => Context = new KernelInvocationContext(_request.Token);

    /// <summary>What the cell sees of it.</summary>
    public KernelInvocationContext Context { get; }

    /// <summary>Whether the cell was asked to stop.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Asks the cell to stop.</summary>
    /// <returns>Whether it listens, or has ended anyway.</returns>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (_ended) return true;
            if (_isRunning && !Context.IsCooperative) return false;
            HasBegun = true;
        }
        // on a thread of its own: what waits for the token runs right here, and the thread pool may be full of what is to be stopped
        new Thread(Cancel) { IsBackground = true }.Start();
        return true;
    }

    private void Cancel()
    {
        try
        {
            _request.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the cell was quicker
        }
    }

    /// <summary>To be called when compiled code is about to run: until then nothing but this call need be stopped.</summary>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    public void Running()
    {
        lock (_gate)
        {
            if (HasBegun) throw new OperationCanceledException();
            _isRunning = true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _request.Dispose();
        }
    }
}
