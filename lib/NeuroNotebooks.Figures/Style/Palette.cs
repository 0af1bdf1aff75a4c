using System.Collections.Immutable;

namespace NeuroNotebooks.Figures;

/// <summary>The collection's colours: one for each meaning, the same in every notebook, and a sequence for curves without one.</summary>
/// <remarks>
/// Every colour reads on white (contrast 3 : 1 or more for those with a meaning), and any two with a meaning stay at least 25 apart
/// in CIE L*a*b* for readers with full colour vision and with each of the three kinds of dichromacy (the tests compute this).
/// </remarks>
public static class Palette
{
    /// <summary>Excitatory neurons and currents: orange.</summary>
    public static Color Excitatory { get; } = Color.FromHex("#D35400");

    /// <summary>Inhibitory neurons and currents: blue.</summary>
    public static Color Inhibitory { get; } = Color.FromHex("#0B4FC4");

    /// <summary>Astrocytes and what they release: green.</summary>
    public static Color Astrocyte { get; } = Color.FromHex("#1FA971");

    /// <summary>A model's or theory's prediction where it meets data: purple.</summary>
    public static Color Model { get; } = Color.FromHex("#691F7A");

    /// <summary>Measured or simulated data that a model is held against: near black.</summary>
    public static Color Data { get; } = Color.FromHex("#1A1A1A");

    /// <summary>What is there to compare with: identity lines, thresholds, chance, the paper's value. Grey.</summary>
    public static Color Reference { get; } = Color.FromHex("#8F89A3");

    /// <summary>Colours for curves that carry no meaning of their own, in the order in which a figure takes them.</summary>
    public static ImmutableArray<Color> Sequence { get; } =
        [.. new[] { "#0B4FC4", "#D35400", "#1FA971", "#691F7A", "#D9A514", "#7FA3E6", "#43200F" }.Select(Color.FromHex)];
}
