using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NeuroNotebooks.Numerics;

/// <summary>Shares the pieces of a job out between the caller and the thread pool, again and again, without allocating anything.</summary>
/// <remarks>
/// Whoever is free takes the next piece: a busy pool delays nobody. A pool thread that finds no piece attends for some microseconds before
/// it leaves, because more work may follow at once and waking a thread takes longer.
/// </remarks>
internal sealed class PieceWorkers
{
    private static readonly long Attention = Stopwatch.Frequency / 20_000;      // 50 µs

    private readonly int pieces;
    private readonly Action<int, int> work;
    private readonly Helper[] helpers;
    private int next, unfinished;
    private ExceptionDispatchInfo? failure;

    /// <summary>Workers for one job.</summary>
    /// <param name="threads">Threads, the caller's among them.</param>
    /// <param name="pieces">Pieces of the job.</param>
    /// <param name="work">Does a piece: its number, and that of the thread, which no two that run at once share.</param>
    public PieceWorkers(int threads, int pieces, Action<int, int> work)
    {
        (this.pieces, this.work, next) = (pieces, work, pieces);
        helpers = [.. Enumerable.Range(1, Math.Min(threads, pieces) - 1).Select(k => new Helper(this, k))];
    }

    /// <summary>Does all pieces, and returns when they are done.</summary>
    /// <param name="alone">Whether there is so little to do that no help is called.</param>
    public void Run(bool alone = false)
    {
        failure = null;
        Volatile.Write(ref unfinished, pieces);
        Interlocked.Exchange(ref next, 0);
        if (!alone)
            foreach (Helper helper in helpers) helper.Call();
        while (TakePiece(0)) { }
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
        failure?.Throw();
    }

    private bool TakePiece(int thread)
    {
        if (Volatile.Read(ref next) >= pieces) return false;
        int piece = Interlocked.Increment(ref next) - 1;
        if (piece >= pieces) return false;
        try
        {
            work(piece, thread);
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);     // thrown on, on the thread that asked
        }
        Interlocked.Decrement(ref unfinished);
        return true;
    }

    private sealed class Helper(PieceWorkers owner, int number) : IThreadPoolWorkItem
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
