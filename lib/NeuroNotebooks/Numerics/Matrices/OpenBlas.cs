using System.Runtime.InteropServices;

namespace NeuroNotebooks.Numerics;

/// <summary>The system's OpenBLAS, found by its usual names when first asked for.</summary>
internal sealed unsafe class OpenBlas : IMatrixMultiplier
{
    private const int RowMajor = 101, NoTranspose = 111, Transpose = 112;

    private static readonly string[] LibraryNames =
        ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "libopenblas.dll", "openblas"];
    private static readonly string[] Functions =
    [
        "cblas_dgemm", "cblas_sgemm", "cblas_dgemv", "cblas_sgemv", "openblas_get_config", "openblas_set_num_threads",
        "openblas_get_num_threads",
    ];
    private static readonly Lazy<nint[]?> Entries = new(FindEntries);

    private readonly delegate* unmanaged<
        int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> dgemm;
    private readonly delegate* unmanaged<
        int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;
    private readonly delegate* unmanaged<int, int, int, int, double, double*, int, double*, int, double, double*, int, void> dgemv;
    private readonly delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemv;

    private OpenBlas(nint[] entries, int threads)
    {
        dgemm =
            (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)entries[0];
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)entries[1];
        dgemv = (delegate* unmanaged<int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)entries[2];
        sgemv = (delegate* unmanaged<int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)entries[3];
        ((delegate* unmanaged<int, void>)entries[5])(threads);
        int granted = ((delegate* unmanaged<int>)entries[6])();
        Info = new MatrixBackendInfo(MatrixBackend.OpenBlas, Configuration(entries), granted);
    }

    public static bool IsAvailable => Entries.Value is not null;

    public MatrixBackendInfo Info { get; }

    /// <summary>OpenBLAS with a number of threads, or null if the system has none.</summary>
    public static OpenBlas? TryCreate(int threads) => Entries.Value is { } entries ? new OpenBlas(entries, threads) : null;

    public void Multiply(in MatrixProduct<double> product)
    {
        var (a, b) = (product.A, product.B);
        if (product.Columns == 1)
            dgemv(RowMajor, Flag(a), StoredRows(a, product), StoredColumns(a, product), product.Alpha, a.At(0, 0),
                a.LeadingDimension, b.At(0, 0), 1, product.Beta, product.C, 1);
        else
            dgemm(RowMajor, Flag(a), Flag(b), product.Rows, product.Columns, product.Depth, product.Alpha, a.At(0, 0), a.LeadingDimension,
                b.At(0, 0), b.LeadingDimension, product.Beta, product.C, (int)product.CStride);
    }

    public void Multiply(in MatrixProduct<float> product)
    {
        var (a, b) = (product.A, product.B);
        if (product.Columns == 1)
            sgemv(RowMajor, Flag(a), StoredRows(a, product), StoredColumns(a, product), product.Alpha, a.At(0, 0),
                a.LeadingDimension, b.At(0, 0), 1, product.Beta, product.C, 1);
        else
            sgemm(RowMajor, Flag(a), Flag(b), product.Rows, product.Columns, product.Depth, product.Alpha, a.At(0, 0), a.LeadingDimension,
                b.At(0, 0), b.LeadingDimension, product.Beta, product.C, (int)product.CStride);
    }

    private static int Flag<T>(StoredMatrix<T> matrix) where T : unmanaged => matrix.IsTransposed ? Transpose : NoTranspose;

    private static int StoredRows<T>(StoredMatrix<T> a, in MatrixProduct<T> product) where T : unmanaged =>
        a.IsTransposed ? product.Depth : product.Rows;

    private static int StoredColumns<T>(StoredMatrix<T> a, in MatrixProduct<T> product) where T : unmanaged =>
        a.IsTransposed ? product.Rows : product.Depth;

    private static nint[]? FindEntries()
    {
        foreach (string name in LibraryNames)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;

            nint[] entries = [.. Functions.Select(function => NativeLibrary.TryGetExport(library, function, out nint entry) ? entry : 0)];
            // a build with 64-bit integers keeps the names but not the calling convention
            if (!entries.Contains(0) && !Configuration(entries).Contains("USE64BITINT", StringComparison.Ordinal)) return entries;
        }
        return null;
    }

    private static string Configuration(nint[] entries) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)entries[4])())?.Trim() ?? "OpenBLAS";
}
