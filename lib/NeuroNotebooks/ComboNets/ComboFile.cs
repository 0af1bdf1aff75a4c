using System.Numerics;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>Learned networks in files: the design, the seed of what is not learned, and the learned numbers in single precision.</summary>
public static class ComboFile
{
    private const string Magic = "NeuroNotebooks combo net 2";

    /// <summary>Writes a network, whole or not at all.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="classifier">The network.</param>
    public static void Save<T>(string path, ComboClassifier<T> classifier) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Require.NotNull(classifier);
        WholeFile.Write(path, writer =>
        {
            ComboDesign design = classifier.Design;
            writer.Write(Magic);
            writer.Write(design.Kind.ToString());
            writer.Write(design.Modules);
            writer.Write(design.Units);
            writer.Write(design.Channels);
            writer.Write(design.Alpha);
            writer.Write(design.Density);
            writer.Write(design.Epsilon);
            writer.Write(design.Stepping.ToString());
            writer.Write(design.SelfExcitation);
            writer.Write(design.InputScale);
            writer.Write(design.FeedbackScale);
            writer.Write(design.Period);
            writer.Write(design.FeedbackPace);
            writer.Write(classifier.Random.Seed);
            writer.Write(classifier.Random.Stream);
            foreach (Parameter<T> parameter in classifier.Parameters)
                writer.WriteArray<float>(Kept(classifier, parameter).Select(k => float.CreateChecked(parameter.Value[k])).ToArray());
        });
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file, or cut short or changed.</exception>
    public static ComboClassifier<T> Load<T>(string path) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream file = File.OpenRead(path);
        return WholeFile.Opened(file, "network of networks", reader =>
        {
            if (reader.ReadString() != Magic) throw new InvalidDataException("This is no network of networks: it starts otherwise.");
            var design = new ComboDesign
            {
                Kind = Enum.Parse<ComboKind>(reader.ReadString()), Modules = reader.ReadInt32(), Units = reader.ReadInt32(),
                Channels = reader.ReadInt32(), Alpha = reader.ReadDouble(), Density = reader.ReadDouble(), Epsilon = reader.ReadDouble(),
                Stepping = Enum.Parse<ComboStepping>(reader.ReadString()), SelfExcitation = reader.ReadDouble(), InputScale = reader.ReadDouble(),
                FeedbackScale = reader.ReadDouble(), Period = reader.ReadInt32(), FeedbackPace = reader.ReadDouble(),
            };
            var classifier = new ComboClassifier<T>(design, new Philox(reader.ReadUInt64(), reader.ReadUInt64()));
            foreach (Parameter<T> parameter in classifier.Parameters)
            {
                float[] values = reader.ReadArray<float>();
                int[] places = [.. Kept(classifier, parameter)];
                if (values.Length != places.Length) throw new InvalidDataException($"{parameter} has {values.Length} entries in the file: it is damaged.");
                for (int i = 0; i < places.Length; i++) parameter.Value[places[i]] = T.CreateChecked(values[i]);
            }
            return classifier;
        });
    }

    private static IEnumerable<int> Kept<T>(ComboClassifier<T> classifier, Parameter<T> parameter) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Enumerable.Range(0, parameter.Length).Where(k => classifier.IsLearned(parameter, k));
}
