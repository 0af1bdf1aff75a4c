namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running.</summary>
public sealed class KernelInvocationContext
{
    private readonly CancellationToken _cancellation;

    internal KernelInvocationContext(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>The running cell; null between cells.</summary>
    public static KernelInvocationContext? Current { get; internal set; }

    /// <summary>Cancelled when the reader interrupts the cell: a long loop that watches it can stop in good order.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            IsCooperative = true;
            return _cancellation;
        }
    }

    /// <summary>Whether the cell has asked for its token, and so may stop by itself.</summary>
    internal bool IsCooperative { get; private set; }
}
