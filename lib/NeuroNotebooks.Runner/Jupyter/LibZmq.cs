using System.Runtime.InteropServices;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>The functions of libzmq 4 that a kernel and its tests need. See <see cref="ZmqContext"/> and <see cref="ZmqSocket"/> for their use.</summary>
/// <remarks>
/// The library is the system's own: it is searched when the first of these functions is called. Every function returns −1 (or null) on
/// failure and leaves the reason in the C library's <c>errno</c>. Source: the ZeroMQ reference, api.zeromq.org.
/// </remarks>
internal static class LibZmq
{
    /// <summary>What no system calls its library: the resolver puts the system's name in its place.</summary>
    private const string Name = "zmq";

    private static readonly string[] LinuxNames = ["libzmq.so.5", "libzmq.so"];
    private static readonly string[] MacNames =
        ["libzmq.dylib", "libzmq.5.dylib", "/opt/homebrew/lib/libzmq.dylib", "/usr/local/lib/libzmq.dylib", "/opt/local/lib/libzmq.dylib"];
    private static readonly string[] WindowsNames = ["libzmq.dll", "libzmq-mt-4_3_5.dll", "libzmq-v143-mt-4_3_5.dll"];

    private static readonly Lazy<nint> Library = new(() => Load(SystemNames));

    static LibZmq() => NativeLibrary.SetDllImportResolver(
        typeof(LibZmq).Assembly, static (name, _, _) => name == Name ? Library.Value : 0);

    /// <summary>The names under which this system may keep the library, the likeliest first.</summary>
    public static IReadOnlyList<string> SystemNames =>
        OperatingSystem.IsWindows() ? WindowsNames : OperatingSystem.IsMacOS() ? MacNames : LinuxNames;

    /// <summary>How to get the library on this system.</summary>
    public static string HowToInstall =>
        OperatingSystem.IsWindows() ? "Put libzmq.dll on the PATH: \"vcpkg install zeromq\" builds it, and conda's package \"zeromq\" holds it."
        : OperatingSystem.IsMacOS() ? "Install it with: brew install zeromq"
        : "Install it with: apt install libzmq5 (Debian, Ubuntu), dnf install zeromq (Fedora), pacman -S zeromq (Arch), apk add libzmq (Alpine)";

    /// <summary>Loads the library under the first of some names that there is.</summary>
    /// <exception cref="UsageException">There is none; the message says how to install it.</exception>
    public static nint Load(IReadOnlyList<string> names)
    {
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, typeof(LibZmq).Assembly, DllImportSearchPath.SafeDirectories, out nint handle)) return handle;
        throw new UsageException(
            $"The Jupyter kernel talks through the system's ZeroMQ library, which is not installed (looked for {string.Join(", ", names)}). {HowToInstall}");
    }

    /// <summary>Whether the system has the library.</summary>
    public static bool IsInstalled
    {
        get
        {
            try
            {
                return Library.Value != 0;
            }
            catch (UsageException)
            {
                return false;
            }
        }
    }

    /// <summary>The reason of the last failure on this thread; to be asked for right after the call that failed.</summary>
    public static int LastError => OperatingSystem.IsWindows() ? zmq_errno() : Marshal.GetLastPInvokeError();

    /// <summary>A reason in words.</summary>
    public static string Words(int error) => Marshal.PtrToStringUTF8(zmq_strerror(error)) ?? $"error {error}";

#pragma warning disable SYSLIB1054 // plain integers and bytes need no generated marshalling
#pragma warning disable IDE1006    // the library's own names

    /// <summary>A frame that the library holds: 64 bytes that must not move between <c>init</c> and <c>close</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct zmq_msg_t
    {
        private readonly long _first;     // gives the struct the alignment of a pointer
    }

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint zmq_ctx_new();

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_ctx_shutdown(nint context);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_ctx_term(nint context);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint zmq_socket(nint context, int type);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_close(nint socket);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_setsockopt(nint socket, int option, in byte value, nuint length);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_bind(nint socket, in byte address);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_connect(nint socket, in byte address);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_send(nint socket, in byte frame, nuint length, int flags);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_msg_init(ref zmq_msg_t frame);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_msg_recv(ref zmq_msg_t frame, nint socket, int flags);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint zmq_msg_data(ref zmq_msg_t frame);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_msg_more(ref zmq_msg_t frame);

    [DllImport(Name, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int zmq_msg_close(ref zmq_msg_t frame);

    [DllImport(Name), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int zmq_errno();

    [DllImport(Name), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint zmq_strerror(int error);

#pragma warning restore IDE1006, SYSLIB1054
}
