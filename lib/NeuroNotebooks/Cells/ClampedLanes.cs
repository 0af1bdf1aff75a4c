using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>Copies of a neuron under different inputs, moved together by Runge-Kutta steps of fourth order without allocating.</summary>
internal sealed class ClampedLanes
{
    private readonly IShuntableNeuron cell;
    private readonly Vector<double>[] state, trial, k1, k2, k3, k4;
    private Vector<double> u, s;

    public ClampedLanes(IShuntableNeuron cell, ReadOnlySpan<double> start, ReadOnlySpan<(double U, double S)> inputs)
    {
        this.cell = cell;
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
        Move(k1, 0.5 * h);
        cell.Rhs(trial, u, s, k2);
        Move(k2, 0.5 * h);
        cell.Rhs(trial, u, s, k3);
        Move(k3, h);
        cell.Rhs(trial, u, s, k4);
        var sixth = Vector.Create(h / 6.0);
        for (int i = 0; i < state.Length; i++) state[i] += sixth * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
    }

    private void Move(Vector<double>[] slope, double h)
    {
        var length = Vector.Create(h);
        for (int i = 0; i < state.Length; i++) trial[i] = state[i] + length * slope[i];
    }
}
