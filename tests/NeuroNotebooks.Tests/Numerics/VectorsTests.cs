using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.Tests.Numerics;

public class VectorsTests
{
    public static IEnumerable<object[]> Lengths => Enumerable.Range(0, 257).Select(length => new object[] { length });

    [Theory, MemberData(nameof(Lengths))]
    public void A_scaled_sum_is_that_of_a_loop_bit_for_bit_and_stays_inside(int length)
    {
        double[] x = new double[length + 1], y = new double[length + 1], result = [.. Enumerable.Repeat(-7.0, length + 2)];
        new Philox(1).Normals(x);
        new Philox(2).Normals(y);
        Vectors.AddScaled<double>(x.AsSpan(1), 0.3, y.AsSpan(1), result.AsSpan(1, length));
        for (int i = 0; i < length; i++) Assert.Equal(x[i + 1] + 0.3 * y[i + 1], result[i + 1]);
        Assert.Equal((-7.0, -7.0), (result[0], result[^1]));

        double[] expected = [.. x.Zip(y, (a, b) => a + 0.3 * b)];
        Vectors.AddScaled<double>(x, 0.3, y, x);
        Assert.Equal(expected, x);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void A_dot_product_is_that_of_a_loop_within_rounding(int length)
    {
        double[] x = new double[length], y = new double[length];
        new Philox(3).Normals(x);
        new Philox(4).Normals(y);
        double expected = 0.0, size = 0.0;
        for (int i = 0; i < length; i++)
        {
            expected += x[i] * y[i];
            size += Math.Abs(x[i] * y[i]);
        }
        Close.To(expected, Vectors.Dot<double>(x, y), 2.0 * length * 1.2e-16 * size);       // any two orders of summation
    }

    [Theory, MemberData(nameof(Lengths))]
    public void One_number_that_is_not_finite_is_seen_wherever_it_stands(int length)
    {
        var x = new double[length];
        x.AsSpan().Fill(-double.MaxValue);
        Assert.True(Vectors.AllFinite(x));
        for (int i = 0; i < length; i++)
            foreach (double wrong in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                double before = x[i];
                x[i] = wrong;
                Assert.False(Vectors.AllFinite(x));
                x[i] = before;
            }
    }
}
