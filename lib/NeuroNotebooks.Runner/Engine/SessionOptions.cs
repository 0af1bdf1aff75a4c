namespace NeuroNotebooks.Runner.Engine;

/// <summary>Where and within which bounds the child process of a <see cref="CellSession"/> runs.</summary>
public sealed record SessionOptions
{
    /// <summary>The notebook's folder: the child's current directory, and the root of relative <c>#r</c>, <c>#load</c> and <c>#!import</c> paths.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>How long the child may take until it can accept its first cell.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bound on the managed heap of the child, MB; null leaves it to the system.</summary>
    public int? MaxMemoryMegabytes { get; init; }

    /// <summary>Bound on the text that one cell may print, MB; what comes after is dropped with a note.</summary>
    public int MaxStreamMegabytes { get; init; } = 10;

    /// <summary>Bound on what one cell may display, MB; what comes after is dropped with a note.</summary>
    public int MaxDisplayMegabytes { get; init; } = 100;

    /// <summary>
    /// How long an interrupted cell may take to stop by itself, which leaves the session and its variables alive, if it watches
    /// <c>KernelInvocationContext.Current.CancellationToken</c>. A cell that does not, or any with zero, the default, ends with its process.
    /// </summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.Zero;

    /// <summary>Variables set in the child's environment on top of the parent's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
