using System.Numerics;

namespace NeuroNotebooks.Learning;

/// <summary>How a gradient moves a parameter. The settings only: what it remembers belongs to the training.</summary>
public abstract record Optimiser
{
    private protected Optimiser(double rate)
    {
        Require.Positive(rate);
        Rate = rate;
    }

    /// <summary>Step size before any schedule, above zero.</summary>
    public double Rate { get; }

    /// <summary>Moves values by one step.</summary>
    /// <param name="value">What to move.</param>
    /// <param name="gradient">∂ℓ/∂value; may be changed.</param>
    /// <param name="first">What the optimiser remembers.</param>
    /// <param name="second">What else it remembers.</param>
    /// <param name="rate">Step size now.</param>
    /// <param name="step">Which step it is, from 1.</param>
    internal abstract void Move<T>(Span<T> value, Span<T> gradient, Span<T> first, Span<T> second, double rate, int step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Gradient descent, with momentum if wanted: m ← μ m + g, θ ← θ − rate · m.</summary>
public sealed record Sgd : Optimiser
{
    /// <summary>Gradient descent.</summary>
    /// <param name="rate">Step size, above zero.</param>
    /// <param name="momentum">μ, from 0 to 1.</param>
    /// <param name="decay">λ ≥ 0 of the L2 penalty λ |θ|²/2, whose gradient is added to that of the loss.</param>
    public Sgd(double rate, double momentum = 0.0, double decay = 0.0) : base(rate)
    {
        Require.InRange(momentum, 0.0, 1.0);
        Require.NotNegative(decay);
        (Momentum, Decay) = (momentum, decay);
    }

    /// <summary>μ.</summary>
    public double Momentum { get; }

    /// <summary>λ of the L2 penalty.</summary>
    public double Decay { get; }

    internal override void Move<T>(Span<T> value, Span<T> gradient, Span<T> first, Span<T> second, double rate, int step)
    {
        Spans.AddScaled(gradient, T.CreateChecked(Decay), value);
        Spans.Combine(first, T.CreateChecked(Momentum), first, T.One, gradient);
        Spans.AddScaled(value, T.CreateChecked(-rate), first);
    }
}

/// <summary>Adam: the gradient's running mean over the root of its running mean square.</summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g      v ← β₂ v + (1 − β₂) g²      θ ← θ − rate · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
/// </code>
/// Source: Kingma and Ba, ICLR 2015; decoupled decay: Loshchilov and Hutter, ICLR 2019.
/// </remarks>
public sealed record Adam : Optimiser
{
    /// <summary>Adam.</summary>
    /// <param name="rate">Step size, above zero.</param>
    /// <param name="decay">λ ≥ 0 of the weight decay.</param>
    /// <param name="decoupled">
    /// Whether the decay shrinks the values by rate · λ beside the step (AdamW); otherwise its gradient λ θ goes through Adam.
    /// </param>
    /// <param name="beta1">β₁, from 0 to below 1.</param>
    /// <param name="beta2">β₂, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above zero.</param>
    public Adam(double rate = 1e-3, double decay = 0.0, bool decoupled = false, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(rate)
    {
        Require.NotNegative(decay);
        Require.InRange(beta1, 0.0, Math.BitDecrement(1.0));
        Require.InRange(beta2, 0.0, Math.BitDecrement(1.0));
        Require.Positive(epsilon);
        (Decay, Decoupled, Beta1, Beta2, Epsilon) = (decay, decoupled, beta1, beta2, epsilon);
    }

    /// <summary>λ of the weight decay.</summary>
    public double Decay { get; }

    /// <summary>Whether the decay stands beside the step (AdamW).</summary>
    public bool Decoupled { get; }

    /// <summary>β₁.</summary>
    public double Beta1 { get; }

    /// <summary>β₂.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    internal override void Move<T>(Span<T> value, Span<T> gradient, Span<T> first, Span<T> second, double rate, int step)
    {
        if (Decay > 0.0 && Decoupled) Spans.Scale(value, T.CreateChecked(1.0 - rate * Decay));
        else if (Decay > 0.0) Spans.AddScaled(gradient, T.CreateChecked(Decay), value);
        Spans.Combine(first, T.CreateChecked(Beta1), first, T.CreateChecked(1.0 - Beta1), gradient);

        T size = T.CreateChecked(rate / (1.0 - Math.Pow(Beta1, step))), root = T.CreateChecked(1.0 / Math.Sqrt(1.0 - Math.Pow(Beta2, step)));
        T keep = T.CreateChecked(Beta2), take = T.CreateChecked(1.0 - Beta2), epsilon = T.CreateChecked(Epsilon);
        Vector<T> sizes = new(size), roots = new(root), keeps = new(keep), takes = new(take), epsilons = new(epsilon);
        int i = 0;
        for (; i <= value.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> g = new(gradient[i..]), v = keeps * new Vector<T>(second[i..]) + takes * g * g;
            v.CopyTo(second[i..]);
            (new Vector<T>(value[i..]) - sizes * new Vector<T>(first[i..]) / (Vector.SquareRoot(v) * roots + epsilons)).CopyTo(value[i..]);
        }
        for (; i < value.Length; i++)
        {
            second[i] = keep * second[i] + take * gradient[i] * gradient[i];
            value[i] -= size * first[i] / (T.Sqrt(second[i]) * root + epsilon);
        }
    }
}

/// <summary>The factor of the step size at each update.</summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>1 throughout.</summary>
    public static Schedule Constant { get; } = new StepDecay(1.0);

    /// <summary>The factor at an update.</summary>
    /// <param name="update">Updates made before, ≥ 0.</param>
    public abstract double At(int update);

    /// <summary>This schedule after a linear rise from 0; it starts when the rise is over.</summary>
    /// <param name="updates">Length of the rise, ≥ 0.</param>
    public Schedule AfterWarmUp(int updates) => new WarmUp(updates, this);
}

/// <summary>A factor more at each of some updates.</summary>
public sealed record StepDecay : Schedule
{
    private readonly int[] updates;

    /// <summary>A factor more at each of some updates.</summary>
    /// <param name="factor">≥ 0.</param>
    /// <param name="updates">At which updates, each ≥ 0.</param>
    public StepDecay(double factor, params ReadOnlySpan<int> updates)
    {
        Require.NotNegative(factor);
        foreach (int update in updates) Require.NotNegative(update, nameof(updates));
        (Factor, this.updates) = (factor, updates.ToArray());
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override double At(int update)
    {
        Require.NotNegative(update);
        double factor = 1.0;
        foreach (int at in updates)
            if (update >= at) factor *= Factor;
        return factor;
    }

    /// <summary>Factor and updates.</summary>
    public override string ToString() => FormattableString.Invariant($"× {Factor} at {string.Join(", ", updates)}");
}

/// <summary>Half a cosine from 1 down to a floor, which holds from then on.</summary>
public sealed record CosineDecay : Schedule
{
    /// <summary>Half a cosine.</summary>
    /// <param name="updates">Its length, above zero.</param>
    /// <param name="floor">From 0 to 1.</param>
    public CosineDecay(int updates, double floor = 0.0)
    {
        Require.Positive(updates);
        Require.InRange(floor, 0.0, 1.0);
        (Updates, Floor) = (updates, floor);
    }

    /// <summary>Its length.</summary>
    public int Updates { get; }

    /// <summary>The floor.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public override double At(int update)
    {
        Require.NotNegative(update);
        return Floor + (1.0 - Floor) * 0.5 * (1.0 + Math.Cos(Math.PI * Math.Min(1.0, (double)update / Updates)));
    }
}

internal sealed record WarmUp : Schedule
{
    private readonly int updates;
    private readonly Schedule then;

    public WarmUp(int updates, Schedule then)
    {
        Require.NotNegative(updates);
        (this.updates, this.then) = (updates, then);
    }

    public override double At(int update)
    {
        Require.NotNegative(update);
        return update < updates ? (update + 1.0) / updates : then.At(update - updates);
    }

    public override string ToString() => FormattableString.Invariant($"{then} after {updates}");
}
