namespace NeuroNotebooks.Numerics;

/// <summary>A state on its way: one step tried, looked into, and taken or not, without allocating.</summary>
internal sealed class RungeKuttaStepper
{
    private readonly VectorField field;
    private readonly RungeKuttaScheme scheme;
    private readonly double[] slopes;               // stage after stage
    private readonly double[] error;
    private double[] state, proposal;

    public RungeKuttaStepper(VectorField field, RungeKuttaScheme scheme, ReadOnlySpan<double> start, double time)
    {
        (this.field, this.scheme, Time) = (field, scheme, time);
        int length = start.Length;
        state = start.ToArray();
        proposal = new double[length];
        error = new double[length];
        slopes = new double[scheme.StageCount * length];
        Evaluate(time, state, SlopeOf(0));
    }

    public double Time { get; private set; }

    public double Step { get; private set; }

    public long Evaluations { get; private set; }

    public ReadOnlySpan<double> State => state;

    /// <summary>The state that the last tried step leads to.</summary>
    public ReadOnlySpan<double> Proposal => proposal;

    /// <summary>Whether the tried step leads to numbers.</summary>
    public bool IsFinite => Vectors.AllFinite(proposal);

    /// <summary>The derivative at <see cref="State"/>.</summary>
    public ReadOnlySpan<double> Slope => SlopeOf(0);

    /// <summary>Computes all stages of a step, and the field at its end.</summary>
    public void Try(double step)
    {
        Step = step;
        for (int stage = 1; stage < scheme.StageCount; stage++)
        {
            Add(state, step, scheme.Stages[stage], proposal);
            Evaluate(Time + scheme.Nodes[stage] * step, proposal, SlopeOf(stage));
        }
    }

    /// <summary>Makes the proposal the state.</summary>
    public void Take(double time)
    {
        Time = time;
        (state, proposal) = (proposal, state);
        SlopeOf(scheme.StageCount - 1).CopyTo(slopes);
    }

    /// <summary>Root mean square over the variables of the estimated error, each relative to what it is allowed.</summary>
    public double ErrorNorm(double relative, double absolute)
    {
        error.AsSpan().Clear();
        Add(error, Step, scheme.Error, error);
        double sum = 0.0;
        for (int i = 0; i < error.Length; i++)
        {
            double ratio = error[i] / (absolute + relative * Math.Max(Math.Abs(state[i]), Math.Abs(proposal[i])));
            sum += ratio * ratio;
        }
        return Math.Sqrt(sum / state.Length);
    }

    /// <summary>The state at a part θ of the tried step.</summary>
    public void Interpolate(double theta, Span<double> result)
    {
        state.CopyTo(result);
        for (int stage = 0; stage < scheme.StageCount; stage++)
        {
            double[] c = scheme.Between[stage];
            var slope = SlopeOf(stage);
            double weight = Step * theta * (c[0] + theta * (c[1] + theta * (c[2] + theta * c[3])));
            if (weight == 0.0) continue;
            for (int i = 0; i < result.Length; i++) result[i] += weight * slope[i];
        }
    }

    /// <summary>The tried step as five coefficients a variable, of θ⁰ to θ⁴, one power after another.</summary>
    public double[] Polynomial()
    {
        int n = state.Length;
        var coefficients = new double[5 * n];
        state.CopyTo(coefficients, 0);
        for (int stage = 0; stage < scheme.StageCount; stage++)
            for (int power = 0; power < 4; power++)
            {
                double weight = Step * scheme.Between[stage][power];
                for (int i = 0; i < n; i++) coefficients[(power + 1) * n + i] += weight * slopes[stage * n + i];
            }
        return coefficients;
    }

    /// <summary>An explicit Euler step of the given length, as far as the field there: for a guess of the first step.</summary>
    public void Probe(double step, Span<double> slope)
    {
        for (int i = 0; i < state.Length; i++) proposal[i] = state[i] + step * slopes[i];
        Evaluate(Time + step, proposal, slope);
    }

    private Span<double> SlopeOf(int stage) => slopes.AsSpan(stage * state.Length, state.Length);

    private void Evaluate(double time, ReadOnlySpan<double> x, Span<double> slope)
    {
        field(time, x, slope);
        Evaluations++;
    }

    /// <summary>result = x + h Σ weight · slope.</summary>
    private void Add(ReadOnlySpan<double> x, double h, Weight[] weights, Span<double> result)
    {
        foreach (var (stage, weight) in weights)
        {
            Vectors.AddScaled(x, h * weight, SlopeOf(stage), result);
            x = result;
        }
    }
}
