namespace NeuroNotebooks.Numerics;

/// <summary>The identity of a modelled event, from which its random number follows: what happens, when, to whom and through whom.</summary>
/// <param name="Kind">Which kind of event, from 0 to 65535.</param>
/// <param name="Time">When: an absolute step, or steps since something; zero or above.</param>
/// <param name="Actor">Whose event, zero or above.</param>
/// <param name="Partner">The other one involved, zero or above; <see cref="Nobody"/> if there is none.</param>
/// <param name="Block">Tells apart several numbers of one event, from 0 to 65535.</param>
/// <remarks>
/// Two runs of a model that name an event alike give it the same number, whatever else happened in them: common random numbers that keep
/// their meaning under an intervention. Keys are written into the counter as they are, without a hash, so that no two of them collide.
/// Use identities that do not depend on the course of the run, and ask for each key once.
/// Source: Buffalo, Pearson, Klein, Realizing common random numbers (arXiv:2603.11084, 2026); this layout of the counter is ours.
/// </remarks>
public readonly record struct EventKey(int Kind, int Time, int Actor, int Partner = EventKey.Nobody, int Block = 0)
{
    /// <summary>The partner of an event that has none.</summary>
    public const int Nobody = -1;

    /// <summary>The stream of the event, for a <see cref="Philox"/> of the run's seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part of the key is out of its range.</exception>
    public ulong Stream
    {
        get
        {
            Require.InRange(Kind, 0, ushort.MaxValue);
            Require.InRange(Block, 0, ushort.MaxValue);
            Require.NotNegative(Time);
            return ((ulong)(((uint)Block << 16) | (uint)Kind) << 32) | (uint)Time;
        }
    }

    /// <summary>The index of the event in its stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part of the key is out of its range.</exception>
    public ulong Index
    {
        get
        {
            Require.NotNegative(Actor);
            Require.InRange(Partner, Nobody, int.MaxValue);
            return ((ulong)(uint)Partner << 32) | (uint)Actor;
        }
    }

    /// <summary>The uniform number of the event under a seed, strictly between 0 and 1.</summary>
    /// <param name="seed">The run.</param>
    public double Uniform(ulong seed) => new Philox(seed, Stream).Uniform(Index);

    /// <summary>The normal number of the event under a seed, of mean 0 and standard deviation 1.</summary>
    /// <param name="seed">The run.</param>
    public double Normal(ulong seed) => new Philox(seed, Stream).Normal(Index);
}
