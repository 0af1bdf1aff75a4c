using System.Data;
using Deedle;
using NeuroNotebooks.Figures;
using Frame = Deedle.Frame;

namespace NeuroNotebooks.Interop;

/// <summary>Tables as Deedle frames and back. Deedle takes NaN for missing, so NaN comes back as a missing cell.</summary>
public static class DeedleTables
{
    /// <summary>The table as a frame: rows by their numbers from 0, columns by their headings, such as <c>rate (Hz)</c>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public static Frame<int, string> ToFrame(this Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using DataTable data = table.ToDataTable();
        foreach (DataColumn column in data.Columns) column.ColumnName = column.Caption;     // a frame has no captions to keep units in
        using DataTableReader reader = data.CreateDataReader();
        return Frame.ReadReader(reader);
    }

    /// <summary>The frame as a table: a column of numbers, words or truth values for each of its columns.</summary>
    /// <param name="frame">The frame; its row keys have one level.</param>
    /// <param name="rowKey">The heading of a first column with the row keys; null leaves them out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="frame"/> is null.</exception>
    /// <exception cref="ArgumentException">A column is of another type, such as dates, or the row keys have several levels.</exception>
    public static Table ToTable<TRow, TColumn>(this Frame<TRow, TColumn> frame, string? rowKey = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using DataTable data = frame.ToDataTable([rowKey ?? "\u001frow key"]);     // a name that no column has
        if (rowKey is null) data.Columns.RemoveAt(0);
        return Table.FromDataTable(data);
    }

    /// <summary>The series as a table of two columns, in its order, with missing values missing.</summary>
    /// <param name="series">The series.</param>
    /// <param name="key">The heading of the keys, with their unit, such as <c>time (ms)</c>.</param>
    /// <param name="value">The heading of the values.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Keys or values are neither numbers, words nor truth values.</exception>
    public static Table ToTable<TKey, TValue>(this Series<TKey, TValue> series, string key = "key", string value = "value")
    {
        ArgumentNullException.ThrowIfNull(series);
        return Table.Of(series.ObservationsAll, (key, pair => pair.Key), (value, pair => pair.Value.HasValue ? pair.Value.Value : null));
    }
}
