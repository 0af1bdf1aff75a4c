using System.Collections.Concurrent;

namespace NeuroNotebooks.Runner.Engine;

public sealed partial class CellSession
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<Answer>> _asked = new();
    private int _questions;

    /// <summary>Asks about code that is being written, between cells.</summary>
    /// <param name="question">Makes the question with the number that it is given.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The answer, or null when the session ends before it.</returns>
    /// <exception cref="OperationCanceledException">Waiting was given up.</exception>
    internal async Task<Answer?> AskAsync(Func<int, Question> question, CancellationToken cancellation)
    {
        int number = Interlocked.Increment(ref _questions);
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[number] = answer;
        try
        {
            if (!TrySend(question(number))) return null;
            await Task.WhenAny(answer.Task, _listening).WaitAsync(cancellation);
            return answer.Task.IsCompletedSuccessfully ? await answer.Task : null;
        }
        finally
        {
            _asked.TryRemove(number, out _);
        }
    }

    private void Answered(Answer answer)
    {
        if (_asked.TryGetValue(answer.Number, out var asked)) asked.TrySetResult(answer);
    }
}
