namespace NeuroNotebooks.Boltzmann;

/// <summary>The parameters of a machine as the kernels read them: W is visible × hidden, row after row, and laid out for sums both ways.</summary>
internal sealed class RbmParameters
{
    private RbmParameters(float[] w, float[] b, float[] c)
    {
        (W, B, C) = (w, b, c);
        (Up, Down) = (new Panels(Visible, Hidden), new Panels(Hidden, Visible));
        for (int panel = 0; panel < Down.Count; panel++) Pack(panel);
    }

    public float[] W { get; }

    public float[] B { get; }

    public float[] C { get; }

    public int Visible => B.Length;

    public int Hidden => C.Length;

    /// <summary>W, of which the rows of active visible units are summed.</summary>
    public Panels Up { get; }

    /// <summary>Wᵀ, of which the rows of active hidden units are summed.</summary>
    public Panels Down { get; }

    public static RbmParameters Of(BernoulliRbm rbm) => new([.. rbm.Weights], [.. rbm.VisibleFields], [.. rbm.HiddenFields]);

    public BernoulliRbm Freeze() => new([.. W], [.. B], [.. C]);

    /// <summary>Brings both layouts up to date for the visible units of one panel of <see cref="Down"/>.</summary>
    public void Pack(int panel)
    {
        int first = panel * Panels.Width, end = Math.Min(first + Panels.Width, Visible), hidden = Hidden;
        Down.PackColumns(panel, W.AsSpan(first * hidden, (end - first) * hidden));
        for (int i = first; i < end; i++) Up.PackRow(i, W.AsSpan(i * hidden, hidden));
    }
}
