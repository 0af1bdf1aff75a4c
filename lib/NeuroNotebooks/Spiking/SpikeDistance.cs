namespace NeuroNotebooks.Spiking;

/// <summary>How far two spike trains are apart.</summary>
public static class SpikeDistance
{
    /// <summary>Victor and Purpura's: the least cost of turning one train into the other by adding and deleting spikes at 1 each and shifting them.</summary>
    /// <param name="first">Spike times, ms, in rising order.</param>
    /// <param name="second">Spike times, ms, in rising order.</param>
    /// <param name="cost">Of shifting a spike, per ms; 0 compares counts, large values coincidences.</param>
    /// <returns>The distance, a number of spikes.</returns>
    /// <remarks>n m operations, memory for one train. Source: Victor, Purpura, J. Neurophysiol. 76:1310 (1996).</remarks>
    public static double VictorPurpura(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double cost)
    {
        RequireTrain(first, nameof(first));
        RequireTrain(second, nameof(second));
        Require.NotNegative(cost);
        var row = new double[second.Length + 1];
        for (int j = 0; j < row.Length; j++) row[j] = j;
        for (int i = 0; i < first.Length; i++)
        {
            double corner = row[0];
            row[0] = i + 1;
            for (int j = 0; j < second.Length; j++)
            {
                double shifted = corner + cost * Math.Abs(first[i] - second[j]);
                corner = row[j + 1];
                row[j + 1] = Math.Min(shifted, 1.0 + Math.Min(row[j], corner));
            }
        }
        return row[^1];
    }

    /// <summary>Van Rossum's: the L2 distance of the trains filtered with a decaying exponential.</summary>
    /// <param name="first">Spike times, ms, in rising order.</param>
    /// <param name="second">Spike times, ms, in rising order.</param>
    /// <param name="timeConstant">Of the exponential, ms.</param>
    /// <returns>√((1/τ) ∫ (f − g)² dt): √½ for trains that differ by one spike, 1 for single spikes far apart.</returns>
    /// <remarks>In closed form, n + m operations. Sources: van Rossum, Neural Computation 13:751 (2001); Houghton, Kreuz, Network 23:48 (2012).</remarks>
    public static double VanRossum(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double timeConstant)
    {
        RequireTrain(first, nameof(first));
        RequireTrain(second, nameof(second));
        Require.Positive(timeConstant);
        // (1/τ) ∫ (f − g)² = ½ Σ over pairs of ± exp(−|t − t'|/τ); one sweep carries the sum of all earlier spikes
        double squared = 0.0, memory = 0.0, last = 0.0;
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            bool ofFirst = j == second.Length || (i < first.Length && first[i] <= second[j]);
            double time = ofFirst ? first[i++] : second[j++], sign = ofFirst ? 1.0 : -1.0;
            memory *= Math.Exp((last - time) / timeConstant);
            squared += 0.5 + sign * memory;
            memory += sign;
            last = time;
        }
        return Math.Sqrt(Math.Max(0.0, squared));
    }

    private static void RequireTrain(ReadOnlySpan<double> train, string name)
    {
        for (int k = 0; k < train.Length; k++)
            if (!double.IsFinite(train[k]) || (k > 0 && train[k] < train[k - 1]))
                throw new ArgumentException($"{name}[{k}] is {train[k]}: expected finite spike times in rising order.", name);
    }
}
