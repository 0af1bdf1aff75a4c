namespace NeuroNotebooks.Figures.Svg;

/// <summary>A trace of a kind that the static picture does not draw: named in a framed note.</summary>
internal sealed class UnknownTrace(TraceSpec spec) : Trace(spec)
{
    public override bool InLegend => false;

    public string Note => $"“{Spec.Name}” is a {Spec.Type} trace: drawn in the interactive figure only";
}
