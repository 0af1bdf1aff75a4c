using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Games;

/// <summary>Finds and labels all rest states of a small network with piecewise linear activations.</summary>
public static class EquilibriumEnumerator
{
    /// <summary>The largest network that is enumerated.</summary>
    public const int LargestNetwork = 16;

    private const double Tolerance = 1e-9;

    /// <summary>
    /// All rest states: for every choice of a straight piece per neuron the linear equations are solved and the pieces checked.
    /// </summary>
    /// <param name="network">At most 16 neurons, piecewise linear activations: 2ⁿ sets for ReLU, 3ⁿ for saturated ReLU.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">The network is too large, or an activation is curved.</exception>
    /// <remarks>
    /// Neurons on flat pieces are held at their rates, the others solved for by LU with partial pivoting, one factorisation for all flat
    /// choices. Net inputs may miss their pieces by 1e-9 (relative to the largest rate or drive above 1); states found twice that way are
    /// one degenerate state. Singular equations with solutions are reported as a continuum.
    /// </remarks>
    public static RestStates All(FiringRateNetwork network, CancellationToken cancellation = default)
    {
        Require.NotNull(network);
        RequireEnumerable(network);

        var isolated = new List<Equilibrium>();
        var continua = new List<Continuum>();
        var pieces = new ActivePieces(network, Tolerance);
        long sets = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            sets += pieces.Choices;
            if (pieces.TryFactor())
            {
                foreach (double[] state in pieces.Solutions()) Add(isolated, Label(network, state, pieces.Slopes));
            }
            else
            {
                foreach (LinearPiece[] choice in pieces.FlatChoices())
                    if (SingularPieces.Find(network, choice, Tolerance) is { } continuum) continua.Add(continuum);
            }
        }
        while (pieces.MoveNext());

        if (continua.Count > 0) isolated.RemoveAll(state => continua.Any(continuum => SingularPieces.Contains(continuum, state.Rates)));
        return new RestStates([.. isolated], [.. continua], sets);
    }

    /// <summary>Labels a rest state that was found in another way; any activations, any size.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rest">A rest state, n; its residual must be at most 1e-6.</param>
    /// <exception cref="ArgumentException">The residual is larger.</exception>
    public static Equilibrium Describe(FiringRateNetwork network, ReadOnlySpan<double> rest)
    {
        Require.NotNull(network);
        Require.Length(network.Count, rest.Length, nameof(rest), "neuron");
        if (network.Residual(rest) is var residual && !(residual <= 1e-6))
            throw new ArgumentException($"rest is no rest state: its residual is {residual:g3}, expected at most 1e-6.", nameof(rest));
        return Label(network, rest.ToArray(), network.Slopes(rest));
    }

    private static void RequireEnumerable(FiringRateNetwork network)
    {
        foreach (Activation activation in network.Activations)
            if (!activation.IsPiecewiseLinear)
                throw new ArgumentException(
                    $"{activation} is curved: only piecewise linear activations can be enumerated; "
                    + "use SemismoothNewton from several starts.", nameof(network));
        if (network.Count <= LargestNetwork) return;

        int[] counts = [.. network.Activations.Select(activation => activation.Pieces.Length).Distinct()];
        string sets = counts.Length == 1 ? $"{counts[0]}^{network.Count}" : $"more than {counts.Min()}^{network.Count}";
        throw new ArgumentException(
            $"{sets} active sets are too many to enumerate ({network.Count} neurons, at most {LargestNetwork}); "
            + "use Lemke for one equilibrium, or DiagonalStability.Test to prove that there is only one.", nameof(network));
    }

    private static void Add(List<Equilibrium> found, Equilibrium state)
    {
        int twin = found.FindIndex(other => MaxDistance(other.Rates, state.Rates) <= 10.0 * Tolerance * (1.0 + state.Rates.Max(Math.Abs)));
        if (twin < 0) found.Add(state);
        else
            found[twin] = found[twin] with
            {
                Degenerate = true,
                Stability = found[twin].Stability == state.Stability ? state.Stability : Stability.Marginal,
            };
    }

    private static double MaxDistance(ImmutableArray<double> a, ImmutableArray<double> b)
    {
        double distance = 0.0;
        for (int i = 0; i < a.Length; i++) distance = Math.Max(distance, Math.Abs(a[i] - b[i]));
        return distance;
    }

    private static Equilibrium Label(FiringRateNetwork network, double[] rates, double[] slopes)
    {
        int n = network.Count;
        double near = Tolerance * (1.0 + rates.Max(Math.Abs));
        double[] inputs = [.. Enumerable.Range(0, n).Select(i => network.InputOf(i, rates))];
        bool degenerate = Enumerable.Range(0, n).Any(
            i => network.Activations[i].Pieces.Any(piece => Math.Abs(inputs[i] - piece.Low) <= near));

        Matrix<double> jacobian = Matrix<double>.Build.DenseOfArray(network.JacobianOf(slopes));
        ImmutableArray<Complex> eigenvalues =
            [.. jacobian.Evd().EigenValues.OrderByDescending(value => value.Real).ThenByDescending(value => value.Imaginary)];
        double determinant = jacobian.Determinant() * (n % 2 == 0 ? 1.0 : -1.0);       // sign of det(I − D W): T⁻¹ is positive
        return new Equilibrium(
            [.. rates], [.. Enumerable.Range(0, n).Where(i => slopes[i] > 0.0)],
            KindOf(network, rates, inputs, near), StabilityOf(eigenvalues), eigenvalues, Math.Sign(determinant), degenerate);
    }

    private static EquilibriumKind KindOf(FiringRateNetwork network, double[] rates, double[] inputs, double near)
    {
        bool global = true;
        for (int i = 0; i < rates.Length; i++)
        {
            OwnCost cost = network.CostOf(i, rates);
            if (!cost.IsLocalMinimumAt(inputs[i], near)) return EquilibriumKind.NotNash;
            // a rate off by ε costs of order ε·(size of the costs): what is saved must stand out of that
            double allowed = 10.0 * near * (1.0 + Math.Abs(cost.Linear) + Math.Abs(rates[i]));
            double rate = Math.Clamp(rates[i], network.Activations[i].Low, network.Activations[i].High);
            global &= cost.GainFromMoving(rate) <= allowed;
        }
        return global ? EquilibriumKind.Nash : EquilibriumKind.LocalNash;
    }

    private static Stability StabilityOf(ImmutableArray<Complex> eigenvalues)
    {
        double largest = eigenvalues[0].Real, smallest = eigenvalues[^1].Real;
        return Math.Abs(largest) <= Tolerance ? Stability.Marginal
            : largest < 0.0 ? Stability.Stable
            : smallest > 0.0 ? Stability.Unstable
            : Stability.Saddle;
    }
}
