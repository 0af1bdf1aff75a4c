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
/// A share that no pool thread has begun when the caller comes to it is done by the caller, so a busy pool delays nobody. A pool thread
/// that has done its share attends for some microseconds: the next piece of work follows at once, and waking a thread takes longer.
/// </remarks>
internal sealed class RowWorkers
{
    private static readonly long Attention = Stopwatch.Frequency / 20_000;      // 50 µs

    private readonly Share[] shares;
    private IRowWork? work, alongside;
    private int workRows, alongsideRows, unfinished;

    public RowWorkers(int threads) => shares = [.. Enumerable.Range(0, threads).Select(k => new Share(this, k))];

    public int Count => shares.Length;

    /// <summary>Does one piece of work, or two that do not depend on each other.</summary>
    public void Run(int rows, IRowWork job, int otherRows = 0, IRowWork? other = null)
    {
        (work, workRows, alongside, alongsideRows) = (job, rows, other, otherRows);
        if (shares.Length == 1 || rows + otherRows < 2 * shares.Length)
        {
            Do(0, 1);
            return;
        }
        unfinished = shares.Length;
        foreach (var share in shares) share.Offer();
        for (int k = 1; k < shares.Length; k++) shares[k].Call();
        foreach (var share in shares) share.Take();
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    private void Do(int share, int of)
    {
        work!.Rows(Bound(workRows, share, of), Bound(workRows, share + 1, of), share);
        alongside?.Rows(Bound(alongsideRows, share, of), Bound(alongsideRows, share + 1, of), share);
    }

    private static int Bound(int rows, int share, int of) => (int)((long)rows * share / of);

    private sealed class Share(RowWorkers owner, int number) : IThreadPoolWorkItem
    {
        private int offered, attended;

        public void Offer() => Interlocked.Exchange(ref offered, 1);

        /// <summary>Asks for a pool thread unless one attends already.</summary>
        public void Call()
        {
            if (Interlocked.CompareExchange(ref attended, 1, 0) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        /// <summary>Does the share if nobody else has it.</summary>
        public bool Take()
        {
            if (Volatile.Read(ref offered) == 0 || Interlocked.Exchange(ref offered, 0) == 0) return false;
            owner.Do(number, owner.shares.Length);
            Interlocked.Decrement(ref owner.unfinished);
            return true;
        }

        public void Execute()
        {
            long idleSince = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() - idleSince < Attention)
            {
                if (Take()) idleSince = Stopwatch.GetTimestamp();
                else Thread.SpinWait(10);
            }
            Interlocked.Exchange(ref attended, 0);
        }
    }
}
