using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>One request and what comes back for it: a reply to who asked, and messages to everybody that name it as their cause.</summary>
internal sealed class KernelExchange(KernelChannels channels, ZmqSocket socket, KernelMessage request)
{
    /// <summary>What was asked.</summary>
    public JsonObject Content => request.Content;

    /// <summary>Answers.</summary>
    /// <param name="content">The answer, with its <c>status</c>.</param>
    public void Reply(JsonObject content) =>
        channels.Reply(socket, request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);

    /// <summary>Tells everybody.</summary>
    public void Publish(string type, JsonObject content) => channels.Publish(type, request.Header, content);

    /// <summary>Tells everybody that the kernel is <c>busy</c> with this request, or <c>idle</c> again.</summary>
    public void PublishStatus(string state) => Publish("status", new JsonObject { ["execution_state"] = state });

    /// <summary>A reply that says why there is no better one.</summary>
    public static JsonObject Error(string name, string message, params IEnumerable<string> traceback) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback.Select(line => JsonValue.Create(line))]),
    };
}
