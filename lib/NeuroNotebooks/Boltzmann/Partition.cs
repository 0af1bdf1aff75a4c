namespace NeuroNotebooks.Boltzmann;

/// <summary>Estimates of ln Z, without which there is no likelihood: exact for small machines, annealed and bridged for large ones.</summary>
public static partial class Partition
{
    /// <summary>The most units that are enumerated.</summary>
    public const int LargestEnumeration = 24;

    /// <summary>ln Z exactly, by a sum over all hidden states.</summary>
    /// <param name="machine">At most <see cref="LargestEnumeration"/> hidden units.</param>
    /// <exception cref="ArgumentException">There are more hidden units.</exception>
    /// <remarks>2^(N_h) terms of N operations each, walked in Gray code order.</remarks>
    public static double ExactByHidden(BernoulliRbm machine)
    {
        Require.NotNull(machine);
        if (machine.Hidden > LargestEnumeration)
            throw new ArgumentException(
                $"machine has {machine.Hidden} hidden units: at most {LargestEnumeration} can be enumerated. Use Partition.Ais.", nameof(machine));
        return Enumerate(machine.WeightMatrix(), machine.VisibleFields, machine.HiddenFields);
    }

    /// <summary>ln Z exactly, by a sum over all words.</summary>
    /// <param name="machine">At most <see cref="LargestEnumeration"/> visible units.</param>
    /// <exception cref="ArgumentException">There are more visible units.</exception>
    public static double ExactByVisible(BernoulliRbm machine)
    {
        Require.NotNull(machine);
        if (machine.Visible > LargestEnumeration)
            throw new ArgumentException(
                $"machine has {machine.Visible} visible units: at most {LargestEnumeration} can be enumerated. Use Partition.Ais.", nameof(machine));
        return ExactByHidden(machine.Transposed());
    }

    /// <summary>ln Z by the smaller layer if that can be enumerated.</summary>
    /// <param name="machine">One layer of at most <see cref="LargestEnumeration"/> units.</param>
    /// <exception cref="ArgumentException">Both layers are larger.</exception>
    public static PartitionEstimate Exact(BernoulliRbm machine)
    {
        Require.NotNull(machine);
        double value = machine.Hidden <= machine.Visible ? ExactByHidden(machine) : ExactByVisible(machine);
        return new PartitionEstimate("exact enumeration", value, 0.0, 1.0);
    }

    /// <summary>ln Z of the machine with the same visible fields, no weights and no hidden fields: Σ ln(1 + e^b) + N_h ln 2.</summary>
    internal static double Independent(RbmParameters parameters)
    {
        double sum = parameters.Hidden * Math.Log(2.0);
        foreach (float b in parameters.B) sum += Logistic.Softplus(b);
        return sum;
    }

    /// <summary>ln Σ_h e^(c h) Π_i (1 + e^(b_i + (W h)_i)).</summary>
    private static double Enumerate(double[,] w, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        int hidden = c.Length;
        var inputs = new double[b.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = b[i];
        double field = 0.0, top = double.NegativeInfinity, sum = 0.0;
        for (long state = 0; ; )
        {
            double exponent = field;
            foreach (double x in inputs) exponent += Logistic.Softplus(x);
            if (exponent > top)
            {
                sum *= Math.Exp(top - exponent);
                top = exponent;
            }
            sum += Math.Exp(exponent - top);

            if (++state == 1L << hidden) return top + Math.Log(sum);
            int unit = System.Numerics.BitOperations.TrailingZeroCount(state);
            // in Gray code order exactly this unit turns; whether on or off is told by the bit above
            double sign = ((state >> (unit + 1)) & 1) == 0 ? 1.0 : -1.0;
            field += sign * c[unit];
            for (int i = 0; i < inputs.Length; i++) inputs[i] += sign * w[i, unit];
        }
    }
}
