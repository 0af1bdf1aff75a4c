namespace NeuroNotebooks.WorkingMemory;

/// <summary>Shares blocks of trials out between threads, each with memory of its own.</summary>
internal static class BlockWorkers
{
    public static void Run<TWorkspace>(int blocks, int threads, Func<TWorkspace> newWorkspace, Action<int, TWorkspace> work, Action<TWorkspace>? done = null)
    {
        int next = 0, workers = Math.Min(blocks, threads);
        Require.Positive(threads);
        void Work()
        {
            TWorkspace workspace = newWorkspace();
            for (int block; (block = Interlocked.Increment(ref next) - 1) < blocks;) work(block, workspace);
            done?.Invoke(workspace);
        }
        if (workers == 1) Work();
        else Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = workers }, [.. Enumerable.Repeat<Action>(Work, workers)]);
    }
}
