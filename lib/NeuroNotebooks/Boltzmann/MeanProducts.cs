using System.Runtime.CompilerServices;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>⟨v (h − reference)ᵀ⟩ over chains: for each visible unit the sum of the hidden layers of the chains in which it is on, by blocks of units.</summary>
internal sealed class MeanProducts
{
    private const int Block = ActiveLists.UnitsPerMask;

    private readonly GibbsKernel kernel;
    private readonly Panels layers;
    private readonly float[] layer;
    private readonly ActiveLists[] chainsOfUnit;

    public MeanProducts(GibbsKernel kernel)
    {
        this.kernel = kernel;
        layers = new Panels(kernel.Chains, kernel.HiddenUnits);
        layer = new float[kernel.HiddenUnits];
        chainsOfUnit = [.. Enumerable.Range(0, kernel.Workers.Count).Select(_ => new ActiveLists(Block, kernel.Chains))];
        VisibleMeans = new float[kernel.VisibleUnits];
    }

    public int Blocks => (kernel.VisibleUnits + Block - 1) / Block;

    /// <summary>⟨v⟩ of the units whose blocks were added last.</summary>
    public float[] VisibleMeans { get; }

    public (int Start, int Stop) UnitsOf(int block) => (block * Block, Math.Min((block + 1) * Block, kernel.VisibleUnits));

    /// <summary>Panels of hidden units.</summary>
    public int PanelCount => layers.Count;

    /// <summary>Takes up the hidden layers as they stand, less a reference: of layers that hardly differ, the differences are what counts.</summary>
    /// <param name="reference">What is subtracted from each layer.</param>
    /// <param name="means">Receives the means of what is left.</param>
    public void Gather(ReadOnlySpan<float> reference, Span<float> means)
    {
        means.Clear();
        for (int n = 0; n < kernel.Chains; n++)
        {
            Vectors.AddScaled(kernel.Hidden.Slice(n * kernel.HiddenUnits, kernel.HiddenUnits), -1f, reference, layer);
            layers.PackRow(n, layer);
            Vectors.AddScaled(means, 1f, layer, means);
        }
        foreach (ref float mean in means) mean /= kernel.Chains;
    }

    /// <summary>Takes up which units of a block are on where.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="share">Who asks: no two at once are the same.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void List(int block, int share)
    {
        var (start, stop) = UnitsOf(block);
        var lists = chainsOfUnit[share];
        lists.FillTransposed(kernel.Visible, kernel.VisibleUnits, start, stop);
        for (int unit = start; unit < stop; unit++) VisibleMeans[unit] = (float)lists[unit - start].Length / kernel.Chains;
    }

    /// <summary>The products of one unit of the block that was listed last, times the number of chains.</summary>
    /// <param name="panel">Which panel of hidden units.</param>
    /// <param name="unit">Which unit of the block.</param>
    /// <param name="share">Who asks.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PanelSum Sum(int panel, int unit, int share) => layers.Sum(panel, chainsOfUnit[share][unit]);
}
