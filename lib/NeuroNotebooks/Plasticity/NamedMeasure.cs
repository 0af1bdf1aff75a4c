using NeuroNotebooks.Contraction;

namespace NeuroNotebooks.Plasticity;

/// <summary>A matrix measure with a name: which one a flow is followed in.</summary>
public sealed class NamedMeasure
{
    private readonly Func<double[,], double> measure;

    private NamedMeasure(string name, Norm norm, bool isPlain, Func<double[,], double> measure) =>
        (Name, Norm, IsPlain, this.measure) = (name, norm, isPlain, measure);

    /// <summary>μ₁.</summary>
    public static NamedMeasure L1 { get; } = Plain("μ₁", Norm.L1);

    /// <summary>μ₂.</summary>
    public static NamedMeasure L2 { get; } = Plain("μ₂", Norm.L2);

    /// <summary>μ∞.</summary>
    public static NamedMeasure LInfinity { get; } = Plain("μ∞", Norm.LInfinity);

    /// <summary>What figures call it.</summary>
    public string Name { get; }

    /// <summary>The norm that it belongs to.</summary>
    public Norm Norm { get; }

    /// <summary>Whether the norm has no weights.</summary>
    public bool IsPlain { get; }

    /// <summary>The measure of a weighted norm.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="weights">Weights as <see cref="Contraction.Norm"/> defines them, above zero.</param>
    public static NamedMeasure Weighted(Norm norm, params ReadOnlySpan<double> weights)
    {
        Require.Defined(norm);
        if (weights.IsEmpty) throw new ArgumentException("weights is empty: expected one per neuron.", nameof(weights));
        for (int i = 0; i < weights.Length; i++) Require.Positive(weights[i], $"weights[{i}]");
        double[] copy = weights.ToArray();
        string name = norm switch { Norm.L1 => "μ₁", Norm.L2 => "μ₂", _ => "μ∞" };
        return new NamedMeasure($"weighted {name}", norm, isPlain: false, A => MatrixMeasure.Of(A, norm, copy));
    }

    /// <summary>The measure of a quadratic metric.</summary>
    /// <param name="metric">The metric.</param>
    public static NamedMeasure In(Metric metric)
    {
        Require.NotNull(metric);
        return new NamedMeasure("μ₂ in a metric", Norm.L2, isPlain: false, A => MatrixMeasure.Of(A, metric));
    }

    /// <summary>μ(A), in the unit of A.</summary>
    /// <param name="A">n × n, finite, of the size of the weights or the metric.</param>
    public double Of(double[,] A)
    {
        Require.Matrix(A);
        return measure(A);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static NamedMeasure Plain(string name, Norm norm) => new(name, norm, isPlain: true, A => MatrixMeasure.Of(A, norm));
}
