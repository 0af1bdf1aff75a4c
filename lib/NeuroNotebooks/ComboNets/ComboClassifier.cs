using System.Collections.Immutable;
using System.Numerics;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.ComboNets;

/// <summary>A network of networks that sees a sequence and names its class from the last state.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <code>
/// x_{t+1} = x_t + α (−x_t + W φ(x_t) + L x_t + U s_t + b),   x_0 = 0,   φ = ReLU,   class scores V x_T + c
/// x_{t+1} = (I − αL/2)⁻¹ (I + αL/2) (x_t + α (−x_t + W φ(x_t) + U s_t + b))      with ComboStepping.Rotation, where αL is learned
/// </code>
/// Source: Kozachkov, Ennis, Slotine, RNNs of RNNs, NeurIPS 2022, arXiv:2106.08928, eq. (3), its Euler steps and its readout.
/// </remarks>
public sealed partial class ComboClassifier<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] fixedBlocks = [];
    private readonly Parameter<T>? forward, left, right, z, theta, dense;
    private readonly Parameter<T> input, bias, readout, offset;
    private readonly T[]? mask;

    /// <summary>A network before learning.</summary>
    /// <param name="design">Its design.</param>
    /// <param name="random">Its random modules and first weights.</param>
    /// <exception cref="ArgumentException">The design asks for rotations by a feedback that is not answered, or for a period without what it needs.</exception>
    public ComboClassifier(ComboDesign design, Philox random)
    {
        Require.NotNull(design);
        if (design is { Stepping: ComboStepping.Rotation, IsCertified: false })
            throw new ArgumentException($"design has {design.Kind} stepping by Rotation: expected Euler, as its feedback rotates in no metric.", nameof(design));
        if (design.Period > 0 && (design.Stepping != ComboStepping.Rotation || design.Modules % 2 != 0))
            throw new ArgumentException($"design has Period {design.Period} with {design.Modules} modules and {design.Stepping} steps: expected rotations of an even number.", nameof(design));
        (Design, Random) = (design, random);
        int n = design.Size, m = design.Units, p = design.Modules;
        if (design.Kind == ComboKind.Plain)
            dense = new Parameter<T>("W", n, n).Normal(0.9 / Math.Sqrt(n), random.Substream(1));
        else if (design.Kind == ComboKind.Svd)
        {
            left = new Parameter<T>("left", n, m).Normal(1.0, random.Substream(2));
            double own = design.SelfExcitation;
            right = new Parameter<T>("right", n, m).Normal(1.0, random.Substream(own > 0.0 ? 2u : 3u));
            z = new Parameter<T>("z", 1, n);
            z = own > 0.0 ? z.Constant(Math.Sqrt(-Math.Log(own))) : z.Normal(0.5, random.Substream(4));
            theta = new Parameter<T>("theta", 1, n) { Pace = design.FeedbackPace }.Constant(1.0);
        }
        else
        {
            Modules = [.. Enumerable.Range(0, p).Select(i => Drawn(design, random.Child((ulong)i)))];
            fixedBlocks = [.. Modules.SelectMany(block => block.Cast<double>()).Select(T.CreateChecked)];
        }
        if (design.Kind is ComboKind.Sparse or ComboKind.Svd or ComboKind.FreeFeedback && p > 1)
        {
            mask = MaskOf(design);
            forward = new Parameter<T>("B", n, n) { Pace = design.FeedbackPace }.Normal(design.FeedbackScale * Math.Sqrt(1.0 / n), random.Substream(5));
            if (design.Period > 0) Swing(forward.Value, design);
            for (int k = 0; k < mask.Length; k++) forward.Value[k] *= mask[k];
        }
        input = new Parameter<T>("U", n, design.Channels).Normal(design.InputScale / Math.Sqrt(design.Channels), random.Substream(6));
        bias = new Parameter<T>("b", 1, n);
        readout = new Parameter<T>("V", ImageStreams.Classes, n).Normal(Math.Sqrt(1.0 / n), random.Substream(7));
        offset = new Parameter<T>("c", 1, ImageStreams.Classes);
        Parameter<T>?[] all = [forward, left, right, z, theta, dense, input, bias, readout, offset];
        Parameters = [.. all.OfType<Parameter<T>>()];
    }

    /// <summary>Its design.</summary>
    public ComboDesign Design { get; }

    /// <summary>What it was drawn from.</summary>
    public Philox Random { get; }

    /// <summary>What is learned.</summary>
    public ImmutableArray<Parameter<T>> Parameters { get; }

    /// <summary>The fixed modules, m × m each; none if they are learned.</summary>
    public ImmutableArray<double[,]> Modules { get; } = [];

    /// <summary>Numbers that are learned: entries outside of the mask of B do not count.</summary>
    public int TrainableParameters => Parameters.Sum(p => Enumerable.Range(0, p.Length).Count(k => IsLearned(p, k)));

    /// <summary>Records the class scores of some sequences.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="streams">The sequences.</param>
    /// <param name="images">Which of them.</param>
    /// <param name="learning">Whether they are to be differentiated in the parameters.</param>
    /// <returns>One row an image, one column a class.</returns>
    /// <exception cref="ArgumentException">The sequences have another number of channels, or there is no such image.</exception>
    public Variable<T> Scores(Tape<T> tape, ImageStreams streams, ReadOnlySpan<int> images, bool learning = true)
    {
        Require.NotNull(tape);
        Require.NotNull(streams);
        Require.Length(Design.Channels, streams.Channels, nameof(streams), "channel of the network");
        if (images.IsEmpty) throw new ArgumentException("images is empty: expected at least one.", nameof(images));
        foreach (int image in images) Require.InRange(image, 0, streams.Count - 1, nameof(images));
        Variable<T> metric = MetricOn(tape, learning)!;
        Variable<T> modules = ModulesOn(tape, metric, learning);
        Variable<T> stream = Fill(tape, streams, images), u = On(tape, input, learning), b = On(tape, bias, learning);
        ComboRecurrence<T> recurrence = CouplingOn(tape, metric, learning) is { } coupling
            ? tape.Record<ComboRecurrence<T>>(images.Length, Design.Size, stream, u, b, modules, Rotates ? coupling.CayleyMap() : coupling)
            : tape.Record<ComboRecurrence<T>>(images.Length, Design.Size, stream, u, b, modules);
        (recurrence.Alpha, recurrence.Moments, recurrence.Rotates) = (T.CreateChecked(Design.Alpha), streams.Moments, Rotates);
        return recurrence.Run().Affine(On(tape, readout, learning), On(tape, offset, learning));
    }

    private bool Rotates => Design.Stepping == ComboStepping.Rotation && forward is not null;

    internal bool IsLearned(Parameter<T> parameter, int entry) => parameter != forward || mask![entry] != T.Zero;

    internal T[] Blocks(Tape<T> tape) => ModulesOn(tape, MetricOn(tape, false), false).Value.ToArray();

    /// <summary>L, or αL if the network rotates.</summary>
    internal T[]? Feedback(Tape<T> tape) => CouplingOn(tape, MetricOn(tape, false), false)?.Value.ToArray();

    internal T[]? MetricDiagonal(Tape<T> tape) => MetricOn(tape, false)?.Value.ToArray();

    /// <summary>1 where B may be: below the modules if it is answered, else anywhere between them.</summary>
    private static T[] MaskOf(ComboDesign design)
    {
        int n = design.Size, m = design.Units;
        bool answered = design.Kind != ComboKind.FreeFeedback;
        var mask = new T[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (answered ? i / m > j / m : i / m != j / m) mask[i * n + j] = T.One;
        return mask;
    }

    /// <summary>Neurons of the first half of the modules paired with those of the second, each pair turning by an angle of its own in a step.</summary>
    private static void Swing(Span<T> forward, ComboDesign design)
    {
        const int harmonics = 4;
        int n = design.Size, half = n / 2;
        double row = 2.0 * Math.PI / design.Period, image = row / design.Period;
        forward.Clear();
        for (int pair = 0; pair < half; pair++)
        {
            int harmonic = pair * harmonics / half, first = (harmonic * half + harmonics - 1) / harmonics, count = half / harmonics;
            double place = harmonic == 0 ? pair - first + 0.5 : pair - first - 0.5 * (count - 1);
            // Cayley's map turns by 2 atan(entry / 2)
            forward[(half + pair) * n + pair] = T.CreateChecked(2.0 * Math.Tan(0.5 * (harmonic * row + place * image)));
        }
    }

    private static double[,] Drawn(ComboDesign design, Philox random)
    {
        double[,] draw = SparseModule.Draw(design.Units, design.Density, 2.0, random);
        double s = design.SelfExcitation;
        return s == 0.0 ? draw : Dense.Build(design.Units, design.Units, (i, j) => (1.0 - s) * draw[i, j] + (i == j ? s : 0.0));
    }

    private static Variable<T> On(Tape<T> tape, Parameter<T> parameter, bool learning) =>
        learning ? tape.Use(parameter) : tape.Constant(parameter.Rows, parameter.Columns, parameter.Value);

    private Variable<T>? MetricOn(Tape<T> tape, bool learning)
    {
        if (theta is null) return null;
        Variable<T> floor = tape.Constant(1, Design.Size);
        floor.Value.Fill(T.CreateChecked(1e-5));
        return On(tape, theta, learning).Apply(Nonlinearity.Absolute).Plus(floor);
    }

    /// <summary>The modules below each other, n × m; the whole network as one module if it has none.</summary>
    private Variable<T> ModulesOn(Tape<T> tape, Variable<T>? metric, bool learning)
    {
        if (dense is not null) return On(tape, dense, learning);
        if (metric is null) return tape.Constant(Design.Size, Design.Units, fixedBlocks);
        int n = Design.Size, m = Design.Units;
        // Σ = (1 − ε) exp(−z²), with slopes of at most 1
        Variable<T> sigma = On(tape, z!, learning).Apply(Nonlinearity.Square).Scaled(-1.0).Apply(Nonlinearity.Exp).Scaled(1.0 - Design.Epsilon);
        var step = tape.Record<SvdBlocks<T>>(n, m, On(tape, left!, learning).ExponentialRotation(), sigma,
            On(tape, right!, learning).ExponentialRotation(), metric.Apply(Nonlinearity.Root));
        return step.Run();
    }

    private Variable<T>? CouplingOn(Tape<T> tape, Variable<T>? metric, bool learning)
    {
        if (forward is null) return null;
        int n = Design.Size;
        Variable<T> masked = On(tape, forward, learning).TimesEach(tape.Constant(n, n, mask));
        return Design.Kind == ComboKind.FreeFeedback ? masked : masked.NegativeFeedback(metric);
    }

    /// <summary>The sequences moment by moment: row t · images + i is moment t of image i.</summary>
    private static Variable<T> Fill(Tape<T> tape, ImageStreams streams, ReadOnlySpan<int> images)
    {
        int channels = streams.Channels, count = images.Length;
        Variable<T> stream = tape.Constant(streams.Moments * count, channels);
        Span<T> to = stream.Value;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> from = streams.Stream(images[i]);
            for (int k = 0; k < from.Length; k++) to[(k / channels * count + i) * channels + k % channels] = T.CreateChecked(from[k]);
        }
        return stream;
    }
}
