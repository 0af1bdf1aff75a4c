using NeuroNotebooks.Learning;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class OptimiserTests
{
    [Fact]
    public void Gradient_descent_steps_as_by_hand()
    {
        double[] value = [1.0, -2.0], first = new double[2];
        var sgd = new Sgd(0.1, momentum: 0.5, decay: 0.01);

        sgd.Move<double>(value, [0.3, 0.4], first, new double[2], rate: 0.1, step: 1);
        Close.All([1.0 - 0.1 * 0.31, -2.0 - 0.1 * 0.38], value, 1e-15);
        sgd.Move<double>(value, [0.0, 0.0], first, new double[2], rate: 0.1, step: 2);

        // m = ½ · 0.31 + 0.01 · 0.969
        Close.To(0.969 - 0.1 * (0.155 + 0.00969), value[0], 1e-15);
    }

    [Fact]
    public void Adam_takes_a_first_step_of_its_rate_whatever_the_gradient()
    {
        foreach (double size in (double[])[1e-3, 1.0, 1e4])
        {
            double[] value = new double[5];
            new Adam(0.01).Move<double>(value, [size, -size, size, size, -size], new double[5], new double[5], rate: 0.01, step: 1);

            Close.All([-0.01, 0.01, -0.01, -0.01, 0.01], value, 1e-6);     // ε over the gradient: 1e-5 of the rate at most
        }
    }

    // m = 0.1·2 → 0.9·0.2 + 0.1·(−1) = 0.08;  v = 0.001·4 → 0.999·0.004 + 0.001 = 0.004996;  1 − β² = 0.19 and 0.001999
    [Fact]
    public void Adam_takes_a_second_step_as_by_hand()
    {
        double[] value = [0.5], first = new double[1], second = new double[1];
        var adam = new Adam(0.1);

        adam.Move<double>(value, [2.0], first, second, 0.1, 1);
        adam.Move<double>(value, [-1.0], first, second, 0.1, 2);

        double afterOne = 0.5 - 0.1 * 2.0 / (2.0 + 1e-8);
        Close.To(afterOne - 0.1 * (0.08 / 0.19) / (Math.Sqrt(0.004996 / 0.001999) + 1e-8), value[0], 1e-14);
    }

    [Fact]
    public void Decay_beside_the_step_and_through_it_differ_as_by_hand()
    {
        double[] beside = [2.0], through = [2.0];

        new Adam(0.1, decay: 0.5, decoupled: true).Move<double>(beside, [0.0], new double[1], new double[1], 0.1, 1);
        new Adam(0.1, decay: 0.5).Move<double>(through, [0.0], new double[1], new double[1], 0.1, 1);

        Close.To(2.0 * (1.0 - 0.05), beside[0], 1e-15);
        Close.To(2.0 - 0.1, through[0], 1e-8);      // a first step: the rate, whatever the size of λ θ
    }

    [Fact]
    public void A_register_and_a_single_number_move_alike()
    {
        double[] many = [.. Enumerable.Repeat(0.7, 11)], gradient = [.. Enumerable.Repeat(0.3, 11)];

        new Adam(0.1).Move<double>(many, gradient, new double[11], new double[11], 0.1, 1);

        Assert.All(many, entry => Assert.Equal(many[0], entry));
    }

    [Fact]
    public void Schedules_follow_their_formulas()
    {
        Assert.Equal([1.0, 0.1, 0.1, 0.01], [.. new[] { 4, 5, 7, 8 }.Select(u => Math.Round(new StepDecay(0.1, 5, 8).At(u), 12))]);
        Assert.Equal(1.0, Schedule.Constant.At(1000));
        var cosine = new CosineDecay(100, floor: 0.2);
        Close.All([1.0, 0.6, 0.2, 0.2], [cosine.At(0), cosine.At(50), cosine.At(100), cosine.At(500)], 1e-15);
        Schedule warm = cosine.AfterWarmUp(4);
        Close.All([0.25, 0.5, 0.75, 1.0, 1.0, 0.6], [warm.At(0), warm.At(1), warm.At(2), warm.At(3), warm.At(4), warm.At(54)], 1e-15);
    }
}
