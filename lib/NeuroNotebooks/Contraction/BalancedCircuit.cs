using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Linear excitatory-inhibitory circuits at a chosen distance from balance, for <see cref="Combinations.EiBalance"/>.</summary>
public static class BalancedCircuit
{
    /// <summary>
    /// ((W_EE, −W_EI), (W_IE, −W_II)) with W_EE even on (0, 0.06), W_II on (0, 0.2), W_IE on (0, 1), and W_EI = k W_IEᵀ + imbalance · N(0, 1).
    /// </summary>
    /// <param name="excitatory">How many are excitatory, at least 1; they come first.</param>
    /// <param name="inhibitory">How many are inhibitory, at least 1.</param>
    /// <param name="k">Strength of the way back, above zero.</param>
    /// <param name="imbalance">Standard deviation of what breaks the balance, zero or above.</param>
    /// <param name="random">One stream gives the same circuit at every k and imbalance, but for these.</param>
    /// <returns>n × n, row = postsynaptic.</returns>
    public static double[,] Random(int excitatory, int inhibitory, double k, double imbalance, Philox random)
    {
        Require.Positive(excitatory);
        Require.Positive(inhibitory);
        Require.Positive(k);
        Require.NotNegative(imbalance);
        int n = excitatory + inhibitory;
        Philox breaking = random.Child(0);
        double Even(int i, int j) => random.Uniform((ulong)i * (ulong)n + (ulong)j);
        return Dense.Build(n, n, (i, j) => (i < excitatory, j < excitatory) switch
        {
            (true, true) => 0.06 * Even(i, j),
            (false, true) => Even(i, j),
            (false, false) => -0.2 * Even(i, j),
            _ => -k * Even(j, i) - imbalance * breaking.Normal((ulong)i * (ulong)n + (ulong)j),
        });
    }
}
