using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Games;

/// <summary>
/// One neuron's cost as a function of its own rate: f(z) = ½ a z² − b z + g(z), with a = 1 − W_ii and b its input from others.
/// </summary>
/// <remarks>
/// With z = φ(y) the slope of f is r(y) = y − (1 − a) φ(y) − b, continuous in y: minima of f are where r crosses zero upwards. Where φ is
/// flat the rate stands still while y runs, which is the jump of the subdifferential at the end of the range.
/// </remarks>
internal readonly record struct OwnCost(Activation Activation, double Curvature, double Linear)
{
    private double Self => 1.0 - Curvature;

    public double At(double z) => 0.5 * Curvature * z * z - Linear * z + Activation.G(z);

    /// <summary>What moving from z to the cheapest rate would save; +∞ if z is not allowed or nothing is cheapest.</summary>
    public double GainFromMoving(double z) =>
        double.IsPositiveInfinity(Activation.G(z)) || Minimiser() is not { } best
            ? double.PositiveInfinity
            : Math.Max(0.0, At(z) - At(best));

    /// <summary>The cheapest rate, the lower of two equally cheap ones; null if the cost is unbounded below.</summary>
    public double? Minimiser() => Activation.IsPiecewiseLinear ? MinimiserOnPieces() : MinimiserOnCurve();

    /// <summary>Whether moving a little from the rate φ(y) cannot save anything.</summary>
    /// <param name="y">Net input of a rest state.</param>
    /// <param name="tolerance">How near y must come to a kink to count as on it.</param>
    public bool IsLocalMinimumAt(double y, double tolerance)
    {
        if (!Activation.IsPiecewiseLinear) return Self * Activation.PhiPrime(y) <= 1.0;
        foreach (LinearPiece piece in Activation.Pieces)
            if (piece.Slope > 0.0 && y >= piece.Low - tolerance && y <= piece.High + tolerance && Self * piece.Slope > 1.0) return false;
        return true;
    }

    private double SlopeAt(double y) => y - Self * Activation.Phi(y) - Linear;

    private double? MinimiserOnPieces()
    {
        var pieces = Activation.Pieces;
        if (FallsForever(pieces[^1], upwards: true) || FallsForever(pieces[0], upwards: false)) return null;

        double? best = null;
        foreach (LinearPiece piece in pieces)
        {
            double climb = 1.0 - Self * piece.Slope;
            double low = double.IsNegativeInfinity(piece.Low) ? -climb : SlopeAt(piece.Low);
            double high = double.IsPositiveInfinity(piece.High) ? climb : SlopeAt(piece.High);
            if (low > 0.0 || high < 0.0) continue;

            double root = climb > 0.0 ? (Self * piece.Offset + Linear) / climb : double.IsFinite(piece.Low) ? piece.Low : piece.High;
            double rate = Activation.Phi(Math.Clamp(double.IsFinite(root) ? root : 0.0, piece.Low, piece.High));
            if (best is not { } old || At(rate) < At(old)) best = rate;
        }
        return best;
    }

    private bool FallsForever(LinearPiece end, bool upwards)
    {
        if (end.Slope == 0.0) return false;
        double climb = 1.0 - Self * end.Slope, level = -Self * end.Offset - Linear;
        return climb < 0.0 || (climb == 0.0 && (upwards ? level < 0.0 : level > 0.0));
    }

    private double? MinimiserOnCurve()
    {
        // beyond this net input the recurrent term can no longer turn the sign of the slope, if the rates are bounded
        double reach = 1.0 + Math.Abs(Linear) + Math.Abs(Self) * Math.Max(Bound(Activation.Low), Bound(Activation.High));
        if (Self * Activation.MaxSlope <= 1.0)
        {
            double width = reach;
            while (SlopeAt(width) < 0.0 || SlopeAt(-width) > 0.0)
                if ((width *= 2.0) > 1e9) return null;
            return Activation.Phi(ScalarRoot.Rising(SlopeAt, -width, width));
        }
        if (double.IsInfinity(Activation.High) || double.IsInfinity(Activation.Low)) return null;

        const int Cells = 4096;
        double? best = null;
        double left = -reach, atLeft = SlopeAt(left);
        for (int k = 1; k <= Cells; k++)
        {
            double right = -reach + 2.0 * reach * k / Cells, atRight = SlopeAt(right);
            if (atLeft < 0.0 && atRight >= 0.0)
            {
                double rate = Activation.Phi(ScalarRoot.Rising(SlopeAt, left, right));
                if (best is not { } old || At(rate) < At(old)) best = rate;
            }
            (left, atLeft) = (right, atRight);
        }
        return best;

        static double Bound(double rate) => double.IsFinite(rate) ? Math.Abs(rate) : 0.0;
    }
}
