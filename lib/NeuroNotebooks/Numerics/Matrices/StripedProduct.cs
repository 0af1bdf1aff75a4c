namespace NeuroNotebooks.Numerics;

/// <summary>Multiplies one stripe of a product.</summary>
internal delegate void StripeKernel<T>(in MatrixProduct<T> stripe) where T : unmanaged;

/// <summary>A product cut into stripes of the result that threads take one after another.</summary>
/// <remarks>The caller works too and takes whatever no other thread has begun, so a busy thread pool delays nobody.</remarks>
internal sealed unsafe class StripedProduct<T> : IThreadPoolWorkItem where T : unmanaged
{
    // stripes start at multiples of this, so that only the last one has ragged tiles: divisible by 6 rows and by 8 or 16 columns
    private const int Grain = 48;

    private readonly MatrixProduct<T> product;
    private readonly StripeKernel<T> kernel;
    private readonly bool byRows;
    private readonly int height, count;
    private int next, unfinished;

    private StripedProduct(in MatrixProduct<T> product, int stripes, StripeKernel<T> kernel)
    {
        this.product = product;
        this.kernel = kernel;
        byRows = product.Rows >= product.Columns;
        int length = byRows ? product.Rows : product.Columns;
        height = ((length + stripes - 1) / stripes + Grain - 1) / Grain * Grain;
        count = unfinished = (length + height - 1) / height;
    }

    public static void Run(in MatrixProduct<T> product, int stripes, StripeKernel<T> kernel)
    {
        var job = new StripedProduct<T>(product, stripes, kernel);
        for (int helper = 1; helper < job.count; helper++) ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        job.Execute();
        SpinWait wait = default;
        while (Volatile.Read(ref job.unfinished) > 0) wait.SpinOnce();
    }

    public void Execute()
    {
        for (int stripe; (stripe = Interlocked.Increment(ref next) - 1) < count;)
        {
            kernel(Stripe(stripe * height));
            Interlocked.Decrement(ref unfinished);
        }
    }

    private MatrixProduct<T> Stripe(int first) => byRows
        ? product with
        {
            Rows = Math.Min(height, product.Rows - first),
            A = product.A with { Address = (nint)product.A.At(first, 0) },
            CAddress = (nint)(product.C + first * product.CStride),
        }
        : product with
        {
            Columns = Math.Min(height, product.Columns - first),
            B = product.B with { Address = (nint)product.B.At(0, first) },
            CAddress = (nint)(product.C + first),
        };
}
