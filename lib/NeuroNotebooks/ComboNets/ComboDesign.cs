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

/// <summary>How a network of networks goes from one moment to the next.</summary>
public enum ComboStepping
{
    /// <summary>Euler's step of everything at once, as in the paper: with strong feedback it only contracts if α is small.</summary>
    Euler,

    /// <summary>
    /// Euler's step of the modules, then the feedback by Cayley's map (I − αL/2)⁻¹ (I + αL/2): a rotation in the metric, which neither adds to nor
    /// takes from a distance, however strong the feedback. Ours.
    /// </summary>
    Rotation,
}

/// <summary>The design of a network of networks that classifies sequences.</summary>
public sealed record ComboDesign
{
    /// <summary>What is learned.</summary>
    public ComboKind Kind { get; init => field = Require.Defined(value, nameof(Kind)); }

    /// <summary>Number of modules p, above zero.</summary>
    public int Modules { get; init => field = Require.Positive(value, nameof(Modules)); } = 8;

    /// <summary>Neurons in each, m, above zero.</summary>
    public int Units { get; init => field = Require.Positive(value, nameof(Units)); } = 8;

    /// <summary>Numbers that come at one moment, k, above zero.</summary>
    public int Channels { get; init => field = Require.Positive(value, nameof(Channels)); } = 1;

    /// <summary>Euler step α = Δt/τ, above zero.</summary>
    public double Alpha { get; init => field = Require.Positive(value, nameof(Alpha)); } = 0.1;

    /// <summary>How it steps.</summary>
    public ComboStepping Stepping { get; init => field = Require.Defined(value, nameof(Stepping)); }

    /// <summary>Probability of a connection in a sparse module, from 0 to 1.</summary>
    public double Density { get; init => field = Require.InRange(value, 0.0, 1.0, nameof(Density)); } = 0.1;

    /// <summary>
    /// What neurons give themselves, s, from 0 to 1: a drawn sparse module W becomes s I + (1 − s) W, whose rate is 0.1 (1 − s), and SVD
    /// modules start from W = (1 − ε) s I if it is above zero. An active neuron forgets slowly, at the rate 1 − s.
    /// </summary>
    public double SelfExcitation { get; init => field = Require.InRange(value, 0.0, 1.0, nameof(SelfExcitation)); }

    /// <summary>Standard deviation of the first U times √k, above zero: slow networks (α small) need more to see a short signal.</summary>
    public double InputScale { get; init => field = Require.Positive(value, nameof(InputScale)); } = 1.0;

    /// <summary>Standard deviation of the first B times √n, above zero; it is αL that starts so if the network rotates.</summary>
    public double FeedbackScale { get; init => field = Require.Positive(value, nameof(FeedbackScale)); } = 1.0;

    /// <summary>
    /// Step size of B, and of the metric that answers it, in units of that of all other parameters, above zero: a rotation is applied at every moment, and what is learned of it is
    /// felt as often.
    /// </summary>
    public double FeedbackPace { get; init => field = Require.Positive(value, nameof(FeedbackPace)); } = 1.0;

    /// <summary>
    /// Moments after which what comes in is much the same again, as in the rows of a square image, or 0. Above zero, the feedback of a network that
    /// rotates starts as pairs of neurons that swing, a quarter of them each about 0, 1, 2 and 3 times in a period, 2π/period² apart:
    /// at these frequencies images differ.
    /// </summary>
    public int Period { get; init => field = Require.NotNegative(value, nameof(Period)); }

    /// <summary>Rate that SVD modules keep, ε, from 0 to 1.</summary>
    public double Epsilon { get; init => field = Require.InRange(value, 0.0, 1.0, nameof(Epsilon)); } = 0.05;

    /// <summary>All neurons n.</summary>
    public int Size => Modules * Units;

    /// <summary>Whether the network contracts whatever it has learned.</summary>
    public bool IsCertified => Kind is ComboKind.Sparse or ComboKind.Svd or ComboKind.NoFeedback;
}
