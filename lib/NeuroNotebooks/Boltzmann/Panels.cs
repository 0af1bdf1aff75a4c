using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuroNotebooks.Boltzmann;

/// <summary>A matrix laid out for sums of its rows: panels of 32 columns, the rows of a panel one after another.</summary>
/// <remarks>
/// The product of a matrix of zeros and ones with another is a sum of that one's rows, a load and an addition for eight entries: as fast as
/// the machine multiplies at its best where every unit is on, and faster in proportion where few are. The sums stay in registers and the
/// panel in the nearest cache. Rows are added in the order they are listed in, whatever the number of threads.
/// </remarks>
internal sealed class Panels
{
    public const int Width = 4 * Lanes;

    private const int Lanes = 8;
    private const int Line = 64;

    private readonly int rows, columns, first;
    private readonly float[] values;

    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns; those of the last panel are filled up with zeros to a multiple of 8.</param>
    public Panels(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        Count = (columns + Width - 1) / Width;
        // pinned, so that it can begin with a cache line: a load across two lines costs as much as two
        values = GC.AllocateArray<float>(rows * ((columns + Lanes - 1) / Lanes * Lanes) + Line / sizeof(float), pinned: true);
        first = BeginningOfLine(values);
    }

    public int Count { get; }

    /// <summary>All rows of one panel.</summary>
    public Span<float> Panel(int panel) => values.AsSpan(first + panel * Width * rows, rows * WidthOf(panel));

    /// <summary>One row of one panel.</summary>
    public Span<float> Row(int panel, int row) => values.AsSpan(first + panel * Width * rows + row * WidthOf(panel), WidthOf(panel));

    /// <summary>Lays out one row.</summary>
    public void PackRow(int row, ReadOnlySpan<float> entries)
    {
        int whole = entries.Length / Width;
        ref float from = ref MemoryMarshal.GetReference(entries);
        for (int p = 0; p < whole; p++)
        {
            ref float to = ref MemoryMarshal.GetReference(Row(p, row));
            for (int lane = 0; lane < Width; lane += Lanes)
                Vector256.LoadUnsafe(ref from, (nuint)(p * Width + lane)).StoreUnsafe(ref to, (nuint)lane);
        }
        if (whole < Count) entries[(whole * Width)..].CopyTo(Row(whole, row));
    }

    /// <summary>Lays out the columns of a panel.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="columns">The columns one after another, each as long as there are rows; those that are missing stay as they are.</param>
    public void PackColumns(int panel, ReadOnlySpan<float> columns)
    {
        int width = WidthOf(panel), count = columns.Length / rows;
        int wholeColumns = Avx.IsSupported ? count / Lanes * Lanes : 0, wholeRows = wholeColumns > 0 ? rows / Lanes * Lanes : 0;
        var entries = Panel(panel);
        for (int column = 0; column < wholeColumns; column += Lanes)
            for (int row = 0; row < wholeRows; row += Lanes)
                Transpose(ref Unsafe.AsRef(in columns[column * rows + row]), rows, ref entries[row * width + column], width);
        for (int column = 0; column < count; column++)
            for (int row = column < wholeColumns ? wholeRows : 0; row < rows; row++) entries[row * width + column] = columns[column * rows + row];
    }

    /// <summary>The sum of some rows of a panel.</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="chosen">The rows to add, each from 0 to one less than there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PanelSum Sum(int panel, ReadOnlySpan<int> chosen)
    {
        int width = WidthOf(panel);
        var entries = Panel(panel);
        return width == Width ? WholeSum(entries, chosen) : NarrowSum(entries, width, chosen);
    }

    // two rows at a time, so that an addition need not wait for the one before; a method of its own, so that the sums have all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PanelSum WholeSum(ReadOnlySpan<float> entries, ReadOnlySpan<int> chosen)
    {
        ref float origin = ref MemoryMarshal.GetReference(entries);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector256<float> t0 = default, t1 = default, t2 = default, t3 = default;
        int k = 0;
        for (; k < chosen.Length - 1; k += 2)
        {
            nuint s = (nuint)(chosen[k] * Width), t = (nuint)(chosen[k + 1] * Width);
            s0 += Vector256.LoadUnsafe(ref origin, s);
            s1 += Vector256.LoadUnsafe(ref origin, s + Lanes);
            s2 += Vector256.LoadUnsafe(ref origin, s + 2 * Lanes);
            s3 += Vector256.LoadUnsafe(ref origin, s + 3 * Lanes);
            t0 += Vector256.LoadUnsafe(ref origin, t);
            t1 += Vector256.LoadUnsafe(ref origin, t + Lanes);
            t2 += Vector256.LoadUnsafe(ref origin, t + 2 * Lanes);
            t3 += Vector256.LoadUnsafe(ref origin, t + 3 * Lanes);
        }
        if (k < chosen.Length)
        {
            nuint s = (nuint)(chosen[k] * Width);
            s0 += Vector256.LoadUnsafe(ref origin, s);
            s1 += Vector256.LoadUnsafe(ref origin, s + Lanes);
            s2 += Vector256.LoadUnsafe(ref origin, s + 2 * Lanes);
            s3 += Vector256.LoadUnsafe(ref origin, s + 3 * Lanes);
        }
        return new PanelSum(s0 + t0, s1 + t1, s2 + t2, s3 + t3);
    }

    private static PanelSum NarrowSum(ReadOnlySpan<float> entries, int width, ReadOnlySpan<int> chosen)
    {
        Vector256<float> Column(int number, ReadOnlySpan<float> entries, ReadOnlySpan<int> chosen) =>
            number * Lanes < width ? ColumnSum(entries[(number * Lanes)..], width, chosen) : default;

        return new PanelSum(Column(0, entries, chosen), Column(1, entries, chosen), Column(2, entries, chosen), Column(3, entries, chosen));
    }

    // four rows at a time
    private static Vector256<float> ColumnSum(ReadOnlySpan<float> entries, int width, ReadOnlySpan<int> chosen)
    {
        ref float origin = ref MemoryMarshal.GetReference(entries);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        int k = 0;
        for (; k < chosen.Length - 3; k += 4)
        {
            s0 += Vector256.LoadUnsafe(ref origin, (nuint)(chosen[k] * width));
            s1 += Vector256.LoadUnsafe(ref origin, (nuint)(chosen[k + 1] * width));
            s2 += Vector256.LoadUnsafe(ref origin, (nuint)(chosen[k + 2] * width));
            s3 += Vector256.LoadUnsafe(ref origin, (nuint)(chosen[k + 3] * width));
        }
        for (; k < chosen.Length; k++) s0 += Vector256.LoadUnsafe(ref origin, (nuint)(chosen[k] * width));
        return s0 + s1 + (s2 + s3);
    }

    /// <summary>Eight rows of eight numbers become eight columns.</summary>
    private static void Transpose(ref float from, int fromStride, ref float to, int toStride)
    {
        var (a, b) = (Half(ref from, fromStride), Half(ref Unsafe.Add(ref from, 4 * fromStride), fromStride));
        Store(a.S0, b.S0, ref to, 0, toStride);
        Store(a.S1, b.S1, ref to, 1, toStride);
        Store(a.S2, b.S2, ref to, 2, toStride);
        Store(a.S3, b.S3, ref to, 3, toStride);
    }

    // of four rows: columns 0 and 4, 1 and 5, 2 and 6, 3 and 7
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PanelSum Half(ref float from, int stride)
    {
        const byte Low = 0x44, High = 0xEE;
        Vector256<float> r0 = Vector256.LoadUnsafe(ref from), r1 = Vector256.LoadUnsafe(ref from, (nuint)stride);
        Vector256<float> r2 = Vector256.LoadUnsafe(ref from, (nuint)(2 * stride)), r3 = Vector256.LoadUnsafe(ref from, (nuint)(3 * stride));
        Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
        return new PanelSum(Avx.Shuffle(t0, t2, Low), Avx.Shuffle(t0, t2, High), Avx.Shuffle(t1, t3, Low), Avx.Shuffle(t1, t3, High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> a, Vector256<float> b, ref float to, int row, int stride)
    {
        Avx.Permute2x128(a, b, 0x20).StoreUnsafe(ref to, (nuint)(row * stride));
        Avx.Permute2x128(a, b, 0x31).StoreUnsafe(ref to, (nuint)((row + 4) * stride));
    }

    private int WidthOf(int panel) => Math.Min(Width, (columns - panel * Width + Lanes - 1) / Lanes * Lanes);

    private static unsafe int BeginningOfLine(float[] pinned)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (int)((Line - address % Line) % Line) / sizeof(float);
    }
}
