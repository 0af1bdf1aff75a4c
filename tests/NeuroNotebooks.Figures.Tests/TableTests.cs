using System.Data;
using FsCheck;
using FsCheck.Fluent;

namespace NeuroNotebooks.Figures.Tests;

public class TableTests
{
    private static readonly Table Sample = new(
        Column.Of("time (ms)", (double?[])[0.5, null, double.NaN]),
        Column.Of("spikes", [1, 2, 3]),
        Column.Of("cell", ["a", null, "b, \"c\""]),
        Column.Of("stable", (bool?[])[true, null, false]));

    private static Dictionary<string, ColumnType> TypesOf(Table table) =>
        table.Columns.ToDictionary(column => column.Name, column => column.Type);

    [Fact]
    public void Csv_is_written_plainly() =>
        Assert.Equal("time (ms),spikes,cell,stable\n0.5,1,a,true\n,2,,\nNaN,3,\"b, \"\"c\"\"\",false\n", Sample.ToCsv());

    [Fact]
    public void Csv_read_back_is_the_same_table_even_without_types() => Assert.Equal(Sample, Table.FromCsv(Sample.ToCsv()));

    [Fact]
    public void A_culture_with_commas_changes_nothing()
    {
        Assert.Equal(Sample.ToCsv(), Commas.Run(Sample.ToCsv));
        Assert.Equal(Sample, Commas.Run(() => Table.FromCsv(Sample.ToCsv())));
        Assert.Equal(Sample.ToHtml(), Commas.Run(Sample.ToHtml));
        Assert.Equal(Sample.ToString(), Commas.Run(Sample.ToString));
    }

    // Words as people and machines write them: quotes, commas, line ends, blanks at the ends, other scripts.
    // Half a surrogate pair is no text.
    private static readonly Gen<string?> Words = Gen.Frequency(
        (1, Gen.Constant<string?>(null)),
        (6, ArbMap.Default.GeneratorFor<string>().Select(text =>
            text is null ? null : new string([.. text.Where(c => !char.IsSurrogate(c))]))),
        (2, Gen.Elements<string?>("a,b", "\"", "\"\"", "a\nb", "a\r\nb", "\r", " a ", "\t", "007", "NaN", "true", "12", "τ µ", "#x",
            "=1+1")));

    private static Gen<Column> ColumnGen(string name, int rows)
    {
        Gen<double?> numbers = Gen.Frequency((1, Gen.Constant<double?>(null)),
            (9, ArbMap.Default.GeneratorFor<double>().Select(value => (double?)value)));
        Gen<int?> wholes = Gen.Frequency((1, Gen.Constant<int?>(null)),
            (9, ArbMap.Default.GeneratorFor<int>().Select(value => (int?)value)));
        Gen<bool?> truths = Gen.Elements<bool?>(true, false, null);
        return Gen.OneOf(
            Gen.ArrayOf(numbers, rows).Select(values => Column.Of(name, values)),
            Gen.ArrayOf(wholes, rows).Select(values => Column.Of(name, values)),
            Gen.ArrayOf(Words, rows).Select(values => Column.Of(name, values)),
            Gen.ArrayOf(truths, rows).Select(values => Column.Of(name, values)));
    }

    private static readonly string[] Headings = ["time (ms)", "rate (1/(s m))", "f(x)", "a, \"b\"", " c ", "line\nend"];

    private static readonly Gen<Table> Tables =
        from rows in Gen.Choose(0, 6)
        from count in Gen.Choose(1, Headings.Length)
        from columns in Gen.CollectToArray(Headings.Take(count), heading => ColumnGen(heading, rows))
        select new Table(columns);

    [Fact]
    public void Any_table_survives_csv_with_its_types() => Prop.ForAll(Arb.From(Tables), table =>
        Table.FromCsv(table.ToCsv(), TypesOf(table)).Equals(table)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_table_survives_a_data_table() => Prop.ForAll(Arb.From(Tables), table =>
        Table.FromDataTable(table.ToDataTable()).Equals(table)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dictionary_keeps_values_types_and_gaps_even_of_a_column_without_a_value()
    {
        var columns = new Dictionary<string, IReadOnlyList<double?>> { ["rate (Hz)"] = [0.5, null], ["gain"] = [null, null] };
        Table table = Table.FromDictionary(columns);
        Assert.Equal(new Table(Column.Of("rate (Hz)", columns["rate (Hz)"]), Column.Of("gain", columns["gain"])), table);
        Assert.Equal(columns["rate (Hz)"], table.ToDictionary<double?>()["rate"]);
        Assert.Equal(columns["gain"], table.ToDictionary<double?>()["gain"]);
        Assert.Equal(ColumnType.Integer, Table.FromDictionary(new Dictionary<string, IReadOnlyList<int>> { ["n"] = [] })["n"].Type);
        Assert.Throws<ArgumentNullException>("columns", () => Table.FromDictionary(new Dictionary<string, IReadOnlyList<int>> { ["n"] = null! }));
    }

    [Fact]
    public void Any_table_written_twice_is_written_the_same() => Prop.ForAll(Arb.From(Tables), table =>
        Table.FromCsv(table.ToCsv(), TypesOf(table)).ToCsv() == table.ToCsv()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1\n2\n", ColumnType.Integer)]
    [InlineData("1\n\n2.5\n", ColumnType.Number)]
    [InlineData("1e3\nNaN\n-Infinity\n", ColumnType.Number)]
    [InlineData("99999999999\n", ColumnType.Number)]
    [InlineData("true\nFalse\n", ColumnType.Truth)]
    [InlineData("007\n008\n", ColumnType.Text)]
    [InlineData("0.5\n0\n", ColumnType.Number)]
    [InlineData("1\na\n", ColumnType.Text)]
    [InlineData("1,5\n", null)]
    [InlineData("\"\"\n", ColumnType.Text)]
    public void Types_are_taken_from_the_cells(string cells, ColumnType? expected)
    {
        if (expected is { } type) Assert.Equal(type, Table.FromCsv("a\n" + cells)["a"].Type);
        else Assert.Throws<FormatException>(() => Table.FromCsv("a\n" + cells));
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read() =>
        Assert.Equal(new Table(Column.Of("a", [1, 2]), Column.Of("b", ["x", "y"])), Table.FromCsv("\uFEFFa,b\r\n1,x\r\n2,y"));

    [Fact]
    public void A_file_is_called_by_its_name()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}-spikes.csv");
        try
        {
            File.WriteAllText(path, "time (s)\n0.5\nn/a\n");
            var types = new Dictionary<string, ColumnType> { ["time"] = ColumnType.Number };
            string message = Assert.Throws<FormatException>(() => Table.ReadCsv(path, types)).Message;
            Assert.Contains("spikes.csv, line 3, column 1 \"time (s)\": \"n/a\" is not a number; expected one such as 0.4125.", message,
                StringComparison.Ordinal);
            File.WriteAllText(path, "time (s)\n0.5\n");
            Assert.Equal([0.5], Table.ReadCsv(path, types).Numbers("time"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "CSV is empty")]
    [InlineData("a,\n", "line 1, column 2: the heading is empty")]
    [InlineData("a,a\n", "two columns are called \"a\"")]
    [InlineData("a (s),a (ms)\n", "two columns are called \"a\"")]
    [InlineData("a,b\n1,2\n\"x\ny\",2\n1\n", "line 5: 1 cells, expected 2")]
    [InlineData("a,b\n1,\"2\"x\n", "line 2: a quote")]
    [InlineData("a,b\n1,\"2\n", "line 2: a quote")]
    public void Broken_csv_is_refused_with_the_line(string csv, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Table.FromCsv(csv)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ColumnType.Integer, "1.5", "\"1.5\" is not a whole number; expected one such as 42")]
    [InlineData(ColumnType.Integer, "9999999999", "\"9999999999\" is not a whole number")]
    [InlineData(ColumnType.Number, "1;5", "\"1;5\" is not a number")]
    [InlineData(ColumnType.Truth, "yes", "\"yes\" is not a truth value; expected true or false")]
    public void A_cell_of_another_type_is_refused_with_line_and_column(ColumnType type, string cell, string expected)
    {
        // The heading spans two lines, and the first row has no value: the cell stands on line 4.
        var types = new Dictionary<string, ColumnType> { ["b\nc"] = type };
        string message = Assert.Throws<FormatException>(() => Table.FromCsv($"a,\"b\nc\"\n1,\n2,{cell}\n", types)).Message;
        Assert.Contains("CSV, line 4, column 2", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_absent_columns_are_refused() => Assert.Contains("no column \"b\". It has: a", Assert.Throws<ArgumentException>(
        () => Table.FromCsv("a\n1\n", new Dictionary<string, ColumnType> { ["b"] = ColumnType.Text })).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_are_read_by_name_and_type()
    {
        Assert.Equal([0.5, double.NaN, double.NaN], Sample.Numbers("time"));
        Assert.Equal([1.0, 2.0, 3.0], Sample.Numbers("spikes"));
        Assert.Equal([1, 2, 3], Sample.Integers("spikes"));
        Assert.Equal(["a", "", "b, \"c\""], Sample.Texts("cell"));
        Assert.Equal(["0.5", "", "NaN"], Sample.Texts("time"));
        Assert.Equal([true, false], new Table(Column.Of("a", [true, false])).Truths("a"));
        Assert.Equal("ms", Sample["time"].Unit);
        Assert.Equal(3, Sample.RowCount);
        Assert.Equal("time (ms): 3 × Number", Sample["time"].ToString());
    }

    [Fact]
    public void A_cell_that_does_not_fit_is_named()
    {
        Assert.Contains("Column \"cell\", row 1: \"a\" is not a number", Assert.Throws<InvalidOperationException>(() =>
            Sample.Numbers("cell")).Message, StringComparison.Ordinal);
        Assert.Contains("Column \"stable\", row 2: a missing cell is not a value of type Boolean",
            Assert.Throws<InvalidOperationException>(() => Sample.Truths("stable")).Message, StringComparison.Ordinal);
        Assert.Contains("row 1: \"0.5\" is not a value of type Int32", Assert.Throws<InvalidOperationException>(() =>
            Sample.Integers("time")).Message, StringComparison.Ordinal);
        Assert.Contains("no column \"tiem\". It has: time, spikes, cell, stable", Assert.Throws<KeyNotFoundException>(() =>
            Sample["tiem"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dictionaries_come_and_go()
    {
        var columns = new Dictionary<string, IReadOnlyList<double>> { ["a (s)"] = [1, 2], ["b"] = [3, double.NaN] };
        Table table = Table.FromDictionary(columns);
        Assert.Equal("s", table["a"].Unit);
        IReadOnlyDictionary<string, IReadOnlyList<double>> back = table.ToDictionary<double>();
        Assert.Equal([1, 2], back["a"]);
        Assert.Equal([3, double.NaN], back["b"]);
        Assert.Equal([1.0, 2.0], new Table(Column.Of("n", [1, 2])).ToDictionary<double>()["n"]);
        Assert.Equal([1.0, null], new Table(Column.Of("n", (int?[])[1, null])).ToDictionary<double?>()["n"]);
        Assert.Equal(["x", null], new Table(Column.Of("n", ["x", null])).ToDictionary<string>()["n"]);
    }

    private sealed record Rest(double E, bool Stable, Verdict Kind);

    [Fact]
    public void Items_become_rows()
    {
        Table table = Table.Of([new Rest(0.5, true, Verdict.Held), new Rest(1, false, Verdict.Failed)],
            ("x_E (Hz)", r => r.E), ("stable", r => r.Stable), ("kind", r => r.Kind), ("rank", r => r.E < 1 ? 1 : 2.5), ("note", _ =>
                null));
        Assert.Equal([ColumnType.Number, ColumnType.Truth, ColumnType.Text, ColumnType.Number, ColumnType.Text],
            table.Columns.Select(column => column.Type));
        Assert.Equal(["Held", "Failed"], table.Texts("kind"));
        Assert.Equal([1.0, 2.5], table.Numbers("rank"));
    }

    [Fact]
    public void Other_kinds_of_numbers_are_converted()
    {
        var data = new DataTable();
        foreach (Type type in (Type[])[typeof(float), typeof(decimal), typeof(long), typeof(byte), typeof(short),
            typeof(char)]) data.Columns.Add(type.Name, type);
        data.Rows.Add(0.5f, 1.25m, 7L, (byte)1, (short)2, 'c');
        Table table = Table.FromDataTable(data);
        Assert.Equal([ColumnType.Number, ColumnType.Number, ColumnType.Number, ColumnType.Integer, ColumnType.Integer, ColumnType.Text],
            table.Columns.Select(column => column.Type));
        Assert.Equal([1.25], table.Numbers("Decimal"));
    }

    public static TheoryData<string, Action> Wrong => new()
    {
        { "columns is empty", () => _ = new Table() },
        { "columns is empty", () => Table.Of([1]) },
        { "Two columns are called \"a\"", () => _ = new Table(Column.Of("a", [1]), Column.Of("a (s)", [2])) },
        { "Column \"b\" has 1 cells, \"a\" 2", () => _ = new Table(Column.Of("a", [1, 2]), Column.Of("b", [2])) },
        { "name is empty", () => Column.Of(" ", [1]) },
        { "unit is \"a)\"", () => Column.Of("x", [1], "a)") },
        { "Column \"d\" holds a DateTime", () => Table.Of([1], ("d", _ => DateTime.UnixEpoch)) },
        { "Column \"d\" mixes Int32 and String", () => Table.Of([1, 2], ("d", i => i == 1 ? 1 : "b")) },
        { "caption is empty", () => Sample.Captioned("") },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_makes_no_table_is_refused(string expected, Action code) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(code).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_is_refused() => Assert.All((Action[])
    [
        () => _ = new Table(null!), () => _ = new Table([null!]), () => Column.Of("a", (double[])null!), () =>
            Column.Of("a", (string[])null!),
        () => Table.FromCsv(null!), () => Table.FromCsv("a", source: null!), () => Table.FromDataTable(null!), () =>
            Table.FromDictionary<int>(null!),
        () => Table.Of<int>(null!), () => Table.Of([1], null!),
    ], code => Assert.Throws<ArgumentNullException>(code));

    [Fact]
    public void Html_puts_units_into_headings_numbers_to_the_right_and_escapes_words()
    {
        string html = new Table(Column.Of("a<b", ["<script>", "&"]), Column.Of("t", [1.23456789, 2], "ms")).Captioned("x < y").ToHtml();
        Assert.Contains("text-align:right\">t (ms)</th>", html, StringComparison.Ordinal);
        Assert.Contains("text-align:left\">a&lt;b</th>", html, StringComparison.Ordinal);
        Assert.Contains("text-align:right\">1.23457</td>", html, StringComparison.Ordinal);
        Assert.Contains("text-align:left\">&lt;script&gt;</td>", html, StringComparison.Ordinal);
        Assert.Contains("x &lt; y</caption>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_aligned() => Assert.Equal(
        "Two cells\ncell  rate (Hz)  ok\n----  ---------  ---\na           0.5  yes\nbb            –  no",
        new Table(Column.Of("cell", ["a", "bb"]), Column.Of("rate", (double?[])[0.5, null], "Hz"), Column.Of("ok", [true, false]))
            .Captioned("Two cells").ToString());

    [Fact]
    public void A_long_table_shows_its_ends_and_says_what_it_leaves_out()
    {
        var table = new Table(Column.Of("i", Enumerable.Range(0, 1000)));
        Assert.Contains("… 960 more rows …", table.ToHtml(), StringComparison.Ordinal);
        string[] lines = table.ToString().Split('\n');
        Assert.Equal(43, lines.Length);
        Assert.Equal(("  0", "999"), (lines[2], lines[^1]));
        Assert.Equal(1001, table.ToCsv().Count(c => c == '\n'));
    }

    [Fact]
    public void Tables_are_equal_by_content()
    {
        Assert.Equal(Sample, Table.FromCsv(Sample.ToCsv()));
        Assert.Equal(Sample.GetHashCode(), Table.FromCsv(Sample.ToCsv()).GetHashCode());
        Assert.NotEqual(Sample, Sample.Captioned("c"));
        Assert.False(Sample.Equals((object)"table"));
        Assert.False(Column.Of("a", [1]).Equals(Column.Of("a", [1.0])));
        Assert.False(Column.Of("a", [1]).Equals((object)"column"));
    }
}
