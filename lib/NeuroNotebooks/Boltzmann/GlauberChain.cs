using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>One chain of Glauber dynamics, with the fields on all spins kept up to date.</summary>
internal sealed class GlauberChain
{
    private readonly double[,] couplings;
    private readonly double[] fields, spins, totals, uniforms;
    private readonly Philox random;
    private ulong sweeps;

    public GlauberChain(double[,] couplings, double[] fields, Philox random)
    {
        int n = fields.Length;
        (this.couplings, this.fields, this.random) = (couplings, fields, random);
        (spins, totals, uniforms) = (new double[n], [.. fields], new double[n]);
        random.Substream(0).Uniforms(uniforms);
        for (int i = 0; i < n; i++) spins[i] = uniforms[i] < 0.5 ? 1.0 : -1.0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                totals[i] += couplings[i, j] * spins[j];
    }

    public void Sweep(int count)
    {
        for (int k = 0; k < count; k++)
        {
            random.Substream(++sweeps).Uniforms(uniforms);
            for (int i = 0; i < spins.Length; i++) Turn(i, uniforms[i] < Logistic.Sigmoid(2.0 * totals[i]) ? 1.0 : -1.0);
        }
    }

    /// <summary>The logarithm of one importance weight: couplings grow from zero by even steps, one sweep at each strength.</summary>
    public double AnnealedLogWeight(int temperatures)
    {
        double weight = 0.0;
        for (int k = 0; k < temperatures; k++)
        {
            double strength = (double)k / temperatures;
            random.Substream(++sweeps).Uniforms(uniforms);
            for (int i = 0; i < spins.Length; i++)
                Turn(i, uniforms[i] < Logistic.Sigmoid(2.0 * (fields[i] + strength * (totals[i] - fields[i]))) ? 1.0 : -1.0);
            weight += PairSum() / temperatures;
        }
        return weight;
    }

    public void Word(Span<byte> target)
    {
        for (int i = 0; i < spins.Length; i++) target[i] = spins[i] > 0.0 ? (byte)1 : (byte)0;
    }

    /// <summary>Σ_{i&lt;j} J_ij s_i s_j.</summary>
    private double PairSum()
    {
        double sum = 0.0;
        for (int i = 0; i < spins.Length; i++) sum += 0.5 * spins[i] * (totals[i] - fields[i]);
        return sum;
    }

    private void Turn(int i, double spin)
    {
        if (spin == spins[i]) return;
        spins[i] = spin;
        for (int j = 0; j < totals.Length; j++) totals[j] += 2.0 * spin * couplings[i, j];
    }
}
