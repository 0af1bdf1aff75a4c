using MathNet.Numerics.LinearAlgebra;

namespace NeuroNotebooks.Bifurcations;

/// <summary>
/// Φ_T(x; p) = x, with x on a plane across the flow through the last point; unknown are the state, the period and some parameters. With two
/// parameters, one more equation holds the cycle at a fold.
/// </summary>
internal sealed class CycleProblem : ICurveProblem
{
    private const double FoldDifference = 1e-6;

    private readonly OdeModel model;
    private readonly double[] parameters;
    private readonly int[] varied;
    private readonly Shooting shooting;
    private readonly int n;
    private double[] anchor = [], across = [];
    private double[]? foldSlope;

    public CycleProblem(OdeModel model, double[] parameters, int[] varied, double period, ContinuationOptions options)
    {
        (this.model, this.parameters, this.varied, n) = (model, parameters, varied, model.Dimension);
        shooting = new Shooting(model, options.MeshTolerance);
        Scales = [.. model.Scales, period, .. varied.Select(k => model.ParameterScales[k])];
    }

    public double[] Scales { get; }

    private bool OnFold => varied.Length == 2;

    public void Prepare(double[] last, double[] predicted)
    {
        double[] p = Parameters(predicted);
        anchor = [.. predicted.Take(n)];
        // the plane in scaled variables, so that none outweighs the others by its unit
        across = [.. model.Slope(anchor, p).Select((slope, i) => slope / (model.Scales[i] * model.Scales[i]))];
        double norm = Math.Sqrt(across.Select((part, i) => part * model.Scales[i] * part * model.Scales[i]).Sum());
        for (int i = 0; i < n; i++) across[i] /= norm;
        foldSlope = null;
        shooting.Lay(anchor, Math.Max(predicted[n], 1e-9), p);
    }

    public bool Linearise(double[] z, double[] residual, double[,] derivative)
    {
        if (!(z[n] > 0.0)) return false;
        double[] p = Parameters(z), x = State(z);
        var (end, flow) = shooting.Flow(x, z[n], p, varied);
        double[] speed = model.Slope(end, p);
        for (int i = 0; i < n; i++)
        {
            residual[i] = end[i] - x[i];
            for (int j = 0; j < n; j++) derivative[i, j] = flow[i, j] - (i == j ? 1.0 : 0.0);
            derivative[i, n] = speed[i];
            for (int k = 0; k < varied.Length; k++) derivative[i, n + 1 + k] = flow[i, n + k];
        }
        residual[n] = Enumerable.Range(0, n).Sum(i => across[i] * (x[i] - anchor[i]));
        for (int j = 0; j < z.Length; j++) derivative[n, j] = j < n ? across[j] : 0.0;
        if (OnFold) AddFold(z, residual, derivative);
        return Array.TrueForAll(residual, double.IsFinite);
    }

    public PeriodicOrbit At(double[] z)
    {
        double[] p = Parameters(z), x = State(z);
        var (_, flow) = shooting.Flow(x, z[n], p);
        var (lowest, highest) = shooting.Extremes(x, z[n], p);
        return new PeriodicOrbit([.. p], [.. x], z[n], [.. lowest], [.. highest], PeriodicOrbit.Ordered(flow));
    }

    /// <summary>How far the largest variable moves, in its scale.</summary>
    public double Amplitude(PeriodicOrbit orbit) =>
        Enumerable.Range(0, n).Max(i => (orbit.Highest[i] - orbit.Lowest[i]) / model.Scales[i]);

    /// <summary>Zero where a second multiplier is 1: the determinant of M − I bordered by the direction of the flow, per unit speed.</summary>
    private double FoldTest(double[] z)
    {
        double[] p = Parameters(z), x = State(z);
        var (end, flow) = shooting.Flow(x, z[n], p);
        double[] speed = model.Slope(end, p);
        double size = Math.Sqrt(speed.Select((part, i) => part / model.Scales[i]).Sum(part => part * part));
        return Matrix<double>.Build.Dense(n + 1, n + 1, (i, j) => (i, j) switch
        {
            _ when i < n && j < n => (flow[i, j] - (i == j ? 1.0 : 0.0)) * model.Scales[j] / model.Scales[i],
            _ when i < n => speed[i] / model.Scales[i] / size,
            _ when j < n => across[j] * model.Scales[j],
            _ => 0.0,
        }).Determinant();
    }

    private void AddFold(double[] z, double[] residual, double[,] derivative)
    {
        int row = n + 1;
        residual[row] = FoldTest(z);
        // the test is dear and its slope hardly changes during the corrections of one step
        foldSlope ??= [.. Enumerable.Range(0, z.Length).Select(j => FoldSlope(z, j))];
        for (int j = 0; j < z.Length; j++) derivative[row, j] = foldSlope[j];
    }

    private double FoldSlope(double[] z, int j)
    {
        double[] plus = [.. z], minus = [.. z];
        plus[j] += FoldDifference * Scales[j];
        minus[j] -= FoldDifference * Scales[j];
        return (FoldTest(plus) - FoldTest(minus)) / (2.0 * FoldDifference * Scales[j]);
    }

    private double[] State(double[] z) => z[..n];

    private double[] Parameters(double[] z)
    {
        double[] p = [.. parameters];
        for (int k = 0; k < varied.Length; k++) p[varied[k]] = z[n + 1 + k];
        return p;
    }
}
