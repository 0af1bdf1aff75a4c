using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>Copies of a neuron under different inputs, moved together without allocating.</summary>
internal sealed class ClampedLanes
{
    private const double Nudge = 1e-3;

    private readonly IShuntableNeuron cell;
    private readonly ClampScheme scheme;
    private readonly Vector<double>[] state, trial, k1, k2, k3, k4;
    private Vector<double> u, s;

    public ClampedLanes(IShuntableNeuron cell, ClampScheme scheme, ReadOnlySpan<double> start, ReadOnlySpan<(double U, double S)> inputs)
    {
        (this.cell, this.scheme) = (cell, scheme);
        state = Lanes.Filled(start);
        (trial, k1, k2, k3, k4) = (Empty(), Empty(), Empty(), Empty(), Empty());
        Input(inputs);

        Vector<double>[] Empty() => new Vector<double>[state.Length];
    }

    public Vector<double> Voltage => state[0];

    public ImmutableArray<double> State(int lane) => [.. state.Select(variable => variable[lane])];

    public void Input(ReadOnlySpan<(double U, double S)> inputs)
    {
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            var input = inputs[lane < inputs.Length ? lane : 0];
            u = u.WithElement(lane, input.U);
            s = s.WithElement(lane, input.S);
        }
    }

    public void Reset() => cell.Reset(state);

    public void Step(double h)
    {
        cell.Rhs(state, u, s, k1);
        if (scheme == ClampScheme.RungeKutta4) RungeKutta4(h);
        else if (scheme == ClampScheme.Heun) Heun(h);
        else ExponentialEuler(h);
    }

    private void RungeKutta4(double h)
    {
        Move(k1, 0.5 * h);
        cell.Rhs(trial, u, s, k2);
        Move(k2, 0.5 * h);
        cell.Rhs(trial, u, s, k3);
        Move(k3, h);
        cell.Rhs(trial, u, s, k4);
        var sixth = Vector.Create(h / 6.0);
        for (int i = 0; i < state.Length; i++) state[i] += sixth * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
    }

    private void Heun(double h)
    {
        Move(k1, h);
        cell.Rhs(trial, u, s, k2);
        var half = Vector.Create(0.5 * h);
        for (int i = 0; i < state.Length; i++) state[i] += half * (k1[i] + k2[i]);
    }

    // how fast each variable relaxes shows when it is nudged: V alone, then the others at once, which know of V but not of each other
    private void ExponentialEuler(double h)
    {
        state.CopyTo(trial);
        trial[0] += Vector.Create(Nudge);
        cell.Rhs(trial, u, s, k2);
        for (int i = 0; i < state.Length; i++) trial[i] = i == 0 ? state[0] : state[i] + Vector.Create(Nudge);
        cell.Rhs(trial, u, s, k3);
        for (int i = 0; i < state.Length; i++)
            state[i] += h * k1[i] * MeanGrowth(((i == 0 ? k2[i] : k3[i]) - k1[i]) * (h / Nudge));
    }

    /// <summary>(e^z − 1) / z: the mean of an exponential over a step.</summary>
    private static Vector<double> MeanGrowth(Vector<double> z)
    {
        const double Small = 1e-5;
        var isSmall = Vector.LessThan(Vector.Abs(z), Vector.Create(Small));
        var divisor = Vector.ConditionalSelect(isSmall, Vector<double>.One, z);
        return Vector.ConditionalSelect(isSmall, Vector<double>.One + 0.5 * z, (Vector.Exp(divisor) - Vector<double>.One) / divisor);
    }

    private void Move(Vector<double>[] slope, double h)
    {
        var length = Vector.Create(h);
        for (int i = 0; i < state.Length; i++) trial[i] = state[i] + length * slope[i];
    }
}
