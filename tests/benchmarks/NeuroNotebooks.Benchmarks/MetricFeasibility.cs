using System.Globalization;
using System.Text.Json;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Benchmarks;

/// <summary>
/// A metric of a given rate for eight Jacobians at once, which neither the identity nor one Lyapunov equation gives: ours beside CVXOPT's
/// conic solver in the same run; the aim is a third of its time.
/// </summary>
internal static class MetricFeasibility
{
    private sealed record Problem(int N, double Rate, double[][,] Jacobians);

    public static void Run(TextWriter output)
    {
        Problem[] problems = [.. new[] { 10, 20, 50 }.Select(Draw)];
        string[] theirs = Peer(problems);
        output.WriteLine(theirs.Length > 0 ? theirs[0] : "CVXOPT did not answer (Debian: python3-cvxopt): ours alone");
        output.WriteLine($"{"n",4}{"asked",10}{"decision",12}{"steps",8}{"ours, s",11}{"cvxopt, s",11}{"ratio",8}");
        for (int k = 0; k < problems.Length; k++)
        {
            Problem problem = problems[k];
            JacobianFamily family = JacobianFamily.Hull(problem.Jacobians);
            MetricSearchResult found = QuadraticMetricSearch.WithRate(family, problem.Rate);
            double ours = Measure.Seconds(() => QuadraticMetricSearch.WithRate(family, problem.Rate), rounds: 3);
            double peer = theirs.Length > k + 1 ? double.Parse(theirs[k + 1].Split(' ')[1], CultureInfo.InvariantCulture) : double.NaN;
            output.WriteLine($"{problem.N,4}{problem.Rate,10:f3}{found.Decision,12}{found.Steps,8}{ours,11:f4}{peer,11:f4}{peer / ours,8:f1}");
        }
    }

    // stable matrices that share a metric of condition number about 100, in which they contract at a rate of at least 0.5
    private static Problem Draw(int n)
    {
        var random = new Philox(7, (ulong)n);
        double[] stretch = [.. Enumerable.Range(0, n).Select(i => Math.Pow(10.0, (double)i / (n - 1)))];
        var jacobians = new double[8][,];
        for (int k = 0; k < jacobians.Length; k++)
        {
            Philox own = random.Child((ulong)k);
            var matrix = new double[n, n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) matrix[i, j] = own.Normal((ulong)(i * n + j)) / Math.Sqrt(n);
            double shift = 0.5 + MatrixMeasure.Of(matrix, Norm.L2);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) matrix[i, j] = (matrix[i, j] - (i == j ? shift : 0.0)) * stretch[i] / stretch[j];
            jacobians[k] = matrix;
        }
        return new Problem(n, 0.45, jacobians);
    }

    private static string[] Peer(Problem[] problems) => PythonPeer.Ask("metric_feasibility.py", input: JsonSerializer.Serialize(new
    {
        problems = problems.Select(problem => new { n = problem.N, rate = problem.Rate, jacobians = problem.Jacobians.Select(matrix => matrix.Cast<double>()) }),
    })) ?? [];
}
