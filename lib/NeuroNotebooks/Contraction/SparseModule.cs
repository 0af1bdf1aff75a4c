using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>What a random module must satisfy, and how it is scaled.</summary>
public enum ModuleRule
{
    /// <summary>Draws until ρ(|W|) &lt; 1/g: contracting in a diagonal metric that may be very ill-conditioned.</summary>
    AbsoluteValue,

    /// <summary>Draws once and scales by 0.9/(g λ_max(sym|W|)): contracting in the identity at rate 0.1 (1 if W is zero).</summary>
    Scaled,
}

/// <summary>Random sparse modules: fixed recurrent weights that are certified before anything is trained around them.</summary>
/// <remarks>Source: Kozachkov, Ennis, Slotine (2022), the Sparse Combo Net; the scaling is ours.</remarks>
public static class SparseModule
{
    /// <summary>Draws that are tried before giving up.</summary>
    public const int MostTries = 10_000;

    /// <summary>Draws weights: entries off the diagonal present with a probability, uniform in ±scale; the diagonal is zero.</summary>
    /// <param name="n">Neurons, above zero.</param>
    /// <param name="density">Probability of a connection, from 0 to 1.</param>
    /// <param name="scale">Largest weight, above zero.</param>
    /// <param name="random">The numbers.</param>
    /// <param name="rule">What is asked of the draw.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <exception cref="NotContractingException">No draw was accepted in 10 000 tries.</exception>
    public static double[,] Draw(
        int n, double density, double scale, Philox random, ModuleRule rule = ModuleRule.Scaled, double g = 1.0)
    {
        Require.Positive(n);
        Require.InRange(density, 0.0, 1.0);
        Require.Positive(scale);
        Require.Positive(g);
        Require.Defined(rule);
        if (rule == ModuleRule.Scaled)
        {
            double[,] w = Weights(n, density, scale, random);
            double top = Spectrum.OfSymmetricPart(Dense.Build(n, n, (i, j) => Math.Abs(w[i, j])))[^1];
            return top > 0.0 ? Dense.Scaled(w, 0.9 / (g * top)) : w;
        }
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            double[,] w = Weights(n, density, scale, random.Child((ulong)attempt));
            if (g * Radius(Dense.Build(n, n, (i, j) => Math.Abs(w[i, j]))) < 1.0 - 1e-9) return w;
        }
        throw new NotContractingException(
            $"None of {MostTries} draws has g ρ(|W|) below 1 (acceptance 0 %): lower the density {density:g3} or the scale {scale:g3}, or use ModuleRule.Scaled.");
    }

    /// <summary>Draws weights with a given number of connections, anywhere off the diagonal, uniform in ±scale; nothing is asked of them.</summary>
    /// <param name="n">Neurons, above zero.</param>
    /// <param name="connections">How many, from 0 to n (n − 1).</param>
    /// <param name="scale">Largest weight, above zero.</param>
    /// <param name="random">The numbers.</param>
    public static double[,] WithConnections(int n, int connections, double scale, Philox random)
    {
        Require.Positive(n);
        Require.InRange(connections, 0, n * (n - 1));
        Require.Positive(scale);
        double[] order = new double[n * n], sizes = new double[connections];
        random.Child(1).Uniforms(order);
        random.Child(2).Uniforms(sizes);
        int[] places = [.. Enumerable.Range(0, n * n).Where(place => place % (n + 1) != 0).OrderBy(place => order[place]).Take(connections)];
        var weights = new double[n, n];
        for (int k = 0; k < connections; k++) weights[places[k] / n, places[k] % n] = scale * (2.0 * sizes[k] - 1.0);
        return weights;
    }

    /// <summary>The spectral radius, loop by loop: what lies on no loop adds exactly nothing, where an eigenvalue solver would leave rounding.</summary>
    internal static double Radius(double[,] size) => StrongComponents.Of(size).Max(component => component.Length == 1
        ? Math.Abs(size[component[0], component[0]])
        : Spectrum.Radius(Dense.Build(component.Length, component.Length, (i, j) => size[component[i], component[j]])));

    private static double[,] Weights(int n, double density, double scale, Philox random) => Dense.Build(n, n, (i, j) =>
    {
        var (present, value) = random.UniformPair((ulong)((long)i * n + j));
        return i != j && present < density ? scale * (2.0 * value - 1.0) : 0.0;
    });
}

/// <summary>Weights that contract whatever their free parameters: W = P^−½ U Σ Vᵀ P^½ with orthogonal U, V and Σ below (1 − ε)/g.</summary>
/// <param name="Weights">W, n × n.</param>
/// <param name="Metric">P.</param>
/// <param name="Rate">ε: what is guaranteed; 1 − g max Σ is attained.</param>
/// <remarks>Source: Kozachkov, Ennis, Slotine (2022), the SVD Combo Net; the maps as in public re-implementations, ε ours.</remarks>
public sealed record SvdModule(double[,] Weights, Metric Metric, double Rate)
{
    private const double SmallestWeight = 1e-5;

    /// <summary>The weights at given parameters, each of them free.</summary>
    /// <param name="left">n × n; U is the exponential of its skew part.</param>
    /// <param name="right">n × n; V is the exponential of its skew part.</param>
    /// <param name="z">n; Σ = (1 − ε) exp(−z²)/g.</param>
    /// <param name="theta">n; P = |θ| + 1e-5.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="epsilon">ε, the rate to keep, from 0 to 1.</param>
    public static SvdModule At(
        double[,] left, double[,] right, ReadOnlySpan<double> z, ReadOnlySpan<double> theta, double g = 1.0, double epsilon = 0.05)
    {
        Require.Matrix(left);
        int n = left.GetLength(0);
        Require.Shape(right, n, n);
        Require.Length(n, z.Length, nameof(z), "neuron");
        Require.Length(n, theta.Length, nameof(theta), "neuron");
        Require.Finite(z);
        Require.Finite(theta);
        Require.Positive(g);
        Require.InRange(epsilon, 0.0, 1.0);
        double[] sigma = new double[n], p = new double[n];
        for (int i = 0; i < n; i++) (sigma[i], p[i]) = ((1.0 - epsilon) * Math.Exp(-z[i] * z[i]) / g, Math.Abs(theta[i]) + SmallestWeight);
        double[,] u = Rotation(left), v = Rotation(right);
        double[,] core = Dense.Product(Dense.Build(n, n, (i, j) => u[i, j] * sigma[j]), Dense.Transpose(v));
        return new SvdModule(Dense.Build(n, n, (i, j) => core[i, j] * Math.Sqrt(p[j] / p[i])), Metric.Diagonal(p), epsilon);
    }

    /// <summary>The weights at normally distributed parameters.</summary>
    /// <param name="n">Neurons, above zero.</param>
    /// <param name="random">The numbers.</param>
    /// <param name="g">Steepest slope, above zero.</param>
    /// <param name="epsilon">ε, the rate to keep, from 0 to 1.</param>
    public static SvdModule Draw(int n, Philox random, double g = 1.0, double epsilon = 0.05)
    {
        Require.Positive(n);
        double[] Normals(ulong child, int count)
        {
            var numbers = new double[count];
            random.Child(child).Normals(numbers);
            return numbers;
        }
        double[] first = Normals(1, n * n), second = Normals(2, n * n);
        return At(Dense.Build(n, n, (i, j) => first[i * n + j]), Dense.Build(n, n, (i, j) => second[i * n + j]), Normals(3, n), Normals(4, n), g, epsilon);
    }

    // the exponential of the skew part, by a Taylor series of a small fraction of it, squared back
    private static double[,] Rotation(double[,] parameters)
    {
        int n = parameters.GetLength(0);
        double size = Math.Max(1.0, Dense.LargestEntry(parameters) * n);
        int squarings = Math.Min(60, 4 + Math.ILogB(size));
        double[,] skew = Dense.Build(n, n, (i, j) => Math.ScaleB(0.5 * (parameters[i, j] - parameters[j, i]), -squarings));
        double[,] rotation = Dense.Identity(n), term = Dense.Identity(n);
        for (int k = 1; k <= 14; k++)
        {
            term = Dense.Scaled(Dense.Product(term, skew), 1.0 / k);
            rotation = Dense.Sum(rotation, term);
        }
        for (int k = 0; k < squarings; k++) rotation = Dense.Product(rotation, rotation);
        return rotation;
    }
}
