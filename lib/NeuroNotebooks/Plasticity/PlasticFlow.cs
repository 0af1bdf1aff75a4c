using NeuroNotebooks.Contraction;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Plasticity;

/// <summary>A plastic network as one flow of n + n² states with its Jacobian: what Lyapunov exponents and matrix measures are taken of.</summary>
/// <remarks>
/// States: activity, then weights row after row. Without noise. A synapse that does not exist is a state that decays alone. A Jacobian costs
/// (n + n²)² numbers, so some thirty neurons are a sensible limit.
/// </remarks>
public sealed class PlasticFlow
{
    private readonly PlasticNetwork network;
    private readonly HebbianRule rule;
    private readonly double inputStep;
    private readonly int n;

    /// <summary>The flow of a network.</summary>
    /// <param name="network">With a Hebbian or an anti-Hebbian rule.</param>
    /// <param name="inputStep">
    /// Length of an input step, above zero: at time t the input is that of step ⌊t / inputStep⌋. Matters for samples and disturbances only.
    /// </param>
    /// <exception cref="ArgumentException">The network has another rule, whose derivative is not known here.</exception>
    public PlasticFlow(PlasticNetwork network, double inputStep = 0.01)
    {
        Require.NotNull(network);
        Require.Positive(inputStep);
        if (network.Rule is not HebbianRule hebbian)
            throw new ArgumentException($"network has the rule {network.Rule.Name}: expected a Hebbian or an anti-Hebbian one.", nameof(network));
        (this.network, rule, this.inputStep, n) = (network, hebbian, inputStep, network.Count);
    }

    /// <summary>n + n², how many states.</summary>
    public int Dimension => n + n * n;

    /// <summary>The equation of motion of all states.</summary>
    public VectorField Motion => Move;

    /// <summary>Its derivative, (n + n²) × (n + n²).</summary>
    public JacobianField Jacobian => Differentiate;

    /// <summary>All states in a row, as this flow orders them.</summary>
    /// <param name="x">Activity, n.</param>
    /// <param name="W">Weights, n × n.</param>
    public double[] Join(ReadOnlySpan<double> x, double[,] W)
    {
        Require.Length(n, x.Length, nameof(x), "neuron");
        Require.Shape(W, n, n);
        return [.. x, .. W.AsSpan()];
    }

    private void Move(double t, ReadOnlySpan<double> y, Span<double> change)
    {
        ReadOnlySpan<double> W = y[n..];
        Neurons at = At(t, y);
        for (int i = 0; i < n; i++) change[i] = at.Answer[i] - network.Alpha * y[i];
        Span<double> push = change[n..];
        rule.Push(at.Activity, W, [], push);
        for (int e = 0; e < push.Length; e++) push[e] = (network.Exists(e / n, e % n) ? push[e] : 0.0) - network.Gamma * W[e];
    }

    private void Differentiate(double t, ReadOnlySpan<double> y, Span<double> jacobian)
    {
        int size = Dimension;
        double sign = rule.Grows ? 1.0 : -1.0;
        Neurons at = At(t, y);
        jacobian.Clear();
        for (int i = 0; i < n; i++)
        {
            Span<double> row = jacobian.Slice(i * size, size);
            for (int j = 0; j < n; j++)
            {
                row[j] = at.AnswerSlope[i] * y[n + i * n + j] * at.RateSlope[j];
                if (network.Exists(i, j)) row[n + i * n + j] = at.AnswerSlope[i] * at.Rate[j];
            }
            row[i] -= network.Alpha;
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                int e = n + i * n + j;
                jacobian[e * size + e] = -network.Gamma;
                if (!network.Exists(i, j)) continue;
                double k = sign * rule.RateOf(i, j);
                jacobian[e * size + i] += k * at.ActivitySlope[i] * at.Activity[j];
                jacobian[e * size + j] += k * at.Activity[i] * at.ActivitySlope[j];
            }
    }

    /// <summary>What neurons send, answer and show to the rule, with the slopes of all three.</summary>
    private sealed record Neurons(
        double[] Rate, double[] RateSlope, double[] Answer, double[] AnswerSlope, double[] Activity, double[] ActivitySlope);

    private Neurons At(double t, ReadOnlySpan<double> y)
    {
        double[] u = new double[n], x = y[..n].ToArray(), ones = [.. Enumerable.Repeat(1.0, n)];
        network.Input.Fill(StepAt(t), t, u);
        double[] tanh = [.. x.Select(Math.Tanh)], slopes = [.. tanh.Select(rate => 1.0 - rate * rate)];
        bool sendsRate = network.Form == NetworkForm.Hopfield, answersRate = network.Form == NetworkForm.FiringRate;
        double[] sent = sendsRate ? tanh : x, answer = new double[n], answerSlope = ones;
        for (int i = 0; i < n; i++) answer[i] = Vectors.Dot(y.Slice(n + i * n, n), sent) + u[i];
        if (answersRate)
        {
            answer = [.. answer.Select(Math.Tanh)];
            answerSlope = [.. answer.Select(rate => 1.0 - rate * rate)];
        }
        var (activity, activitySlope) = network.Activity switch
        {
            ActivitySource.State => (x, ones),
            ActivitySource.Rate => (tanh, slopes),
            _ => (u, new double[n]),
        };
        return new Neurons(sent, sendsRate ? slopes : ones, answer, answerSlope, activity, activitySlope);
    }

    // a hair is added so that a time that is meant to be a whole number of steps does not fall into the step before
    private int StepAt(double t) =>
        (int)Math.Clamp(Math.Floor(t / inputStep + 1e-9), 0.0, (network.Input.Steps ?? int.MaxValue) - 1.0);
}
