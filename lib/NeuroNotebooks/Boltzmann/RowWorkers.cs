using System.Diagnostics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Work on rows that do not depend on each other.</summary>
internal interface IRowWork
{
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="share">Which share of the work this is; no two that run at once are the same.</param>
    void Rows(int first, int end, int share);
}

/// <summary>Shares rows out between the caller and the thread pool without allocating anything.</summary>
/// <remarks>
/// Work is cut into a few pieces a thread, and whoever is free takes the next: a busy pool delays nobody. A pool thread that finds no piece
/// attends for some microseconds before it leaves, because more work follows at once and waking a thread takes longer.
/// </remarks>
internal sealed class RowWorkers
{
    private const int PiecesPerThread = 4;
    private static readonly long Attention = Stopwatch.Frequency / 20_000;      // 50 µs

    private readonly Helper[] helpers;
    private readonly int pieces;
    private IRowWork? work, alongside;
    private int workRows, alongsideRows, next, unfinished;

    public RowWorkers(int threads)
    {
        Count = threads;
        helpers = [.. Enumerable.Range(1, threads - 1).Select(k => new Helper(this, k))];
        next = pieces = threads == 1 ? 1 : PiecesPerThread * threads;
    }

    /// <summary>Threads.</summary>
    public int Count { get; }

    /// <summary>Does one piece of work, or two that do not depend on each other.</summary>
    public void Run(int rows, IRowWork job, int otherRows = 0, IRowWork? other = null)
    {
        (work, workRows, alongside, alongsideRows) = (job, rows, other, otherRows);
        unfinished = pieces;
        Interlocked.Exchange(ref next, 0);
        if (rows + otherRows >= 2 * Count)
            foreach (var helper in helpers) helper.Call();
        while (TakePiece(0)) { }
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    private bool TakePiece(int share)
    {
        if (Volatile.Read(ref next) >= pieces) return false;
        int piece = Interlocked.Increment(ref next) - 1;
        if (piece >= pieces) return false;
        Do(work!, workRows, piece, share);
        if (alongside is not null) Do(alongside, alongsideRows, piece, share);
        Interlocked.Decrement(ref unfinished);
        return true;
    }

    private void Do(IRowWork job, int rows, int piece, int share) =>
        job.Rows((int)((long)rows * piece / pieces), (int)((long)rows * (piece + 1) / pieces), share);

    private sealed class Helper(RowWorkers owner, int number) : IThreadPoolWorkItem
    {
        private int attends;

        /// <summary>Asks for a pool thread unless one attends already.</summary>
        public void Call()
        {
            if (Interlocked.CompareExchange(ref attends, 1, 0) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            long idleSince = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - idleSince < Attention)
            {
                if (owner.TakePiece(number)) idleSince = Stopwatch.GetTimestamp();
                else Thread.SpinWait(10);
            }
            Interlocked.Exchange(ref attends, 0);
        }
    }
}
