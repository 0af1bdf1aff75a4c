using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>States side by side in the lanes of vectors.</summary>
internal static class Lanes
{
    public static Vector<double>[] Filled(ReadOnlySpan<double> state)
    {
        var filled = new Vector<double>[state.Length];
        for (int i = 0; i < filled.Length; i++) filled[i] = Vector.Create(state[i]);
        return filled;
    }

    public static void Check(ReadOnlySpan<Vector<double>> state, Span<Vector<double>> slope, int dimension)
    {
        if (state.Length != dimension) Require.Length(dimension, state.Length, nameof(state), "variable");
        if (slope.Length != dimension) Require.Length(dimension, slope.Length, nameof(slope), "variable");
    }
}
