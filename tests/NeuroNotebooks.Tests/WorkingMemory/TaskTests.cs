using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;
using NeuroNotebooks.WorkingMemory;

namespace NeuroNotebooks.WorkingMemoryTests;

public class TaskTests
{
    private static readonly DelayedMatchToSampleTask Paper = new();

    [Fact]
    public void A_trial_has_434_steps_and_eleven_channels()
    {
        Assert.Equal(434, Paper.Timing.Steps);
        Assert.Equal(11, Paper.Channels);
        Close.To(0.0365, Paper.InputNoise, 5e-5);       // printed to four digits
    }

    [Fact]
    public void Inputs_without_their_noise_are_the_events_of_the_trial()
    {
        TrialBatch batch = Paper.Sample(40, new Philox(3));
        for (int trial = 0; trial < batch.Trials; trial++)
        {
            int test = batch.TestOnsetSteps[trial];
            // thresholds at one half lie 13 deviations of the noise away from 0 and from 1
            Assert.True(Enumerable.Range(0, batch.Steps).All(step => batch.Input(trial, step, 10) > 0.5f == step < test), "fixation until the test array");
            int shown = Enumerable.Range(0, test).Count(step => batch.Input(trial, step, batch.Labels[trial]) > 0.5f);
            Assert.InRange(shown, 33, 34);
            int others = Enumerable.Range(0, 10).Count(c => c != batch.Labels[trial] && batch.Input(trial, test + 5, c) > 0.5f);
            Assert.Equal(1, others);
            Assert.True(batch.Input(trial, test + 5, batch.Labels[trial]) > 0.5f);
            int distractor = Enumerable.Range(0, test).Count(step => batch.Input(trial, step, 8) > 0.5f || batch.Input(trial, step, 9) > 0.5f);
            Assert.True(batch.Distracted[trial] ? distractor is 16 or 17 : distractor == 0, $"distractor for {distractor} steps");
            Assert.Equal(0f, batch.Target(trial, test - 1, batch.Labels[trial]));
            Assert.Equal(1f, batch.Target(trial, test, batch.Labels[trial]));
        }
    }

    [Fact]
    public void Half_of_the_trials_are_distracted_and_objects_and_delays_come_alike()
    {
        TrialBatch batch = new DelayedMatchToSampleTask(TaskTiming.Short).Sample(4000, new Philox(5));
        int distracted = batch.Distracted.Count(with => with);
        Assert.InRange(distracted, 2000 - 82, 2000 + 82);       // 99 % of a binomial: 2.58 √1000
        Assert.All(batch.Labels.GroupBy(label => label), group => Assert.InRange(group.Count(), 500 - 73, 500 + 73));      // 3.5 deviations
        Assert.All(batch.DelaysMs.GroupBy(delay => delay), group => Assert.InRange(group.Count(), 800 - 89, 800 + 89));
        Assert.Equal(8, batch.Labels.Distinct().Count());
        Assert.Equal(5, batch.DelaysMs.Distinct().Count());
    }

    [Fact]
    public void A_trial_is_a_function_of_its_number()
    {
        TrialBatch all = Trials.ShortTask.Sample(10, new Philox(5)), some = Trials.ShortTask.Sample([7, 2], new Philox(5));
        Assert.Equal([all.Labels[7], all.Labels[2]], some.Labels.AsEnumerable());
        Assert.Equal(all.Input(7, 4, 1), some.Input(0, 4, 1));
        Assert.NotEqual(all.Input(7, 4, 1), all.Input(2, 4, 1));
    }

    [Fact]
    public void Delay_and_distractor_can_be_chosen()
    {
        TrialBatch batch = Paper.Sample(12, new Philox(1), delayMs: 2830.0, distracted: true);
        Assert.All(batch.DelaysMs, delay => Assert.Equal(2830.0, delay));
        Assert.All(batch.Distracted, Assert.True);
        Assert.Contains("2000", Assert.Throws<ArgumentOutOfRangeException>(() => Paper.Sample(1, new Philox(1), delayMs: 999.0)).Message);
    }

    [Fact]
    public void A_distractor_that_reaches_the_test_array_is_refused_with_both_times()
    {
        var error = Assert.Throws<ArgumentException>(() => new DelayedMatchToSampleTask(new TaskTiming { DelaysMs = [400.0] }));
        Assert.Contains("1950 ms", error.Message);
        Assert.Contains("1900 ms", error.Message);
    }

    [Fact]
    public void Process_noise_is_normal()
    {
        var numbers = new float[200_001];
        ProcessNoise.Fill<float>(numbers, 2.0, new Philox(3), 0);
        double mean = numbers.Average(), variance = numbers.Average(x => (double)x * x), fourth = numbers.Average(x => Math.Pow(x, 4.0));
        Close.To(0.0, mean, 4.0 * 2.0 / Math.Sqrt(numbers.Length));     // four deviations of the estimates
        Close.To(4.0, variance, 4.0 * 4.0 * Math.Sqrt(2.0 / numbers.Length));
        Close.To(48.0, fourth, 4.0 * 16.0 * Math.Sqrt(96.0 / numbers.Length));
        Assert.InRange(numbers.Max(), 7.0, 10.9);       // the largest of 200 000 is near 4.4 deviations, and 5.45 is the end
    }
}
