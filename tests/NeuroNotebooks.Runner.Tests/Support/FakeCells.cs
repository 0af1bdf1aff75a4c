using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>A session that answers by a script, to test what stands around the engine without it.</summary>
internal sealed class FakeCells : ICellRunner
{
    private readonly Func<CellRequest, CancellationToken, Task<CellResult>> answer;
    private int count;

    public FakeCells(Func<CellRequest, CellResult> answer) => this.answer = (request, _) => Task.FromResult(answer(request));

    public FakeCells(Func<CellRequest, CancellationToken, Task<CellResult>> answer) => this.answer = answer;

    public bool Alive { get; private set; } = true;

    public bool Disposed { get; private set; }

    public List<CellRequest> Requests { get; } = [];

    public NotebookExecutor Executor => new((_, _) => Task.FromResult<ICellRunner>(this));

    public async Task<CellResult> RunAsync(CellRequest request, IProgress<CellEvent>? live, CancellationToken interrupt)
    {
        Requests.Add(request);
        CellResult result = await answer(request, interrupt);
        foreach (JsonObject output in result.Outputs) live?.Report(new OutputAdded(output, null));
        if (result.Status is CellStatus.Died or CellStatus.TimedOut) Alive = false;
        return result with { ExecutionCount = ++count };
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    public static CellResult Ok(params JsonObject[] outputs) => Result(CellStatus.Ok, null, outputs);

    public static CellResult Result(CellStatus status, string? message, params JsonObject[] outputs) =>
        new(status, 1, outputs, new string?[outputs.Length], [], TimeSpan.FromSeconds(1), message);
}

/// <summary>Writes down what a run tells.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public List<string> Log { get; } = [];

    public void CellStarted(int number, int total, string section) => Log.Add($"{number}/{total} {section}");

    public void CellEnded(int number, int total, CellResult result) => Log.Add($"{number} {result.Status}");

    public void Showed(CellEvent shown) => Log.Add(shown.GetType().Name);
}
