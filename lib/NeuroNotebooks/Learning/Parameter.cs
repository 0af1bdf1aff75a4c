using System.Collections.Immutable;
using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A matrix that training changes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Parameter<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A parameter of zeros.</summary>
    /// <param name="name">What messages and files call it.</param>
    /// <param name="rows">Number of rows, above zero.</param>
    /// <param name="columns">Number of columns, above zero.</param>
    public Parameter(string name, int rows, int columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Require.Positive(rows);
        Require.Positive(columns);
        (Name, Rows, Columns) = (name, rows, columns);
        (Values, Gradients) = (new T[rows * columns], new T[rows * columns]);
    }

    /// <summary>What messages and files call it.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Its step size in units of the optimiser's, above zero.</summary>
    public double Pace { get; init => field = Require.Positive(value, nameof(Pace)); } = 1.0;

    /// <summary>Entries, rows times columns.</summary>
    public int Length => Values.Length;

    /// <summary>The entries, row after row.</summary>
    public Span<T> Value => Values;

    /// <summary>The derivative of the loss in each entry, as the last training step left it.</summary>
    public Span<T> Gradient => Gradients;

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name}, {Rows} × {Columns}";

    internal T[] Values { get; }

    internal T[] Gradients { get; }
}

/// <summary>A model that can be trained: parameters, and a loss of some samples.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ILearner<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What training changes, always the same objects in the same order.</summary>
    ImmutableArray<Parameter<T>> Parameters { get; }

    /// <summary>Records the mean loss over some samples. Called by several threads at once, each with a tape and samples of its own.</summary>
    /// <param name="tape">An empty tape.</param>
    /// <param name="batch">Which samples, in which update.</param>
    /// <returns>1 × 1.</returns>
    Variable<T> Loss(Tape<T> tape, Minibatch batch);
}

/// <summary>The part of a batch that one tape works on.</summary>
/// <param name="Samples">Numbers of the samples: what they are numbers of is the learner's affair.</param>
/// <param name="First">How many samples of the batch come before these.</param>
/// <param name="Update">Updates made before this one: with a seed of the learner's, the place for noise to start from.</param>
public readonly record struct Minibatch(ReadOnlyMemory<int> Samples, int First, int Update)
{
    /// <summary>How many samples.</summary>
    public int Count => Samples.Length;
}
