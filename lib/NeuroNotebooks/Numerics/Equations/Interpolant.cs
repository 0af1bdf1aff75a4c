namespace NeuroNotebooks.Numerics;

/// <summary>A solution at every time of its integration: one polynomial of degree four a step.</summary>
public sealed class Interpolant
{
    private readonly List<double> starts = [];
    private readonly List<double[]> polynomials = [];
    private readonly List<double> lengths = [];
    private readonly int dimension;

    internal Interpolant(int dimension) => this.dimension = dimension;

    /// <summary>The first time it knows.</summary>
    public double Start => starts[0];

    /// <summary>The last time it knows.</summary>
    public double End { get; private set; }

    /// <summary>The state at a time.</summary>
    /// <param name="time">From <see cref="Start"/> to <see cref="End"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside.</exception>
    public double[] At(double time)
    {
        var state = new double[dimension];
        At(time, state);
        return state;
    }

    /// <summary>The state at a time, without allocating.</summary>
    /// <param name="time">From <see cref="Start"/> to <see cref="End"/>.</param>
    /// <param name="state">Receives the state; of its length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside.</exception>
    /// <exception cref="ArgumentException">The span has another length than the state.</exception>
    public void At(double time, Span<double> state)
    {
        Require.InRange(time, Start, End);
        Require.Length(dimension, state.Length, nameof(state), "variable");
        int found = starts.BinarySearch(time);
        int step = found >= 0 ? found : ~found - 1;
        double theta = (time - starts[step]) / lengths[step];
        double[] c = polynomials[step];
        for (int i = 0; i < dimension; i++)
        {
            double sum = c[4 * dimension + i];
            for (int power = 3; power >= 0; power--) sum = sum * theta + c[power * dimension + i];
            state[i] = sum;
        }
    }

    internal void Add(RungeKuttaStepper tried, double end)
    {
        starts.Add(tried.Time);
        lengths.Add(tried.Step);
        polynomials.Add(tried.Polynomial());
        End = end;
    }
}
