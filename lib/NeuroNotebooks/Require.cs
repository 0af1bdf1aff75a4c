using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace NeuroNotebooks;

/// <summary>Checks at the library's public edge: each names the argument, what was expected and what came; numbers that pass come back.</summary>
internal static class Require
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0.0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected a finite number above zero.");
        return value;
    }

    public static int Positive(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value <= 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected at least 1.");
        return value;
    }

    public static long Positive(long value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value <= 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected at least 1.");
        return value;
    }

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0.0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected a finite number, zero or above.");
        return value;
    }

    public static int NotNegative(int value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected zero or above.");
        return value;
    }

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected a finite number.");
        return value;
    }

    public static void Finite(ReadOnlySpan<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"{name}[{i}] is {values[i]}: expected a finite number.", name);
    }

    public static void Finite(double[,] values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        NotNull(values, name);
        for (int i = 0; i < values.GetLength(0); i++)
            for (int j = 0; j < values.GetLength(1); j++)
                if (!double.IsFinite(values[i, j]))
                    throw new ArgumentException($"{name}[{i}, {j}] is {values[i, j]}: expected a finite number.", name);
    }

    public static double InRange(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= low && value <= high))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected a number from {low} to {high}.");
        return value;
    }

    public static int InRange(int value, int low, int high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < low || value > high)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected {low} to {high}.");
        return value;
    }

    /// <summary>One of the values that an enumeration has names for.</summary>
    public static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum
    {
        if (Enum.IsDefined(value)) return value;
        string[] names = Enum.GetNames<T>();
        throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: expected {string.Join(", ", names[..^1])} or {names[^1]}.");
    }

    public static void Length(int expected, int actual, string name, string per)
    {
        if (actual != expected)
            throw new ArgumentException($"{name} has {actual} entries: expected {expected}, one per {per}.", name);
    }

    public static void Square(double[,] matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        NotNull(matrix, name);
        if (matrix.GetLength(0) != matrix.GetLength(1))
            throw new ArgumentException($"{name} is {matrix.GetLength(0)} × {matrix.GetLength(1)}: expected a square matrix.", name);
    }

    /// <summary>A matrix with at least one entry.</summary>
    public static void NotEmpty(double[,] matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        NotNull(matrix, name);
        if (matrix.Length == 0)
            throw new ArgumentException($"{name} is {matrix.GetLength(0)} × {matrix.GetLength(1)}: expected at least one entry.", name);
    }

    /// <summary>A square matrix of finite numbers with at least one row.</summary>
    public static void Matrix(double[,] matrix, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        Square(matrix, name);
        NotEmpty(matrix, name);
        Finite(matrix, name);
    }

    /// <summary>A matrix of the given shape with finite entries.</summary>
    public static void Shape(double[,] matrix, int rows, int columns, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        NotNull(matrix, name);
        if (matrix.GetLength(0) != rows || matrix.GetLength(1) != columns)
            throw new ArgumentException(
                $"{name} is {matrix.GetLength(0)} × {matrix.GetLength(1)}: expected {rows} × {columns}.", name);
        Finite(matrix, name);
    }

    /// <summary>An array, which may be empty.</summary>
    public static ImmutableArray<T> Given<T>(ImmutableArray<T> values, [CallerArgumentExpression(nameof(values))] string name = "") =>
        !values.IsDefault ? values : throw new ArgumentException($"{name} is no array: expected one, empty if it holds nothing.", name);

    /// <summary>An array that is not empty.</summary>
    public static ImmutableArray<T> Some<T>(ImmutableArray<T> values, [CallerArgumentExpression(nameof(values))] string name = "") =>
        !values.IsDefaultOrEmpty ? values : throw new ArgumentException($"{name} is empty: expected at least one entry.", name);

    /// <summary>A sequence of at least one entry, none of them null.</summary>
    public static IReadOnlyList<T> Each<T>(IEnumerable<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        NotNull(values, name);
        T[] all = [.. values];
        if (all.Length == 0) throw new ArgumentException($"{name} is empty: expected at least one entry.", name);
        for (int i = 0; i < all.Length; i++)
            if (all[i] is null) throw new ArgumentException($"{name}[{i}] is null: expected a value.", name);
        return all;
    }

    public static void NotNull([System.Diagnostics.CodeAnalysis.NotNull] object? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        ArgumentNullException.ThrowIfNull(value, name);
}
