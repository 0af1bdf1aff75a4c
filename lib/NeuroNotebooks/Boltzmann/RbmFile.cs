namespace NeuroNotebooks.Boltzmann;

/// <summary>How a machine is written: a name, the three arrays in little-endian single precision, a checksum.</summary>
internal static class RbmFile
{
    private const string What = "saved RBM";
    private const string Magic = "NeuroNotebooks.Rbm.1";

    public static void Write(BernoulliRbm machine, Stream target)
    {
        Require.NotNull(target);
        WholeFile.Sealed(target, writer =>
        {
            writer.Write(Magic);
            WriteParameters(writer, machine);
        });
    }

    public static BernoulliRbm Read(Stream source)
    {
        Require.NotNull(source);
        return WholeFile.Opened(source, What, reader =>
        {
            if (reader.ReadString() != Magic) throw new InvalidDataException($"This is no {What}: it starts otherwise.");
            return ReadParameters(reader);
        });
    }

    public static void WriteParameters(BinaryWriter writer, BernoulliRbm machine)
    {
        writer.WriteArray(machine.Weights);
        writer.WriteArray(machine.VisibleFields);
        writer.WriteArray(machine.HiddenFields);
    }

    public static BernoulliRbm ReadParameters(BinaryReader reader)
    {
        float[] w = reader.ReadArray<float>(), b = reader.ReadArray<float>(), c = reader.ReadArray<float>();
        if (b.Length == 0 || c.Length == 0 || w.LongLength != (long)b.Length * c.Length)
            throw new InvalidDataException($"{w.Length} weights for {b.Length} visible and {c.Length} hidden units: the file is damaged.");
        return new BernoulliRbm(w, b, c);
    }
}
