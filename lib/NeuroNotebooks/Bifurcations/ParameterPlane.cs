using System.Collections.Immutable;

namespace NeuroNotebooks.Bifurcations;

/// <summary>Two parameters of a model and the rectangle in which to stay.</summary>
/// <param name="First">Which parameter is the first.</param>
/// <param name="FirstRange">Its lowest and highest value.</param>
/// <param name="Second">Which parameter is the second.</param>
/// <param name="SecondRange">Its lowest and highest value.</param>
public sealed record ParameterPlane(int First, (double Low, double High) FirstRange, int Second, (double Low, double High) SecondRange)
{
    internal void Check(OdeModel model)
    {
        model.CheckParameter(First, nameof(First));
        model.CheckParameter(Second, nameof(Second));
        if (First == Second) throw new ArgumentException($"First and Second are both {First}: expected two parameters.", nameof(model));
    }

    internal bool Holds(ImmutableArray<double> parameters) =>
        parameters[First] >= FirstRange.Low && parameters[First] <= FirstRange.High
        && parameters[Second] >= SecondRange.Low && parameters[Second] <= SecondRange.High;

    /// <summary>The parameters with these two taken from the last two unknowns.</summary>
    internal ImmutableArray<double> Filled(double[] parameters, double[] z)
    {
        double[] p = [.. parameters];
        (p[First], p[Second]) = (z[^2], z[^1]);
        return [.. p];
    }
}
