using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>A synapse from every cell to every cell, itself included: one row of weights per source.</summary>
public sealed class DenseConnectivity : Connectivity
{
    /// <summary>The most cells that fit into one array.</summary>
    private const int MostCells = 46_000;

    /// <summary>Rows that are on their way while one is added.</summary>
    private const int Ahead = 2;

    private readonly float[] rows;
    private readonly int stride;

    private DenseConnectivity(int cells, float[] rows, int stride) : base(cells) => (this.rows, this.stride) = (rows, stride);

    /// <inheritdoc/>
    public override long Synapses => (long)Cells * Cells;

    /// <inheritdoc/>
    public override long Bytes => sizeof(float) * (long)rows.Length;

    internal override int[]? Boundaries => null;

    /// <summary>Weights of one's own.</summary>
    /// <param name="weights">Cells × cells, from row to column, in the unit of the cells.</param>
    public static DenseConnectivity Of(float[,] weights)
    {
        Require.NotNull(weights);
        int cells = weights.GetLength(0);
        if (cells == 0 || cells != weights.GetLength(1) || cells > MostCells)
            throw new ArgumentException(
                $"weights is {cells} × {weights.GetLength(1)}: expected a square of at most {MostCells} cells, from row to column.", nameof(weights));
        int stride = SpikingPopulation.Padded(cells);
        var rows = new float[cells * (long)stride];
        for (int j = 0; j < cells; j++)
            for (int i = 0; i < cells; i++)
            {
                if (!float.IsFinite(weights[j, i])) throw new ArgumentException($"weights[{j}, {i}] is {weights[j, i]}: expected a finite number.", nameof(weights));
                rows[j * (long)stride + i] = weights[j, i];
            }
        return new DenseConnectivity(cells, rows, stride);
    }

    /// <summary>Uniform weights: each synapse of a source weighs its scale times a number between 0 and 1.</summary>
    /// <param name="cells">How many cells, at most 46 000.</param>
    /// <param name="scales">Of each source, negative for inhibition, in the unit of the cells.</param>
    /// <param name="random">The stream family; its streams are the sources.</param>
    public static DenseConnectivity Uniform(int cells, ReadOnlySpan<float> scales, Philox random)
    {
        Require.InRange(cells, 1, MostCells);
        float[] scale = [.. scales[..(Checked(cells, scales))]];
        int stride = SpikingPopulation.Padded(cells);
        var rows = new float[cells * (long)stride];
        Parallel.For(0, cells, j =>
        {
            var row = rows.AsSpan((int)(j * (long)stride), cells);
            random.Substream((ulong)j).Uniforms(row);
            foreach (ref float weight in row) weight *= scale[j];
        });
        return new DenseConnectivity(cells, rows, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override unsafe void Deliver(ReadOnlySpan<int> fired, int first, int end, Span<float> arriving)
    {
        fixed (float* target = arriving, weights = rows)
        {
            for (int k = 0; k < Math.Min(Ahead, fired.Length); k++) Fetch(weights + fired[k] * (long)stride, first, end);
            for (int k = 0; k < fired.Length; k++)
            {
                if (k + Ahead < fired.Length) Fetch(weights + fired[k + Ahead] * (long)stride, first, end);
                float* row = weights + fired[k] * (long)stride;
                for (int i = first; i < end; i += SpikingPopulation.Lanes) (Vector256.Load(target + i) + Vector256.Load(row + i)).Store(target + i);
            }
        }
    }

    /// <summary>Asks for a row before it is needed: rows come in no order, so that the processor cannot guess the next.</summary>
    private static unsafe void Fetch(float* row, int first, int end)
    {
        const int Line = 16;
        if (!Sse.IsSupported) return;
        for (int i = first; i < end; i += Line) Sse.Prefetch0(row + i);
    }

    private protected override float WeightOf(int from, int to) => rows[from * (long)stride + to];

    private protected override int Degree(int from) => Cells;
}
