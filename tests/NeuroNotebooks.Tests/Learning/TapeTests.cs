using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class TapeTests
{
    private static readonly Parameter<double> W = Models.Random("w", 3, 3), X = Models.Random("a", 4, 3), Row = Models.Random("r", 1, 3);

    public static TheoryData<int> Segments => [1, 2, 3, 4, 5, 8];

    // five moments in segments of 1, 2, 3 (one of them short) and more than there are
    [Theory, MemberData(nameof(Segments))]
    public void Keeping_some_states_only_gives_the_same_bits(int segment)
    {
        Assert.Equal(Derivatives(0), Derivatives(segment));

        static double[] Derivatives(int segment)
        {
            var tape = new Tape<double>();
            Parameter<double> a = Models.Random("a", 4, 3), s = Models.Random("s", 3, 3), r = Models.Random("r", 1, 3);
            double[] all = [];
            for (int round = 0; round < 2; round++)     // the second time on buffers that were used before
            {
                tape.Clear();
                Variable<double> loss = Scan(tape, segment, a, s, r);
                tape.Backward(loss);
                all = [.. all, loss.Value[0], .. tape.GradientOf(a), .. tape.GradientOf(s), .. tape.GradientOf(r)];
            }
            return all;
        }
    }

    [Fact]
    public void Keeping_some_states_only_takes_memory_like_the_root_of_the_time()
    {
        long all = Allocated(segment: 0), some = Allocated(segment: 20);

        Assert.True(some < all / 5, $"{some} bytes beside {all}: 400 moments in segments of 20 are a tenth of it");

        static long Allocated(int segment)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var tape = new Tape<double>();
            Variable<double>[] states = [tape.Use(new Parameter<double>("x", 50, 20).Constant(0.1))];
            tape.Scan<double>(400, states, [], (_, _, now, _) => now[0] = now[0].Apply(Nonlinearity.Tanh), segment);
            tape.Backward(states[0].Sum());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_same_computation_again_allocates_nothing()
    {
        var tape = new Tape<double>();
        double[] target = new double[12];
        for (int k = 0; k < 3; k++) Once();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 5; k++) Once();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            tape.Clear();
            Variable<double> y = tape.Use(X).Affine(tape.Use(W), tape.Use(Row)).Apply(Nonlinearity.Tanh);
            tape.Backward(y.LeakyRecurrence(tape.Use(W), y.TimesEach(y), 0.2, Nonlinearity.Relu).MeanSquaredError(tape.Constant(4, 3, target)));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_recurrence_in_one_step_is_the_same_as_moment_by_moment(bool noisy)
    {
        var tape = new Tape<double>();
        Parameter<double> d = Models.Random("d", 20, 3), noise = Models.Random("n", 20, 3);
        foreach (Nonlinearity function in new[] { Nonlinearity.Tanh, Nonlinearity.Relu, Nonlinearity.Softplus })
        {
            tape.Clear();
            Variable<double> drive = tape.Use(d), random = tape.Constant(20, 3, noise.Value);
            Variable<double> fused = tape.Use(X).LeakyRecurrence(tape.Use(W), drive, 0.3, function, noisy ? random : null);
            tape.Backward(fused.Weighed());
            double[] expected = [.. fused.Value, .. tape.GradientOf(X), .. tape.GradientOf(W), .. tape.GradientOf(d)];

            tape.Clear();
            Variable<double> x = tape.Use(X), all = tape.Use(d);
            Variable<double> weights = tape.Constant(20, 3), total = tape.Constant(1, 1, [0.0]);
            new Philox(99).Normals(weights.Value);
            var states = new List<double>();
            for (int t = 0; t < 5; t++)
            {
                Variable<double> argument = x.Affine(tape.Use(W)).Plus(all.RowsFrom(4 * t, 4));
                if (noisy) argument = argument.Plus(tape.Constant(4, 3, noise.Value.Slice(12 * t, 12)));
                x = x.LeakyStep(argument, 0.3, function);
                states.AddRange(x.Value);
                total = total.Plus(x.TimesEach(weights.RowsFrom(4 * t, 4)).Sum());
            }
            tape.Backward(total);

            Close.All(expected, [.. states, .. tape.GradientOf(X), .. tape.GradientOf(W), .. tape.GradientOf(d)], 1e-13, function.Name);
        }
    }

    [Fact]
    public void Functions_are_right_to_the_last_places()
    {
        double[] x = [.. Enumerable.Range(-4000, 8001).Select(k => k / 200.0)];
        Check(Nonlinearity.Tanh, Math.Tanh, 4e-16, 3e-7);
        Check(Nonlinearity.Sigmoid, v => 1.0 / (1.0 + Math.Exp(-v)), 4e-16, 3e-7);
        Check(Nonlinearity.Softplus, v => Math.Max(v, 0.0) + Math.Log(1.0 + Math.Exp(-Math.Abs(v))), 4e-15, 2e-6);
        Check(Nonlinearity.Exp, Math.Exp, 1e-15 * Math.Exp(20.0), 1e-6 * Math.Exp(20.0));

        void Check(Nonlinearity function, Func<double, double> truth, double absolute, double single)
        {
            Close.All([.. x.Select(v => truth(v))], Values<double>(function, x), absolute, function.Name);
            Close.All([.. x.Select(v => truth((float)v))], Values<float>(function, x), single, function.Name);
        }

        static double[] Values<T>(Nonlinearity function, double[] x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var tape = new Tape<T>();
            return [.. tape.Constant(1, x.Length, [.. x.Select(v => T.CreateChecked(v))]).Apply(function).Value.ToArray().Select(v => double.CreateChecked(v))];
        }
    }

    [Fact]
    public void Rotations_are_orthogonal_and_small_angles_are_what_they_say()
    {
        var tape = new Tape<double>();
        Variable<double> free = tape.Use(Models.Random("o", 8, 4));
        foreach (Variable<double> rotation in new[] { free.CayleyRotation(), free.ExponentialRotation() })
            for (int block = 0; block < 2; block++)
            {
                Variable<double> r = rotation.RowsFrom(4 * block, 4), product = r.Times(r.Transposed());
                Close.All([.. Enumerable.Range(0, 16).Select(k => k % 5 == 0 ? 1.0 : 0.0)], product.Value.ToArray(), 1e-13);
            }
        Variable<double> quarter = tape.Constant(2, 2, [0.0, -Math.PI / 2, Math.PI / 2, 0.0]).ExponentialRotation();
        Close.All([0.0, -1.0, 1.0, 0.0], quarter.Value.ToArray(), 1e-14);
        Variable<double> cayley = tape.Constant(2, 2, [0.0, -2.0, 2.0, 0.0]).CayleyRotation();      // tan of half the angle is 1
        Close.All([0.0, -1.0, 1.0, 0.0], cayley.Value.ToArray(), 1e-14);
    }

    [Fact]
    public void Dale_gives_every_unit_one_sign_and_answered_feedback_cancels_in_the_metric()
    {
        var tape = new Tape<double>();
        Variable<double> dale = tape.Use(W).Dale(tape.Constant(1, 3, [1.0, -1.0, 1.0]));
        for (int i = 0; i < 3; i++) Assert.True(dale[i, 0] >= 0.0 && dale[i, 1] <= 0.0 && dale[i, 2] >= 0.0);

        double[] p = [0.5, 2.0, 7.0];
        Variable<double> l = tape.Use(W).NegativeFeedback(tape.Constant(1, 3, p));
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) Close.To(0.0, p[i] * l[i, j] + p[j] * l[j, i], 1e-14);
    }

    [Fact]
    public void The_Cayley_map_of_answered_feedback_is_a_rotation_in_the_metric()
    {
        var tape = new Tape<double>();
        double[] p = [0.5, 2.0, 7.0];
        Variable<double> metric = tape.Constant(1, 3, p), r = tape.Use(W).NegativeFeedback(metric).Scaled(20.0).CayleyMap();

        Variable<double> kept = r.Transposed().TimesEach(metric).Times(r);       // Rᵀ P R

        Close.All([0.5, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 7.0], kept.Value.ToArray(), 1e-13);
        Assert.True(Math.Abs(r[0, 1]) > 0.01);
    }

    [Fact]
    public void Initial_values_are_what_they_are_said_to_be()
    {
        double[] normal = new Parameter<double>("n", 100, 100).Normal(0.3, new Philox(1)).Value.ToArray();
        Close.To(0.3, Math.Sqrt(normal.Average(v => v * v)), 0.3 * 4.0 / Math.Sqrt(2.0 * 10_000));       // four standard errors
        double[] uniform = new Parameter<double>("u", 100, 100).Uniform(0.2, new Philox(1)).Value.ToArray();
        Assert.InRange(uniform.Max(Math.Abs), 0.199, 0.2);
        double[] logs = [.. new Parameter<double>("l", 100, 100).LogNormal(-1.0, 0.5, new Philox(1)).Value.ToArray().Select(v => Math.Log(v))];
        Close.To(-1.0, logs.Average(), 4.0 * 0.5 / 100.0);
        Parameter<double> scaled = new Parameter<double>("s", 5, 5).Normal(1.0, new Philox(1)).WithNorm(0.1);
        Close.To(0.01, scaled.Value.ToArray().Sum(v => v * v), 1e-16);
        foreach ((int rows, int columns) in new[] { (5, 5), (3, 6), (6, 3) })
        {
            var tape = new Tape<double>();
            Variable<double> q = tape.Use(new Parameter<double>("q", rows, columns).Orthogonal(2.0, new Philox(1)));
            Variable<double> product = rows <= columns ? q.Times(q.Transposed()) : q.Transposed().Times(q);
            int n = Math.Min(rows, columns);
            Close.All([.. Enumerable.Range(0, n * n).Select(k => k % (n + 1) == 0 ? 4.0 : 0.0)], product.Value.ToArray(), 1e-14);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var tape = new Tape<double>();
        Variable<double> a = tape.Constant(2, 3, new double[6]), b = tape.Constant(3, 2, new double[6]), other = new Tape<double>().Constant(2, 3, new double[6]);

        Assert.Contains("2 × 3", Assert.Throws<ArgumentException>(() => a + b).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => a * b);
        Assert.Throws<ArgumentException>(() => a.Times(a));
        Assert.Throws<ArgumentException>(() => a.Affine(b));
        Assert.Throws<ArgumentException>(() => a.Plus(other));
        Assert.Throws<ArgumentException>(() => a.MeanSquaredError(b));
        Assert.Throws<ArgumentException>(() => a.SoftmaxCrossEntropy([0]));
        Assert.Contains("labels[1] is 3", Assert.Throws<ArgumentException>(() => a.SoftmaxCrossEntropy([0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => tape.Backward(a));
        Assert.Throws<ArgumentException>(() => a.LeakyRecurrence(a, a, 0.1, Nonlinearity.Tanh));
        Assert.Throws<ArgumentException>(() => a.NegativeFeedback());
        Assert.Throws<ArgumentException>(() => a.CayleyRotation());
        Assert.Throws<ArgumentException>(() => a.CayleyMap());
        Assert.Throws<ArgumentException>(() => a.Dale(b));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.RowsFrom(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.LeakyStep(a, 0.0, Nonlinearity.Tanh));
        Assert.Throws<ArgumentException>(() => a.MeanSquaredError(a, tape.Constant(2, 1, [0.0, 0.0])));
        Assert.Throws<ArgumentException>(() => tape.Scan<double>(2, [a], [], (_, _, states, _) => states[0] = states[0].Transposed()));
    }

    private static Variable<double> Scan(Tape<double> tape, int segment, Parameter<double> a, Parameter<double> s, Parameter<double> r)
    {
        Variable<double> shared = tape.Use(r).Apply(Nonlinearity.Tanh);
        Variable<double>[] states = [tape.Use(a), tape.Constant(1, 1, [0.0])];
        tape.Scan<double>(5, states, [shared], (inner, t, now, common) =>
        {
            Variable<double> next = now[0].LeakyStep(now[0].Affine(inner.Use(s)).Plus(common[0]), 0.3, Nonlinearity.Tanh);
            now[1] = now[1].Plus(next.Apply(Nonlinearity.Square).Sum().Scaled(1.0 + t));
            now[0] = next;
        }, segment);
        return states[1].Plus(states[0].Weighed()).Plus(shared.Weighed());
    }
}
