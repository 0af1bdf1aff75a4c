namespace NeuroNotebooks.Numerics;

/// <summary>Lowest and highest values of the parameters of a fit.</summary>
internal static class Bounds
{
    /// <summary>Residuals at a point, or the error that there are none.</summary>
    public static double[] Residuals(Func<double[], double[]> residuals, double[] at) =>
        residuals(at) ?? throw new ArgumentException("residuals returned null: expected at least one number.", nameof(residuals));

    public static void Check(
        ReadOnlySpan<double> start, ReadOnlySpan<double> low, ReadOnlySpan<double> high, string startName = "start")
    {
        if (start.IsEmpty) throw new ArgumentException($"{startName} is empty: expected one number a parameter.", startName);
        Require.Finite(start, startName);
        Require.Finite(low);
        Require.Finite(high);
        Require.Length(start.Length, low.Length, nameof(low), "parameter");
        Require.Length(start.Length, high.Length, nameof(high), "parameter");
        for (int i = 0; i < start.Length; i++)
        {
            if (!(low[i] < high[i])) throw new ArgumentException($"high[{i}] is {high[i]}: expected more than low[{i}], {low[i]}.", nameof(high));
            if (!(start[i] >= low[i] && start[i] <= high[i]))
                throw new ArgumentException($"{startName}[{i}] is {start[i]}: expected a number from {low[i]} to {high[i]}.", startName);
        }
    }
}
