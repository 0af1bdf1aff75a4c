using System.Runtime.Intrinsics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>Many chains of block Gibbs sampling: sums of the weights of active units, and one fused pass that decides the other layer.</summary>
/// <remarks>
/// The random word of a unit is a function of (stream, sweep, layer, chain, unit) and every sum has its order, so the states do not depend
/// on the number of threads. Chains are moved in tiles through all their sweeps, so threads meet once a call. Nothing is allocated after
/// construction.
/// </remarks>
internal sealed class GibbsKernel : IRowWork
{
    private const int Tile = 128;
    private const int Segment = 512;
    private const int UnitBits = 24;        // room for 2²⁴ blocks of four units beside the number of the chain

    private readonly ActiveLists[] active;
    private readonly byte[] visible;
    private readonly float[] hidden, scaledFields;

    private Work work;

    public GibbsKernel(int chains, int visibleUnits, int hiddenUnits, int threads)
    {
        (Chains, VisibleUnits, HiddenUnits) = (chains, visibleUnits, hiddenUnits);
        Workers = new RowWorkers(threads);
        active = [.. Enumerable.Range(0, threads).Select(_ => new ActiveLists(Tile, Math.Max(visibleUnits, hiddenUnits)))];
        visible = new byte[chains * visibleUnits];
        hidden = new float[chains * hiddenUnits];
        scaledFields = new float[hiddenUnits];
    }

    public int Chains { get; }

    public int VisibleUnits { get; }

    public int HiddenUnits { get; }

    /// <summary>States of the visible units, chains × visible.</summary>
    public Span<byte> Visible => visible;

    /// <summary>States, inputs or probabilities of the hidden units, whichever came last, chains × hidden.</summary>
    public Span<float> Hidden => hidden;

    public RowWorkers Workers { get; }

    /// <summary>Starts every visible unit from a fair coin.</summary>
    public void TossCoins(Philox random)
    {
        Span<uint> words = stackalloc uint[Segment];
        for (int n = 0; n < Chains; n++)
            for (int start = 0; start < VisibleUnits; start += Segment)
            {
                int count = Math.Min(Segment, VisibleUnits - start);
                random.Words(words[..count], BlockOf(n, start));
                for (int i = 0; i < count; i++) visible[n * VisibleUnits + start + i] = (byte)(1 - (words[i] >> 31));
            }
    }

    /// <summary>So many times: hidden units given visible ones, then visible ones given those.</summary>
    public void Sweep(RbmParameters parameters, Philox random, ulong firstSweep, int sweeps = 1) =>
        Do(new Work(parameters, parameters.C, random, firstSweep, sweeps, InputsAreKnown: false, Last.Nothing, Scale: 1f));

    /// <summary>Sets up sweeps that leave p(h = 1 | v) in <see cref="Hidden"/>, for <see cref="Workers"/> to run.</summary>
    public void PrepareProbabilities(RbmParameters parameters, Philox random = default, ulong firstSweep = 0, int sweeps = 0) =>
        work = new Work(parameters, parameters.C, random, firstSweep, sweeps, InputsAreKnown: false, Last.Probabilities, Scale: 1f);

    /// <summary>The rest of a sweep, when <see cref="Hidden"/> holds v W already; W and c count <paramref name="scale"/> times.</summary>
    public void SweepFromInputs(RbmParameters parameters, Philox random, ulong sweep, float scale = 1f)
    {
        for (int a = 0; a < scaledFields.Length; a++) scaledFields[a] = scale * parameters.C[a];
        Do(new Work(parameters, scaledFields, random, sweep, Sweeps: 1, InputsAreKnown: true, Last.Nothing, scale));
    }

    /// <summary>v W into <see cref="Hidden"/>.</summary>
    public void HiddenInputs(RbmParameters parameters) =>
        Do(new Work(parameters, parameters.C, default, 0, Sweeps: 0, InputsAreKnown: false, Last.Inputs, Scale: 1f));

    /// <summary>F(v) of each chain, from <see cref="Hidden"/> = v W.</summary>
    public void FreeEnergiesFromInputs(RbmParameters parameters, Span<double> result)
    {
        for (int n = 0; n < Chains; n++)
        {
            double sum = Logistic.SoftplusSum(hidden.AsSpan(n * HiddenUnits, HiddenUnits), parameters.C, 1.0);
            var word = visible.AsSpan(n * VisibleUnits, VisibleUnits);
            for (int i = 0; i < word.Length; i++) sum += word[i] * (double)parameters.B[i];
            result[n] = -sum;
        }
    }

    // the weights of a large machine come from far away: once for so many chains
    int IRowWork.Grain => Tile / 2;

    void IRowWork.Rows(int first, int end, int share)
    {
        var (lists, random) = (active[share], work.Random);
        for (int start = first; start < end; start += Tile)
        {
            int stop = Math.Min(start + Tile, end);
            for (int k = 0; k < work.Sweeps; k++)
            {
                ulong sweep = work.FirstSweep + (ulong)k;
                if (!work.InputsAreKnown) Inputs(start, stop, lists);
                DrawHidden(start, stop, lists, random.Substream(2 * sweep));
                DrawVisible(start, stop, lists, random.Substream(2 * sweep + 1));
            }
            if (work.Last != Last.Nothing) Inputs(start, stop, lists);
            if (work.Last == Last.Probabilities)
                Logistic.Activate(hidden.AsSpan(start * HiddenUnits, (stop - start) * HiddenUnits), work.HiddenFields);
        }
    }

    private void Do(Work next)
    {
        work = next;
        Workers.Run(Chains, this);
    }

    private void Inputs(int start, int stop, ActiveLists lists)
    {
        var up = work.Parameters.Up;
        for (int n = start; n < stop; n++) lists.Fill(n - start, visible.AsSpan(n * VisibleUnits, VisibleUnits));
        for (int panel = 0; panel < up.Count; panel++)
        {
            int column = panel * Panels.Width, width = Math.Min(Panels.Width, HiddenUnits - column);
            for (int n = start; n < stop; n++) up.Sum(panel, lists[n - start]).CopyTo(hidden.AsSpan(n * HiddenUnits + column, width));
        }
    }

    private void DrawHidden(int start, int stop, ActiveLists lists, Philox random)
    {
        Span<uint> words = stackalloc uint[Segment];
        for (int n = start; n < stop; n++)
        {
            var row = hidden.AsSpan(n * HiddenUnits, HiddenUnits);
            if (work.Scale != 1f)
                foreach (ref float input in row) input *= work.Scale;
            for (int at = 0; at < row.Length; at += Segment)
            {
                int count = Math.Min(Segment, row.Length - at);
                random.Words(words[..count], BlockOf(n, at));
                Logistic.Draw(row.Slice(at, count), work.HiddenFields.AsSpan(at, count), words[..count]);
            }
            lists.Fill(n - start, row);
        }
    }

    private void DrawVisible(int start, int stop, ActiveLists lists, Philox random)
    {
        Span<float> bias = stackalloc float[Panels.Width];
        Span<uint> words = stackalloc uint[Panels.Width];
        Span<byte> states = stackalloc byte[Panels.Width];
        var down = work.Parameters.Down;
        for (int panel = 0; panel < down.Count; panel++)
        {
            int unit = panel * Panels.Width, width = Math.Min(Panels.Width, VisibleUnits - unit);
            work.Parameters.B.AsSpan(unit, width).CopyTo(bias);
            for (int n = start; n < stop; n++)
            {
                random.Words(words, BlockOf(n, unit));
                var drawn = Logistic.Draw(down.Sum(panel, lists[n - start]) * work.Scale, bias, words);
                var target = visible.AsSpan(n * VisibleUnits + unit, width);
                if (width == Panels.Width) drawn.CopyTo(target);
                else
                {
                    drawn.CopyTo(states);
                    states[..width].CopyTo(target);
                }
            }
        }
    }

    private static ulong BlockOf(int chain, int unit) => ((ulong)chain << UnitBits) + (ulong)(unit / Philox.WordsPerBlock);

    /// <summary>What the sweeps leave in <see cref="Hidden"/>.</summary>
    private enum Last
    {
        Nothing,
        Inputs,
        Probabilities,
    }

    private readonly record struct Work(
        RbmParameters Parameters, float[] HiddenFields, Philox Random, ulong FirstSweep, int Sweeps, bool InputsAreKnown, Last Last, float Scale);
}
