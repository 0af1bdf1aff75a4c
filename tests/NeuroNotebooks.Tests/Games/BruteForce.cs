using NeuroNotebooks.Games;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Games;

/// <summary>Slow second opinions that share no code with what they judge: plain formulas from the paper, grids and determinants.</summary>
internal static class BruteForce
{
    /// <summary>E^i for a rate z of neuron i, from the formula, with the activation cost given from outside.</summary>
    public static double Energy(double[,] w, double[] u, Func<double, double> g, int i, double z, IReadOnlyList<double> x)
    {
        double others = 0.0;
        for (int j = 0; j < u.Length; j++)
            if (j != i) others += w[i, j] * x[j];
        return 0.5 * (1.0 - w[i, i]) * z * z - z * others - u[i] * z + g(z);
    }

    /// <summary>The most that any neuron saves by moving to one of 4001 other rates between low and high.</summary>
    public static double GainFromDeviating(double[,] w, double[] u, Func<double, double> g, IReadOnlyList<double> x, double low,
        double high)
    {
        double gain = 0.0;
        for (int i = 0; i < u.Length; i++)
        {
            double now = Energy(w, u, g, i, x[i], x);
            for (int k = 0; k <= 4000; k++) gain = Math.Max(gain, now - Energy(w, u, g, i, low + (high - low) * k / 4000.0, x));
        }
        return gain;
    }

    public static double GainFromDeviating(FiringRateNetwork reluNetwork, IReadOnlyList<double> x) => GainFromDeviating(
        reluNetwork.Weights(), [.. reluNetwork.Drive], z => z < 0.0 ? double.PositiveInfinity : 0.0, x, 0.0, 2.0 * x.Max() + 1.0);

    /// <summary>All principal minors above zero, each by expansion over permutations' cofactors.</summary>
    public static bool IsPMatrix(double[,] m)
    {
        int n = m.GetLength(0);
        for (int set = 1; set < 1 << n; set++)
        {
            int[] rows = [.. Enumerable.Range(0, n).Where(i => (set >> i & 1) == 1)];
            if (!(Determinant(m, rows, rows) > 0.0)) return false;
        }
        return true;
    }

    public static double Determinant(double[,] m, int[] rows, int[] columns)
    {
        if (rows.Length == 0) return 1.0;
        double sum = 0.0;
        for (int c = 0; c < columns.Length; c++)
            sum += (c % 2 == 0 ? 1.0 : -1.0) * m[rows[0], columns[c]] * Determinant(m, rows[1..], [.. columns.Where((_, k) => k != c)]);
        return sum;
    }

    /// <summary>The largest eigenvalue of P A + Aᵀ P by power iteration.</summary>
    public static double LargestEigenvalue(double[,] a, IReadOnlyList<double> p)
    {
        int n = p.Count;
        var q = new double[n, n];
        double shift = 0.0;
        for (int i = 0; i < n; i++)
        {
            double row = 0.0;
            for (int j = 0; j < n; j++) row += Math.Abs(q[i, j] = p[i] * a[i, j] + p[j] * a[j, i]);
            shift = Math.Max(shift, row);
        }
        double[] v = [.. Enumerable.Range(0, n).Select(i => 1.0 + 0.1 * i)];
        double value = 0.0;
        for (int round = 0; round < 20000; round++)
        {
            var next = new double[n];
            for (int i = 0; i < n; i++)
            {
                next[i] = shift * v[i];
                for (int j = 0; j < n; j++) next[i] += q[i, j] * v[j];
            }
            double norm = Math.Sqrt(next.Sum(entry => entry * entry));
            for (int i = 0; i < n; i++) v[i] = next[i] / norm;
            value = norm - shift;
        }
        return value;
    }

    public static double[,] RandomMatrix(int n, Philox random, double low = -1.0, double high = 1.0)
    {
        var m = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) m[i, j] = low + (high - low) * random.Uniform((ulong)(i * n + j));
        return m;
    }

    public static double[] RandomVector(int n, Philox random, double low = 0.0, double high = 1.0) =>
        [.. Enumerable.Range(0, n).Select(i => low + (high - low) * random.Substream(random.Stream + 77).Uniform((ulong)i))];

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 64).Select(seed => new object[] { (ulong)seed });
}

public class BruteForceTests
{
    [Fact]
    public void The_deviation_oracle_sees_a_profile_that_is_no_equilibrium()
    {
        FiringRateNetwork pair = WilsonCowanPair.Antagonistic.Network();
        Assert.True(BruteForce.GainFromDeviating(pair, [1.0, 1.0]) > 0.1);
        Assert.True(BruteForce.GainFromDeviating(pair, [26.0 / 35.0, 22.0 / 35.0]) < 1e-12);
    }

    [Fact]
    public void The_minor_oracle_knows_a_P_matrix_from_one_that_is_not()
    {
        Assert.True(BruteForce.IsPMatrix(new[,] { { 1.0, -3.0 }, { 2.0, 1.0 } }));
        Assert.False(BruteForce.IsPMatrix(new[,] { { 1.0, 2.0 }, { 2.0, 1.0 } }));
        Assert.False(BruteForce.IsPMatrix(new[,] { { -1.0, 0.0 }, { 0.0, -1.0 } }));
    }

    [Fact]
    public void The_eigenvalue_oracle_finds_the_largest_and_not_the_largest_in_size() =>
        NeuroNotebooks.TestSupport.Close.To(-2.0, BruteForce.LargestEigenvalue(new[,] { { -1.0, 0.0 }, { 0.0, -5.0 } }, [1.0, 1.0]), 1e-9);
}
