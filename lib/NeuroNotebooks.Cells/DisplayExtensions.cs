using Microsoft.DotNet.Interactive.Formatting;

namespace System;

/// <summary>Shows values below the running cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value; null is shown as such.</param>
    /// <param name="mimeTypes">The MIME types to show it in; those its type prefers when none is given.</param>
    /// <returns>A handle through which the display can be updated, from this cell or a later one.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        Show(value, FormattedValue.CreateManyFromObject(value, mimeTypes));

    /// <summary>Shows a text under a MIME type of its own, such as <c>text/markdown</c> or <c>image/svg+xml</c>.</summary>
    /// <param name="value">The text, already in that format.</param>
    /// <param name="mimeType">The MIME type.</param>
    /// <returns>A handle through which the display can be updated, from this cell or a later one.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => Show(value, [new FormattedValue(mimeType, value)]);

    private static DisplayedValue Show(object? value, IReadOnlyList<FormattedValue> formatted)
    {
        var displayed = new DisplayedValue(value, formatted);
        CellDisplays.Show(new CellDisplay(displayed.DisplayId, IsUpdate: false, formatted));
        return displayed;
    }
}
