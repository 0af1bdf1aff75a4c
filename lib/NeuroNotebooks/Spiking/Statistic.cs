using System.Globalization;

namespace NeuroNotebooks.Spiking;

/// <summary>A number that may be undefined, and then says why: never a zero in place of no answer.</summary>
/// <param name="Value">The number; NaN if undefined.</param>
/// <param name="Reason">Why it is undefined; empty if it is not.</param>
public readonly record struct Statistic(double Value, string Reason)
{
    /// <summary>Whether there is a number.</summary>
    public bool IsDefined => string.IsNullOrEmpty(Reason) && !double.IsNaN(Value);

    /// <summary>A number.</summary>
    /// <param name="value">It.</param>
    public static Statistic Of(double value) => new(value, "");

    /// <summary>No number.</summary>
    /// <param name="reason">Why.</param>
    public static Statistic Undefined(string reason)
    {
        Require.NotNull(reason);
        return new Statistic(double.NaN, reason);
    }

    /// <summary>The number, NaN if undefined.</summary>
    /// <param name="statistic">It.</param>
    public static implicit operator double(Statistic statistic) => statistic.Value;

    /// <summary>The number, NaN if undefined.</summary>
    public double ToDouble() => Value;

    /// <inheritdoc/>
    public override string ToString() => IsDefined ? Value.ToString("g5", CultureInfo.InvariantCulture) : $"undefined: {Reason}";
}
