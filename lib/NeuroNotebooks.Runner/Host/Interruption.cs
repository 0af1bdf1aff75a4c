using System.Runtime;
using Microsoft.DotNet.Interactive;

namespace NeuroNotebooks.Runner.Host;

/// <summary>The ways to stop one cell: its token, if it asked for it; otherwise aborting what runs on its thread.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan TimeToObey = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _request = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private bool _ended;

    public Interruption() => Context = new KernelInvocationContext(_request.Token);

    /// <summary>What the cell sees of it.</summary>
    public KernelInvocationContext Context { get; }

    /// <summary>Whether the cell was asked to stop.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Stops the cell.</summary>
    public void Begin() => Task.Run(() =>
    {
        lock (_gate)
        {
            if (_ended) return;
            HasBegun = true;
            bool mayObey = Context.IsCooperative;
            _request.Cancel();
            if (mayObey) _abort.CancelAfter(TimeToObey);
            else _abort.Cancel();
        }
    });

    /// <summary>Runs a cell. Its synchronous part can be aborted; what goes on after an <c>await</c> cannot, and then the parent ends the process.</summary>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    public async Task<object?> RunAsync(Func<Task<object>> cell)
    {
        Task<object>? running = null;
#pragma warning disable SYSLIB0046 // made for exactly this: hosts that run a person's code, and would otherwise have to end the process
        ControlledExecution.Run(() => running = cell(), _abort.Token);
#pragma warning restore SYSLIB0046
        return await running!;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _request.Dispose();
            _abort.Dispose();
        }
    }
}
