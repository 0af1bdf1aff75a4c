using System.Globalization;

namespace NeuroNotebooks.Figures.Tests;

/// <summary>Runs code as in a country that writes 0,5 and 1.000. Made by hand: the tests run without the system's cultures.</summary>
internal static class Commas
{
    public static T Run<T>(Func<T> code)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        commas.NumberFormat.NegativeSign = "−";
        commas.NumberFormat.NaNSymbol = "keine Zahl";
        CultureInfo.CurrentCulture = commas;
        try
        {
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
