namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value that has been shown, and can be shown anew in the same place.</summary>
public sealed class DisplayedValue
{
    internal DisplayedValue(object? value, IReadOnlyList<FormattedValue> formattedValues)
    {
        Value = value;
        FormattedValues = formattedValues;
    }

    /// <summary>The identifier of the display.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString();

    /// <summary>Whether <see cref="Update"/> was ever called.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>What is shown now, one entry a MIME type.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues { get; private set; }

    /// <summary>The value shown now.</summary>
    public object? Value { get; private set; }

    /// <summary>Shows another value in the place of this one, in the same MIME types.</summary>
    /// <param name="updatedValue">The new value.</param>
    public void Update(object? updatedValue)
    {
        IsUpdated = true;
        Value = updatedValue;
        FormattedValues = FormattedValue.CreateManyFromObject(updatedValue, [.. FormattedValues.Select(shown => shown.MimeType)]);
        CellDisplays.Show(new CellDisplay(DisplayId, IsUpdate: true, FormattedValues));
    }
}
