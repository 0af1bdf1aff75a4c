namespace NeuroNotebooks.Numerics;

/// <summary>The values that a parameter takes along a sweep.</summary>
public static class Sweep
{
    /// <summary>Values with equal differences, both ends included.</summary>
    /// <param name="from">The first value.</param>
    /// <param name="to">The last value.</param>
    /// <param name="count">How many, at least 2.</param>
    public static double[] Linear(double from, double to, int count)
    {
        Require.Finite(from);
        Require.Finite(to);
        Require.InRange(count, 2, int.MaxValue);
        // each value from the ends, so that no rounding adds up and the last one is exact
        return [.. Enumerable.Range(0, count).Select(k => (from * (count - 1 - k) + to * k) / (count - 1))];
    }

    /// <summary>Values with equal ratios, both ends included.</summary>
    /// <param name="from">The first value, above zero.</param>
    /// <param name="to">The last value, above zero.</param>
    /// <param name="count">How many, at least 2.</param>
    public static double[] Logarithmic(double from, double to, int count)
    {
        Require.Positive(from);
        Require.Positive(to);
        double[] values = [.. Linear(Math.Log10(from), Math.Log10(to), count).Select(exponent => Math.Pow(10.0, exponent))];
        (values[0], values[^1]) = (from, to);
        return values;
    }
}
