using System.Numerics;
using NeuroNotebooks.Learning;

namespace NeuroNotebooks.ComboNets;

/// <summary>W_i = P^−½ U Σ Vᵀ P^½ for each module.</summary>
internal sealed class SvdBlocks<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tape<T> inner = new();

    protected override void Forward() => Record().Value.CopyTo(Output.Value);

    protected override void Backward()
    {
        Variable<T> blocks = Record();
        inner.ClearGradients();
        Output.Gradient.CopyTo(blocks.Gradient);
        inner.GoBack();
    }

    // the smaller steps on a tape of its own, whose leaves are this step's inputs
    private Variable<T> Record()
    {
        int m = Output.Columns, modules = Output.Rows / m;
        inner.Clear();
        Variable<T> left = inner.LookAt(Inputs[0]), sigma = inner.LookAt(Inputs[1]), right = inner.LookAt(Inputs[2]), root = inner.LookAt(Inputs[3]);
        Variable<T> scaledLeft = left.TimesEach(root.Transposed().Apply(Nonlinearity.Inverse)), scaledRight = right.TimesEach(root.Transposed());
        var blocks = new Variable<T>[modules];
        Variable<T> columns = sigma.Transposed();
        for (int i = 0; i < modules; i++)
        {
            Variable<T> own = columns.RowsFrom(i * m, m).Transposed();
            blocks[i] = scaledLeft.RowsFrom(i * m, m).TimesEach(own).Times(scaledRight.RowsFrom(i * m, m).Transposed());
        }
        return inner.Record<StackStep<T>>(Output.Rows, m, blocks).Run();
    }
}

/// <summary>Matrices below each other.</summary>
internal sealed class StackStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override void Forward()
    {
        int at = 0;
        foreach (Variable<T> input in Inputs)
        {
            input.Value.CopyTo(Output.Value[at..]);
            at += input.Length;
        }
    }

    protected override void Backward()
    {
        int at = 0;
        foreach (Variable<T> input in Inputs)
        {
            if (input.NeedsGradient) Spans.Add(input.Gradient, Output.Gradient.Slice(at, input.Length));
            at += input.Length;
        }
    }
}
