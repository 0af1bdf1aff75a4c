namespace NeuroNotebooks.Boltzmann;

/// <summary>Work on rows that do not depend on each other.</summary>
internal interface IRowWork
{
    void Rows(int first, int end);
}

/// <summary>Shares rows out between the caller and the thread pool without allocating anything.</summary>
/// <remarks>A share that no pool thread has begun when the caller comes to it is done by the caller, so a busy pool delays nobody.</remarks>
internal sealed class RowWorkers
{
    private readonly Share[] shares;
    private IRowWork? work;
    private int unfinished;

    public RowWorkers(int threads) => shares = [.. Enumerable.Range(0, threads).Select(_ => new Share(this))];

    public void Run(int rows, IRowWork job)
    {
        if (shares.Length == 1 || rows < 2 * shares.Length)
        {
            job.Rows(0, rows);
            return;
        }
        work = job;
        unfinished = shares.Length;
        for (int k = 0; k < shares.Length; k++)
            shares[k].Offer((int)((long)rows * k / shares.Length), (int)((long)rows * (k + 1) / shares.Length));
        for (int k = 1; k < shares.Length; k++) ThreadPool.UnsafeQueueUserWorkItem(shares[k], preferLocal: false);
        foreach (var share in shares) share.Execute();
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce();
    }

    private sealed class Share(RowWorkers owner) : IThreadPoolWorkItem
    {
        private int first, end, offered;

        public void Offer(int from, int to)
        {
            (first, end) = (from, to);
            Volatile.Write(ref offered, 1);
        }

        public void Execute()
        {
            if (Interlocked.Exchange(ref offered, 0) == 0) return;      // somebody else has it
            owner.work!.Rows(first, end);
            Interlocked.Decrement(ref owner.unfinished);
        }
    }
}
