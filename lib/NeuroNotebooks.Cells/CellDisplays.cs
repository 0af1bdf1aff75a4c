namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A display, or an update of an earlier one.</summary>
internal sealed record CellDisplay(string DisplayId, bool IsUpdate, IReadOnlyList<FormattedValue> Values);

/// <summary>Where displays go: the host of the cells sets the place; without a host they go nowhere.</summary>
internal static class CellDisplays
{
    public static Action<CellDisplay>? Sink { get; set; }

    public static void Show(CellDisplay display) => Sink?.Invoke(display);
}
