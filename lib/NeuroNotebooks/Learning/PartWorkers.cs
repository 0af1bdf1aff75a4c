using System.Runtime.ExceptionServices;

namespace NeuroNotebooks.Learning;

/// <summary>Does the parts of a job on the caller's thread and the pool's, without allocating anything.</summary>
/// <remarks>A part that no pool thread has begun when the caller comes to it is done by the caller, so a busy pool delays nobody.</remarks>
internal sealed class PartWorkers : IThreadPoolWorkItem
{
    private readonly int threads, parts;
    private readonly Action<int> work;
    private int next, unfinished;
    private ExceptionDispatchInfo? failure;

    public PartWorkers(int threads, int parts, Action<int> work) => (this.threads, this.parts, this.work, next) = (threads, parts, work, parts);

    /// <summary>Does all parts, and returns when they are done.</summary>
    public void Run()
    {
        failure = null;
        Volatile.Write(ref unfinished, parts);
        Volatile.Write(ref next, 0);        // a helper that comes late from the last run takes part in this one
        for (int helper = 1; helper < Math.Min(threads, parts); helper++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        Execute();
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
        failure?.Throw();
    }

    public void Execute()
    {
        for (int part; (part = Interlocked.Increment(ref next) - 1) < parts;)
        {
            try
            {
                work(part);
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);     // thrown on, on the thread that asked
            }
            Interlocked.Decrement(ref unfinished);
        }
    }
}
