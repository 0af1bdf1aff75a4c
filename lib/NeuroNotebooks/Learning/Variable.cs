using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>A matrix on a tape, with room for the derivative of the loss in each of its entries.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// Valid until its tape is cleared. Entries lie row after row; in a network a row is a trial and a column a unit. Products of two
/// variables by <c>*</c> are entry by entry, as are all operators; <see cref="Steps.Times"/> is the product of matrices.
/// </remarks>
public sealed class Variable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] value = [], gradient = [];

    internal Variable(Operation<T> source) => Source = source;

    /// <summary>The tape that it is on.</summary>
    public Tape<T> Tape { get; private set; } = null!;

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; private set; }

    /// <summary>Entries, rows times columns.</summary>
    public int Length => Rows * Columns;

    /// <summary>Whether the loss is differentiated in it; constants, and what is made of them alone, are not.</summary>
    public bool NeedsGradient { get; private set; }

    /// <summary>The entries.</summary>
    public Span<T> Value => value.AsSpan(0, Length);

    /// <summary>The derivative of the loss in each entry, after <see cref="Tape{T}.Backward"/>; empty if it is not needed.</summary>
    public Span<T> Gradient => NeedsGradient ? gradient.AsSpan(0, Length) : [];

    /// <summary>One entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row or the column does not exist.</exception>
    public T this[int row, int column]
    {
        get
        {
            Require.InRange(row, 0, Rows - 1);
            Require.InRange(column, 0, Columns - 1);
            return value[row * Columns + column];
        }
    }

    internal Operation<T> Source { get; }

    internal MatrixOf<T> Matrix => new(value, Rows, Columns);

    internal MatrixOf<T> GradientMatrix => new(gradient, Rows, Columns);

    /// <summary>a + b, entry by entry.</summary>
    public static Variable<T> operator +(Variable<T> a, Variable<T> b) => a.Plus(b);

    /// <summary>a − b, entry by entry.</summary>
    public static Variable<T> operator -(Variable<T> a, Variable<T> b) => a.Minus(b);

    /// <summary>a b, entry by entry.</summary>
    public static Variable<T> operator *(Variable<T> a, Variable<T> b) => a.TimesEach(b);

    /// <summary>−a.</summary>
    public static Variable<T> operator -(Variable<T> a) => a.Scaled(-1.0);

    /// <summary>factor · a.</summary>
    public static Variable<T> operator *(double factor, Variable<T> a) => a.Scaled(factor);

    /// <summary>Shape and kind.</summary>
    public override string ToString() => $"{Rows} × {Columns} {(NeedsGradient ? "variable" : "constant")}";

    internal void Shape(Tape<T> tape, int rows, int columns, bool needsGradient)
    {
        (Tape, Rows, Columns, NeedsGradient) = (tape, rows, columns, needsGradient);
        if (value.Length < Length) value = new T[Length];
        if (needsGradient && gradient.Length < Length) gradient = new T[Length];
    }

    /// <summary>Looks at the memory of a parameter: its values, and a gradient of this tape's own.</summary>
    internal void LookAt(Tape<T> tape, int rows, int columns, T[] values, T[] gradients)
    {
        (Tape, Rows, Columns, NeedsGradient) = (tape, rows, columns, gradients.Length > 0);
        (value, gradient) = (values, gradients);
    }

    internal void LookAt(Tape<T> tape, Variable<T> other)
    {
        (Tape, Rows, Columns, NeedsGradient) = (tape, other.Rows, other.Columns, other.NeedsGradient);
        (value, gradient) = (other.value, other.gradient);
    }
}

/// <summary>Entries with a shape: what a view of a matrix is made of, storable.</summary>
internal readonly record struct MatrixOf<T>(T[] Values, int Rows, int Columns) where T : unmanaged
{
    public Numerics.MatrixView<T> View => new(Values.AsSpan(0, Rows * Columns), Rows, Columns);
}
