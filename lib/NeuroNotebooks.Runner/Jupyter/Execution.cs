using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Serves <c>execute_request</c>: runs cells in the kernel's session and publishes what they show as they show it.</summary>
internal sealed class Execution(KernelSession session, KernelHistory history) : IDisposable
{
    private const string NewSession =
        "[A new session was started: the variables, usings and references of the cells before this one are gone. Run them again.]\n";

    private const string EndedByInterrupt =
        "[The cell did not watch KernelInvocationContext.Current.CancellationToken and was ended with its process: the variables of the session are lost.]\n";

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private CancellationTokenSource? _running;
    private bool _isOver;
    private int _count;

    /// <summary>Stops the running cell, if there is one; from any thread.</summary>
    public void Interrupt()
    {
        lock (_gate) _running?.Cancel();
    }

    /// <summary>Stops the running cell, waits for its end, and lets no other begin; from any thread but the one that serves.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            _running?.Cancel();
        }
        _idle.Wait();
    }

    public void Dispose() => _idle.Dispose();

    /// <summary>Runs a cell and replies.</summary>
    /// <returns>Whether queued cells may run; false after an error for which the request wants them to be given up.</returns>
    /// <exception cref="MalformedMessageException">The request is none.</exception>
    public bool Serve(KernelExchange exchange)
    {
        string code = exchange.Content.Text("code");
        bool silent = exchange.Content.Flag("silent", false);
        bool stored = exchange.Content.Flag("store_history", true) && !silent;
        bool stopOnError = exchange.Content.Flag("stop_on_error", true) && !silent;

        bool isBlank = string.IsNullOrWhiteSpace(code);
        int count = _count + 1;
        if (stored && !isBlank) _count = count;
        if (!silent) exchange.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count });

        JsonObject reply = isBlank ? Ok([]) : Run(exchange, code, count, silent, stored);
        reply["execution_count"] = count;
        exchange.Reply(reply);
        return !stopOnError || (string?)reply["status"] == "ok";
    }

    /// <summary>Replies to a cell that stood behind one that failed.</summary>
    public void Abort(KernelExchange exchange) =>
        exchange.Reply(new JsonObject { ["status"] = "aborted", ["execution_count"] = _count });

    private JsonObject Run(KernelExchange exchange, string code, int count, bool silent, bool stored)
    {
        using var interrupt = new CancellationTokenSource();
        try
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isOver, this);
                _running = interrupt;
                _idle.Reset();
            }
            return RunAsync(exchange, code, count, silent, stored, interrupt.Token).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is SessionStartException or DirectoryNotFoundException or OperationCanceledException or ObjectDisposedException)
        {
            return Unstarted(exchange, error, silent);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
                _idle.Set();
            }
        }
    }

    private async Task<JsonObject> RunAsync(
        KernelExchange exchange, string code, int count, bool silent, bool stored, CancellationToken interrupt)
    {
        CellSession cells = await session.GetAsync(interrupt);
        var screen = new LiveOutputs(exchange, count, silent);
        if (session.TakeNotice()) screen.Report(new StreamWritten("stderr", NewSession));

        string name = $"cell [{count}]";
        CellResult result = await cells.RunAsync(new CellRequest(code, name, Timeout.InfiniteTimeSpan, silent), screen, interrupt);
        if (result.Status == CellStatus.Interrupted && !cells.Alive) screen.Report(new StreamWritten("stderr", EndedByInterrupt));
        if (stored) history.Add(count, code, Value(result));
        if (result.Status is CellStatus.Ok or CellStatus.Skipped) return Ok(await EvaluateAsync(exchange.Content, cells, interrupt));

        JsonObject error = result.Outputs.Last(output => (string?)output["output_type"] == "error");
        var traceback = error["traceback"]!.AsArray().Select(line => (string)line!);
        return KernelExchange.Error((string)error["ename"]!, (string)error["evalue"]!, traceback);
    }

    private static JsonObject Unstarted(KernelExchange exchange, Exception error, bool silent)
    {
        bool isStopped = error is OperationCanceledException or ObjectDisposedException;
        string message = isStopped ? "The cell was stopped before it began." : error.Message;
        JsonObject reply = KernelExchange.Error(isStopped ? nameof(CellStatus.Interrupted) : "SessionNotStarted", message, message);
        var shown = (JsonObject)reply.DeepClone();
        shown.Remove("status");
        if (!silent) exchange.Publish("error", shown);
        return reply;
    }

    private static JsonObject Ok(JsonObject expressions) =>
        new() { ["status"] = "ok", ["user_expressions"] = expressions, ["payload"] = new JsonArray() };

    /// <summary>The values of the expressions that a client wants to know besides, each by its name.</summary>
    private static async Task<JsonObject> EvaluateAsync(JsonObject content, CellSession cells, CancellationToken interrupt)
    {
        var values = new JsonObject();
        if (content["user_expressions"] is not JsonObject expressions) return values;
        foreach (var (name, node) in expressions)
        {
            if (!cells.Alive) break;
            var request = new CellRequest(expressions.Text(name), $"expression {name}", Timeout.InfiniteTimeSpan);
            CellResult result = await cells.RunAsync(request, live: null, interrupt);
            JsonObject? output = result.Outputs.LastOrDefault(o => (string?)o["output_type"] is "execute_result" or "error");
            values[name] = output switch
            {
                null => new JsonObject { ["status"] = "ok", ["data"] = new JsonObject(), ["metadata"] = new JsonObject() },
                _ when result.Status == CellStatus.Ok => new JsonObject
                {
                    ["status"] = "ok",
                    ["data"] = output["data"]!.DeepClone(),
                    ["metadata"] = new JsonObject(),
                },
                _ => KernelExchange.Error((string)output["ename"]!, (string)output["evalue"]!, result.Message ?? ""),
            };
        }
        return values;
    }

    private static string? Value(CellResult result) =>
        (string?)result.Outputs.LastOrDefault(output => (string?)output["output_type"] == "execute_result")?["data"]?["text/plain"];
}

/// <summary>Publishes what a cell shows as messages of Jupyter's; of a silent cell, nothing.</summary>
internal sealed class LiveOutputs(KernelExchange exchange, int count, bool silent) : IProgress<CellEvent>
{
    /// <inheritdoc/>
    public void Report(CellEvent value)
    {
        if (silent) return;
        switch (value)
        {
            case StreamWritten stream:
                exchange.Publish("stream", new JsonObject { ["name"] = stream.Name, ["text"] = stream.Text });
                break;
            case DisplayUpdated update:
                exchange.Publish("update_display_data", new JsonObject
                {
                    ["data"] = update.Data.DeepClone(),
                    ["metadata"] = update.Metadata.DeepClone(),
                    ["transient"] = Transient(update.DisplayId),
                });
                break;
            case OutputAdded added: Publish(added); break;
        }
    }

    /// <summary>An nbformat output as the message that leads to it.</summary>
    private void Publish(OutputAdded added)
    {
        JsonObject content = added.Output;
        string type = (string)content["output_type"]!;
        content.Remove("output_type");
        if (type == "execute_result") content["execution_count"] = count;
        if (type == "display_data") content["transient"] = Transient(added.DisplayId);
        exchange.Publish(type, content);
    }

    private static JsonObject Transient(string? displayId) => displayId is null ? [] : new JsonObject { ["display_id"] = displayId };
}
