namespace NeuroNotebooks.Runner.Engine;

/// <summary>A cell to run.</summary>
/// <param name="Code">The cell's source, C# unless its first lines say otherwise (<c>#!markdown</c>, <c>#!html</c>).</param>
/// <param name="Name">How messages call it, such as <c>cell 7, section 'A cell that tires'</c>; one line.</param>
/// <param name="Limit">The time it may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
/// <param name="Silent">Runs without a number of its own and without showing the value of its last expression.</param>
public sealed record CellRequest(string Code, string Name, TimeSpan Limit, bool Silent = false);
