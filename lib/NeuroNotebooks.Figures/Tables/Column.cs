using System.Collections.Immutable;
using System.Globalization;

namespace NeuroNotebooks.Figures;

/// <summary>What the cells of a column are.</summary>
public enum ColumnType
{
    /// <summary>Double-precision numbers; NaN and the infinities are numbers, not missing cells.</summary>
    Number,

    /// <summary>Whole numbers of 32 bits.</summary>
    Integer,

    /// <summary>Words. An empty one counts as missing: a CSV file could not tell the two apart.</summary>
    Text,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>A named column of values of one type, any of which may be missing.</summary>
public sealed class Column : IEquatable<Column>
{
    private Column(string name, string? unit, ColumnType type, ImmutableArray<object?> cells)
    {
        Require.Text(name, "a name for the column", nameof(name));
        (Name, Unit) = string.IsNullOrEmpty(unit) ? Split(name) : (name, unit);
        if (Unit is not null && Split(Heading) != (Name, Unit))
            throw new ArgumentException($"unit is \"{Unit}\": expected one whose parentheses match.", nameof(unit));
        Type = type;
        Cells = cells;
    }

    /// <summary>The name without its unit.</summary>
    public string Name { get; }

    /// <summary>The unit, or null.</summary>
    public string? Unit { get; }

    /// <summary>The name and, in parentheses, the unit: <c>time (ms)</c>.</summary>
    public string Heading => Unit is null ? Name : $"{Name} ({Unit})";

    /// <summary>What the cells are.</summary>
    public ColumnType Type { get; }

    /// <summary>
    /// The cells: <see cref="double"/>, <see cref="int"/>, <see cref="string"/> or <see cref="bool"/> as <see cref="Type"/> says, null
    /// where missing.
    /// </summary>
    public ImmutableArray<object?> Cells { get; }

    /// <summary>A column of numbers. A name such as <c>time (ms)</c> is split into name and unit, unless a unit is given.</summary>
    public static Column Of(string name, IEnumerable<double> values, string? unit = null) => Boxed(name, unit, ColumnType.Number, values);

    /// <summary>A column of numbers, some missing.</summary>
    public static Column Of(string name, IEnumerable<double?> values, string? unit = null) => Boxed(name, unit, ColumnType.Number, values);

    /// <summary>A column of whole numbers.</summary>
    public static Column Of(string name, IEnumerable<int> values, string? unit = null) => Boxed(name, unit, ColumnType.Integer, values);

    /// <summary>A column of whole numbers, some missing.</summary>
    public static Column Of(string name, IEnumerable<int?> values, string? unit = null) => Boxed(name, unit, ColumnType.Integer, values);

    /// <summary>A column of words; null and the empty word are missing.</summary>
    public static Column Of(string name, IEnumerable<string?> values, string? unit = null) =>
        Boxed(name, unit, ColumnType.Text, values?.Select(value => string.IsNullOrEmpty(value) ? null : value)!);

    /// <summary>A column of truth values.</summary>
    public static Column Of(string name, IEnumerable<bool> values, string? unit = null) => Boxed(name, unit, ColumnType.Truth, values);

    /// <summary>A column of truth values, some missing.</summary>
    public static Column Of(string name, IEnumerable<bool?> values, string? unit = null) => Boxed(name, unit, ColumnType.Truth, values);

    private static Column Boxed<T>(string name, string? unit, ColumnType type, IEnumerable<T> values)
    {
        Require.NotNull(values);
        return new Column(name, unit, type, [.. values.Select(value => (object?)value)]);
    }

    internal static Column OfCells(string name, string? unit, ColumnType type, IEnumerable<object?> cells) =>
        new(name, unit, type, [.. cells]);

    /// <summary>A column without a single value, whose type its source knows all the same.</summary>
    internal static Column OfEmpty(string name, Type type, int count) =>
        new(name, null, TypeOf(type == typeof(float) || type == typeof(decimal) ? typeof(double) : type), [.. new object?[count]]);

    /// <summary>A column of objects that are all of one of the four types, or convert to one without loss.</summary>
    internal static Column OfObjects(string name, IReadOnlyList<object?> values, string? unit = null)
    {
        object?[] plain = [.. values.Select(value => Plain(name, value))];
        Type[] types = [.. plain.OfType<object>().Select(value => value.GetType()).Distinct()];
        if (types.Length == 2 && types.Contains(typeof(int)) && types.Contains(typeof(double)))
        {
            plain = [.. plain.Select(value => value is int whole ? (double)whole : value)];
            types = [typeof(double)];
        }
        if (types.Length > 1)
            throw new ArgumentException(
                $"Column \"{name}\" mixes {string.Join(" and ", types.Select(type => type.Name))}: expected one type.", nameof(values));
        ColumnType kind = types.Length == 0 ? ColumnType.Text : TypeOf(types[0]);
        return new Column(name, unit, kind, [.. plain]);
    }

    private static object? Plain(string name, object? value) => value switch
    {
        null or DBNull or "" => null,
        double or int or string or bool => value,
        float or decimal or long or uint or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        byte or sbyte or short or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        Enum or char => value.ToString(),
        _ => throw new ArgumentException(
            $"Column \"{name}\" holds a {value.GetType().Name}: expected numbers, whole numbers, words or truth values.", nameof(value)),
    };

    private static ColumnType TypeOf(Type type) => type == typeof(double) ? ColumnType.Number
        : type == typeof(int) ? ColumnType.Integer
        : type == typeof(bool) ? ColumnType.Truth
        : ColumnType.Text;

    internal Type ClrType => Type switch
    {
        ColumnType.Number => typeof(double),
        ColumnType.Integer => typeof(int),
        ColumnType.Truth => typeof(bool),
        _ => typeof(string),
    };

    /// <summary>Name and unit of a heading that ends in a blank and something in matching parentheses.</summary>
    private static (string Name, string? Unit) Split(string heading)
    {
        if (!heading.EndsWith(')')) return (heading, null);
        int depth = 0;
        for (int i = heading.Length - 1; i > 0; i--)
        {
            depth += heading[i] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth > 0) continue;
            bool isUnit = heading[i - 1] == ' ' && i + 2 < heading.Length && !string.IsNullOrWhiteSpace(heading[..(i - 1)]);
            return isUnit ? (heading[..(i - 1)], heading[(i + 1)..^1]) : (heading, null);
        }
        return (heading, null);
    }

    /// <summary>The whole of a cell, as CSV keeps it; empty where missing.</summary>
    internal static string Exact(object? cell) => cell switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => (string)cell,
    };

    /// <summary>A cell as a reader sees it: six significant digits, a dash where missing.</summary>
    internal static string Shown(object? cell) => cell switch
    {
        null => "–",
        double number => Html.Number(number),
        bool truth => truth ? "yes" : "no",
        _ => Exact(cell),
    };

    /// <inheritdoc/>
    public bool Equals(Column? other) =>
        other is not null && Name == other.Name && Unit == other.Unit && Type == other.Type && Cells.SequenceEqual(other.Cells);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Column);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Unit, Type, Cells.Length);

    /// <summary>Heading, type and length.</summary>
    public override string ToString() => $"{Heading}: {Cells.Length} × {Type}";
}
