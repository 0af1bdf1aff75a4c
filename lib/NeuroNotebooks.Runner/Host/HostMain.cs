using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

/// <summary>The child side of a session: the same program, started again as <c>host PIPE</c>, running cells for whoever holds the pipe.</summary>
internal static class HostMain
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [_, var pipeName])
        {
            await Console.Error.WriteLineAsync("This command is for the engine itself: it needs the name of a pipe.");
            return 2;
        }

        NativeProcess.LeadOwnGroup();
        var profile = StartProfile.Begin(AppContext.BaseDirectory);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        await pipe.ConnectAsync(10_000);
        using var channel = new MessageChannel(pipe);

        var console = new CellConsole(channel);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave(console, channel, new Leaving(Environment.ExitCode, null));
        AppDomain.CurrentDomain.UnhandledException += (_, crash) =>
            Leave(console, channel, new Leaving(null, crash.ExceptionObject.ToString()));

        var runner = new CellRunner(channel, console);
        await runner.WarmUpAsync();
        profile.End();
        channel.Send(new Ready(console.EndOfCell));

        await channel.ListenAsync(message => Obey(message, runner, console), atEnd: End);
        return 0;
    }

    private static void Obey(Message message, CellRunner runner, CellConsole console)
    {
        switch (message)
        {
            case RunCell cell: runner.Start(cell); break;
            case Question question: runner.Answer(question); break;
            case InterruptCell when runner.TryInterrupt(): break;
            case InterruptCell:
                console.Flush();
                End();
                break;
            default: throw new InvalidDataException($"A parent does not say {message.GetType().Name}.");
        }
    }

    /// <summary>Ends this process and all it started, without exit handlers, which could hold it up.</summary>
    private static void End()
    {
        NativeProcess.KillOwnGroup();
        Process.GetCurrentProcess().Kill();
    }

    private static void Leave(CellConsole console, MessageChannel channel, Leaving farewell)
    {
        try
        {
            console.Flush();
            channel.Send(farewell);
        }
        catch (IOException)
        {
            // nobody is listening any more
        }
    }
}
