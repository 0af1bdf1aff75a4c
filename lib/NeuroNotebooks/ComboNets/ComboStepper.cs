using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>Single steps of a network of networks in double precision, plainly written: what <see cref="ComboRecurrence{T}"/> does at once.</summary>
/// <param name="alpha">α.</param>
/// <param name="weights">α W.</param>
/// <param name="coupling">α L if it is part of Euler's step.</param>
/// <param name="rotation">What follows that step.</param>
/// <param name="input">U, row after row.</param>
/// <param name="bias">b.</param>
internal sealed class ComboStepper(double alpha, double[,] weights, double[,]? coupling, double[,] rotation, double[] input, double[] bias)
{
    private readonly double[] rates = new double[bias.Length], next = new double[bias.Length];

    /// <summary>The next moment from a state, in place.</summary>
    /// <param name="x">n.</param>
    /// <param name="signal">What comes in, one number a channel.</param>
    public void Step(Span<double> x, ReadOnlySpan<float> signal)
    {
        int n = x.Length;
        for (int i = 0; i < n; i++) rates[i] = Math.Max(x[i], 0.0);
        for (int i = 0; i < n; i++)
        {
            double drive = bias[i];
            for (int k = 0; k < signal.Length; k++) drive += input[i * signal.Length + k] * signal[k];
            next[i] = x[i] + alpha * (drive - x[i]) + Row(weights, i, rates) + (coupling is null ? 0.0 : Row(coupling, i, x));
        }
        for (int i = 0; i < n; i++) x[i] = Row(rotation, i, next);
    }

    private static double Row(double[,] matrix, int row, ReadOnlySpan<double> x) =>
        Vectors.Dot<double>(matrix.AsSpan().Slice(row * x.Length, x.Length), x);
}
