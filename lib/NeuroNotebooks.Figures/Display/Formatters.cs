namespace NeuroNotebooks.Figures;

/// <summary>The media types under which values show themselves.</summary>
internal static class MimeTypes
{
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Claims = "application/vnd.neuronotebooks.claims+json";
    public const string Html = "text/html";
    public const string Text = "text/plain";
}

/// <summary>One face of one type, in the shape that notebooks find by reflection: a media type and a single method Format.</summary>
internal sealed class Formatter<T>(string mimeType, Func<T, string> write)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the face of a value; false, and nothing written, if the value is of another type.</summary>
    public bool Format(object value, TextWriter writer)
    {
        if (value is not T known) return false;
        writer.Write(write(known));
        return true;
    }
}

/// <summary>What a notebook asks a type's faces from, by the method's name alone.</summary>
internal interface IFormatterSource
{
    IEnumerable<object> CreateTypeFormatters();
}

/// <summary>The faces of a <see cref="Figure"/>.</summary>
internal sealed class FigureFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Figure>(MimeTypes.Plotly, figure => figure.ToPlotlyOutput()),
        new Formatter<Figure>(MimeTypes.Html, figure => figure.ToHtml()),
        new Formatter<Figure>(MimeTypes.Text, figure => figure.ToString()),
    ];
}

/// <summary>The faces of a <see cref="Table"/>.</summary>
internal sealed class TableFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Table>(MimeTypes.Html, table => table.ToHtml()),
        new Formatter<Table>(MimeTypes.Text, table => table.ToString()),
    ];
}

/// <summary>The faces of <see cref="Claims"/>.</summary>
internal sealed class ClaimsFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Claims>(MimeTypes.Html, claims => claims.ToHtml()),
        new Formatter<Claims>(MimeTypes.Text, claims => claims.ToString()),
        new Formatter<Claims>(MimeTypes.Claims, claims => claims.ToJson()),
    ];
}

/// <summary>The faces of a <see cref="ClaimSheet"/>: those of the claims it holds when it is shown.</summary>
internal sealed class ClaimSheetFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<ClaimSheet>(MimeTypes.Html, sheet => sheet.Claims.ToHtml()),
        new Formatter<ClaimSheet>(MimeTypes.Text, sheet => sheet.Claims.ToString()),
        new Formatter<ClaimSheet>(MimeTypes.Claims, sheet => sheet.Claims.ToJson()),
    ];
}

/// <summary>The faces of a single <see cref="Claim"/>.</summary>
internal sealed class ClaimFormatterSource : IFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Claim>(MimeTypes.Html, claim => Scorecard.Html(claim)),
        new Formatter<Claim>(MimeTypes.Text, claim => claim.ToString()),
    ];
}
