using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Something that came over a socket and is no message of this kernel's clients; it is dropped.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class MalformedMessageException(string message) : Exception(message);

/// <summary>A message of the Jupyter protocol, as it came or is to be sent.</summary>
/// <remarks>
/// On the wire: any number of identities, <c>&lt;IDS|MSG&gt;</c>, the signature, then the JSON of header, parent header, metadata and
/// content, then any number of binary buffers. Source: jupyter-client.readthedocs.io, Messaging in Jupyter, version 5.3.
/// </remarks>
/// <param name="Identities">Who sent it, so that a router finds the way back; a topic when it is published.</param>
/// <param name="Type">What it is, such as <c>execute_request</c>.</param>
/// <param name="Header">The JSON of its header.</param>
/// <param name="ParentHeader">The JSON of the header of the message that it answers; <c>{}</c> for none.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Content">Its content.</param>
internal sealed record KernelMessage(
    IReadOnlyList<byte[]> Identities, string Type, byte[] Header, byte[] ParentHeader, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The version of the protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.3";

    private const int MostFrames = 256;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Reads a message, if its signature is right.</summary>
    /// <exception cref="MalformedMessageException">It is none, or somebody without the key has sent it.</exception>
    public static KernelMessage Read(IReadOnlyList<byte[]> frames, MessageSigner signer)
    {
        if (frames.Count > MostFrames) throw new MalformedMessageException($"{frames.Count} frames, more than the {MostFrames} that are read");
        int at = 0;
        while (at < frames.Count && !frames[at].AsSpan().SequenceEqual(Delimiter)) at++;
        if (at == frames.Count) throw new MalformedMessageException("no <IDS|MSG> among its frames");
        if (frames.Count < at + 6) throw new MalformedMessageException("it ends before its content");

        byte[] header = frames[at + 2], parent = frames[at + 3], metadata = frames[at + 4], content = frames[at + 5];
        if (!signer.Verify(frames[at + 1], header, parent, metadata, content)) throw new MalformedMessageException("its signature is wrong");

        JsonObject headerObject = Json(header, "header");
        Json(parent, "parent header");
        if (Name(headerObject, "msg_type") is not { Length: > 0 } type) throw new MalformedMessageException("its header names no msg_type");
        if (Name(headerObject, "msg_id") is null) throw new MalformedMessageException("its header holds no msg_id");
        return new KernelMessage([.. frames.Take(at)], type, header, parent, Json(metadata, "metadata"), Json(content, "content"));
    }

    /// <summary>A new message.</summary>
    /// <param name="identities">Where it goes.</param>
    /// <param name="type">What it is.</param>
    /// <param name="session">The name of the kernel's own session.</param>
    /// <param name="parentHeader">The header of what it answers.</param>
    /// <param name="content">What it says.</param>
    /// <param name="now">The time to stamp it with.</param>
    public static KernelMessage New(
        IReadOnlyList<byte[]> identities, string type, string session, byte[] parentHeader, JsonObject content, DateTimeOffset now) =>
        new(identities, type, Bytes(new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = now.ToString("O"),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        }), parentHeader, [], content);

    /// <summary>The frames to send.</summary>
    public IReadOnlyList<byte[]> Frames(MessageSigner signer)
    {
        byte[] metadata = Bytes(Metadata), content = Bytes(Content);
        return [.. Identities, Delimiter, signer.Sign(Header, ParentHeader, metadata, content), Header, ParentHeader, metadata, content];
    }

    private static string? Name(JsonObject header, string field) => (header[field] as JsonValue)?.TryGetValue(out string? text) == true ? text : null;

    private static byte[] Bytes(JsonObject node) => JsonSerializer.SerializeToUtf8Bytes(node, Writing);

    private static JsonObject Json(byte[] bytes, string part)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var node = JsonNode.Parse(bytes, documentOptions: options);
            JsonText.Touch(node);
            return node as JsonObject ?? throw new MalformedMessageException($"its {part} is no JSON object");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new MalformedMessageException($"its {part} is not JSON: {error.Message}");
        }
    }
}

/// <summary>What a request asks, read with the protocol's own defaults.</summary>
internal static class RequestContent
{
    /// <summary>A text.</summary>
    /// <exception cref="MalformedMessageException">There is something else in its place.</exception>
    public static string Text(this JsonObject content, string name, string? standard = null) => content[name] switch
    {
        null when standard is not null => standard,
        JsonValue value when value.TryGetValue(out string? text) => text,
        var other => throw Wrong(name, "a text", other),
    };

    /// <summary>True or false.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static bool Flag(this JsonObject content, string name, bool standard) => content[name] switch
    {
        null => standard,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        var other => throw Wrong(name, "true or false", other),
    };

    /// <summary>A whole number.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static int Number(this JsonObject content, string name, int standard) => content[name] switch
    {
        null => standard,
        JsonValue value when value.TryGetValue(out int number) => number,
        var other => throw Wrong(name, "a whole number", other),
    };

    private static MalformedMessageException Wrong(string name, string expected, JsonNode? came)
    {
        string shown = came?.ToJsonString() ?? "nothing";
        return new MalformedMessageException($"\"{name}\" must be {expected}, but {(shown.Length > 40 ? shown[..40] + "..." : shown)} came");
    }
}
