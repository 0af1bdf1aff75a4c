using System.Collections.Immutable;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>When things happen in a trial of the delayed-match-to-sample task.</summary>
/// <remarks>
/// A trial: fixation, sample, delay with or without a distractor that begins half way, test array, response. All times in ms; step k stands
/// for the time k · <see cref="StepMs"/>. Source: Kozachkov et al., PLoS Comput Biol 18:e1010776 (2022), and the authors' code.
/// </remarks>
public sealed record TaskTiming
{
    /// <summary>The paper's: steps of 15 ms, delays of 1 to 4 s in five logarithmic steps, 434 steps in all.</summary>
    public static TaskTiming Paper { get; } = new();

    /// <summary>A short one for live training: steps of 30 ms, the delays and the time before the sample halved.</summary>
    public static TaskTiming Short { get; } = new()
    {
        StepMs = 30.0, BeforeSampleMs = 500.0, DelaysMs = [500.0, 705.0, 1000.0, 1415.0, 2000.0],
    };

    private readonly double stepMs = 15.0, beforeSampleMs = 1000.0, sampleMs = 500.0, distractorMs = 250.0, testMs = 500.0, responseMs = 500.0;
    private readonly ImmutableArray<double> delaysMs = [1000.0, 1410.0, 2000.0, 2830.0, 4000.0];

    /// <summary>Length of a time step, ms.</summary>
    public double StepMs { get => stepMs; init => stepMs = Require.Positive(value, nameof(StepMs)); }

    /// <summary>Time before the sample, ms.</summary>
    public double BeforeSampleMs { get => beforeSampleMs; init => beforeSampleMs = Require.Positive(value, nameof(BeforeSampleMs)); }

    /// <summary>How long the sample is shown, ms.</summary>
    public double SampleMs { get => sampleMs; init => sampleMs = Require.Positive(value, nameof(SampleMs)); }

    /// <summary>The delays between sample and test, ms.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not above zero.</exception>
    public ImmutableArray<double> DelaysMs
    {
        get => delaysMs;
        init
        {
            foreach (double delay in Require.Some(value, nameof(DelaysMs))) Require.Positive(delay, nameof(DelaysMs));
            delaysMs = value;
        }
    }

    /// <summary>How long the distractor is shown, ms; it begins in the middle of the delay.</summary>
    public double DistractorMs { get => distractorMs; init => distractorMs = Require.Positive(value, nameof(DistractorMs)); }

    /// <summary>How long the test array is shown, ms.</summary>
    public double TestMs { get => testMs; init => testMs = Require.Positive(value, nameof(TestMs)); }

    /// <summary>The response window after the test array, ms.</summary>
    public double ResponseMs { get => responseMs; init => responseMs = Require.Positive(value, nameof(ResponseMs)); }

    /// <summary>Number of time steps: enough for the longest delay.</summary>
    public int Steps => StepAt(EndMs(DelaysMs.Max()));

    /// <summary>When the sample begins, ms.</summary>
    public double SampleOnsetMs => BeforeSampleMs;

    /// <summary>When the sample ends, ms.</summary>
    public double SampleEndMs => BeforeSampleMs + SampleMs;

    /// <summary>When the distractor begins, ms.</summary>
    /// <param name="delayMs">The delay, ms.</param>
    public double DistractorOnsetMs(double delayMs) => SampleEndMs + delayMs / 2.0;

    /// <summary>When the test array appears, ms.</summary>
    /// <param name="delayMs">The delay, ms.</param>
    public double TestOnsetMs(double delayMs) => SampleEndMs + delayMs;

    /// <summary>When the response window ends, ms.</summary>
    /// <param name="delayMs">The delay, ms.</param>
    public double EndMs(double delayMs) => TestOnsetMs(delayMs) + TestMs + ResponseMs;

    /// <summary>The first step at or after a time.</summary>
    /// <param name="timeMs">Time from the start of the trial, ms.</param>
    public int StepAt(double timeMs) => (int)Math.Ceiling(Math.Clamp(timeMs / StepMs - 1e-9, -1e9, 1e9));
}
