using NeuroNotebooks.Runner.Host;

if (args is ["host", ..]) return await HostMain.RunAsync(args);
return 0;
