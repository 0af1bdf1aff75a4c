using System.Collections;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// The first items of a sequence that is computed as one goes through it: gone through once for all MIME types, and no further than it is
/// shown, as it may be costly or endless.
/// </summary>
internal sealed class SequenceHead : IEnumerable
{
    private readonly List<object?> _items;

    private SequenceHead(List<object?> items) => _items = items;

    /// <summary>The head of a lazy sequence; any other value as it is.</summary>
    public static object? Of(object? value) =>
        value is IEnumerable items and not (ICollection or string) && !PlainText.HasOwnText(value.GetType())
            ? new SequenceHead([.. items.Cast<object?>().Take(Formatter.ListExpansionLimit + 1)])
            : value;

    public IEnumerator GetEnumerator() => _items.GetEnumerator();
}
