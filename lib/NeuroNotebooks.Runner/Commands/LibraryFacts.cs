namespace NeuroNotebooks.Runner.Commands;

/// <summary>What the library says about itself.</summary>
internal static class LibraryFacts
{
    /// <summary>The linear algebra in use.</summary>
    public static string LinearAlgebra() => Numerics.LinearAlgebra.InUse.ToString();
}
