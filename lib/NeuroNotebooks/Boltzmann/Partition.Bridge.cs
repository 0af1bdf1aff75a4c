namespace NeuroNotebooks.Boltzmann;

public static partial class Partition
{
    /// <summary>ln Z of one machine from that of another by the acceptance ratio method: samples of both, weighed against each other.</summary>
    /// <param name="known">The machine whose ln Z is known.</param>
    /// <param name="logZ">Its ln Z.</param>
    /// <param name="knownSamples">Words drawn from it.</param>
    /// <param name="wanted">The machine asked about, with as many visible units.</param>
    /// <param name="wantedSamples">Words drawn from it.</param>
    /// <exception cref="ArgumentException">The machines or the words do not have the same number of neurons.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ln Z is not finite.</exception>
    /// <remarks>
    /// The estimate of least variance among all bridges between two sets of samples; the effective share is the overlap of the two
    /// machines, 1 if they are the same. Source: Bennett, J. Comput. Phys. 22:245 (1976); Meng and Wong, Statistica Sinica 6:831 (1996).
    /// </remarks>
    public static PartitionEstimate Bridge(
        BernoulliRbm known, double logZ, BinaryPatterns knownSamples, BernoulliRbm wanted, BinaryPatterns wantedSamples)
    {
        Require.NotNull(known);
        Require.NotNull(knownSamples);
        Require.NotNull(wanted);
        Require.NotNull(wantedSamples);
        Require.Finite(logZ);
        BinaryPatterns.RequireUnits(knownSamples, known.Visible, nameof(knownSamples));
        BinaryPatterns.RequireUnits(wantedSamples, known.Visible, nameof(wantedSamples));
        if (wanted.Visible != known.Visible)
            throw new ArgumentException($"wanted has {wanted.Visible} visible units: expected {known.Visible}, as known has.", nameof(wanted));

        // ln of the ratio of unnormalised weights, wanted over known, at each sample
        double[] ratioAtKnown = Ratios(known, wanted, knownSamples), ratioAtWanted = Ratios(known, wanted, wantedSamples);
        double shift = Math.Log((double)wantedSamples.Count / knownSamples.Count);
        double difference = Root(ratioAtKnown, ratioAtWanted, shift);
        var (error, overlap) = Evidence(ratioAtKnown, ratioAtWanted, shift - difference);
        return new PartitionEstimate("bridge", logZ + difference, error, overlap);
    }

    private static double[] Ratios(BernoulliRbm known, BernoulliRbm wanted, BinaryPatterns samples) =>
        [.. known.FreeEnergies(samples).Zip(wanted.FreeEnergies(samples), (from, to) => from - to)];

    /// <summary>The difference d for which as many known samples look wanted as wanted ones look known.</summary>
    private static double Root(double[] atKnown, double[] atWanted, double shift)
    {
        double low = Math.Min(atKnown.Min(), atWanted.Min()) - 1.0, high = Math.Max(atKnown.Max(), atWanted.Max()) + 1.0;
        while (high - low > 1e-12 * Math.Max(1.0, Math.Abs(low)))
        {
            double d = 0.5 * (low + high);
            if (d <= low || d >= high) break;
            double surplus = atKnown.Sum(r => Logistic.Sigmoid(r - d + shift)) - atWanted.Sum(r => Logistic.Sigmoid(d - shift - r));
            if (surplus > 0.0) low = d;
            else high = d;
        }
        return 0.5 * (low + high);
    }

    private static (double Error, double Overlap) Evidence(double[] atKnown, double[] atWanted, double offset)
    {
        double n0 = atKnown.Length, n1 = atWanted.Length, n = n0 + n1;
        double both = atKnown.Concat(atWanted).Sum(r => Logistic.Sigmoid(r + offset) * Logistic.Sigmoid(-r - offset));
        double variance = both > 0.0 ? 1.0 / both - n / (n0 * n1) : double.PositiveInfinity;
        return (Math.Sqrt(Math.Max(0.0, variance)), both * n / (n0 * n1));
    }
}
