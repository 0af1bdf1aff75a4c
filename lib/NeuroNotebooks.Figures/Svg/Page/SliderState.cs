using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Where a figure's slider stands: the static picture shows that frame and says so.</summary>
/// <param name="Position">Place of the active step, 0 to 1.</param>
internal sealed record SliderState(string Caption, string FirstLabel, string LastLabel, double Position, string? FrameName)
{
    public static SliderState? Read(JsonObject layout)
    {
        if (layout.Maps("sliders").FirstOrDefault(s => s.Flag("visible") != false) is not { } slider) return null;
        JsonObject[] steps = [.. slider.Maps("steps").Where(s => s.Flag("visible") != false)];
        if (steps.Length == 0) return null;

        int active = (int)Math.Clamp(slider.Number("active", 0.0), 0.0, steps.Length - 1.0);
        var step = steps[active];
        string caption = $"{slider.Text("currentvalue.prefix")}{step.Text("label")}{slider.Text("currentvalue.suffix")}";
        return new SliderState(
            $"{caption} (slider: open interactively)", steps[0].Text("label") ?? "", steps[^1].Text("label") ?? "",
            steps.Length == 1 ? 0.5 : active / (steps.Length - 1.0), FrameOf(step));
    }

    /// <summary>The frame that a step animates to: its first argument, alone or in a list.</summary>
    private static string? FrameOf(JsonObject step) =>
        step.Text("method") is "animate" or null && step.List("args") is { Count: > 0 } args
            ? (args[0] is JsonArray { Count: > 0 } names ? names[0] : args[0]).AsText() : null;
}
