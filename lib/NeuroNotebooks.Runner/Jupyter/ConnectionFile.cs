using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Jupyter;

/// <summary>Where a kernel is to be reached and by which key its clients prove themselves: what Jupyter writes to a file for each kernel.</summary>
/// <remarks>Source: jupyter-client.readthedocs.io, Making kernels for Jupyter, section Connection files.</remarks>
internal sealed record ConnectionFile
{
    private const string Scheme = "hmac-sha256";

    [JsonPropertyName("transport")] public string Transport { get; init; } = "tcp";

    [JsonPropertyName("ip"), JsonRequired] public string Ip { get; init; } = "";

    [JsonPropertyName("shell_port"), JsonRequired] public int ShellPort { get; init; }

    [JsonPropertyName("iopub_port"), JsonRequired] public int IopubPort { get; init; }

    [JsonPropertyName("stdin_port"), JsonRequired] public int StdinPort { get; init; }

    [JsonPropertyName("control_port"), JsonRequired] public int ControlPort { get; init; }

    [JsonPropertyName("hb_port"), JsonRequired] public int HeartbeatPort { get; init; }

    [JsonPropertyName("signature_scheme")] public string SignatureScheme { get; init; } = Scheme;

    [JsonPropertyName("key")] public string Key { get; init; } = "";

    /// <summary>Reads and checks a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowRemote">Accepts addresses beyond this machine, where whoever knows the key can run code as this user.</param>
    /// <exception cref="UsageException">There is no such file, it is none, or it asks for what this kernel does not do.</exception>
    public static ConnectionFile Read(string path, bool allowRemote)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path, allowRemote);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The connection file {path} cannot be read: {error.Message}");
        }
    }

    /// <inheritdoc cref="Read"/>
    public static ConnectionFile Parse(ReadOnlySpan<byte> json, string path, bool allowRemote)
    {
        ConnectionFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, ConnectionJson.Default.ConnectionFile) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path} is not a connection file of Jupyter's: {error.Message}");
        }

        if (file.Wrong(allowRemote) is { } wrong) throw new UsageException($"{path}: {wrong}");
        return file;
    }

    /// <summary>The address of a port, as ZeroMQ writes it.</summary>
    public string Address(int port)
    {
        string number = port.ToString(CultureInfo.InvariantCulture);
        return Transport == "ipc" ? $"ipc://{Ip}-{number}" : Ip.Contains(':') ? $"tcp://[{Ip}]:{number}" : $"tcp://{Ip}:{number}";
    }

    /// <summary>The key's bytes.</summary>
    [JsonIgnore] public byte[] KeyBytes => Encoding.UTF8.GetBytes(Key);

    private string? Wrong(bool allowRemote)
    {
        int[] ports = [ShellPort, IopubPort, StdinPort, ControlPort, HeartbeatPort];
        if (Transport is not ("tcp" or "ipc")) return $"transport \"{Transport}\" is not known here; expected \"tcp\" or \"ipc\".";
        if (Ip is not { Length: > 0 }) return "the address (\"ip\") is empty.";
        if (SignatureScheme != Scheme) return $"signature_scheme \"{SignatureScheme}\" is not known here; expected \"{Scheme}\".";
        if (ports.Any(port => port is < 1 or > 65535)) return "every port must be from 1 to 65535.";
        if (ports.Distinct().Count() != ports.Length) return "the five ports must differ.";
        if (Transport == "tcp" && !allowRemote && !IsLoopback(Ip))
            return $"{Ip} is an address that other machines can reach, and a kernel runs whatever it is sent. "
                + "Use 127.0.0.1, or add --allow-remote if you know who can reach this machine.";
        if (Transport == "tcp" && !IsLoopback(Ip) && Key is not { Length: > 0 })
            return "without a key every machine that reaches this one could run code on it.";
        return null;
    }

    private static bool IsLoopback(string ip) => ip == "localhost" || (IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address));
}

[JsonSerializable(typeof(ConnectionFile))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
