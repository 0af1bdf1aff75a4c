using System.ComponentModel;
using System.Diagnostics;

namespace NeuroNotebooks.Runner.Assets;

/// <summary>A package that could not be fetched; the message says why and what would help.</summary>
internal sealed class PackageException(string message) : Exception(message);

/// <summary>The npm client of the user, with the registry, proxy and cache that the user has set for it.</summary>
internal static class NpmClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Arguments =
        ["pack", "--ignore-scripts", "--no-update-notifier", "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--loglevel=error"];

    /// <summary>A package's tarball, unchecked.</summary>
    /// <exception cref="PackageException">There is no npm, it reaches no registry, or it takes longer than two minutes.</exception>
    public static byte[] Fetch(PinnedPackage package)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("neuronotebooks-npm-");
        try
        {
            Pack(package, folder.FullName);
            FileInfo? tarball = folder.EnumerateFiles("*.tgz").FirstOrDefault();
            return tarball is not null ? File.ReadAllBytes(tarball.FullName)
                : throw new PackageException($"npm fetched nothing for {package.Specifier}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Pack(PinnedPackage package, string folder)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in Arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(package.Specifier);
        using Process npm = Start(start);
        npm.StandardInput.Close();
        Task<string> said = npm.StandardError.ReadToEndAsync(), printed = npm.StandardOutput.ReadToEndAsync();
        if (!npm.WaitForExit(Limit))
        {
            npm.Kill(entireProcessTree: true);
            npm.WaitForExit();
            throw new PackageException($"npm did not fetch {package.Specifier} within two minutes; is the registry reachable?");
        }
        Task.WaitAll(said, printed);
        if (npm.ExitCode != 0)
            throw new PackageException($"npm could not fetch {package.Specifier}: {FirstError(said.Result)}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PackageException("Interactive figures, KaTeX and the pages' fonts come from the npm registry, and there is "
                + "no npm on the path. Install Node.js with npm (https://nodejs.org, or the system's package npm) to have them.");
        }
    }

    /// <summary>The line that says what went wrong, without npm's prefix: "code E404" says less than the one after it.</summary>
    private static string FirstError(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("npm error ", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("npm ERR! ", StringComparison.Ordinal))
            .Select(line => line[9..].Trim()).Where(line => line.Length > 0).ToList();
        return lines.FirstOrDefault(line => line.Split(' ')[0] is not ("code" or "syscall" or "errno"))
            ?? lines.FirstOrDefault() ?? "it gave no reason";
    }
}
