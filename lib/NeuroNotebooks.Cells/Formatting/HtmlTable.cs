using System.Collections;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Tables for sequences of things with parts: records, tuples, rows, dictionaries.</summary>
internal static class HtmlTable
{
    private const int MostColumns = 30;

    /// <summary>Whether a value reads better as a table than as a line.</summary>
    public static bool Suits(object value) => value switch
    {
        string => false,
        IDictionary => true,
        Array { Rank: 2 } => true,
        IEnumerable items when !PlainText.HasOwnText(value.GetType()) => First(items) is { } first && HasParts(first),
        _ => false,
    };

    /// <summary>The table of a value that <see cref="Suits"/>.</summary>
    public static string Of(object value) => value switch
    {
        IDictionary dictionary => Write(
            ["key", "value"], Entries(dictionary), dictionary.Count),
        Array { Rank: 2 } matrix => Write(
            null, Rows(matrix), matrix.GetLength(0)),
        _ => OfItems((IEnumerable)value),
    };

    /// <summary>Text made safe inside HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string OfItems(IEnumerable items)
    {
        object first = First(items)!;
        int? count = (items as ICollection)?.Count;
        var limited = items.Cast<object?>();
        if (first is ITuple tuple)
            return Write([.. Enumerable.Range(1, tuple.Length).Select(i => $"Item{i}")], limited.Select(item => Parts((ITuple?)item)), count);
        if (first is IEnumerable)
            return Write(null, limited.Select(row => ((IEnumerable?)row)?.Cast<object?>() ?? []), count);

        var members = PlainText.Members(first.GetType());
        return Write(
            [.. members.Select(m => m.Name)],
            limited.Select(item => members.Select(m => item is not null && item.GetType() == first.GetType() ? m.Get(item) : null)),
            count);
    }

    private static bool HasParts(object item) =>
        item is ITuple || (item is IEnumerable and not string)
        || (!PlainText.IsScalar(item) && FormatterSource.For(item.GetType()) is null && PlainText.Members(item.GetType()).Count > 0);

    private static object? First(IEnumerable items)
    {
        foreach (object? item in items) return item;
        return null;
    }

    private static IEnumerable<IEnumerable<object?>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return [entry.Key, entry.Value];
    }

    private static IEnumerable<IEnumerable<object?>> Rows(Array matrix)
    {
        (int top, int left) = (matrix.GetLowerBound(0), matrix.GetLowerBound(1));
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            int row = top + i;
            yield return Enumerable.Range(left, matrix.GetLength(1)).Select(column => matrix.GetValue(row, column));
        }
    }

    private static IEnumerable<object?> Parts(ITuple? tuple)
    {
        for (int i = 0; i < (tuple?.Length ?? 0); i++) yield return tuple![i];
    }

    private static string Write(IReadOnlyList<string>? headers, IEnumerable<IEnumerable<object?>> rows, int? count)
    {
        var html = new StringBuilder("<table>");
        if (headers is not null)
        {
            html.Append("<thead><tr>");
            foreach (string header in headers.Take(MostColumns)) html.Append("<th>").Append(Encode(header)).Append("</th>");
            html.Append("</tr></thead>");
        }

        html.Append("<tbody>");
        int written = 0;
        bool more = false;
        foreach (var row in rows)
        {
            more = written == Formatter.ListExpansionLimit;
            if (more) break;
            written++;
            html.Append("<tr>");
            foreach (object? cell in row.Take(MostColumns)) html.Append("<td>").Append(Encode(PlainText.Of(cell))).Append("</td>");
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (more)
            html.Append(CultureInfo.InvariantCulture, $"<p>... ({(count is { } all ? (all - written).ToString(CultureInfo.InvariantCulture) + " " : "")}more)</p>");
        return html.ToString();
    }
}
