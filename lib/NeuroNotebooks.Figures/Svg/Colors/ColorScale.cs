using System.Text.Json.Nodes;

namespace NeuroNotebooks.Figures.Svg;

/// <summary>Colours from 0 to 1, straight in sRGB between given stops, as Plotly mixes them.</summary>
internal sealed record ColorScale(IReadOnlyList<(double At, Rgba Color)> Stops)
{
    /// <summary>Evenly spaced stops of the scales that Plotly knows by name.</summary>
    private static readonly Dictionary<string, ColorScale> Named = """
        viridis 440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725
        cividis 00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838
        plasma 0d0887 46039f 7201a8 9c179e bd3786 d8576b ed7953 fb9f3a fdca26 f0f921
        inferno 000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4
        magma 000004 180f3d 440f76 721f81 9e2f7f cd4071 f1605d fd9668 feca8d fcfdbf
        turbo 30123b 4145ab 4675ed 39a2fc 1bcfd4 24eca6 61fc6c a4fc3b d1e834 f3c63a fe9b2d f36315 d93806 b11901 7a0402
        greys 000000 ffffff
        blues 08306b 08519c 2171b5 4292c6 6baed6 9ecae1 c6dbef deebf7 f7fbff
        greens 00441b 006d2c 238b45 41ab5d 74c476 a1d99b c7e9c0 e5f5e0 f7fcf5
        reds dcdcdc f5c39d f5a069 b20a1c
        bluered 0000ff ff0000
        rdbu 050aac 6a89f7 bebebe dcaa84 e6916a b20a1c
        ylorrd 800026 bd0026 e31a1c fc4e2a fd8d3c feb24c fed976 ffeda0 ffffcc
        ylgnbu 081d58 253494 225ea8 1d91c0 41b6c4 7fcdbb c7e9b4 edf8d9 ffffd9
        jet 000083 003caa 05ffff ffff00 fa0000 800000
        hot 000000 e60000 ffd200 ffffff
        picnic 0000ff 3399ff 66ccff 99ccff ccccff ffffff ffccff ff99ff ff66cc ff6666 ff0000
        portland 0c3383 0a88ba f2d338 f28f38 d91e1e
        rainbow 96005a 0000c8 0019ff 0098ff 2cff96 97ff00 ffea00 ff6f00 ff0000
        earth 000082 00b4b4 28d228 e6e632 784614 ffffff
        electric 000000 1e0064 780064 a05a00 e6c800 fffadc
        blackbody 000000 e60000 e6d200 ffffff a0c8ff
        """.Split('\n').Select(line => line.Split(' ')).ToDictionary(words => words[0], words => Even(words[1..]));

    public static ColorScale Default => Named["viridis"];

    /// <summary>A scale by name, or from a list of [position, colour] or of colours; null if it is neither.</summary>
    public static ColorScale? Read(JsonNode? node)
    {
        if (node is JsonArray list) return FromList(list);
        string name = node.AsText().ToLowerInvariant();
        bool reversed = name.EndsWith("_r", StringComparison.Ordinal);
        if (!Named.TryGetValue(reversed ? name[..^2] : name, out var scale)) return null;
        return reversed ? scale.Reversed() : scale;
    }

    public ColorScale Reversed() => new([.. Stops.Reverse().Select(stop => (1.0 - stop.At, stop.Color))]);

    public Rgba At(double part)
    {
        if (double.IsNaN(part)) return Rgba.Clear;
        if (part <= Stops[0].At) return Stops[0].Color;
        for (int i = 1; i < Stops.Count; i++)
            if (part <= Stops[i].At)
            {
                double span = Stops[i].At - Stops[i - 1].At;
                return span <= 0.0 ? Stops[i].Color : Stops[i - 1].Color.Mix(Stops[i].Color, (part - Stops[i - 1].At) / span);
            }
        return Stops[^1].Color;
    }

    private static ColorScale? FromList(JsonArray list)
    {
        if (list.Count == 0) return null;
        var stops = new List<(double, Rgba)>();
        for (int i = 0; i < list.Count; i++)
        {
            double at = list[i] is JsonArray { Count: 2 } pair ? pair[0].AsNumber() : i / Math.Max(1.0, list.Count - 1.0);
            var color = Rgba.Parse((list[i] is JsonArray { Count: 2 } two ? two[1] : list[i]).AsText());
            if (color is null || !(at >= 0.0 && at <= 1.0)) return null;
            stops.Add((at, color.Value));
        }
        return new ColorScale([.. stops.OrderBy(stop => stop.Item1)]);
    }

    private static ColorScale Even(string[] colors) =>
        new([.. colors.Select((color, i) => (i / (colors.Length - 1.0), Rgba.Parse("#" + color)!.Value))]);
}
