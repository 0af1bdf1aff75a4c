namespace NeuroNotebooks.Bifurcations;

/// <summary>f(x, p) = 0 and a test of ∂f/∂x that is zero, with two parameters free.</summary>
internal sealed class MarkedEquilibriumProblem : ICurveProblem
{
    private const double Difference = 1e-5;

    private readonly OdeModel model;
    private readonly double[] parameters;
    private readonly ParameterPlane plane;
    private readonly Func<double[,], double> test;
    private double size = 1.0;

    public MarkedEquilibriumProblem(OdeModel model, double[] parameters, ParameterPlane plane, Func<double[,], double> test)
    {
        (this.model, this.parameters, this.plane, this.test) = (model, parameters, plane, test);
        Scales = [.. model.Scales, model.ParameterScales[plane.First], model.ParameterScales[plane.Second]];
    }

    public double[] Scales { get; }

    /// <summary>Measures the test by its steepest slope, so that a determinant of any size weighs like the other equations.</summary>
    public void Prepare(double[] last, double[] predicted)
    {
        double steepest = Enumerable.Range(0, last.Length).Max(j => Math.Abs(Slope(last, j) * Scales[j]));
        size = steepest > 0.0 && double.IsFinite(steepest) ? steepest : 1.0;
    }

    public bool Linearise(double[] z, double[] residual, double[,] derivative)
    {
        int n = model.Dimension;
        double[] p = [.. plane.Filled(parameters, z)];
        model.Evaluate(z.AsSpan(0, n), p, residual.AsSpan(0, n));
        model.Differentiate(z.AsSpan(0, n), p, derivative, plane.First, plane.Second);
        residual[n] = Test(z) / size;
        for (int j = 0; j < z.Length; j++) derivative[n, j] = Slope(z, j) / size;
        return Array.TrueForAll(residual, double.IsFinite);
    }

    private double Slope(double[] z, int j)
    {
        double[] plus = [.. z], minus = [.. z];
        plus[j] += Difference * Scales[j];
        minus[j] -= Difference * Scales[j];
        return (Test(plus) - Test(minus)) / (2.0 * Difference * Scales[j]);
    }

    private double Test(double[] z)
    {
        var jacobian = new double[model.Dimension, model.Dimension];
        model.Differentiate(z.AsSpan(0, model.Dimension), [.. plane.Filled(parameters, z)], jacobian);
        return test(jacobian);
    }
}
