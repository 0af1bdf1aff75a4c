using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The two functions that everything here is made of: σ(x) = 1 / (1 + e⁻ˣ) and its integral, softplus.</summary>
internal static class Logistic
{
    private const int Lanes = 8;

    /// <summary>σ(x).</summary>
    public static double Sigmoid(double x) => 1.0 / (1.0 + Math.Exp(-x));

    /// <summary>ln(1 + eˣ), without overflow and with full relative precision in the left tail.</summary>
    public static double Softplus(double x) => Math.Max(x, 0.0) + DoubleLogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>ln(p / (1 − p)).</summary>
    public static double Logit(double p) => Math.Log(p / (1.0 - p));

    /// <summary>Replaces each entry x of every row by σ(x + bias).</summary>
    /// <param name="rows">Rows of the length of <paramref name="bias"/>, one after another.</param>
    /// <param name="bias">One per column.</param>
    public static void Activate(Span<float> rows, ReadOnlySpan<float> bias)
    {
        int columns = bias.Length;
        for (int start = 0; start < rows.Length; start += columns)
        {
            var row = rows.Slice(start, columns);
            int i = 0;
            for (; i <= columns - Lanes; i += Lanes) Sigmoid(row[i..], bias[i..]).CopyTo(row[i..]);
            if (i == columns) continue;
            Sigmoid(Padded(row[i..]), Padded(bias[i..])).AsSpanInto(row[i..]);
        }
    }

    /// <summary>
    /// Replaces each entry x of a row by a draw: 1 with probability σ(x + bias), otherwise 0, deciding by 23 bits of its random word.
    /// </summary>
    /// <param name="row">Inputs without the bias; receives the states.</param>
    /// <param name="bias">As many.</param>
    /// <param name="words">As many.</param>
    public static void Draw(Span<float> row, ReadOnlySpan<float> bias, ReadOnlySpan<uint> words)
    {
        int i = 0;
        for (; i <= row.Length - Lanes; i += Lanes)
            Draw(Vector256.Create<float>(row[i..]) + Vector256.Create<float>(bias[i..]), Vector256.Create<uint>(words[i..])).CopyTo(row[i..]);
        if (i == row.Length) return;
        Span<uint> last = stackalloc uint[Lanes];
        words[i..].CopyTo(last);
        Draw(Padded(row[i..]) + Padded(bias[i..]), Vector256.Create<uint>(last)).AsSpanInto(row[i..]);
    }

    /// <summary>Draws 32 units: 1 with probability σ(x + bias), otherwise 0, deciding by 23 bits of a random word each.</summary>
    /// <param name="x">Inputs without the bias.</param>
    /// <param name="bias">32 numbers.</param>
    /// <param name="words">32 words.</param>
    public static Vector256<byte> Draw(PanelSum x, ReadOnlySpan<float> bias, ReadOnlySpan<uint> words)
    {
        var first = Vector256.Narrow(Fires(x.S0, bias, words, 0), Fires(x.S1, bias, words, 1));
        var second = Vector256.Narrow(Fires(x.S2, bias, words, 2), Fires(x.S3, bias, words, 3));
        return Vector256.Narrow(first, second).AsByte() & Vector256<byte>.One;
    }

    /// <summary>Σ ln(1 + e^(scale (x + bias))) over a row, in double precision.</summary>
    public static double SoftplusSum(ReadOnlySpan<float> row, ReadOnlySpan<float> bias, double scale)
    {
        const int Doubles = 4;
        var sums = Vector256<double>.Zero;
        int i = 0;
        for (; i <= row.Length - Doubles; i += Doubles)
            sums += Softplus((Widen(row[i..]) + Widen(bias[i..])) * scale);
        double sum = Vector256.Sum(sums);
        for (; i < row.Length; i++) sum += Softplus(scale * ((double)row[i] + bias[i]));
        return sum;
    }

    // the absolute error of the plain logarithm is enough for a sum
    private static Vector256<double> Softplus(Vector256<double> x) =>
        Vector256.Max(x, Vector256<double>.Zero) + Vector256.Log(Vector256<double>.One + Vector256.Exp(-Vector256.Abs(x)));

    private static Vector256<double> Widen(ReadOnlySpan<float> four)
    {
        var (low, high) = Vector128.Widen(Vector128.Create<float>(four));
        return Vector256.Create(low, high);
    }

    private static Vector256<int> Fires(Vector256<float> x, ReadOnlySpan<float> bias, ReadOnlySpan<uint> words, int block) =>
        Fires(x + Vector256.Create(bias.Slice(block * Lanes, Lanes)), Vector256.Create(words.Slice(block * Lanes, Lanes))).AsInt32();

    private static Vector256<float> Draw(Vector256<float> x, Vector256<uint> words) => Fires(x, words) & Vector256<float>.One;

    // u < σ(x)  ⇔  u + u e⁻ˣ < 1: no division
    private static Vector256<float> Fires(Vector256<float> x, Vector256<uint> words)
    {
        var u = (Vector256.ConvertToSingle((words >> 9).AsInt32()) + Vector256.Create(0.5f)) * (1f / (1 << 23));
        return Vector256.LessThan(u + u * ExpOfNegative(x), Vector256<float>.One);
    }

    private static Vector256<float> Sigmoid(ReadOnlySpan<float> x, ReadOnlySpan<float> bias) =>
        Sigmoid(Vector256.Create<float>(x), Vector256.Create<float>(bias));

    private static Vector256<float> Sigmoid(Vector256<float> x, Vector256<float> bias) =>
        Vector256<float>.One / (Vector256<float>.One + ExpOfNegative(x + bias));

    /// <summary>e⁻ˣ to 2 units in the last place for |x| ≤ 87, held at e^±87 beyond: 2^k times a polynomial on half an octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfNegative(Vector256<float> x)
    {
        x = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-87f)), Vector256.Create(87f));
        var k = Vector256.Round(x * -1.44269504f);
        // ln 2 in two parts, the first with few bits, so that k times it is exact
        var r = -x - k * 0.693359375f - k * -2.12194440e-4f;
        var p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(0.50000001201f));
        p = Vector256.MultiplyAddEstimate(p, r * r, r + Vector256<float>.One);
        // k is a whole number within ±126, so the plain conversion is exact
        var power = (Vector256.ConvertToInt32Native(k) + Vector256.Create(127)) << 23;
        return p * power.AsSingle();
    }

    private static Vector256<float> Padded(ReadOnlySpan<float> few)
    {
        Span<float> lanes = stackalloc float[Lanes];
        few.CopyTo(lanes);
        return Vector256.Create<float>(lanes);
    }

    private static void AsSpanInto(this Vector256<float> lanes, Span<float> few)
    {
        for (int i = 0; i < few.Length; i++) few[i] = lanes[i];
    }

    // log1p: the plain logarithm of 1 + y loses the digits of a small y
    private static double DoubleLogOnePlus(double y)
    {
        double sum = 1.0 + y;
        return sum == 1.0 ? y : Math.Log(sum) * (y / (sum - 1.0));
    }
}
