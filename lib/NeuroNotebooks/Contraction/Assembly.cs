using System.Collections.Immutable;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Certified modules and the connections between them: a network of networks in the making.</summary>
/// <remarks>
/// <code>
/// x' = blkdiag(f_1 … f_p)(x) + L x + u
/// </code>
/// Loops that answer each other (L_ij = −k M_i⁻¹ L_jiᵀ M_j) cancel in the metric and may be as strong as they like; what remains must
/// pass as a hierarchy or by small gain. <see cref="Certify"/> says which connection fails. Immutable: every method returns a new assembly.
/// </remarks>
public sealed class Assembly
{
    private readonly ImmutableArray<NetworkModule> modules;
    private readonly double[,] coupling;
    private readonly int[] offsets;

    private Assembly(ImmutableArray<NetworkModule> modules, double[,] coupling)
    {
        (this.modules, this.coupling) = (modules, coupling);
        offsets = new int[modules.Length + 1];
        for (int i = 0; i < modules.Length; i++) offsets[i + 1] = offsets[i] + modules[i].Dimension;
    }

    /// <summary>Modules side by side, not connected yet.</summary>
    /// <param name="modules">At least one, all of different names.</param>
    public static Assembly Of(params IEnumerable<NetworkModule> modules)
    {
        ImmutableArray<NetworkModule> all = [.. Require.Each(modules)];
        if (all.GroupBy(module => module.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two modules are called \"{twice.Key}\": names must differ.", nameof(modules));
        int n = all.Sum(module => module.Dimension);
        return new Assembly(all, new double[n, n]);
    }

    /// <summary>The modules.</summary>
    public ImmutableArray<NetworkModule> Modules => modules;

    /// <summary>The coupling L of all connections so far, N × N, a copy.</summary>
    public double[,] Coupling => (double[,])coupling.Clone();

    /// <summary>Adds a connection as it is.</summary>
    /// <param name="from">Name of the module that projects.</param>
    /// <param name="to">Name of the module that is projected to, another one.</param>
    /// <param name="weights">n_to × n_from, finite, 1/time.</param>
    public Assembly Connect(string from, string to, double[,] weights)
    {
        var (source, target) = (Index(from, nameof(from)), Index(to, nameof(to)));
        if (source == target) throw new ArgumentException($"from and to are both \"{from}\": a module's own weights belong to the module.", nameof(to));
        Require.Shape(weights, modules[target].Dimension, modules[source].Dimension);
        var changed = (double[,])coupling.Clone();
        for (int i = 0; i < weights.GetLength(0); i++)
            for (int j = 0; j < weights.GetLength(1); j++) changed[offsets[target] + i, offsets[source] + j] += weights[i, j];
        return new Assembly(modules, changed);
    }

    /// <summary>Adds a connection together with the answer −k M⁻¹ Bᵀ M that cancels it in the metric, however strong it is.</summary>
    /// <param name="from">Name of the module that projects.</param>
    /// <param name="to">Name of the module that is projected to, another one.</param>
    /// <param name="weights">B, n_to × n_from, finite, 1/time.</param>
    /// <param name="k">Strength of the answer, above zero.</param>
    public Assembly NegativeFeedback(string from, string to, double[,] weights, double k = 1.0)
    {
        Assembly forward = Connect(from, to, weights);
        CancellingFeedback loop = Combinations.NegativeFeedback(
            modules[Index(from, nameof(from))].Metric, modules[Index(to, nameof(to))].Metric, weights, k);
        return forward.Connect(to, from, loop.Backward);
    }

    /// <summary>Certifies the whole as a module, or says what stands in the way.</summary>
    /// <param name="name">The name of the whole.</param>
    public AssemblyResult Certify(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("name is empty: expected one to connect by.", nameof(name));
        var loops = new LoopCancellation(modules, Gain, Block);
        SmallGainResult gain = Combinations.SmallGain([.. loops.Rates], loops.Gains);
        if (!gain.IsContracting)
            return new AssemblyResult(null, $"{loops.Worst()}; the comparison matrix of rates and gains has abscissa {-gain.Rate:g6}, which must be below 0");

        double[] weights = loops.ModuleWeights(gain.BlockMetric);
        Metric metric = Metric.Blocks(modules.Select((module, i) => module.Metric.Scaled(weights[i])));
        double[] multipliers = [.. modules.SelectMany((module, i) => module.Certificate.Multipliers.Select(multiplier => weights[i] * multiplier))];
        double[,] residual = metric.InOwnCoordinates(coupling);
        double[] rates = [.. modules.SelectMany(module => Enumerable.Repeat(module.Rate, module.Dimension))];
        double rate = -Spectrum.OfSymmetricPart(Dense.Sum(residual, Dense.Diagonal(rates), -1.0))[^1];
        ContractionCertificate? proved = rate > 0.0 ? ContractionCertificate.Prove(Family(), metric, multipliers, rate, $"assembly of {modules.Length} modules") : null;
        return proved is null
            ? new AssemblyResult(null, $"the rate {rate:g6} in the {metric} cannot be proved in double precision: formally stable, numerically useless")
            : new AssemblyResult(NetworkModule.Of(name, proved), loops.ToString());
    }

    private JacobianFamily Family()
    {
        var parts = modules.Select(module => module.Certificate.Family.Parts).ToArray();
        double[,] a = Dense.Sum(Dense.Blocks([.. parts.Select(part => part.A)]), coupling);
        double[] slopes = [.. parts.SelectMany(part => part.Slopes)];
        return slopes.Length == 0 ? JacobianFamily.Linear(a)
            : JacobianFamily.Lurie(a, Dense.Blocks([.. parts.Select(part => part.B)]), Dense.Blocks([.. parts.Select(part => part.C)]), slopes);
    }

    /// <summary>The connection from j to i in coordinates where both metrics are the identity.</summary>
    private double[,] Block(int i, int j)
    {
        double[,] block = Dense.Build(modules[i].Dimension, modules[j].Dimension, (r, c) => coupling[offsets[i] + r, offsets[j] + c]);
        return modules[j].Metric.TimesInverseFactor(Dense.Product(modules[i].Metric.Factor(), block));
    }

    private double Gain(int i, int j) => Spectrum.Norm(Block(i, j));

    private int Index(string name, string argument)
    {
        Require.NotNull(name, argument);
        for (int i = 0; i < modules.Length; i++)
            if (modules[i].Name == name) return i;
        throw new ArgumentException(
            $"No module is called \"{name}\"; there are {string.Join(", ", modules.Select(module => module.Name))}.", argument);
    }
}

/// <summary>A certified assembly, or why there is none.</summary>
/// <param name="Module">The whole as a module; null if it was refused.</param>
/// <param name="Reason">How the connections were dealt with, or which one stands in the way.</param>
public sealed record AssemblyResult(NetworkModule? Module, string Reason)
{
    /// <summary>Whether the whole is certified.</summary>
    public bool IsCertified => Module is not null;

    /// <summary>The module, or an exception with the reason.</summary>
    public NetworkModule OrThrow() => Module ?? throw new NotContractingException($"Not certified: {Reason}.");
}
