namespace NeuroNotebooks.Numerics;

/// <summary>An explicit Runge-Kutta scheme as its table of coefficients.</summary>
/// <remarks>
/// In every table here the last stage is the field at the new state, so it is the next step's first. Between two steps the solution is
/// x₀ + h Σᵢ bᵢ(θ) kᵢ with polynomials bᵢ of degree four at most and θ from 0 to 1: the scheme's own where it has one, the cubic
/// Hermite polynomial through both ends otherwise.
/// Source: Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I (2nd ed. 1993), II.1, II.4 to II.6.
/// </remarks>
public sealed class RungeKuttaScheme
{
    private RungeKuttaScheme(string name, int order, double[] nodes, double[][] stages, double[] error, double[][] between)
    {
        (Name, Order, Nodes, Between) = (name, order, nodes, between);
        Stages = [.. stages.Select(WithoutZeros)];
        Error = WithoutZeros(error);
    }

    /// <summary>Euler's scheme, first order: one evaluation a step.</summary>
    public static RungeKuttaScheme Euler { get; } = new("Euler", 1, nodes: [0, 1], stages: [[], [1]], error: [], Hermite([1]));

    /// <summary>Heun's scheme, second order, the trapezoid rule with Euler's guess: two evaluations a step.</summary>
    public static RungeKuttaScheme Heun { get; } = new(
        "Heun", 2, nodes: [0, 1, 1], stages: [[], [1], [1.0 / 2, 1.0 / 2]], error: [], Hermite([1.0 / 2, 1.0 / 2]));

    /// <summary>The classical fourth-order scheme: four evaluations a step.</summary>
    public static RungeKuttaScheme RungeKutta4 { get; } = new(
        "Runge-Kutta 4", 4,
        nodes: [0, 1.0 / 2, 1.0 / 2, 1, 1],
        stages: [[], [1.0 / 2], [0, 1.0 / 2], [0, 0, 1], [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6]],
        error: [],
        Hermite([1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6]));

    /// <summary>
    /// Dormand and Prince's scheme of order 5 with an error estimate of order 4 and an interpolant of order 4: six evaluations a step.
    /// </summary>
    /// <remarks>
    /// Sources: Dormand, Prince, J. Comput. Appl. Math. 6:19 (1980); the interpolant from Shampine, Math. Comp. 46:135 (1986).
    /// </remarks>
    public static RungeKuttaScheme DormandPrince { get; } = new(
        "Dormand-Prince 5(4)", 5,
        nodes: [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1],
        stages:
        [
            [],
            [1.0 / 5],
            [3.0 / 40, 9.0 / 40],
            [44.0 / 45, -56.0 / 15, 32.0 / 9],
            [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
            [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
            [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
        ],
        error: [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40],
        between:
        [
            [1, -8048581381.0 / 2820520608, 8663915743.0 / 2820520608, -12715105075.0 / 11282082432],
            [0, 0, 0, 0],
            [0, 131558114200.0 / 32700410799, -68118460800.0 / 10900136933, 87487479700.0 / 32700410799],
            [0, -1754552775.0 / 470086768, 14199869525.0 / 1410260304, -10690763975.0 / 1880347072],
            [0, 127303824393.0 / 49829197408, -318862633887.0 / 49829197408, 701980252875.0 / 199316789632],
            [0, -282668133.0 / 205662961, 2019193451.0 / 616988883, -1453857185.0 / 822651844],
            [0, 40617522.0 / 29380423, -110615467.0 / 29380423, 69997945.0 / 29380423],
        ]);

    /// <summary>The scheme's name.</summary>
    public string Name { get; }

    /// <summary>The error at a fixed time shrinks with this power of the step.</summary>
    public int Order { get; }

    /// <summary>Whether the scheme can choose its own steps.</summary>
    public bool EstimatesError => Error.Length > 0;

    internal int StageCount => Nodes.Length;

    /// <summary>Where in the step each stage looks at the field.</summary>
    internal double[] Nodes { get; }

    /// <summary>For each stage, the earlier stages it adds up; the last row gives the new state.</summary>
    internal Weight[][] Stages { get; }

    /// <summary>The difference between the new state and one of lower order.</summary>
    internal Weight[] Error { get; }

    /// <summary>For each stage, the coefficients of θ, θ², θ³, θ⁴ between the ends of the step.</summary>
    internal double[][] Between { get; }

    private static Weight[] WithoutZeros(double[] row) =>
        [.. row.Select((value, stage) => new Weight(stage, value)).Where(weight => weight.Value != 0.0)];

    /// <summary>
    /// The cubic with the states and the slopes of both ends, for a step with weights b whose last stage is the slope at the new state.
    /// </summary>
    private static double[][] Hermite(double[] b)
    {
        double[][] between = [.. b.Select(weight => (double[])[0, 3.0 * weight, -2.0 * weight, 0]), [0, -1, 1, 0]];
        between[0] = [1, between[0][1] - 2.0, between[0][2] + 1.0, 0];
        return between;
    }
}

/// <summary>One stage in a sum of stages.</summary>
internal readonly record struct Weight(int Stage, double Value);
