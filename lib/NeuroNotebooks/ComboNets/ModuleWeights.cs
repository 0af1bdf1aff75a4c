using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>A block-diagonal matrix, its blocks below each other, multiplied with the rows of a batch.</summary>
/// <remarks>Blocks that training changes are multiplied as they are; constant ones connection by connection if they are sparse.</remarks>
internal sealed class ModuleWeights<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int DenseFrom = 8;        // one of so many entries present: a dense product is faster

    private readonly List<PackedMatrix<T>> blocks = [];
    private readonly List<(int From, int To, T Weight)> connections = [];
    private T[] left = [], right = [];
    private int size, count, units;
    private bool isSparse;

    public void Take(Variable<T> stacked) => Take(stacked, transposed: false);

    public void TakeTransposed(Variable<T> stacked) => Take(stacked, transposed: true);

    /// <summary>target ← target + factor · rows Wᵀ.</summary>
    public void Multiply(ReadOnlySpan<T> rows, int count, Span<T> target, T factor)
    {
        if (isSparse)
        {
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<T> from = rows.Slice(row * units, units);
                Span<T> to = target.Slice(row * units, units);
                foreach ((int source, int place, T weight) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(connections))
                    to[place] += factor * weight * from[source];
            }
            return;
        }
        for (int block = 0; block < this.count; block++)
            blocks[block].Multiply(rows[(block * size)..], units, count, target[(block * size)..], units, factor, T.One);
    }

    /// <summary>gradient ← gradient + slopesᵀ rates, block by block.</summary>
    public void Gather(ReadOnlySpan<T> slopes, ReadOnlySpan<T> rates, int rows, Span<T> gradient)
    {
        if (left.Length < rows * size) (left, right) = (new T[rows * size], new T[rows * size]);
        for (int block = 0; block < count; block++)
        {
            for (int row = 0; row < rows; row++)
            {
                slopes.Slice(row * units + block * size, size).CopyTo(left.AsSpan(row * size));
                rates.Slice(row * units + block * size, size).CopyTo(right.AsSpan(row * size));
            }
            MatrixView<T> from = new(right.AsSpan(0, rows * size), rows, size), to = new(left.AsSpan(0, rows * size), rows, size);
            SerialProduct.Multiply(to.Transposed, from, gradient.Slice(block * size * size, size * size), T.One, T.One);
        }
    }

    private void Take(Variable<T> stacked, bool transposed)
    {
        (size, count, units) = (stacked.Columns, stacked.Rows / stacked.Columns, stacked.Rows);
        ReadOnlySpan<T> values = stacked.Value;
        int present = 0;
        foreach (T value in values)
            if (value != T.Zero) present++;
        isSparse = !stacked.NeedsGradient && (long)present * DenseFrom <= values.Length;
        if (isSparse) TakeConnections(values, transposed);
        else
            for (int block = 0; block < count; block++)
            {
                if (block == blocks.Count) blocks.Add(new PackedMatrix<T>());
                var view = new MatrixView<T>(values.Slice(block * size * size, size * size), size, size);
                blocks[block].Pack(transposed ? view : view.Transposed);
            }
    }

    private void TakeConnections(ReadOnlySpan<T> values, bool transposed)
    {
        connections.Clear();
        for (int to = 0; to < units; to++)
            for (int j = 0; j < size; j++)
            {
                T weight = values[to * size + j];
                int from = to / size * size + j;
                if (weight != T.Zero) connections.Add(transposed ? (to, from, weight) : (from, to, weight));
            }
    }
}
