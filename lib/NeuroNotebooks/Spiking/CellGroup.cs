namespace NeuroNotebooks.Spiking;

/// <summary>Cells next to each other in a population that share a name.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="First">Index of the first.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record CellGroup(string Name, int First, int Count)
{
    /// <inheritdoc cref="CellGroup(string, int, int)" path="/param[@name='Name']"/>
    public string Name { get; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <inheritdoc cref="CellGroup(string, int, int)" path="/param[@name='First']"/>
    public int First { get; } = First >= 0 ? First
        : throw new ArgumentOutOfRangeException(nameof(First), First, $"First is {First}: expected zero or above.");

    /// <inheritdoc cref="CellGroup(string, int, int)" path="/param[@name='Count']"/>
    public int Count { get; } = Count > 0 && Count <= int.MaxValue - First ? Count
        : throw new ArgumentOutOfRangeException(nameof(Count), Count, $"Count is {Count}: expected at least 1.");

    /// <summary>One past the last.</summary>
    public int End => First + Count;

    /// <summary>Whether a cell belongs to it.</summary>
    /// <param name="cell">Index of the cell.</param>
    public bool Holds(int cell) => cell >= First && cell < End;

    /// <summary>Refuses groups that reach past the population.</summary>
    internal static void RequireWithin(IEnumerable<CellGroup> groups, int cells, string name)
    {
        foreach (var group in groups)
        {
            ArgumentNullException.ThrowIfNull(group, name);
            if (group.End > cells)
                throw new ArgumentException($"{name} holds {group.Name}, cells {group.First} to {group.End - 1}: there are only {cells} cells.", name);
        }
    }
}
