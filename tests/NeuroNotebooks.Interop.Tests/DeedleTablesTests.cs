using Deedle;
using NeuroNotebooks.Figures;

namespace NeuroNotebooks.Interop.Tests;

public class DeedleTablesTests
{
    private static readonly Table Sample = new(
        Column.Of("rate (Hz)", (double?[])[0.5, null, 2.0]),
        Column.Of("spikes", [1, 2, 3]),
        Column.Of("cell", ["a", null, "c"]),
        Column.Of("stable", (bool?[])[true, null, false]));

    [Fact]
    public void A_table_comes_back_from_a_frame_with_types_units_and_gaps() => Assert.Equal(Sample, Sample.ToFrame().ToTable());

    [Fact]
    public void A_frames_columns_are_called_by_their_headings_and_its_rows_by_number()
    {
        var frame = Sample.ToFrame();
        Assert.Equal(["rate (Hz)", "spikes", "cell", "stable"], frame.Columns.Select(column => column.Key));
        Assert.Equal([0, 1, 2], frame.Rows);
    }

    [Fact]
    public void Row_keys_become_the_first_column_when_they_are_named()
    {
        Table table = Sample.ToFrame().ToTable("trial");
        Assert.Equal("trial", table.Columns[0].Heading);
        Assert.Equal([0, 1, 2], table.Integers("trial"));
    }

    [Fact]
    public void Not_a_number_is_missing_in_a_frame() =>
        Assert.Null(new Table(Column.Of("x", [1.0, double.NaN])).ToFrame().ToTable()["x"].Cells[1]);

    [Fact]
    public void A_series_becomes_two_columns()
    {
        var series = new Series<double, double>([new(0.0, 5.0), new(0.5, double.NaN)]);
        Assert.Equal(
            new Table(Column.Of("time (ms)", [0.0, 0.5]), Column.Of("rate (Hz)", (double?[])[5.0, null])),
            series.ToTable("time (ms)", "rate (Hz)"));
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => ((Table)null!).ToFrame());
        Assert.Throws<ArgumentNullException>(() => ((Frame<int, string>)null!).ToTable());
        Assert.Throws<ArgumentNullException>(() => ((Series<int, double>)null!).ToTable());
    }
}
