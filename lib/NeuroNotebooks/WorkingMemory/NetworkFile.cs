using System.Security.Cryptography;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Networks in files: kind, sizes, constants, parameters in single precision, a checksum.</summary>
public static class NetworkFile
{
    private const string Magic = "NeuroNotebooks.WorkingMemory.1", What = "saved working-memory network";

    /// <summary>Writes a network; the file is there whole or not at all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder exists.</param>
    public static void Save(MemoryNetwork network, string path)
    {
        Require.NotNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.Write(path, writer => Write(network, writer));
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file, or it is damaged.</exception>
    public static MemoryNetwork Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream file = File.OpenRead(path);
        return WholeFile.Opened(file, What, Read);
    }

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    /// <param name="path">The file.</param>
    public static string Sha256(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
    }

    private static void Write(MemoryNetwork network, BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(network.Kind);
        writer.Write(network.Units);
        writer.Write(network.Channels);
        if (network is AntiHebbianRnn plastic) writer.Write(plastic.Leak);
        if (network is PresynapticStpRnn presynaptic)
        {
            writer.Write(presynaptic.Variant == StpVariant.Physical);
            foreach (ShortTermPlasticity synapse in new[] { presynaptic.Facilitating, presynaptic.Depressing })
            {
                writer.Write(synapse.Rest);
                writer.Write(synapse.UtilisationMs);
                writer.Write(synapse.RecoveryMs);
            }
            writer.WriteArray(presynaptic.Signs.AsSpan());
        }
        writer.WriteArray(network.Parameters.AsSpan());
    }

    private static MemoryNetwork Read(BinaryReader reader)
    {
        if (reader.ReadString() != Magic) throw new InvalidDataException($"This is no {What}: it starts otherwise.");
        string kind = reader.ReadString();
        int units = reader.ReadInt32(), channels = reader.ReadInt32();
        switch (kind)
        {
            case "FS-relu" or "FS-tanh":
                return new FixedSynapseRnn(kind == "FS-tanh" ? RateFunction.Tanh : RateFunction.Relu, units, channels, reader.ReadArray<float>());
            case "PS-hebb":
                double leak = reader.ReadDouble();
                return new AntiHebbianRnn(units, channels, reader.ReadArray<float>(), leak);
            case "PS-pre":
                StpVariant variant = reader.ReadBoolean() ? StpVariant.Physical : StpVariant.AuthorsCode;
                ShortTermPlasticity facilitating = Synapse(reader), depressing = Synapse(reader);
                int[] signs = reader.ReadArray<int>();
                return new PresynapticStpRnn(variant, signs, channels, reader.ReadArray<float>(), facilitating, depressing);
            default:
                throw new InvalidDataException($"This {What} is of the unknown kind \"{kind}\".");
        }
    }

    private static ShortTermPlasticity Synapse(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
