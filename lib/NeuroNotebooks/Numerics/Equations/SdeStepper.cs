namespace NeuroNotebooks.Numerics;

/// <summary>A noisy state on its way: Euler and Maruyama's step, and Heun's correction of it.</summary>
internal sealed class SdeStepper(VectorField drift, VectorField diffusion, ReadOnlySpan<double> start, Philox noise, bool corrects)
{
    private readonly double[] slope = new double[start.Length], strength = new double[start.Length], kick = new double[start.Length];
    private readonly double[] slopeThere = new double[start.Length], strengthThere = new double[start.Length];
    private double[] state = start.ToArray(), proposal = new double[start.Length];

    public long Steps { get; private set; }

    public long Evaluations { get; private set; }

    public ReadOnlySpan<double> State => state;

    /// <summary>Moves the state on, unless the new one is not finite.</summary>
    public bool TryStep(double time, double step)
    {
        noise.Normals(kick, (ulong)Steps * (ulong)kick.Length);
        double deviation = Math.Sqrt(step);
        foreach (ref double value in kick.AsSpan()) value *= deviation;

        Evaluate(time, state, slope, strength);
        for (int i = 0; i < state.Length; i++) proposal[i] = state[i] + slope[i] * step + strength[i] * kick[i];
        if (corrects)
        {
            Evaluate(time + step, proposal, slopeThere, strengthThere);
            for (int i = 0; i < state.Length; i++)
                proposal[i] = state[i] + 0.5 * (slope[i] + slopeThere[i]) * step + 0.5 * (strength[i] + strengthThere[i]) * kick[i];
        }

        if (!Vectors.AllFinite(proposal)) return false;
        (state, proposal) = (proposal, state);
        Steps++;
        return true;
    }

    private void Evaluate(double time, ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        drift(time, x, f);
        diffusion(time, x, g);
        Evaluations++;
    }
}
