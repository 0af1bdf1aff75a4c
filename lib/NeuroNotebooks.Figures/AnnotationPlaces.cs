using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures;

/// <summary>Plotly places an annotation on a log axis by the decimal logarithm, but a shape by the number itself.</summary>
internal static class AnnotationPlaces
{
    public static double Place(double value, bool log, string letter) => !log ? value
        : value > 0.0 ? Math.Log10(value)
        : throw new ArgumentOutOfRangeException(letter, value,
            $"{letter} is {Require.Show(value)}: a log axis has places only above zero.");

    /// <summary>Moves the annotations of one axis to where they stay on the same numbers after its scale changes.</summary>
    public static void Rescale(JsonObject layout, string letter, bool wasLog, bool isLog)
    {
        if (wasLog == isLog || layout["annotations"] is not JsonArray notes) return;
        foreach (JsonObject note in notes.OfType<JsonObject>())
        {
            Rescale(note, letter, Json.Text(note[letter + "ref"]), letter, isLog);
            Rescale(note, "a" + letter, Json.Text(note[$"a{letter}ref"]), letter, isLog);
        }
    }

    private static void Rescale(JsonObject note, string key, string? reference, string letter, bool isLog)
    {
        if (reference != letter || Json.Double(note[key]) is not { } place) return;
        note[key] = isLog ? Place(place, log: true, letter) : Math.Pow(10.0, place);
    }
}
