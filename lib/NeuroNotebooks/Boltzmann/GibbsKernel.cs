using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The parameters of a machine as the kernels read them: W is visible × hidden, row after row.</summary>
internal readonly record struct RbmParameters(float[] W, float[] B, float[] C)
{
    public int Visible => B.Length;
    public int Hidden => C.Length;

    public static RbmParameters Of(BernoulliRbm rbm) => new([.. rbm.Weights], [.. rbm.VisibleFields], [.. rbm.HiddenFields]);

    public BernoulliRbm Freeze() => new([.. W], [.. B], [.. C]);
}

/// <summary>Many chains of block Gibbs sampling in step: the products for all of them at once, then one fused pass that decides the units.</summary>
/// <remarks>
/// The random word of a unit is a function of (stream, sweep, layer, chain, unit), so the states do not depend on the number of threads
/// wherever the products do not. Nothing is allocated after construction.
/// </remarks>
internal sealed class GibbsKernel : IRowWork
{
    private const int Segment = 512;
    private const int UnitBits = 24;        // room for 2²⁴ blocks of four units beside the number of the chain

    private readonly RowWorkers workers;
    private readonly float[] visible, hidden, scaledFields;
    private float[] target, fields;
    private Philox words;

    public GibbsKernel(int chains, int visibleUnits, int hiddenUnits, int threads)
    {
        (Chains, VisibleUnits, HiddenUnits) = (chains, visibleUnits, hiddenUnits);
        workers = new RowWorkers(threads);
        visible = new float[chains * visibleUnits];
        hidden = new float[chains * hiddenUnits];
        scaledFields = new float[hiddenUnits];
        target = visible;
        fields = scaledFields;
    }

    public int Chains { get; }

    public int VisibleUnits { get; }

    public int HiddenUnits { get; }

    /// <summary>States of the visible units, chains × visible.</summary>
    public Span<float> Visible => visible;

    /// <summary>States, inputs or probabilities of the hidden units, whichever came last, chains × hidden.</summary>
    public Span<float> Hidden => hidden;

    public RowWorkers Workers => workers;

    /// <summary>Starts every visible unit from a fair coin.</summary>
    public void TossCoins(Philox random)
    {
        visible.AsSpan().Clear();
        Draw(visible, new float[VisibleUnits], random);
    }

    /// <summary>Hidden units given visible ones, then visible ones given those.</summary>
    public void Sweep(in RbmParameters parameters, Philox random, ulong sweep)
    {
        HiddenInputs(parameters);
        SweepFromInputs(parameters, random, sweep);
    }

    /// <summary>The rest of a sweep, when <see cref="Hidden"/> holds v W already; W and c count <paramref name="scale"/> times.</summary>
    public void SweepFromInputs(in RbmParameters parameters, Philox random, ulong sweep, float scale = 1f)
    {
        float[] hiddenFields = parameters.C;
        if (scale != 1f)
        {
            foreach (ref float input in hidden.AsSpan()) input *= scale;
            for (int a = 0; a < scaledFields.Length; a++) scaledFields[a] = scale * parameters.C[a];
            hiddenFields = scaledFields;
        }
        Draw(hidden, hiddenFields, random.Substream(2 * sweep));
        LinearAlgebra.Multiply(
            new MatrixView<float>(hidden, Chains, HiddenUnits), new MatrixView<float>(parameters.W, VisibleUnits, HiddenUnits).Transposed,
            visible, alpha: scale);
        Draw(visible, parameters.B, random.Substream(2 * sweep + 1));
    }

    /// <summary>v W into <see cref="Hidden"/>.</summary>
    public void HiddenInputs(in RbmParameters parameters) =>
        LinearAlgebra.Multiply(
            new MatrixView<float>(visible, Chains, VisibleUnits), new MatrixView<float>(parameters.W, VisibleUnits, HiddenUnits), hidden);

    /// <summary>p(h = 1 | v) into <see cref="Hidden"/>.</summary>
    public void HiddenProbabilities(in RbmParameters parameters)
    {
        HiddenInputs(parameters);
        Logistic.Activate(hidden, parameters.C);
    }

    /// <summary>F(v) of each chain, from <see cref="Hidden"/> = v W.</summary>
    public void FreeEnergiesFromInputs(in RbmParameters parameters, Span<double> result)
    {
        for (int n = 0; n < Chains; n++)
        {
            double sum = Logistic.SoftplusSum(hidden.AsSpan(n * HiddenUnits, HiddenUnits), parameters.C, 1.0);
            result[n] = -sum - Dot(parameters.B, visible.AsSpan(n * VisibleUnits, VisibleUnits));
        }
    }

    void IRowWork.Rows(int first, int end)
    {
        int columns = fields.Length;
        Span<uint> random = stackalloc uint[Segment];
        for (int n = first; n < end; n++)
            for (int start = 0; start < columns; start += Segment)
            {
                int count = Math.Min(Segment, columns - start);
                words.Words(random[..count], ((ulong)n << UnitBits) + (ulong)(start / Philox.WordsPerBlock));
                Logistic.Draw(target.AsSpan(n * columns + start, count), fields.AsSpan(start, count), random[..count]);
            }
    }

    private void Draw(float[] inputs, float[] bias, Philox random)
    {
        (target, fields, words) = (inputs, bias, random);
        workers.Run(Chains, this);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
