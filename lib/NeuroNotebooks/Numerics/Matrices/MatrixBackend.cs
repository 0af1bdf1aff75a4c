namespace NeuroNotebooks.Numerics;

/// <summary>Who multiplies matrices.</summary>
public enum MatrixBackend
{
    /// <summary>The library's own SIMD kernel: always there, the same bits for any number of threads.</summary>
    Managed,

    /// <summary>The system's OpenBLAS, if it has one.</summary>
    OpenBlas,
}

/// <summary>The back end in use.</summary>
/// <param name="Backend">Which one.</param>
/// <param name="Description">Its name, version and configuration, for a reader.</param>
/// <param name="Threads">How many threads a large product may use.</param>
public sealed record MatrixBackendInfo(MatrixBackend Backend, string Description, int Threads)
{
    /// <summary>The description and the number of threads in one line.</summary>
    public override string ToString() => $"{Description}, {Threads} {(Threads == 1 ? "thread" : "threads")}";
}
