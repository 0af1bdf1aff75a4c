using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Lists of the units that are on, one a word, in arrays that are kept.</summary>
/// <param name="lists">How many.</param>
/// <param name="room">Units that each has room for.</param>
internal sealed class ActiveLists(int lists, int room)
{
    /// <summary>Units whose states fit into one number.</summary>
    public const int UnitsPerMask = 64;

    private readonly int[] counts = new int[lists], units = new int[lists * room];

    /// <summary>The units on a list, in ascending order.</summary>
    public ReadOnlySpan<int> this[int list] => units.AsSpan(list * room, counts[list]);

    /// <summary>Lists on whose words each of up to 64 units is on: list k is that of the k-th.</summary>
    /// <param name="words">Words one after another.</param>
    /// <param name="stride">Units of a word.</param>
    /// <param name="first">The first unit that is listed.</param>
    /// <param name="end">The unit after the last.</param>
    public void FillTransposed(ReadOnlySpan<byte> words, int stride, int first, int end)
    {
        Span<int> next = counts;
        for (int k = 0; k < next.Length; k++) next[k] = k * room;
        ref int place = ref MemoryMarshal.GetReference(next);
        ref int target = ref MemoryMarshal.GetArrayDataReference(units);
        for (int n = 0, start = first; start < words.Length; n++, start += stride)
            for (ulong on = Mask(words.Slice(start, end - first)); on != 0; on &= on - 1)
                Unsafe.Add(ref target, Unsafe.Add(ref place, BitOperations.TrailingZeroCount(on))++) = n;
        for (int k = 0; k < next.Length; k++) next[k] -= k * room;
    }

    /// <summary>Lists the units of a word that are on.</summary>
    public void Fill(int list, ReadOnlySpan<byte> word)
    {
        int count = list * room;
        for (int start = 0; start < word.Length; start += UnitsPerMask)
            for (ulong bits = Mask(word[start..]); bits != 0; bits &= bits - 1) units[count++] = start + BitOperations.TrailingZeroCount(bits);
        counts[list] = count - list * room;
    }

    /// <summary>Lists the units of a word that are on.</summary>
    public void Fill(int list, ReadOnlySpan<float> word)
    {
        int count = list * room;
        for (int i = 0; i < word.Length; i++)
        {
            units[count] = i;
            count += word[i] != 0f ? 1 : 0;
        }
        counts[list] = count - list * room;
    }

    /// <summary>The states of up to 64 units as bits, the first unit lowest.</summary>
    public static ulong Mask(ReadOnlySpan<byte> word)
    {
        int end = Math.Min(word.Length, UnitsPerMask), i = 0;
        ulong bits = 0;
        for (; i <= end - Vector256<byte>.Count; i += Vector256<byte>.Count)
            bits |= (ulong)Vector256.GreaterThan(Vector256.Create(word[i..]), Vector256<byte>.Zero).ExtractMostSignificantBits() << i;
        for (; i < end; i++) bits |= (ulong)word[i] << i;
        return bits;
    }
}
