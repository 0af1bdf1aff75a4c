namespace NeuroNotebooks.TestSupport;

/// <summary>Numbers compared within a stated distance, with a message that names the place and the case.</summary>
internal static class Close
{
    public static void To(double expected, double actual, double absolute, string context = "") =>
        Assert.True(Math.Abs(expected - actual) <= absolute,
            $"expected {expected:R} ± {absolute:g2}, got {actual:R} (off by {Math.Abs(expected - actual):g2}) {context}");

    public static void All(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double absolute, string context = "")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++) To(expected[i], actual[i], absolute, $"at [{i}] {context}");
    }
}
