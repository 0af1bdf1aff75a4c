namespace NeuroNotebooks.Learning;

public sealed partial class Training<T>
{
    private const string Magic = "NeuroNotebooks training 1";

    private string Key => $"{typeof(T).Name}, seed {random.Seed}, stream {random.Stream}, {settings.Key}";

    private string Shapes => string.Join("; ", parameters);

    /// <summary>Writes everything that the rest of the training depends on; the file is the old one or the new one, whatever happens.</summary>
    /// <param name="path">The file; its folder exists.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        WholeFile.Write(path, Write);
    }

    /// <summary>Takes up a saved training where it was, the parameters included.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another training; nothing was changed.</exception>
    public void Resume(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream file = File.OpenRead(path);
        WholeFile.Opened(file, "saved training", Read);
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Key);
        writer.Write(Shapes);
        writer.Write(Updates);
        writer.Write(GradientNorm);
        writer.WriteArray<double>(history.ToArray());
        writer.WriteArray<ScoreAt>(scores.ToArray());
        writer.Write(Best.Update);
        writer.Write(Best.Value);
        writer.Write(sinceBest);
        writer.Write(best is not null);
        for (int k = 0; k < parameters.Length; k++)
        {
            writer.WriteArray<T>(parameters[k].Value);
            writer.WriteArray<T>(first[k]);
            writer.WriteArray<T>(second[k]);
            if (best is not null) writer.WriteArray<T>(best[k]);
        }
    }

    private bool Read(BinaryReader reader)
    {
        if (reader.ReadString() != Magic) throw new InvalidDataException("This is no saved training: it starts otherwise.");
        RequireSame("settings", reader.ReadString(), Key);
        RequireSame("parameters", reader.ReadString(), Shapes);
        (int updates, double norm) = (reader.ReadInt32(), reader.ReadDouble());
        (double[] losses, ScoreAt[] taken) = (reader.ReadArray<double>(), reader.ReadArray<ScoreAt>());
        var bestScore = new ScoreAt(reader.ReadInt32(), reader.ReadDouble());
        int since = reader.ReadInt32();
        bool hasBest = reader.ReadBoolean();
        var arrays = parameters.Select(p => (Value: Array(reader, p), First: Array(reader, p), Second: Array(reader, p),
            Best: hasBest ? Array(reader, p) : [])).ToArray();

        (Updates, GradientNorm, Best, sinceBest, orderOf) = (updates, norm, bestScore, since, -1);
        history.Clear();
        history.AddRange(losses);
        scores.Clear();
        scores.AddRange(taken);
        best = hasBest ? [.. arrays.Select(a => a.Best)] : null;
        for (int k = 0; k < arrays.Length; k++)
        {
            arrays[k].Value.CopyTo(parameters[k].Value);
            arrays[k].First.CopyTo(first[k], 0);
            arrays[k].Second.CopyTo(second[k], 0);
        }
        return true;
    }

    private static T[] Array(BinaryReader reader, Parameter<T> parameter)
    {
        T[] values = reader.ReadArray<T>();
        return values.Length == parameter.Length ? values
            : throw new InvalidDataException($"The saved training has {values.Length} entries of {parameter}: the file is damaged.");
    }

    private static void RequireSame(string what, string found, string expected)
    {
        if (found != expected)
            throw new InvalidDataException(
                $"The saved training has other {what} ({found}) than this one ({expected}). Give it another file, or delete the old one.");
    }
}
