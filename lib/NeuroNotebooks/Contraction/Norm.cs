namespace NeuroNotebooks.Contraction;

/// <summary>How the distance of two states is measured; each norm has positive weights w, one per neuron.</summary>
public enum Norm
{
    /// <summary>Σ w_i |x_i|.</summary>
    L1,

    /// <summary>√(Σ w_i x_i²).</summary>
    L2,

    /// <summary>max |x_i| / w_i.</summary>
    LInfinity,
}
