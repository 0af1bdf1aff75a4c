namespace NeuroNotebooks.Numerics;

/// <summary>Roots of functions of one variable.</summary>
internal static class ScalarRoot
{
    /// <summary>
    /// The root of a rising continuous function between two points of opposite sign, to the last bits: bisection with secant steps.
    /// </summary>
    public static double Rising(Func<double, double> f, double low, double high)
    {
        double fLow = f(low), fHigh = f(high);
        if (fLow >= 0.0) return low;
        if (fHigh <= 0.0) return high;

        for (int i = 0; i < 200 && high - low > 4e-16 * Math.Max(Math.Abs(low), Math.Abs(high)); i++)
        {
            // a secant step on odd rounds, a bisection on even ones: the bracket at least halves every other round
            double x = i % 2 == 1 ? low - fLow * (high - low) / (fHigh - fLow) : 0.5 * (low + high);
            if (!(x > low && x < high)) x = 0.5 * (low + high);
            double fx = f(x);
            if (fx == 0.0) return x;
            if (fx < 0.0) (low, fLow) = (x, fx);
            else (high, fHigh) = (x, fx);
        }
        return 0.5 * (low + high);
    }
}
