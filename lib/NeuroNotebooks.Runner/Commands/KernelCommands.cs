using System.Runtime.InteropServices;
using NeuroNotebooks.Runner.Assets;
using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Which of Jupyter's data folders is meant.</summary>
/// <param name="User">That of the user.</param>
/// <param name="Prefix">That of the Python installation in this folder, or null.</param>
internal sealed record KernelPlace(bool User, string? Prefix);

/// <summary>The commands for the Jupyter kernel.</summary>
internal static class KernelCommands
{
    /// <summary>How long a cell that watches its token may take to stop: less than the 5 s after which Jupyter kills a kernel that is to end.</summary>
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(2);

    /// <summary>Writes the kernelspec.</summary>
    /// <param name="context">Where it speaks.</param>
    /// <param name="place">Where it goes.</param>
    /// <param name="plotlyFile">The script of Plotly; null for the pinned one of the npm registry, if that can be had.</param>
    /// <param name="packages">Where the pinned one comes from.</param>
    public static int Install(CommandContext context, KernelPlace place, string? plotlyFile, PackageCache packages)
    {
        string data = DataFolder(context, place);
        byte[]? plotly = plotlyFile is not null ? ReadPlotly(context.FullPath(plotlyFile)) : ObtainPlotly(context, packages);
        context.Screen.Say($"Installed: {KernelSpec.Install(data, plotly)}");
        context.Screen.Say($"Choose the kernel \"{KernelSpec.DisplayName}\" in Jupyter; \"jupyter kernelspec list\" shows {KernelSpec.Name}.");
        if (!LibZmq.IsInstalled) context.Screen.Complain($"ZeroMQ, which the kernel needs, is not installed. {LibZmq.HowToInstall}");
        return ExitCode.Fine;
    }

    /// <summary>Removes the kernelspec.</summary>
    public static int Uninstall(CommandContext context, KernelPlace place)
    {
        string data = DataFolder(context, place);
        bool was = KernelSpec.Uninstall(data);
        context.Screen.Say(was ? $"Removed: {KernelSpec.FolderIn(data)}" : $"It was not installed: there is no folder {KernelSpec.FolderIn(data)}.");
        return ExitCode.Fine;
    }

    /// <summary>Serves clients until one of them shuts the kernel down.</summary>
    public static async Task<int> RunAsync(CommandContext context, string connectionFile, bool allowRemote)
    {
        var connection = ConnectionFile.Read(context.FullPath(connectionFile), allowRemote);
        var options = new SessionOptions { WorkingFolder = context.Folder, InterruptGrace = InterruptGrace };
        await using var kernel = new JupyterKernel(connection, options, context.Screen.Complain, TimeProvider.System);

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            kernel.Interrupt();
        });
        using var parent = ParentWatch.Begin(kernel.Stop);
        try
        {
            kernel.Run();
            return ExitCode.Fine;
        }
        catch (ZmqException error)
        {
            context.Screen.Complain(error.Message);
            return ExitCode.System;
        }
    }

    private static byte[] ReadPlotly(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {error.Message}");
        }
    }

    private static byte[]? ObtainPlotly(CommandContext context, PackageCache packages)
    {
        ObtainedPackage package = packages.Obtain(PinnedPackage.Plotly);
        if (package.Reason is { } reason) context.Screen.Complain($"Figures stay pictures in the classic notebook, as Plotly could not be had: {reason}");
        return package.Files.FirstOrDefault(file => file.Key.EndsWith(".js", StringComparison.Ordinal)).Value;
    }

    private static string DataFolder(CommandContext context, KernelPlace place)
    {
        if (place is { User: true, Prefix: not null }) throw new UsageException("Give --user or --prefix, not both.");
        if (place.Prefix is { } prefix) return KernelSpec.PrefixDataFolder(context.FullPath(prefix));
        return place.User ? KernelSpec.UserDataFolder(Environment.GetEnvironmentVariable) : KernelSpec.StandardDataFolder(Environment.GetEnvironmentVariable);
    }
}
