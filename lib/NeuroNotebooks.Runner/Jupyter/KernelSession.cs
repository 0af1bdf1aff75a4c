using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The session behind a kernel: started ahead of the first cell, and again after a cell has taken it down.</summary>
internal sealed class KernelSession(SessionOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Task<CellSession>? _session;
    private bool _owesNotice;
    private bool _isOver;

    /// <summary>Begins to start a session, if there is none.</summary>
    public void Begin() => _ = Current();

    /// <summary>The session, when it can take a cell.</summary>
    /// <param name="interrupt">Gives up waiting; the start itself goes on.</param>
    /// <exception cref="SessionStartException">It does not start.</exception>
    /// <exception cref="OperationCanceledException">Waiting was given up, or the kernel is shut down.</exception>
    public async Task<CellSession> GetAsync(CancellationToken interrupt)
    {
        await BuryDeadAsync();
        return await Current().WaitAsync(interrupt);
    }

    /// <summary>Whether the session stands in for one that has ended, which is to be said once.</summary>
    public bool TakeNotice()
    {
        lock (_gate)
        {
            bool owed = _owesNotice;
            _owesNotice = false;
            return owed;
        }
    }

    /// <summary>Ends it for good, when no cell runs in it. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<CellSession>? last;
        lock (_gate)
        {
            _isOver = true;
            last = _session;
        }
        await _end.CancelAsync();       // never disposed of: a start may still look at it
        if (last is null) return;
        await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (last.IsCompletedSuccessfully) await last.Result.DisposeAsync();
    }

    private Task<CellSession> Current()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_session is null or { IsFaulted: true } or { IsCanceled: true }) _session = Task.Run(() => CellSession.StartAsync(options, _end.Token));
            return _session;
        }
    }

    private async Task BuryDeadAsync()
    {
        Task<CellSession>? dead;
        lock (_gate)
        {
            if (_session is not { IsCompletedSuccessfully: true } || _session.Result.Alive) return;
            dead = _session;
            _session = null;
            _owesNotice = true;
        }
        await dead.Result.DisposeAsync();
    }
}
