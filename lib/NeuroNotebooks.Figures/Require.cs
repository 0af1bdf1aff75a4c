using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NeuroNotebooks.Figures;

/// <summary>Checks at the public edge: each names the argument, what was expected and what came.</summary>
internal static class Require
{
    public static void NotNull([NotNull] object? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        ArgumentNullException.ThrowIfNull(value, name);

    public static void Text([NotNull] string? value, string expected, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (string.IsNullOrWhiteSpace(value)) throw new ArgumentException($"{name} is empty: expected {expected}.", name);
    }

    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value,
            $"{name} is {Show(value)}: expected a finite number.");
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0.0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {Show(value)}: expected a finite number above zero.");
    }

    public static void InRange(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= low && value <= high))
            throw new ArgumentOutOfRangeException(name, value,
                $"{name} is {Show(value)}: expected a number from {Show(low)} to {Show(high)}.");
    }

    public static void Interval((double From, double To) range, [CallerArgumentExpression(nameof(range))] string name = "")
    {
        if (!double.IsFinite(range.From) || !double.IsFinite(range.To) || range.From == range.To)
            throw new ArgumentOutOfRangeException(name, range,
                $"{name} runs from {Show(range.From)} to {Show(range.To)}: expected two different finite numbers.");
    }

    public static void Ascending((double From, double To) range, [CallerArgumentExpression(nameof(range))] string name = "")
    {
        Interval(range, name);
        if (range.From > range.To)
            throw new ArgumentOutOfRangeException(name, range,
                $"{name} runs from {Show(range.From)} down to {Show(range.To)}: swap the two.");
    }

    /// <summary>The values as an array of their own, at least one of them.</summary>
    public static double[] Some([NotNull] IEnumerable<double>? values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        NotNull(values, name);
        double[] copy = [.. values];
        return copy.Length > 0 ? copy : throw new ArgumentException($"{name} is empty: expected at least one number.", name);
    }

    public static void SameLength(double[] values, int expected, string than, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (values.Length != expected)
            throw new ArgumentException($"{name} has {values.Length} entries, but {than} has {expected}: expected one each.", name);
    }

    public static void AllFinite(double[] values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"{name}[{i}] is {Show(values[i])}: expected a finite number.", name);
    }

    public static void AnyFinite(IEnumerable<double> values, string name)
    {
        if (!values.Any(double.IsFinite)) throw new ArgumentException($"{name} holds no finite number: there is nothing to draw.", name);
    }

    public static void Rising(double[] values, string why, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        AllFinite(values, name);
        for (int i = 1; i < values.Length; i++)
            if (values[i] <= values[i - 1])
                throw new ArgumentException($"{name}[{i}] is {Show(values[i])} after {Show(values[i - 1])}: {why}.", name);
    }

    public static string Show(double value) => value.ToString("G15", CultureInfo.InvariantCulture);
}
