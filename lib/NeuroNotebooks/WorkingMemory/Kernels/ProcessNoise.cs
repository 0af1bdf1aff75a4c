using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Normal numbers in bulk, four of each Philox block, good to single precision.</summary>
/// <remarks>
/// √2 erf⁻¹(x) with x from 24 bits, so at most 5.4 in size; relative error below 10⁻⁶.
/// Source: Giles, Approximating the erfinv function, GPU Computing Gems Jade (2011), ch. 10, single precision.
/// </remarks>
internal static class ProcessNoise
{
    private const int Chunk = 512;

    private static ReadOnlySpan<float> Centre =>
    [
        2.81022636e-08f, 3.43273939e-07f, -3.5233877e-06f, -4.39150654e-06f, 0.00021858087f, -0.00125372503f, -0.00417768164f, 0.246640727f, 1.50140941f,
    ];

    private static ReadOnlySpan<float> Tail =>
    [
        -0.000200214257f, 0.000100950558f, 0.00134934322f, -0.00367342844f, 0.00573950773f, -0.0076224613f, 0.00943887047f, 1.00167406f, 2.83297682f,
    ];

    /// <summary>Fills a span with normal numbers of a standard deviation.</summary>
    /// <param name="target">Receives them.</param>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="random">The stream.</param>
    /// <param name="first">Index of the first block that is used; a quarter as many blocks as numbers are.</param>
    public static void Fill<T>(Span<T> target, double deviation, Philox random, ulong first) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<uint> words = stackalloc uint[Chunk];
        float scale = (float)(deviation * Math.Sqrt(2.0));
        for (int start = 0; start < target.Length; start += Chunk)
        {
            Span<T> part = target[start..Math.Min(start + Chunk, target.Length)];
            int count = (part.Length + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
            random.Words(words[..count], first + (ulong)(start / Philox.WordsPerBlock));
            Span<float> numbers = MemoryMarshal.Cast<uint, float>(words);
            for (int i = 0; i < count; i += Vector256<float>.Count)
                (Vector256.Create(scale) * InverseErf(Vector256.Create<uint>(words[i..]).AsInt32())).CopyTo(numbers[i..]);
            if (typeof(T) == typeof(float)) numbers[..part.Length].CopyTo(MemoryMarshal.Cast<T, float>(part));
            else
                for (int i = 0; i < part.Length; i++) part[i] = T.CreateTruncating(numbers[i]);
        }
    }

    private static Vector256<float> InverseErf(Vector256<int> bits)
    {
        // 24 bits with a sign and a half: neither −1 nor 1 nor 0, every value exact
        var x = (Vector256.ConvertToSingle(bits >> 8) + Vector256.Create(0.5f)) * Vector256.Create(1f / (1 << 23));
        var one = Vector256<float>.One;
        var w = -Vector256.Log((one - x) * (one + x));
        var centre = Polynomial(Centre, w - Vector256.Create(2.5f));
        var inTail = Vector256.GreaterThanOrEqual(w, Vector256.Create(5f));
        if (inTail.ExtractMostSignificantBits() == 0) return centre * x;
        var tail = Polynomial(Tail, Vector256.Sqrt(w) - Vector256.Create(3f));
        return Vector256.ConditionalSelect(inTail, tail, centre) * x;
    }

    private static Vector256<float> Polynomial(ReadOnlySpan<float> highestFirst, Vector256<float> x)
    {
        var sum = Vector256.Create(highestFirst[0]);
        for (int i = 1; i < highestFirst.Length; i++) sum = Vector256.MultiplyAddEstimate(sum, x, Vector256.Create(highestFirst[i]));
        return sum;
    }
}
