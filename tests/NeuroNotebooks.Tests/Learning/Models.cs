using System.Collections.Immutable;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.LearningTests;

/// <summary>Small things to differentiate and to train.</summary>
internal static class Models
{
    public static Parameter<double> Random(string name, int rows, int columns, ulong seed = 1, double deviation = 0.7) =>
        new Parameter<double>(name, rows, columns).Normal(deviation, new Philox(seed, name[0]));

    /// <summary>A matrix that weighs each entry differently, so that no derivative can hide behind a symmetry.</summary>
    public static Variable<double> Weighed(this Variable<double> y)
    {
        Variable<double> weights = y.Tape.Constant(y.Rows, y.Columns);
        new Philox(99).Normals(weights.Value);
        return y.TimesEach(weights).Sum();
    }
}

/// <summary>y = x wᵀ + b learned by least squares from samples whose answer is known.</summary>
internal sealed class LinearLearner : ILearner<double>
{
    private readonly Parameter<double> weights = new("weights", 1, 3), bias = new("bias", 1, 1);

    public ImmutableArray<Parameter<double>> Parameters => [weights, bias];

    public static double[] Truth { get; } = [0.5, -1.0, 2.0, 0.25];

    public Variable<double> Loss(Tape<double> tape, Minibatch batch)
    {
        Variable<double> x = tape.Constant(batch.Count, 3), y = tape.Constant(batch.Count, 1);
        for (int i = 0; i < batch.Count; i++)
        {
            Span<double> row = x.Value.Slice(3 * i, 3);
            new Philox(5, (ulong)batch.Samples.Span[i]).Normals(row);
            y.Value[i] = Truth[0] * row[0] + Truth[1] * row[1] + Truth[2] * row[2] + Truth[3];
        }
        return x.Affine(tape.Use(weights), tape.Use(bias)).MeanSquaredError(y);
    }
}
