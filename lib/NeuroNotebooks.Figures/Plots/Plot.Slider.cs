namespace NeuroNotebooks.Figures;

public static partial class Plot
{
    /// <summary>One figure per value of a parameter, under a slider that needs no kernel: the saved notebook can be played with.</summary>
    /// <param name="parameter">The parameter's name, shown with its value.</param>
    /// <param name="values">Its values, all different.</param>
    /// <param name="figureAt">The figure at a value; the same traces at every value.</param>
    /// <param name="unit">The parameter's unit, shown after its value.</param>
    /// <param name="start">Index of the value shown first, and in the static picture.</param>
    /// <returns>A figure whose axes hold still: ranges not set by hand fit all values.</returns>
    /// <exception cref="ArgumentException">Two values read the same, or the traces differ between values.</exception>
    public static Figure Slider(string parameter, IEnumerable<double> values, Func<double, Figure> figureAt, string unit = "",
        int start = 0)
    {
        Require.Text(parameter, "the parameter's name");
        Require.NotNull(figureAt);
        Require.NotNull(unit);
        double[] each = Require.Some(values);
        Require.AllFinite(each, nameof(values));
        Require.InRange(start, 0, each.Length - 1);
        return SliderComposer.Compose(parameter, unit, [.. each.Select(value => Html.Number(value))], [.. each.Select(At)], start);

        Figure At(double value) => figureAt(value) ?? throw new ArgumentException(
            $"figureAt gives no figure at {parameter} = {Html.Number(value)}: expected one for every value.", nameof(figureAt));
    }
}
