using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Damaged messages.</summary>
internal static class Mutations
{
    private static readonly string[] Texts = ["", "1 + 1", "neuron.", "\"", "{{{", "tail", "search", "*", "\u0000", "🧠🧠.", "#r \"x", "#!import ..", "class A {", "'", "/*"];

    /// <summary>A JSON value of any kind.</summary>
    public static JsonNode? Json(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-5, 50)),
        2 => JsonValue.Create(random.NextDouble() * 1e300),
        3 => JsonValue.Create(true),
        4 => new JsonArray(1, "two"),
        5 => new JsonObject { ["a"] = new JsonObject() },
        _ => JsonValue.Create(Texts[random.Next(Texts.Length)]),
    };

    /// <summary>Frames with some bytes changed, frames left out, doubled, swapped, cut or filled with noise.</summary>
    public static List<byte[]> Frames(IReadOnlyList<byte[]> frames, Random random)
    {
        var changed = frames.Select(frame => (byte[])frame.Clone()).ToList();
        for (int i = random.Next(1, 4); i > 0 && changed.Count > 0; i--)
        {
            int at = random.Next(changed.Count);
            switch (random.Next(6))
            {
                case 0: changed.RemoveAt(at); break;
                case 1: changed.Insert(at, (byte[])changed[at].Clone()); break;
                case 2: (changed[at], changed[^1]) = (changed[^1], changed[at]); break;
                case 3: changed[at] = changed[at][..random.Next(changed[at].Length + 1)]; break;
                case 4:
                    changed[at] = new byte[random.Next(200)];
                    random.NextBytes(changed[at]);
                    break;
                default:
                    if (changed[at].Length > 0) changed[at][random.Next(changed[at].Length)] = (byte)random.Next(256);
                    break;
            }
        }
        return changed;
    }
}
