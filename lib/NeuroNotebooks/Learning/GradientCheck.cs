using System.Collections.Immutable;

namespace NeuroNotebooks.Learning;

/// <summary>The gradient of a loss beside central differences, parameter by parameter.</summary>
/// <param name="Parameters">One line a parameter.</param>
public sealed record GradientCheck(ImmutableArray<ParameterCheck> Parameters)
{
    /// <summary>One line a parameter.</summary>
    public ImmutableArray<ParameterCheck> Parameters { get; } = Require.Some(Parameters);

    /// <summary>The largest relative error.</summary>
    public double RelativeError => Parameters.Max(check => check.RelativeError);

    /// <summary>Differentiates a loss both ways in every entry of some parameters; the parameters are as before in the end.</summary>
    /// <param name="parameters">In what to differentiate, at least one.</param>
    /// <param name="loss">Records the loss, 1 × 1, always the same one.</param>
    /// <param name="step">Step of the differences, above zero, relative to entries above 1. About the cube root of the rounding unit is best.</param>
    /// <remarks>
    /// Two evaluations of the loss per entry. In double precision and away from kinks the relative error is about 1e-9; a wrong derivative
    /// shows as an error near 1.
    /// </remarks>
    public static GradientCheck Run(
        IEnumerable<Parameter<double>> parameters, Func<Tape<double>, Variable<double>> loss, double step = 6e-6)
    {
        IReadOnlyList<Parameter<double>> all = Require.Each(parameters);
        Require.NotNull(loss);
        Require.Positive(step);
        var tape = new Tape<double>();
        tape.Backward(loss(tape));
        double[][] gradients = [.. all.Select(p => tape.GradientOf(p) is { IsEmpty: false } g ? g.ToArray() : new double[p.Length])];
        return new GradientCheck([.. all.Select((p, k) => Check(p, gradients[k], tape, loss, step))]);
    }

    /// <summary>The worst parameter.</summary>
    public override string ToString() => Parameters.MaxBy(check => check.RelativeError)!.ToString();

    private static ParameterCheck Check(
        Parameter<double> parameter, double[] gradient, Tape<double> tape, Func<Tape<double>, Variable<double>> loss, double step)
    {
        double size = 0.0, error = 0.0;
        int worst = 0;
        for (int i = 0; i < parameter.Length; i++)
        {
            double at = parameter.Value[i], h = step * Math.Max(1.0, Math.Abs(at));
            double above = LossAt(at + h), below = LossAt(at - h);
            parameter.Value[i] = at;
            double difference = (above - below) / (at + h - (at - h)), off = Math.Abs(difference - gradient[i]);
            size = Math.Max(size, Math.Max(Math.Abs(difference), Math.Abs(gradient[i])));
            if (off > error) (worst, error) = (i, off);

            double LossAt(double value)
            {
                parameter.Value[i] = value;
                tape.Clear();
                return loss(tape).Value[0];
            }
        }
        return new ParameterCheck(parameter.Name, error, size, worst);
    }
}

/// <summary>The gradient in one parameter beside central differences.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Error">The largest difference between the two.</param>
/// <param name="Size">The largest entry of either.</param>
/// <param name="Entry">Where the difference is largest.</param>
public sealed record ParameterCheck(string Name, double Error, double Size, int Entry)
{
    /// <summary>Error over size; 0 if both vanish.</summary>
    public double RelativeError => Size > 0.0 ? Error / Size : 0.0;

    /// <summary>One line.</summary>
    public override string ToString() => $"{Name}: off by {Error:g2} at [{Entry}], relative {RelativeError:g2}";
}
