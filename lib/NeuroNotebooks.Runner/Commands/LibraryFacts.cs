namespace NeuroNotebooks.Runner.Commands;

/// <summary>What the library says about itself.</summary>
internal static class LibraryFacts
{
    /// <summary>The linear algebra in use; null when this build of the library does not say.</summary>
    public static string? LinearAlgebra() =>
        Type.GetType("NeuroNotebooks.Numerics.LinearAlgebra, NeuroNotebooks")?.GetProperty("InUse")?.GetValue(null)?.ToString();
}
