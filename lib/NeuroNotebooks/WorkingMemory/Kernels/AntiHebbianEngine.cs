using System.Numerics;
using System.Runtime.Intrinsics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Memory of one trial; gradients are summed over the trials of a block.</summary>
internal sealed unsafe class PlasticWorkspace<T> : TrialWorkspace<T> where T : unmanaged
{
    /// <summary>Activity: (steps + 1) × padded units.</summary>
    public required AlignedBuffer<T> Activity { get; init; }

    /// <summary>W_t / d^t, a triangle and a diagonal, or a whole matrix where K is not symmetric.</summary>
    public required AlignedBuffer<T> Weights { get; init; }

    /// <summary>d^t times the adjoint of W_t, its symmetric part.</summary>
    public required AlignedBuffer<T> WeightAdjoints { get; init; }

    /// <summary>Rows of padded units.</summary>
    public required AlignedBuffer<T> Scratch { get; init; }
}

/// <summary>
/// x ← x + α [−x + W x + Wᵢ u + b + η], W ← W + α [−K ∘ (x xᵀ) − γ W], W = 0 at the start of each trial.
/// </summary>
/// <remarks>
/// With d = 1 − αγ the matrix V_t = W_t / d^t only changes by V_{t+1} = V_t − α d^−(t+1) K ∘ (x_t x_tᵀ), which can be undone: the way
/// back recomputes every W_t from the last one and keeps none. K, W and the adjoint's part that matters are symmetric, so half of
/// each is stored. A step changes W and multiplies by it in one pass. Memory of a trial: steps × units, not steps × units².
/// </remarks>
internal sealed unsafe class AntiHebbianEngine<T> : TrialEngine<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ScratchRows = 10;

    private readonly double alpha, decay;
    private readonly int padded, triangle;
    private readonly AlignedBuffer<T> plasticity, whole, input, readout;
    private bool isMasked;
    private double[,] squaredRoot = new double[0, 0];

    public AntiHebbianEngine(int units, int channels, double alpha, double leak) : base(units, channels)
    {
        (this.alpha, decay) = (alpha, 1.0 - alpha * leak);
        padded = PlasticPasses<T>.Padded(units);
        triangle = PlasticPasses<T>.TriangleLength(units);
        plasticity = new AlignedBuffer<T>(triangle + padded);
        whole = new AlignedBuffer<T>(padded * padded);
        input = new AlignedBuffer<T>((channels + 1) * padded);
        readout = new AlignedBuffer<T>(channels * padded + channels);
    }

    private int InputSize => (Channels + 1) * padded;

    private int ReadoutSize => Channels * padded + Channels;

    public override TrialWorkspace<T> NewWorkspace(int steps) => new PlasticWorkspace<T>
    {
        Activity = new AlignedBuffer<T>((steps + 1) * (long)padded),
        Weights = new AlignedBuffer<T>(Math.Max(triangle + padded, padded * padded)),
        WeightAdjoints = new AlignedBuffer<T>(triangle + padded),
        Scratch = new AlignedBuffer<T>(ScratchRows * padded),
        Gradient = new AlignedBuffer<T>(triangle + padded + InputSize + ReadoutSize),
    };

    public override void Prepare(ReadOnlySpan<T> parameters, SynapseMask? mask = null)
    {
        int n = Units;
        squaredRoot = Dense.Build(n, n, static (_, _) => 0.0);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                double s = double.CreateTruncating(parameters[Layout.Recurrent + i * n + j]);
                squaredRoot[i, j] = s * s;
            }
        double[,] k = AntiHebbianRnn.Plasticity(squaredRoot);
        isMasked = mask is not null;
        plasticity.Clear();
        whole.Clear();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                T entry = mask?[j, i] == false ? T.Zero : T.CreateTruncating(k[i, j]);
                whole.Address[PlasticPasses<T>.FullIndexOf(i, j, padded)] = entry;
                if (j < i) plasticity.Address[PlasticPasses<T>.IndexOf(i, j)] = entry;
                else if (j == i) plasticity.Address[triangle + i] = entry;
            }
        for (int j = 0; j < n; j++)
        {
            for (int c = 0; c < Channels; c++)
            {
                input.Address[c * padded + j] = parameters[ParameterLayout.Input + c * n + j];
                readout.Address[c * padded + j] = parameters[Layout.Readout + j * Channels + c];
            }
            input.Address[Channels * padded + j] = parameters[Layout.Bias + j];
        }
        for (int c = 0; c < Channels; c++) readout.Address[Channels * padded + c] = parameters[Layout.ReadoutBias + c];
    }

    public override void Run(TrialWorkspace<T> workspace, TrialBlock block, RunOutput output)
    {
        var own = (PlasticWorkspace<T>)workspace;
        for (int lane = 0; lane < block.Count; lane++)
        {
            Forward(own, block, lane, output.Synapses);
            for (int step = 0; step < block.Steps; step++)
            {
                T* x = own.Activity.Address + (step + 1) * (nint)padded;
                if (output.AllSteps || block.IsInWindow(lane, step))
                    for (int c = 0; c < Channels; c++)
                        output.Readout[((long)(block.First + lane) * block.Steps + step) * Channels + c] = float.CreateTruncating(Answer(c, x));
                Span<float> row = output.Activity is { } activity ? activity.Row(block.First + lane, step) : [];
                for (int i = 0; i < row.Length; i++) row[i] = float.CreateTruncating(x[i]);
            }
        }
    }

    private T Answer(int channel, T* x)
    {
        var sum = Vector256<T>.Zero;
        T* row = readout.Address + channel * padded;
        for (int j = 0; j < padded; j += Vector256<T>.Count) sum = Lanes<T>.MultiplyAdd(Vector256.Load(row + j), Vector256.Load(x + j), sum);
        return Vector256.Sum(sum) + readout.Address[Channels * padded + channel];
    }

    private void Forward(PlasticWorkspace<T> workspace, TrialBlock block, int lane, TrialSeries? synapses = null)
    {
        T* y = workspace.Scratch.Address, s = y + padded, z = s + padded, x = workspace.Activity.Address;
        double noise = block.Noise * Math.Sqrt(2.0 / alpha), power = 1.0;     // d^step
        Philox random = block.Random.Child((ulong)lane);
        workspace.Weights.Clear();
        new Span<T>(x, padded).Clear();
        for (int step = 0; step < block.Steps; step++, x += padded, power *= decay)
        {
            new Span<T>(y, padded).Clear();
            if (step > 0)
            {
                Scale(-alpha / power, x - padded, s);       // V_t = V_{t−1} − α d^−t K ∘ (x_{t−1} x_{t−1}ᵀ)
                Advance(workspace, s, x - padded, x, y);
            }
            Drive(block, lane, step, z);
            if (noise > 0.0) AddNoise(z, noise, random, step);
            Vector256<T> scale = Vector256.Create(T.CreateTruncating(power)), a = Vector256.Create(T.CreateTruncating(alpha));
            for (int j = 0; j < padded; j += Vector256<T>.Count)
            {
                Vector256<T> now = Vector256.Load(x + j), drive = Lanes<T>.MultiplyAdd(scale, Vector256.Load(y + j), Vector256.Load(z + j));
                Lanes<T>.MultiplyAdd(a, drive - now, now).Store(x + padded + j);
            }
            Span<float> row = synapses is null ? [] : synapses.Row(block.First + lane, step);
            if (row.Length > 0) WriteSynapses(workspace, power, row);
        }
    }

    private void Advance(PlasticWorkspace<T> workspace, T* s, T* p, T* x, T* y)
    {
        T* w = workspace.Weights.Address, k = plasticity.Address;
        if (isMasked)
        {
            PlasticPasses<T>.ForwardFull(Units, padded, whole.Address, w, s, p, x, y);
            return;
        }
        PlasticPasses<T>.Forward(Units, k, w, s, p, x, y);
        for (int j = triangle; j < triangle + padded; j += Vector256<T>.Count, s += Vector256<T>.Count, p += Vector256<T>.Count)
        {
            Vector256<T> entry = Lanes<T>.MultiplyAdd(Vector256.Load(s), Vector256.Load(k + j) * Vector256.Load(p), Vector256.Load(w + j));
            entry.Store(w + j);
            T* at = y + (j - triangle);
            Lanes<T>.MultiplyAdd(entry, Vector256.Load(x + (j - triangle)), Vector256.Load(at)).Store(at);
        }
    }

    private void Drive(TrialBlock block, int lane, int step, T* z)
    {
        ReadOnlySpan<float> u = block.Input(lane, step);
        for (int j = 0; j < padded; j += Vector256<T>.Count)
        {
            Vector256<T> sum = Vector256.Load(input.Address + Channels * padded + j);
            for (int c = 0; c < u.Length; c++)
                sum = Lanes<T>.MultiplyAdd(Vector256.Create(T.CreateTruncating(u[c])), Vector256.Load(input.Address + c * padded + j), sum);
            sum.Store(z + j);
        }
    }

    private void AddNoise(T* z, double deviation, Philox random, int step)
    {
        T* noise = stackalloc T[padded];
        ProcessNoise.Fill(new Span<T>(noise, padded), deviation, random, (ulong)step * (ulong)(padded / Philox.WordsPerBlock));
        for (int j = 0; j < Units; j++) z[j] += noise[j];
    }

    /// <summary>The lower triangle with the diagonal, row after row, or all of a matrix that is not symmetric.</summary>
    private void WriteSynapses(PlasticWorkspace<T> workspace, double power, Span<float> row)
    {
        T* w = workspace.Weights.Address;
        float scale = (float)power;
        bool isWhole = row.Length == Units * Units;
        for (int i = 0, at = 0; i < Units; i++)
            for (int j = 0; j < (isWhole ? Units : i + 1); j++)
                row[at++] = scale * float.CreateTruncating(
                    isMasked ? w[PlasticPasses<T>.FullIndexOf(i, j, padded)]
                    : i == j ? w[triangle + i]
                    : w[PlasticPasses<T>.IndexOf(Math.Max(i, j), Math.Min(i, j))]);
    }

    public override double LossAndGradient(TrialWorkspace<T> workspace, TrialBlock block)
    {
        var own = (PlasticWorkspace<T>)workspace;
        own.Gradient.Clear();
        double loss = 0.0;
        for (int lane = 0; lane < block.Count; lane++)
        {
            Forward(own, block, lane);
            loss += Back(own, block, lane);
        }
        return loss;
    }

    private double Back(PlasticWorkspace<T> own, TrialBlock block, int lane)
    {
        T* y = own.Scratch.Address, adjoint = y + padded;
        var v = new BackwardVectors<T>
        {
            P = y + 2 * padded, Gz = y + 3 * padded, Half = y + 4 * padded, Back = y + 5 * padded, Turned = y + 6 * padded,
        };
        T* drive = y + 7 * padded;
        own.WeightAdjoints.Clear();
        new Span<T>(adjoint, padded).Clear();
        double loss = 0.0, power = Math.Pow(decay, block.Steps - 1);
        for (int step = block.Steps - 1; step >= 0; step--, power /= decay)
        {
            T* x = own.Activity.Address + step * (nint)padded;
            if (block.IsInWindow(lane, step)) loss += BackFromReadout(own, block, lane, x + padded, adjoint);
            Scale(alpha, adjoint, drive);
            BackToInput(own, block.Input(lane, step), drive);
            double change = alpha / (power * decay);
            Scale(power, drive, v.Gz);
            Scale(-2.0 * change, x, v.P);
            Scale(0.5, x, v.Half);
            Scale(step == block.Steps - 1 ? 0.0 : -0.5, x, v.Back);
            Scale(-power / (4.0 * change), drive, v.Turned);
            new Span<T>(y, padded).Clear();
            Retreat(own, v, y);
            Vector256<T> keep = Vector256.Create(T.CreateTruncating(1.0 - alpha));
            for (int j = 0; j < padded; j += Vector256<T>.Count)
                Lanes<T>.MultiplyAdd(keep, Vector256.Load(adjoint + j), Vector256.Load(y + j)).Store(adjoint + j);
        }
        return loss;
    }

    private void Retreat(PlasticWorkspace<T> own, in BackwardVectors<T> v, T* y)
    {
        T* k = plasticity.Address, w = own.Weights.Address, g = own.WeightAdjoints.Address, dk = own.Gradient.Address;
        PlasticPasses<T>.Backward(Units, k, w, g, dk, v, y);
        for (int i = 0; i < Units; i++)
        {
            int at = triangle + i;
            T change = k[at] * v.P[i];
            w[at] += v.Back[i] * change;
            y[i] += w[at] * v.Gz[i] + g[at] * change;
            dk[at] += g[at] * v.Half[i] * v.P[i];
            g[at] += v.Turned[i] * v.P[i] + v.Half[i] * v.Gz[i];
        }
    }

    private double BackFromReadout(PlasticWorkspace<T> own, TrialBlock block, int lane, T* x, T* adjoint)
    {
        T* gradient = own.Gradient.Address + triangle + padded + InputSize;
        T weight = T.CreateTruncating(block.ErrorWeight[lane]);
        double loss = 0.0;
        for (int c = 0; c < Channels; c++)
        {
            T error = Answer(c, x) - (c == block.Batch.Labels[block.First + lane] ? T.One : T.Zero), slope = (weight + weight) * error;
            loss += double.CreateTruncating(weight * error * error);
            AddScaled(adjoint, slope, readout.Address + c * padded);
            AddScaled(gradient + c * padded, slope, x);
            gradient[Channels * padded + c] += slope;
        }
        return loss;
    }

    private void BackToInput(PlasticWorkspace<T> own, ReadOnlySpan<float> u, T* drive)
    {
        T* gradient = own.Gradient.Address + triangle + padded;
        for (int c = 0; c < u.Length; c++) AddScaled(gradient + c * padded, T.CreateTruncating(u[c]), drive);
        AddScaled(gradient + Channels * padded, T.One, drive);
    }

    public override void Collect(ReadOnlySpan<T> sum, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        int n = Units;
        var byPlasticity = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                byPlasticity[i, j] = byPlasticity[j, i] =
                    double.CreateTruncating(i == j ? sum[triangle + i] : sum[PlasticPasses<T>.IndexOf(i, j)]);
        double[,] bySquare = Dense.Product(squaredRoot, byPlasticity);      // K = MᵀM, so dM = M (dK + dKᵀ)
        ReadOnlySpan<T> ofInput = sum.Slice(triangle + padded, InputSize), ofReadout = sum[(triangle + padded + InputSize)..];
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
                gradient[Layout.Recurrent + i * n + j] =
                    T.CreateTruncating(4.0 * bySquare[i, j] * double.CreateTruncating(parameters[Layout.Recurrent + i * n + j]));
            for (int c = 0; c < Channels; c++)
            {
                gradient[ParameterLayout.Input + c * n + j] = ofInput[c * padded + j];
                gradient[Layout.Readout + j * Channels + c] = ofReadout[c * padded + j];
            }
            gradient[Layout.Bias + j] = ofInput[Channels * padded + j];
        }
        ofReadout.Slice(Channels * padded, Channels).CopyTo(gradient[Layout.ReadoutBias..]);
    }

    private void Scale(double factor, T* from, T* to)
    {
        var scale = Vector256.Create(T.CreateTruncating(factor));
        for (int j = 0; j < padded; j += Vector256<T>.Count) (scale * Vector256.Load(from + j)).Store(to + j);
    }

    private void AddScaled(T* to, T factor, T* from)
    {
        var scale = Vector256.Create(factor);
        for (int j = 0; j < padded; j += Vector256<T>.Count)
            Lanes<T>.MultiplyAdd(scale, Vector256.Load(from + j), Vector256.Load(to + j)).Store(to + j);
    }
}
