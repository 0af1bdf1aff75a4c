using System.Collections.Immutable;
using System.Security.Cryptography;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>All that the rest of a training depends on, besides its settings and its data.</summary>
internal sealed record TrainingState(
    int Updates, double GradientNorm, BernoulliRbm Machine, byte[] Chains, TrajectoryState? Trajectory, ImmutableArray<RbmCheckpoint> Kept);

/// <summary>Which training a file belongs to: its settings in words, and a hash of its data.</summary>
internal sealed record TrainingKey(string Settings, string Data)
{
    public static TrainingKey Of(RbmTrainer trainer, BinaryPatterns data, Philox random)
    {
        var settings = FormattableString.Invariant(
            $"rate {trainer.LearningRate:r}, k {trainer.GibbsSteps}, chains {trainer.Chains}, batch {trainer.BatchSize}, centred {trainer.Centered}, ")
            + FormattableString.Invariant($"start {trainer.Start}, trajectory {trainer.TrajectoryChains}, seed {random.Seed}, stream {random.Stream}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int t = 0; t < data.Count; t++) hash.AppendData(data[t]);
        return new TrainingKey(settings, $"{data.Count} × {data.Units}, {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}");
    }
}

/// <summary>How a training is written.</summary>
internal static class RbmTrainingFile
{
    private const string Magic = "NeuroNotebooks.RbmTraining.2";

    public static void Write(BinaryWriter writer, TrainingKey key, TrainingState state)
    {
        writer.Write(Magic);
        writer.Write(key.Settings);
        writer.Write(key.Data);
        writer.Write(state.Updates);
        writer.Write(state.GradientNorm);
        RbmFile.WriteParameters(writer, state.Machine);
        writer.WriteArray<byte>(state.Chains);
        WriteTrajectory(writer, state.Trajectory);
        writer.Write(state.Kept.Length);
        foreach (var kept in state.Kept) WriteKept(writer, kept);
    }

    public static TrainingState Read(BinaryReader reader, TrainingKey expected)
    {
        if (reader.ReadString() != Magic) throw new InvalidDataException("This is no saved training: it starts otherwise.");
        RequireSame("settings", reader.ReadString(), expected.Settings);
        RequireSame("data", reader.ReadString(), expected.Data);
        int updates = reader.ReadInt32();
        double norm = reader.ReadDouble();
        var machine = RbmFile.ReadParameters(reader);
        byte[] chains = reader.ReadArray<byte>();
        var trajectory = ReadTrajectory(reader);
        var kept = Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadKept(reader)).ToImmutableArray();
        return new TrainingState(updates, norm, machine, chains, trajectory, kept);
    }

    private static void RequireSame(string what, string found, string expected)
    {
        if (found != expected)
            throw new InvalidDataException(
                $"The saved training has other {what} ({found}) than this one ({expected}). Give it another file, or delete the old one.");
    }

    private static void WriteTrajectory(BinaryWriter writer, TrajectoryState? state)
    {
        writer.Write(state is not null);
        if (state is null) return;
        writer.WriteArray<byte>(state.Visible);
        writer.WriteArray<double>(state.LogWeights);
        writer.Write(state.Start);
        writer.Write(state.Resamplings);
    }

    private static TrajectoryState? ReadTrajectory(BinaryReader reader) => reader.ReadBoolean()
        ? new TrajectoryState(reader.ReadArray<byte>(), reader.ReadArray<double>(), reader.ReadDouble(), reader.ReadInt32())
        : null;

    private static void WriteKept(BinaryWriter writer, RbmCheckpoint kept)
    {
        writer.Write(kept.Update);
        writer.Write(kept.GradientNorm);
        RbmFile.WriteParameters(writer, kept.Machine);
        writer.Write(kept.Trajectory is not null);
        if (kept.Trajectory is not { } estimate) return;
        writer.Write(estimate.Method);
        writer.Write(estimate.Value);
        writer.Write(estimate.StandardError);
        writer.Write(estimate.EffectiveShare);
    }

    private static RbmCheckpoint ReadKept(BinaryReader reader)
    {
        int update = reader.ReadInt32();
        double norm = reader.ReadDouble();
        var machine = RbmFile.ReadParameters(reader);
        var estimate = reader.ReadBoolean()
            ? new PartitionEstimate(reader.ReadString(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble())
            : null;
        return new RbmCheckpoint(update, machine, norm, estimate);
    }
}
