using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Bifurcations;

/// <summary>The right-hand side of dx/dt = f(x, p).</summary>
/// <param name="x">State.</param>
/// <param name="p">Parameters.</param>
/// <param name="dxdt">Receives the derivative; as long as <paramref name="x"/>.</param>
public delegate void ParametricField(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> dxdt);

/// <summary>The right-hand side of dx/dt = f(x, p), for several states and parameters side by side in the lanes of vectors.</summary>
/// <param name="x">State, one vector a variable.</param>
/// <param name="p">Parameters, one vector each.</param>
/// <param name="dxdt">Receives the derivative; as long as <paramref name="x"/>.</param>
public delegate void LaneField(ReadOnlySpan<Vector<double>> x, ReadOnlySpan<Vector<double>> p, Span<Vector<double>> dxdt);

/// <summary>An autonomous differential equation with parameters, to be continued in them.</summary>
public sealed class OdeModel
{
        private OdeModel(
        ImmutableArray<string> variables, ImmutableArray<string> parameters, LaneField field, double[]? scales, double[]? parameterScales)
    {
        (Variables, Parameters, Lanes) = (Names(variables, nameof(variables)), Names(parameters, nameof(parameters)), field);
        Scales = Sizes(scales, variables.Length, nameof(scales));
        ParameterScales = Sizes(parameterScales, parameters.Length, nameof(parameterScales));
    }

    /// <summary>What each variable is called.</summary>
    public ImmutableArray<string> Variables { get; }

    /// <summary>What each parameter is called.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <summary>The typical size of each variable; lengths along curves are measured in them.</summary>
    public ImmutableArray<double> Scales { get; }

    /// <summary>The typical size of each parameter.</summary>
    public ImmutableArray<double> ParameterScales { get; }

    /// <summary>How many variables.</summary>
    public int Dimension => Variables.Length;

    /// <summary>A model whose right-hand side is written for numbers.</summary>
    /// <param name="variables">What each variable is called, at least one.</param>
    /// <param name="parameters">What each parameter is called, at least one.</param>
    /// <param name="field">The right-hand side.</param>
    /// <param name="scales">The typical size of each variable, above zero; 1 if left out.</param>
    /// <param name="parameterScales">The typical size of each parameter, above zero; 1 if left out.</param>
    /// <exception cref="ArgumentException">A name or a size is missing.</exception>
    public static OdeModel Of(
        ImmutableArray<string> variables, ImmutableArray<string> parameters, ParametricField field, double[]? scales = null,
        double[]? parameterScales = null)
    {
        Require.NotNull(field);
        return new OdeModel(variables, parameters, LaneByLane(field), scales, parameterScales);
    }

    /// <summary>A model whose right-hand side is written for vectors: as fast for all lanes as for one.</summary>
    /// <param name="variables">What each variable is called, at least one.</param>
    /// <param name="parameters">What each parameter is called, at least one.</param>
    /// <param name="field">The right-hand side.</param>
    /// <param name="scales">The typical size of each variable, above zero; 1 if left out.</param>
    /// <param name="parameterScales">The typical size of each parameter, above zero; 1 if left out.</param>
    /// <exception cref="ArgumentException">A name or a size is missing.</exception>
    public static OdeModel OfLanes(
        ImmutableArray<string> variables, ImmutableArray<string> parameters, LaneField field, double[]? scales = null,
        double[]? parameterScales = null)
    {
        Require.NotNull(field);
        return new OdeModel(variables, parameters, field, scales, parameterScales);
    }

    /// <summary>The derivative at a state.</summary>
    /// <param name="x">State, one number a variable, finite.</param>
    /// <param name="p">Parameters, finite.</param>
    public double[] Derivative(ReadOnlySpan<double> x, ReadOnlySpan<double> p)
    {
        Check(x, nameof(x), p, nameof(p));
        return Slope(x, p);
    }

    /// <summary>∂f/∂x at a state, n × n, by central differences of a millionth of each variable's size.</summary>
    /// <param name="x">State, one number a variable, finite.</param>
    /// <param name="p">Parameters, finite.</param>
    public double[,] Jacobian(ReadOnlySpan<double> x, ReadOnlySpan<double> p)
    {
        Check(x, nameof(x), p, nameof(p));
        var jacobian = new double[Dimension, Dimension];
        Differentiate(x, p, jacobian);
        return jacobian;
    }

    internal LaneField Lanes { get; }

    internal void Check(ReadOnlySpan<double> x, string xName, ReadOnlySpan<double> p, string pName)
    {
        Require.Length(Dimension, x.Length, xName, "variable");
        Require.Finite(x, xName);
        Require.Length(Parameters.Length, p.Length, pName, "parameter");
        Require.Finite(p, pName);
    }

    internal void CheckParameter(int index, string name) => Require.InRange(index, 0, Parameters.Length - 1, name);

    internal double[] Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> p)
    {
        var slope = new double[Dimension];
        Evaluate(x, p, slope);
        return slope;
    }

    internal void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> derivative)
    {
        Span<Vector<double>> lanes = stackalloc Vector<double>[Dimension], values = stackalloc Vector<double>[p.Length];
        Span<Vector<double>> slope = stackalloc Vector<double>[Dimension];
        for (int i = 0; i < x.Length; i++) lanes[i] = Vector.Create(x[i]);
        for (int i = 0; i < p.Length; i++) values[i] = Vector.Create(p[i]);
        Lanes(lanes, values, slope);
        for (int i = 0; i < x.Length; i++) derivative[i] = slope[i][0];
    }

    /// <summary>Central differences in every variable, and in the parameters whose columns follow.</summary>
    internal void Differentiate(ReadOnlySpan<double> x, ReadOnlySpan<double> p, double[,] into, params ReadOnlySpan<int> parameters)
    {
        double[] state = x.ToArray(), values = p.ToArray(), plus = new double[Dimension], minus = new double[Dimension];
        for (int column = 0; column < Dimension + parameters.Length; column++)
        {
            bool isState = column < Dimension;
            int index = isState ? column : parameters[column - Dimension];
            double[] changed = isState ? state : values;
            double kept = changed[index], step = 1e-6 * (isState ? Scales[index] : ParameterScales[index]);
            changed[index] = kept + step;
            Evaluate(state, values, plus);
            changed[index] = kept - step;
            Evaluate(state, values, minus);
            changed[index] = kept;
            for (int row = 0; row < Dimension; row++) into[row, column] = (plus[row] - minus[row]) / (2.0 * step);
        }
    }

    private static LaneField LaneByLane(ParametricField field) => (x, p, slope) =>
    {
        Span<double> state = stackalloc double[x.Length], values = stackalloc double[p.Length], derivative = stackalloc double[x.Length];
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            for (int i = 0; i < x.Length; i++) state[i] = x[i][lane];
            for (int i = 0; i < p.Length; i++) values[i] = p[i][lane];
            field(state, values, derivative);
            for (int i = 0; i < x.Length; i++) slope[i] = slope[i].WithElement(lane, derivative[i]);
        }
    };

    private static ImmutableArray<string> Names(ImmutableArray<string> names, string name)
    {
        Require.Each(Require.Some(names, name), name);
        return names;
    }

    private static ImmutableArray<double> Sizes(double[]? sizes, int count, string name)
    {
        sizes ??= [.. Enumerable.Repeat(1.0, count)];
        Require.Length(count, sizes.Length, name, "name");
        foreach (double size in sizes) Require.Positive(size, name);
        return [.. sizes];
    }
}
