using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A step of a computation that knows its derivative. Derive from it to fuse what a model does often into one step.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <code>
/// sealed class Square&lt;T&gt; : Operation&lt;T&gt; where T : unmanaged, IBinaryFloatingPointIeee754&lt;T&gt;
/// {
///     protected override void Forward()  { for (…) Output.Value[i] = Inputs[0].Value[i] * Inputs[0].Value[i]; }
///     protected override void Backward() { for (…) Inputs[0].Gradient[i] += (x + x) * Output.Gradient[i]; }
/// }
/// Variable&lt;T&gt; y = tape.Record&lt;Square&lt;T&gt;&gt;(x.Rows, x.Columns, x).Run();
/// </code>
/// The object at a place of the tape is used again when the same kind of step is recorded at the same place next time, so fields may hold
/// buffers, and must be set anew before each <see cref="Run"/>.
/// </remarks>
public abstract class Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T>[] inputs = [];
    private int inputCount;

    /// <summary>A step that is not on a tape yet.</summary>
    protected Operation() => Output = new Variable<T>(this);

    /// <summary>What it computes.</summary>
    public Variable<T> Output { get; }

    /// <summary>What it computes it from, in the order in which they were recorded.</summary>
    public ReadOnlySpan<Variable<T>> Inputs => inputs.AsSpan(0, inputCount);

    /// <summary>The tape that it is on.</summary>
    public Tape<T> Tape => Output.Tape;

    internal virtual bool KeepsGradient => false;

    /// <summary>Whether it may use parameters that are not among its inputs.</summary>
    internal virtual bool UsesParameters => false;

    /// <summary>Computes the output.</summary>
    /// <returns>The output.</returns>
    public Variable<T> Run()
    {
        Forward();
        return Output;
    }

    /// <summary>Writes every entry of the output's value.</summary>
    protected abstract void Forward();

    /// <summary>
    /// Adds to the gradient of each input that needs one what the output's gradient says; called after all who use the output.
    /// </summary>
    protected abstract void Backward();

    internal void Bind(ReadOnlySpan<Variable<T>> from)
    {
        if (inputs.Length < from.Length) inputs = new Variable<T>[from.Length];
        from.CopyTo(inputs);
        inputCount = from.Length;
    }

    internal void RunBackward() => Backward();
}

/// <summary>A variable that comes from outside of the tape.</summary>
internal sealed class Leaf<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward() { }

    protected override void Backward() { }
}

/// <summary>A parameter on a tape: its values, and a gradient that belongs to the tape.</summary>
internal sealed class ParameterLeaf<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] gradient = [];

    public void LookAt(Tape<T> tape, Parameter<T> parameter)
    {
        if (gradient.Length < parameter.Length) gradient = new T[parameter.Length];
        Output.LookAt(tape, parameter.Rows, parameter.Columns, parameter.Values, gradient);
    }

    protected override void Forward() { }

    protected override void Backward() { }
}

/// <summary>A variable of another tape, looked at: what is added to its gradient is added there.</summary>
internal sealed class Alias<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal override bool KeepsGradient => true;

    protected override void Forward() { }

    protected override void Backward() { }
}
