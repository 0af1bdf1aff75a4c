using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A computation as it was done, step by step, so that the derivative of its result can be found by going back along it.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <code>
/// tape.Clear();
/// Variable&lt;double&gt; y = tape.Constant(2, 3, data).Affine(tape.Use(weights), tape.Use(bias)).Apply(Nonlinearity&lt;double&gt;.Tanh);
/// tape.Backward(y.MeanSquaredError(tape.Constant(2, 1, target)));
/// </code>
/// Steps and their buffers stay where they are when the tape is cleared, and are used again if the same computation is recorded: after the
/// first time nothing is allocated. For one thread; products of matrices run on that thread. Source: reverse-mode differentiation,
/// Linnainmaa, BIT 16:146 (1976).
/// </remarks>
public sealed class Tape<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Operation<T>> operations = [];
    private readonly Dictionary<Parameter<T>, Variable<T>> parameters = [];
    private readonly Tape<T>? parent;
    private int count;

    /// <summary>An empty tape.</summary>
    public Tape()
    {
    }

    internal Tape(Tape<T> parent) => this.parent = parent;

    /// <summary>Steps recorded since it was cleared.</summary>
    public int Count => count;

    /// <summary>Forgets what was recorded, not the memory for it. Variables recorded before are not to be used any more.</summary>
    public void Clear()
    {
        count = 0;
        parameters.Clear();
    }

    /// <summary>A constant to be filled by the caller; it holds anything until then.</summary>
    /// <param name="rows">Number of rows, above zero.</param>
    /// <param name="columns">Number of columns, above zero.</param>
    public Variable<T> Constant(int rows, int columns)
    {
        Require.Positive(rows);
        Require.Positive(columns);
        Leaf<T> leaf = Next<Leaf<T>>();
        leaf.Output.Shape(this, rows, columns, needsGradient: false);
        return leaf.Output;
    }

    /// <summary>A constant.</summary>
    /// <param name="rows">Number of rows, above zero.</param>
    /// <param name="columns">Number of columns, above zero.</param>
    /// <param name="values">rows · columns entries, row after row; copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    public Variable<T> Constant(int rows, int columns, ReadOnlySpan<T> values)
    {
        Require.Positive(rows);
        Require.Positive(columns);
        Require.Length(rows * columns, values.Length, nameof(values), "entry of the matrix");
        Variable<T> constant = Constant(rows, columns);
        values.CopyTo(constant.Value);
        return constant;
    }

    /// <summary>A parameter on this tape; the same variable however often it is asked for.</summary>
    /// <param name="parameter">The parameter.</param>
    public Variable<T> Use(Parameter<T> parameter)
    {
        Require.NotNull(parameter);
        if (parameters.TryGetValue(parameter, out Variable<T>? known)) return known;
        if (parent is not null) return parameters[parameter] = LookAt(parent.Use(parameter));
        ParameterLeaf<T> leaf = Next<ParameterLeaf<T>>();
        leaf.LookAt(this, parameter);
        return parameters[parameter] = leaf.Output;
    }

    /// <summary>Puts a step on the tape; set its fields, then <see cref="Operation{T}.Run"/> it.</summary>
    /// <typeparam name="TOperation">Its kind.</typeparam>
    /// <param name="rows">Rows of its output, above zero.</param>
    /// <param name="columns">Columns of its output, above zero.</param>
    /// <param name="inputs">What it computes from, all on this tape.</param>
    /// <exception cref="ArgumentException">An input is on another tape.</exception>
    public TOperation Record<TOperation>(int rows, int columns, params ReadOnlySpan<Variable<T>> inputs) where TOperation : Operation<T>, new()
    {
        Require.Positive(rows);
        Require.Positive(columns);
        bool needsGradient = false;
        foreach (Variable<T> input in inputs)
        {
            Require.NotNull(input, nameof(inputs));
            if (input.Tape != this) throw new ArgumentException("inputs has a variable of another tape: expected all on this one.", nameof(inputs));
            needsGradient |= input.NeedsGradient;
        }
        TOperation operation = Next<TOperation>();
        operation.Output.Shape(this, rows, columns, needsGradient || operation.UsesParameters);
        operation.Bind(inputs);
        return operation;
    }

    /// <summary>Finds the derivatives of a loss in everything that it was computed from.</summary>
    /// <param name="loss">1 × 1.</param>
    /// <param name="weight">What the derivatives are multiplied by.</param>
    /// <exception cref="ArgumentException">The loss is no single number, or not on this tape.</exception>
    public void Backward(Variable<T> loss, double weight = 1.0)
    {
        Require.NotNull(loss);
        Require.Finite(weight);
        if (loss.Tape != this || loss.Length != 1)
            throw new ArgumentException($"loss is a {loss}: expected a 1 × 1 variable of this tape.", nameof(loss));
        ClearGradients();
        if (!loss.NeedsGradient) return;
        loss.Gradient[0] = T.CreateChecked(weight);
        GoBack();
    }

    /// <summary>The derivative of the loss in a parameter, after <see cref="Backward"/>; empty if the parameter was not used.</summary>
    /// <param name="parameter">The parameter.</param>
    public ReadOnlySpan<T> GradientOf(Parameter<T> parameter)
    {
        Require.NotNull(parameter);
        return parameters.TryGetValue(parameter, out Variable<T>? variable) ? variable.Gradient : [];
    }

    internal void ClearGradients()
    {
        for (int i = 0; i < count; i++)
            if (!operations[i].KeepsGradient) operations[i].Output.Gradient.Clear();
    }

    internal void GoBack()
    {
        for (int i = count - 1; i >= 0; i--)
            if (operations[i].Output.NeedsGradient) operations[i].RunBackward();
    }

    /// <summary>A variable of another tape, on this one.</summary>
    internal Variable<T> LookAt(Variable<T> other)
    {
        Alias<T> alias = Next<Alias<T>>();
        alias.Output.LookAt(this, other);
        return alias.Output;
    }

    /// <summary>A copy of values that the loss is differentiated in, on this tape alone.</summary>
    internal Variable<T> Start(int rows, int columns, ReadOnlySpan<T> values, bool needsGradient)
    {
        Leaf<T> leaf = Next<Leaf<T>>();
        leaf.Output.Shape(this, rows, columns, needsGradient);
        values.CopyTo(leaf.Output.Value);
        return leaf.Output;
    }

    private TOperation Next<TOperation>() where TOperation : Operation<T>, new()
    {
        if (count < operations.Count && operations[count] is TOperation known)
        {
            count++;
            return known;
        }
        var fresh = new TOperation();
        if (count < operations.Count) operations[count] = fresh;
        else operations.Add(fresh);
        count++;
        return fresh;
    }
}
