using System.Text.Json.Nodes;

namespace NeuroNotebooks.Runner.Engine;

/// <summary>Something that a running cell showed, reported as it happens. The JSON objects are the receiver's own copies.</summary>
public abstract record CellEvent;

/// <summary>Text printed since the last event.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text.</param>
public sealed record StreamWritten(string Name, string Text) : CellEvent;

/// <summary>A new output that is not a stream.</summary>
/// <param name="Output">An nbformat 4 output: <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</param>
/// <param name="DisplayId">The identifier by which it can be updated, or null.</param>
public sealed record OutputAdded(JsonObject Output, string? DisplayId) : CellEvent;

/// <summary>New content for every earlier output with a display identifier, of this cell or of an earlier one.</summary>
/// <param name="DisplayId">The identifier.</param>
/// <param name="Data">The new MIME bundle.</param>
/// <param name="Metadata">The new metadata of the bundle.</param>
public sealed record DisplayUpdated(string DisplayId, JsonObject Data, JsonObject Metadata) : CellEvent
{
    /// <summary>Puts the new content in the place of an output's old one.</summary>
    /// <param name="output">A <c>display_data</c> or <c>execute_result</c> output.</param>
    public void ApplyTo(JsonObject output)
    {
        output["data"] = Data.DeepClone();
        output["metadata"] = Metadata.DeepClone();
    }
}
