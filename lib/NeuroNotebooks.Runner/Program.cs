using System.Text;
using NeuroNotebooks.Runner.Commands;
using NeuroNotebooks.Runner.Host;

if (args is ["host", ..]) return await HostMain.RunAsync(args);
if (args is ["kernel", "run", ..]) return await CommandLine.RunAsync(args, CommandContext.OfProcess(), CancellationToken.None);     // Ctrl-C is the kernel's

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    if (stop.IsCancellationRequested) return;       // a second Ctrl-C ends the program at once
    key.Cancel = true;
    stop.Cancel();
};
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.RunAsync(args, CommandContext.OfProcess(), stop.Token);
