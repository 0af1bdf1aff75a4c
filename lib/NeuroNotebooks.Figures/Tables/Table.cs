using System.Collections.Immutable;

namespace NeuroNotebooks.Figures;

/// <summary>Named columns of equal length: a value that shows itself, reads and writes CSV and never changes.</summary>
/// <example>
/// <code>
/// Table.Of(equilibria, ("x_E (Hz)", e => e.Rates[0]), ("x_I (Hz)", e => e.Rates[1]), ("stable", e => e.IsStable))
/// </code>
/// </example>
[TypeFormatterSource(typeof(TableFormatterSource), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
public sealed partial class Table : IEquatable<Table>
{
    /// <summary>A table of columns.</summary>
    /// <param name="columns">At least one; their names differ and their lengths agree.</param>
    /// <exception cref="ArgumentException">No column, two of one name, or unlike lengths.</exception>
    public Table(params Column[] columns)
    {
        Require.NotNull(columns);
        if (columns.Length == 0) throw new ArgumentException("columns is empty: a table has at least one.", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Column column in columns)
        {
            Require.NotNull(column, nameof(columns));
            if (!names.Add(column.Name)) throw new ArgumentException(
                $"Two columns are called \"{column.Name}\": expected different names.", nameof(columns));
            if (column.Cells.Length != columns[0].Cells.Length)
                throw new ArgumentException(
                    $"Column \"{column.Name}\" has {column.Cells.Length} cells, \"{columns[0].Name}\" {columns[0].Cells.Length}: " +
                    "expected equally many.", nameof(columns));
        }
        Columns = [.. columns];
    }

    /// <summary>The columns, from left to right.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int RowCount => Columns[0].Cells.Length;

    /// <summary>What the table shows, printed above it; empty if it has no caption.</summary>
    public string Caption { get; private init; } = "";

    /// <summary>A table of one row per item.</summary>
    /// <param name="items">The items.</param>
    /// <param name="columns">
    /// For each column its heading, such as <c>time (ms)</c>, and what it shows of an item: a number, word or truth value; null for
    /// missing.
    /// </param>
    /// <exception cref="ArgumentException">No column, two of one name, or one whose values are of different or other types.</exception>
    public static Table Of<T>(IEnumerable<T> items, params (string Heading, Func<T, object?> Value)[] columns)
    {
        Require.NotNull(items);
        Require.NotNull(columns);
        foreach (var (heading, value) in columns)
        {
            Require.NotNull(heading, nameof(columns));
            Require.NotNull(value, nameof(columns));
        }
        T[] rows = [.. items];
        return new Table([.. columns.Select(column => Column.OfObjects(column.Heading, [.. rows.Select(column.Value)]))]);
    }

    /// <summary>A table of one column per entry, in the dictionary's order.</summary>
    /// <param name="columns">Headings and values: numbers, words or truth values; null for missing.</param>
    /// <exception cref="ArgumentException">No column, two of one name, unlike lengths, or values of different or other types.</exception>
    public static Table FromDictionary<T>(IReadOnlyDictionary<string, IReadOnlyList<T>> columns)
    {
        Require.NotNull(columns);
        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return new Table([.. columns.Select(column =>
        {
            Require.NotNull(column.Value, nameof(columns));
            object?[] cells = [.. column.Value.Select(value => (object?)value)];
            return cells.All(cell => cell is null) ? Column.OfEmpty(column.Key, type, cells.Length) : Column.OfObjects(column.Key, cells);
        })]);
    }

    /// <summary>The columns by their names.</summary>
    /// <typeparam name="T">The cells' type: double, int, string or bool; nullable if cells may be missing.</typeparam>
    /// <exception cref="InvalidOperationException">A cell is missing or of another type; the message names it.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<T?>> ToDictionary<T>() =>
        Columns.ToDictionary(column => column.Name, column => (IReadOnlyList<T?>)Values<T>(column));

    /// <summary>The column of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Column this[string name] => Columns.FirstOrDefault(column => column.Name == name) ?? throw new KeyNotFoundException(
        $"The table has no column \"{name}\". It has: {string.Join(", ", Columns.Select(column => column.Name))}.");

    /// <summary>A column as numbers: whole numbers are widened, missing cells become NaN.</summary>
    /// <exception cref="InvalidOperationException">The column holds words or truth values; the message names the first.</exception>
    public double[] Numbers(string name)
    {
        Column column = this[name];
        return [.. column.Cells.Select((cell, row) => cell switch
        {
            null => double.NaN,
            double number => number,
            int whole => whole,
            _ => throw Unfit(column, row, "a number"),
        })];
    }

    /// <summary>A column as whole numbers.</summary>
    /// <exception cref="InvalidOperationException">A cell is missing or not a whole number; the message names it.</exception>
    public int[] Integers(string name) => Values<int>(this[name])!;

    /// <summary>A column as words; missing ones are empty.</summary>
    public string[] Texts(string name) => [.. this[name].Cells.Select(Column.Exact)];

    /// <summary>A column as truth values.</summary>
    /// <exception cref="InvalidOperationException">A cell is missing or not a truth value; the message names it.</exception>
    public bool[] Truths(string name) => Values<bool>(this[name])!;

    private static T?[] Values<T>(Column column) => [.. column.Cells.Select((cell, row) => cell switch
    {
        T value => value,
        null when default(T) is null => default,
        int whole when typeof(T) == typeof(double) || typeof(T) == typeof(double?) => (T)(object)(double)whole,
        _ => throw Unfit(column, row, $"a value of type {(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).Name}"),
    })];

    private static InvalidOperationException Unfit(Column column, int row, string expected) => new(
        $"Column \"{column.Name}\", row {row + 1}: {(column.Cells[row] is { } cell ? $"\"{Column.Exact(cell)}\""
            : "a missing cell")} is not {expected}.");

    /// <summary>The same table with a caption.</summary>
    public Table Captioned(string caption)
    {
        Require.Text(caption, "a caption that says what the table shows");
        return new Table([.. Columns]) { Caption = caption };
    }

    /// <inheritdoc/>
    public bool Equals(Table? other) => other is not null && Caption == other.Caption && Columns.SequenceEqual(other.Columns);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Table);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Columns.Length, Columns[0]);
}
