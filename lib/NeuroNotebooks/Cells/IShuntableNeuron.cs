using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Bifurcations;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Cells;

/// <summary>A point neuron that takes a current and a shunting conductance, as a dynamic clamp gives them.</summary>
/// <remarks>
/// <code>
/// injected current: u − s (V − V_us)
/// </code>
/// Both are scaled by the cell's input conductance at rest: u mV, s dimensionless. Variable 0 is the membrane potential V, mV; time is in ms.
/// Several copies of the cell move side by side in the lanes of a <see cref="Vector{T}"/>; no lane knows of another.
/// Source: Pokrovskii, Biofizika 23:649 (1978); Smirnova, Zaitsev, Kim, Chizhov, J. Comput. Neurosci. 39:217 (2015).
/// </remarks>
public interface IShuntableNeuron
{
    /// <summary>What to call the model in a legend.</summary>
    string Name { get; }

    /// <summary>What each variable is called; the first is V.</summary>
    ImmutableArray<string> Variables { get; }

    /// <summary>The reference potential V_us of the shunt, mV.</summary>
    double ReferenceVoltage { get; }

    /// <summary>No step of a Runge-Kutta scheme is longer, ms: beyond it the fastest gate is not resolved.</summary>
    double LongestStep { get; }

    /// <summary>The speed of V that an injected current of 1 mV adds, 1/ms.</summary>
    double InputGain { get; }

    /// <summary>The voltages between which to look for the resting state, mV.</summary>
    (double Low, double High) RestRange { get; }

    /// <summary>Whether the cell has a reset, so that its field alone does not tell how it moves.</summary>
    bool HasReset => false;

    /// <summary>The derivatives of every variable, unit/ms.</summary>
    /// <param name="state">The state, one vector a variable.</param>
    /// <param name="u">Scaled current, mV.</param>
    /// <param name="s">Scaled conductance.</param>
    /// <param name="slope">Receives the derivatives; as long as <paramref name="state"/>.</param>
    void Rhs(ReadOnlySpan<Vector<double>> state, Vector<double> u, Vector<double> s, Span<Vector<double>> slope);

    /// <summary>The state in which every variable but V has settled to a held voltage.</summary>
    /// <param name="voltage">V, mV.</param>
    double[] Settled(double voltage);

    /// <summary>What happens at the end of a step besides the equations; nothing, unless the model has a reset.</summary>
    /// <param name="state">The state, changed in place.</param>
    void Reset(Span<Vector<double>> state) { }
}

/// <summary>What can be said of every neuron under current and conductance without simulating it.</summary>
public static class ShuntableNeurons
{
    /// <summary>The injected current that holds V once all gates have settled: equilibria are its level sets, mV.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="voltage">V, mV, finite.</param>
    /// <param name="s">Scaled conductance.</param>
    public static double SteadyCurrent(this IShuntableNeuron cell, double voltage, double s = 0.0)
    {
        Require.NotNull(cell);
        Require.Finite(voltage);
        Require.Finite(s);
        Vector<double>[] state = Lanes.Filled(cell.Settled(voltage));
        var slope = new Vector<double>[state.Length];
        cell.Rhs(state, Vector<double>.Zero, Vector.Create(s), slope);
        return -slope[0][0] / cell.InputGain;
    }

    /// <summary>The slope of the steady current, du/dV, scaled by the input conductance: 1 at rest if the scaling is consistent.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="voltage">V, mV, finite.</param>
    /// <param name="s">Scaled conductance.</param>
    /// <remarks>Central differences of fourth order over 0.01 mV: good to about nine digits.</remarks>
    public static double InputConductance(this IShuntableNeuron cell, double voltage, double s = 0.0)
    {
        const double Step = 0.01;
        double At(double offset) => cell.SteadyCurrent(voltage + offset, s);
        return (8.0 * (At(Step) - At(-Step)) - (At(2.0 * Step) - At(-2.0 * Step))) / (12.0 * Step);
    }

    /// <summary>The resting state without input: the equilibrium of lowest voltage.</summary>
    /// <param name="cell">The neuron.</param>
    /// <exception cref="InvalidOperationException">The cell has no equilibrium in its range of voltages.</exception>
    public static ImmutableArray<double> Rest(this IShuntableNeuron cell)
    {
        Require.NotNull(cell);
        double[] voltages = Sweep.Linear(cell.RestRange.Low, cell.RestRange.High, 400);
        for (int k = 1; k < voltages.Length; k++)
            if (cell.SteadyCurrent(voltages[k - 1]) < 0.0 && cell.SteadyCurrent(voltages[k]) >= 0.0)
                return [.. cell.Settled(ScalarRoot.Rising(v => cell.SteadyCurrent(v), voltages[k - 1], voltages[k]))];
        throw new InvalidOperationException(
            $"{cell.Name} has no resting state between {cell.RestRange.Low:g4} and {cell.RestRange.High:g4} mV: check its conductances.");
    }

    /// <summary>The voltages at which the curve of steady currents turns: two equilibria meet there (fold), V ascending, mV.</summary>
    /// <param name="cell">The neuron.</param>
    /// <param name="s">Scaled conductance.</param>
    /// <param name="low">Where to begin, mV.</param>
    /// <param name="high">Where to end, mV, above <paramref name="low"/>.</param>
    /// <returns>Voltage and current of each fold; turns less than 1/400 of the range apart may be missed.</returns>
    public static ImmutableArray<(double Voltage, double Current)> SteadyFolds(
        this IShuntableNeuron cell, double s = 0.0, double low = -75.0, double high = 0.0)
    {
        Require.NotNull(cell);
        Require.Finite(s);
        Require.Finite(low);
        Require.InRange(high, low, double.MaxValue);
        double[] voltages = Sweep.Linear(low, high, 401);
        double[] slopes = [.. voltages.Select(v => cell.InputConductance(v, s))];
        return [.. Enumerable.Range(1, 400).Where(k => slopes[k - 1] < 0.0 != slopes[k] < 0.0).Select(k =>
        {
            double sign = slopes[k] < 0.0 ? -1.0 : 1.0;
            double v = ScalarRoot.Rising(at => sign * cell.InputConductance(at, s), voltages[k - 1], voltages[k]);
            return (v, cell.SteadyCurrent(v, s));
        })];
    }

    /// <summary>The neuron as a model with the parameters u and s, for continuation.</summary>
    /// <param name="cell">A neuron without a reset.</param>
    /// <exception cref="ArgumentException">The cell has a reset, which no smooth field describes.</exception>
    public static OdeModel AsModel(this IShuntableNeuron cell)
    {
        Require.NotNull(cell);
        if (cell.HasReset) throw new ArgumentException($"{cell.Name} has a reset: continuation needs a smooth field.", nameof(cell));
        double[] scales = [20.0, .. Enumerable.Repeat(1.0, cell.Variables.Length - 1)];
        return OdeModel.OfLanes(
            cell.Variables, ["u", "s"], (x, p, slope) => cell.Rhs(x, p[0], p[1], slope), scales, parameterScales: [10.0, 1.0]);
    }
}
