using System.Diagnostics;
using System.Globalization;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>A C# session in a child process of its own: cells run one after the other and share their variables.</summary>
/// <remarks>One cell at a time. A cell that takes its process down ends the session, never the caller.</remarks>
public sealed partial class CellSession : IAsyncDisposable
{
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(2);
    private const int MostBetweenCells = 1000;
    private static readonly TimeSpan TimeToDrain = TimeSpan.FromSeconds(0.5);

    private readonly SessionOptions _options;
    private readonly HostProcess _host;
    private readonly NativeOutput _stdout;
    private readonly NativeOutput _stderr;
    private readonly TaskCompletionSource<Ready> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Message> _betweenCells = [];
    private readonly Lock _gate = new();
    private readonly Task _listening;
    private TaskCompletionSource<Finished>? _finished;
    private CellRun? _run;
    private Leaving? _farewell;
    private int _executionCount;
    private bool _over;

    private CellSession(SessionOptions options, HostProcess host)
    {
        _options = options;
        _host = host;
        _stdout = new NativeOutput(host.StandardOutput, text => Output(new Printed("stdout", text)));
        _stderr = new NativeOutput(host.StandardError, text => Output(new Printed("stderr", text)));
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Whether the session can run another cell.</summary>
    public bool Alive => !_over && !_listening.IsCompleted;

    /// <summary>The system's number of the child process.</summary>
    public int ProcessId => _host.Id;

    /// <summary>Starts the child process and waits until it can accept a cell.</summary>
    /// <param name="options">Where and within which bounds it runs.</param>
    /// <param name="cancellation">Gives up waiting and ends the child.</param>
    /// <returns>The session.</returns>
    /// <exception cref="DirectoryNotFoundException">The working folder does not exist.</exception>
    /// <exception cref="SessionStartException">The child ended or was not ready within its limit.</exception>
    /// <exception cref="OperationCanceledException">Waiting was given up.</exception>
    public static async Task<CellSession> StartAsync(SessionOptions options, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(options.WorkingFolder))
            throw new DirectoryNotFoundException($"There is no folder {options.WorkingFolder} to run a notebook in.");

        var session = new CellSession(options, HostProcess.Start(options));
        try
        {
            var ready = await session._ready.Task.WaitAsync(options.StartLimit, cancellation);
            session._stdout.MarkIs(ready.EndOfCell);
            session._stderr.MarkIs(ready.EndOfCell);
            return session;
        }
        catch (Exception error)
        {
            string said = session._stderr.Tail.Trim();
            await session.DisposeAsync();
            if (error is not TimeoutException) throw;
            throw new SessionStartException(
                $"The process for the cells was not ready within {Words(options.StartLimit)}.{(said.Length > 0 ? " It said: " + said : "")}");
        }
    }

    /// <summary>Runs a cell to its end, however it ends.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="live">
    /// Receives what the cell shows as it happens, in order, synchronously on a thread of the session, so it should return soon and not throw; may be null.
    /// </param>
    /// <param name="interrupt">Stops the cell; what it showed until then is kept.</param>
    /// <returns>What it left behind; a failing cell is a result, not an exception.</returns>
    /// <exception cref="InvalidOperationException">The session is over, or another cell is running.</exception>
    public async Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live = null, CancellationToken interrupt = default)
    {
        long start = Stopwatch.GetTimestamp();
        var finished = new TaskCompletionSource<Finished>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Begin(request, live, finished);

        var (status, message) = interrupt.IsCancellationRequested
            ? Interrupted(request)
            : await ExecuteAsync(run, finished.Task, interrupt);
        if (status is not (CellStatus.Ok or CellStatus.Error or CellStatus.Skipped)) run.Fail(status, message!);

        lock (_gate)
        {
            _run = null;
            _finished = null;
        }
        return run.Close(status, Stopwatch.GetElapsedTime(start), message);
    }

    /// <summary>Ends the child process and everything it started.</summary>
    /// <returns>When it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_over) await BuryAsync();
        _host.Dispose();
    }

    private CellRun Begin(CellRequest request, IProgress<CellEvent>? live, TaskCompletionSource<Finished> finished)
    {
        lock (_gate)
        {
            if (!Alive) throw new InvalidOperationException("The session is over; start another one.");
            if (_run is not null) throw new InvalidOperationException($"The session is busy with {_run.Request.Name}.");
            if (!request.Silent) _executionCount++;

            var run = new CellRun(request, _executionCount, _options, live);
            foreach (var message in _betweenCells) run.Take(message);
            _betweenCells.Clear();
            _finished = finished;
            return _run = run;
        }
    }

    private async Task<(CellStatus Status, string? Message)> ExecuteAsync(CellRun run, Task<Finished> finished, CancellationToken interrupt)
    {
        var request = run.Request;
        var marks = Task.WhenAll(_stdout.NextMark(), _stderr.NextMark());
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        if (request.Limit != Timeout.InfiniteTimeSpan) waiting.CancelAfter(request.Limit);

        if (TrySend(new RunCell(request.Code, request.Name, request.Silent)))
            await Task.WhenAny(finished, _listening, Task.Delay(Timeout.InfiniteTimeSpan, waiting.Token));
        bool isInterrupted = interrupt.IsCancellationRequested && !finished.IsCompleted;
        bool isLate = waiting.IsCancellationRequested && !isInterrupted && !finished.IsCompleted && !_listening.IsCompleted;

        if (isInterrupted && _options.InterruptGrace > TimeSpan.Zero && TrySend(new InterruptCell()))
            await Task.WhenAny(finished, _listening, Task.Delay(_options.InterruptGrace, CancellationToken.None));

        if (isLate || !finished.IsCompleted)
        {
            string cause = await BuryAsync();
            return isLate ? (CellStatus.TimedOut, $"{request.Name}: still running after {Words(request.Limit)}, its limit, and so ended.")
                : isInterrupted ? Interrupted(request)
                : (CellStatus.Died, $"{request.Name}: the process ended by {cause}. The variables of the session are lost.");
        }

        await Task.WhenAny(marks, Task.Delay(TimeToDrain, CancellationToken.None));
        return isInterrupted ? Interrupted(request)
            : run.Skip is { } skip ? (CellStatus.Skipped, $"{request.Name}: {CellSkip.Line(skip)}")
            : run.Error is not { } error ? (CellStatus.Ok, null)
            : (CellStatus.Error, $"{request.Name}{(error.Where is { } line ? $", line {line}" : "")}: {error.Name}: {error.Value}");
    }

    private static (CellStatus, string?) Interrupted(CellRequest request) => (CellStatus.Interrupted, $"{request.Name}: interrupted.");

    /// <summary>Ends the child if it still lives, waits for its last words, and says how it ended.</summary>
    private async Task<string> BuryAsync()
    {
        _over = true;
        if (_listening.IsCompleted)     // it has left by itself: its exit code follows within moments
        {
            using var patience = new CancellationTokenSource(TimeToDie);
            await _host.ExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _host.Kill();
        using var limit = new CancellationTokenSource(TimeToDie);
        await _host.ExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(Task.WhenAll(_stdout.Ended, _stderr.Ended, _listening), Task.Delay(TimeToDrain));
        return CauseOfDeath.Of(_host.ExitCode, _farewell, _stderr.Tail);
    }

    private bool TrySend(Message message)
    {
        try
        {
            _host.Channel.Send(message);
            return true;
        }
        catch (IOException)
        {
            return false;     // it has just died, which the listener sees too
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(_options.StartLimit);
            var exit = _host.ExitAsync(limit.Token);
            await await Task.WhenAny(_host.ConnectAsync(limit.Token), exit);
            if (exit.IsCompletedSuccessfully) throw new EndOfStreamException();

            await _host.Channel.ListenAsync(Take);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // no child, or none that connects
        }
        if (_ready.Task.IsCompleted) return;

        await Task.WhenAny(_stderr.Ended, Task.Delay(TimeToDrain));
        _ready.TrySetException(new SessionStartException(
            $"The process for the cells ended before it was ready: {CauseOfDeath.Of(_host.ExitCode, _farewell, _stderr.Tail)}. {_stderr.Tail.Trim()}"));
    }

    private void Take(Message message)
    {
        switch (message)
        {
            case Ready ready: _ready.TrySetResult(ready); break;
            case Leaving leaving: _farewell ??= leaving; break;
            case Answer answer: Answered(answer); break;
            case Finished finished:
                lock (_gate) _finished?.TrySetResult(finished);
                break;
            default: Output(message); break;
        }
    }

    /// <summary>What is shown belongs to the running cell; between cells, to the next one.</summary>
    private void Output(Message message)
    {
        lock (_gate)
        {
            if (_run is { } run) run.Take(message);
            else if (_betweenCells.Count < MostBetweenCells) _betweenCells.Add(message);
        }
    }

    private static string Words(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
