using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Spiking;

/// <summary>Normal numbers in single precision, sixteen at a time: the number of a cell is a function of (seed, stream, cell) alone.</summary>
/// <remarks>
/// Pairs by Box and Muller from two words each: √(−2 ln u) times the sine and cosine of a uniform angle, the sine by Hastings' polynomial
/// (error 5e-9), the logarithm by that of Cephes (1e-7). At most 5.9 in size, because u has 24 bits. Several times as fast as inversion in
/// double precision, and good enough for noise that is added in single precision.
/// </remarks>
internal static class NormalNoise
{
    public const int Group = 16;

    /// <summary>Adds deviation × normal number to the input of each cell.</summary>
    /// <param name="input">Of the cells from <paramref name="first"/> on, a whole number of groups.</param>
    /// <param name="deviations">One per cell, of the same cells.</param>
    /// <param name="first">Index of the first cell, a multiple of 16.</param>
    /// <param name="random">The stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(Span<float> input, ReadOnlySpan<float> deviations, int first, Philox random)
    {
        const int Chunk = 256;
        Span<uint> words = stackalloc uint[Chunk];
        for (int start = 0; start < input.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, input.Length - start);
            random.Words(words[..count], (ulong)(first + start) / Philox.WordsPerBlock);
            for (int i = 0; i < count; i += Group)
            {
                var (a, b) = Pairs(Vector256.Create<uint>(words[i..]), Vector256.Create<uint>(words[(i + 8)..]));
                Accumulate(input, deviations, start + i, a);
                Accumulate(input, deviations, start + i + 8, b);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Span<float> input, ReadOnlySpan<float> deviations, int at, Vector256<float> normal)
    {
        ref float target = ref MemoryMarshal.GetReference(input[at..]);
        (Vector256.LoadUnsafe(ref target) + Vector256.Create(deviations[at..]) * normal).StoreUnsafe(ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<float> A, Vector256<float> B) Pairs(Vector256<uint> first, Vector256<uint> second)
    {
        var u = (Vector256.ConvertToSingle((first >> 8).AsInt32()) + Vector256.Create(0.5f)) * (1f / (1 << 24));
        var radius = Vector256.Sqrt(Logarithm(u) * -2f);
        // the angle in turns, from −1/2 to 1/2; |angle| − 1/4 turns sine into cosine
        var turn = (Vector256.ConvertToSingle((second >> 8).AsInt32()) + Vector256.Create(0.5f)) * (1f / (1 << 24)) - Vector256.Create(0.5f);
        var size = Vector256.Abs(turn);
        var folded = Vector256.Min(size, Vector256.Create(0.5f) - size);
        var sine = Vector256.ConditionalSelect(Vector256.LessThan(turn, Vector256<float>.Zero), -folded, folded);
        return (radius * SineOfTurn(sine), radius * SineOfTurn(Vector256.Create(0.25f) - size));
    }

    /// <summary>sin(2π t) for |t| ≤ 1/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SineOfTurn(Vector256<float> t)
    {
        var x = t * 4f;
        var y = x * x;
        var sum = Vector256.Create(0.00015148419f);
        sum = sum * y - Vector256.Create(0.00467376557f);
        sum = sum * y + Vector256.Create(0.07968967928f);
        sum = sum * y - Vector256.Create(0.64596371106f);
        sum = sum * y + Vector256.Create(1.57079631847f);
        return sum * x;
    }

    /// <summary>ln u for u in (0, 1): exponent and a polynomial in m − 1 for the mantissa between √½ and √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Logarithm(Vector256<float> u)
    {
        var bits = u.AsInt32() - Vector256.Create(0x3F3504F3);        // so that the mantissa begins at √½
        var exponent = Vector256.ConvertToSingle(bits >> 23);
        var x = ((bits & Vector256.Create(0x7FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle() - Vector256<float>.One;
        var sum = Vector256.Create(7.0376836292e-2f);
        sum = sum * x - Vector256.Create(1.1514610310e-1f);
        sum = sum * x + Vector256.Create(1.1676998740e-1f);
        sum = sum * x - Vector256.Create(1.2420140846e-1f);
        sum = sum * x + Vector256.Create(1.4249322787e-1f);
        sum = sum * x - Vector256.Create(1.6668057665e-1f);
        sum = sum * x + Vector256.Create(2.0000714765e-1f);
        sum = sum * x - Vector256.Create(2.4999993993e-1f);
        sum = sum * x + Vector256.Create(3.3333331174e-1f);
        var square = x * x;
        return sum * x * square - 0.5f * square + x + exponent * 0.69314718056f;
    }
}
