namespace NeuroNotebooks.ComboNets;

/// <summary>Which connections of a network of networks are learned, and under which constraint.</summary>
public enum ComboKind
{
    /// <summary>Sparse random modules, fixed; the feedback between them is learned and answered, L = B − Bᵀ: the Sparse Combo Net.</summary>
    Sparse,

    /// <summary>Modules W = P^−½ U Σ Vᵀ P^½ and the feedback between them are learned, L = B − P⁻¹ Bᵀ P: the SVD Combo Net.</summary>
    Svd,

    /// <summary>Sparse random modules, fixed, side by side without feedback. For comparison.</summary>
    NoFeedback,

    /// <summary>Sparse random modules, fixed; any feedback between them is learned. Not certified: for comparison.</summary>
    FreeFeedback,

    /// <summary>One network with all its weights learned and no modules. Not certified: for comparison.</summary>
    Plain,
}

/// <summary>The design of a network of networks that classifies sequences.</summary>
public sealed record ComboDesign
{
    /// <summary>What is learned.</summary>
    public ComboKind Kind { get; init => field = Enum.IsDefined(value) ? value
        : throw new ArgumentOutOfRangeException(nameof(Kind), value, $"Kind is {value}: expected one of {string.Join(", ", Enum.GetNames<ComboKind>())}."); }

    /// <summary>Number of modules p, above zero.</summary>
    public int Modules { get; init => field = Positive(value, nameof(Modules)); } = 8;

    /// <summary>Neurons in each, m, above zero.</summary>
    public int Units { get; init => field = Positive(value, nameof(Units)); } = 8;

    /// <summary>Numbers that come at one moment, k, above zero.</summary>
    public int Channels { get; init => field = Positive(value, nameof(Channels)); } = 1;

    /// <summary>Euler step α = Δt/τ, above zero.</summary>
    public double Alpha { get; init => field = Above(value, nameof(Alpha)); } = 0.1;

    /// <summary>Probability of a connection in a sparse module, from 0 to 1.</summary>
    public double Density { get; init => field = Share(value, nameof(Density)); } = 0.1;

    /// <summary>Rate that SVD modules keep, ε, from 0 to 1.</summary>
    public double Epsilon { get; init => field = Share(value, nameof(Epsilon)); } = 0.05;

    /// <summary>All neurons n.</summary>
    public int Size => Modules * Units;

    /// <summary>Whether the network contracts whatever it has learned.</summary>
    public bool IsCertified => Kind is ComboKind.Sparse or ComboKind.Svd or ComboKind.NoFeedback;

    private static int Positive(int value, string name)
    {
        Require.Positive(value, name);
        return value;
    }

    private static double Above(double value, string name)
    {
        Require.Positive(value, name);
        return value;
    }

    private static double Share(double value, string name)
    {
        Require.InRange(value, 0.0, 1.0, name);
        return value;
    }
}
