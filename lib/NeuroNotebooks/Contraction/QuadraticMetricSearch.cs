namespace NeuroNotebooks.Contraction;

/// <summary>x</summary>
public static class QuadraticMetricSearch
{
    internal static (double[] Multipliers, double Rate) MultipliersFor(JacobianFamily family, Metric metric) => throw new InvalidOperationException();
}
