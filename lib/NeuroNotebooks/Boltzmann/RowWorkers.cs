using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Work on rows that do not depend on each other.</summary>
internal interface IRowWork
{
    /// <summary>Rows that are better done together, as far as every thread has its share.</summary>
    int Grain => 1;

    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="share">Which share of the work this is; no two that run at once are the same.</param>
    void Rows(int first, int end, int share);
}

/// <summary>Shares rows out between threads, in a few pieces each.</summary>
internal sealed class RowWorkers
{
    private const int PiecesPerThread = 4;

    private readonly PieceWorkers workers;
    private readonly int pieces;
    private IRowWork? work, alongside;
    private int workRows, alongsideRows;

    public RowWorkers(int threads)
    {
        (Count, pieces) = (threads, threads == 1 ? 1 : PiecesPerThread * threads);
        workers = new PieceWorkers(threads, pieces, DoPiece);
    }

    /// <summary>Threads.</summary>
    public int Count { get; }

    /// <summary>Does one piece of work, or two that do not depend on each other.</summary>
    public void Run(int rows, IRowWork job, int otherRows = 0, IRowWork? other = null)
    {
        (work, workRows, alongside, alongsideRows) = (job, rows, other, otherRows);
        workers.Run(alone: rows + otherRows < 2 * Count);
    }

    private void DoPiece(int piece, int share)
    {
        Do(work!, workRows, piece, share);
        if (alongside is not null) Do(alongside, alongsideRows, piece, share);
    }

    private void Do(IRowWork job, int rows, int piece, int share)
    {
        int shared = Math.Clamp(rows / job.Grain, Count, pieces);
        if (piece < shared) job.Rows((int)((long)rows * piece / shared), (int)((long)rows * (piece + 1) / shared), share);
    }
}
