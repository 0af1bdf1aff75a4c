namespace NeuroNotebooks.Figures;

/// <summary>Which axes the panels of a grid have in common: equal ranges, numbers and titles at the outer panels alone.</summary>
public enum SharedAxes
{
    /// <summary>None.</summary>
    None,

    /// <summary>All horizontal axes.</summary>
    X,

    /// <summary>All vertical axes.</summary>
    Y,

    /// <summary>All axes.</summary>
    Both,
}

public static partial class Plot
{
    /// <summary>Figures as panels a, b, c, ... of one, row by row. A panel's title stands above it; captions are joined.</summary>
    /// <param name="columns">Panels in a row, 1 to 12.</param>
    /// <param name="panels">The figures, described and marked already.</param>
    /// <exception cref="ArgumentException">No panel, one with a slider, or one without x and y axes (such as a pie).</exception>
    public static Figure Grid(int columns, params Figure[] panels) => GridComposer.Compose(columns, SharedAxes.None, panels);

    /// <summary>Figures as panels a, b, c, ... of one, row by row, with axes in common.</summary>
    /// <param name="columns">Panels in a row, 1 to 12.</param>
    /// <param name="share">Which axes are the same in all panels.</param>
    /// <param name="panels">The figures, described and marked already.</param>
    /// <exception cref="ArgumentException">
    /// No panel, one with a slider, one without x and y axes, or shared axes of unlike scale.
    /// </exception>
    public static Figure Grid(int columns, SharedAxes share, params Figure[] panels) => GridComposer.Compose(columns, share, panels);

    /// <summary>Figures side by side.</summary>
    /// <inheritdoc cref="Grid(int, Figure[])" path="/param[@name='panels']"/>
    public static Figure Row(params Figure[] panels) => Grid(Math.Max(panels?.Length ?? 0, 1), panels!);

    /// <summary>Figures side by side, with axes in common.</summary>
    /// <inheritdoc cref="Grid(int, SharedAxes, Figure[])" path="/param[@name != 'columns']"/>
    public static Figure Row(SharedAxes share, params Figure[] panels) => Grid(Math.Max(panels?.Length ?? 0, 1), share, panels!);

    /// <summary>Figures below each other.</summary>
    /// <inheritdoc cref="Grid(int, Figure[])" path="/param[@name='panels']"/>
    public static Figure Column(params Figure[] panels) => Grid(1, panels);

    /// <summary>Figures below each other, with axes in common.</summary>
    /// <inheritdoc cref="Grid(int, SharedAxes, Figure[])" path="/param[@name != 'columns']"/>
    public static Figure Column(SharedAxes share, params Figure[] panels) => Grid(1, share, panels);
}
