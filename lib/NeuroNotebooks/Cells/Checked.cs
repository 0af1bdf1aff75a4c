using System.Runtime.CompilerServices;

namespace NeuroNotebooks.Cells;

/// <summary>Checks for properties that can be set at creation only: the value, if it is in its range.</summary>
internal static class Checked
{
    public static double Positive(double value, [CallerMemberName] string name = "")
    {
        Require.Positive(value, name);
        return value;
    }

    public static double NotNegative(double value, [CallerMemberName] string name = "")
    {
        Require.NotNegative(value, name);
        return value;
    }

    public static double Finite(double value, [CallerMemberName] string name = "")
    {
        Require.Finite(value, name);
        return value;
    }

    public static T NotNull<T>(T? value, [CallerMemberName] string name = "") where T : class
    {
        Require.NotNull(value, name);
        return value;
    }

    /// <summary>The error for a value that its range depends on something else for.</summary>
    public static ArgumentOutOfRangeException Refusal(string name, double value, string why) => new(name, value, $"{name} is {value} {why}.");
}
