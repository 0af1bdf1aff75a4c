using System.CommandLine;
using NeuroNotebooks.Runner.Assets;

namespace NeuroNotebooks.Runner.Commands;

internal static partial class CommandTree
{
    private static Command Kernel(CommandContext context, Dictionary<string, string> examples)
    {
        var command = new Command("kernel", "Install, remove or run the Jupyter kernel.")
        {
            KernelInstall(context, examples), KernelUninstall(context), KernelRun(context),
        };
        examples["kernel"] = "  kernel install          then choose \"C# (NeuroNotebooks)\" in Jupyter\n";
        return command;
    }

    private static Command KernelInstall(CommandContext context, Dictionary<string, string> examples)
    {
        var (user, prefix) = KernelPlace();
        var plotly = new Option<string?>("--plotly")
        {
            Description = "The script plotly.min.js, for figures that move in the classic notebook [default: from npm, if there]",
            HelpName = "FILE",
        };
        var command = new Command("install", "Tell Jupyter of the kernel \"C# (NeuroNotebooks)\".") { user, prefix, plotly };
        command.SetAction(parsed => KernelCommands.Install(context, new(parsed.GetValue(user), parsed.GetValue(prefix)),
            parsed.GetValue(plotly), PackageCache.OfUser()));
        examples["install"] = """
              kernel install                      into the active Python environment, else for this user
              kernel install --user
              kernel install --prefix /usr/local

            """;
        return command;
    }

    private static Command KernelUninstall(CommandContext context)
    {
        var (user, prefix) = KernelPlace();
        var command = new Command("uninstall", "Remove what install has written, at the same place.") { user, prefix };
        command.SetAction(parsed => KernelCommands.Uninstall(context, new(parsed.GetValue(user), parsed.GetValue(prefix))));
        return command;
    }

    private static Command KernelRun(CommandContext context)
    {
        var file = new Option<string>("--connection-file", "-f") { Description = "What Jupyter has written for this kernel", HelpName = "FILE", Required = true };
        var remote = new Option<bool>("--allow-remote") { Description = "Accept an address that other machines can reach" };
        var command = new Command("run", "Serve a Jupyter client, in the current folder; Jupyter itself calls this.") { file, remote };
        command.SetAction(parsed => KernelCommands.RunAsync(context, parsed.GetValue(file)!, parsed.GetValue(remote)));
        return command;
    }

    private static (Option<bool> User, Option<string?> Prefix) KernelPlace() =>
        (new("--user") { Description = "For this user" },
        new("--prefix") { Description = "For the Python installation in a folder", HelpName = "DIR" });
}
