namespace NeuroNotebooks.Numerics;

/// <summary>Small questions about vectors.</summary>
internal static class Vectors
{
    /// <summary>Whether every number is finite.</summary>
    public static bool AllFinite(ReadOnlySpan<double> x)
    {
        double sum = 0.0;                                   // 0 · x is zero for a finite x and not a number otherwise
        foreach (double value in x) sum += 0.0 * value;
        return sum == 0.0;
    }
}
