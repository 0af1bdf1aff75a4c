namespace NeuroNotebooks.Numerics;

/// <summary>The outcome of a test that may fail to decide.</summary>
public enum Decision
{
    /// <summary>True, with a certificate.</summary>
    Proved,

    /// <summary>False, with a certificate.</summary>
    Refuted,

    /// <summary>Neither was proved: within rounding of the boundary, or beyond what the method can see.</summary>
    Undecided,
}
