using System.Numerics;
using System.Runtime.CompilerServices;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Boltzmann;

/// <summary>The gradient of the log-likelihood from a batch of words and the chains of the model, in buffers that are kept.</summary>
/// <remarks>Three meetings of the threads an update: sampling, products, and the step itself.</remarks>
internal sealed class CentredGradient
{
    private readonly RbmParameters parameters;
    private readonly GibbsKernel words, chains;
    private readonly bool centred;
    private readonly int visible, hidden;
    private readonly MeanProducts dataProducts, chainProducts;
    private readonly float[] weights, visibleStep, hiddenStep;
    private readonly float[] reference, hiddenMean, hiddenGap;
    private readonly Differences differences;
    private readonly Ascent ascent;

    /// <param name="parameters">What is trained.</param>
    /// <param name="words">The batch, as the visible states of chains.</param>
    /// <param name="chains">The chains of the model.</param>
    /// <param name="centred">Whether averages are taken about the means of the batch.</param>
    public CentredGradient(RbmParameters parameters, GibbsKernel words, GibbsKernel chains, bool centred)
    {
        (this.parameters, this.words, this.chains, this.centred) = (parameters, words, chains, centred);
        (visible, hidden) = (parameters.Visible, parameters.Hidden);
        (dataProducts, chainProducts) = (new MeanProducts(words), new MeanProducts(chains));
        (weights, visibleStep, hiddenStep) = (new float[visible * hidden], new float[visible], new float[hidden]);
        (reference, hiddenMean, hiddenGap) = (new float[hidden], new float[hidden], new float[hidden]);
        (differences, ascent) = (new Differences(this), new Ascent(this));
    }

    /// <summary>Moves the chains and computes the gradient.</summary>
    /// <param name="random">Random numbers of the sweeps.</param>
    /// <param name="firstSweep">Number of the first.</param>
    /// <param name="sweeps">How many, zero or above.</param>
    /// <returns>The root of the sum of squares of ΔW.</returns>
    public double Compute(Philox random, ulong firstSweep, int sweeps)
    {
        words.PrepareProbabilities(parameters);
        chains.PrepareProbabilities(parameters, random, firstSweep, sweeps);
        chains.Workers.Run(chains.Chains, chains, words.Chains, words);
        Reference();
        dataProducts.Gather(reference, hiddenMean);
        chainProducts.Gather(reference, hiddenGap);
        Add(hiddenGap, hiddenMean, -1f);
        Add(hiddenMean, reference, 1f);
        chains.Workers.Run(dataProducts.Blocks, differences);
        return Math.Sqrt(differences.Gather());
    }

    /// <summary>Whether every unit of every chain is in the same state although many should not be: the chains have left the data for good.</summary>
    public bool ChainsAreFrozen()
    {
        const double Expected = 50.0;
        float active = Sum(chainProducts.VisibleMeans), data = Sum(dataProducts.VisibleMeans);
        return (active == 0f && data * chains.Chains > Expected) || (active == visible && (visible - data) * chains.Chains > Expected);
    }

    /// <summary>Goes a step up the gradient.</summary>
    public void Apply(float rate)
    {
        Add(parameters.B, visibleStep, rate);
        Add(parameters.C, hiddenStep, rate);
        ascent.Rate = rate;
        chains.Workers.Run(parameters.Down.Count, ascent);
    }

    /// <summary>About the mean of the batch; what it lacks in digits, the means of the differences bring back.</summary>
    private void Reference()
    {
        reference.AsSpan().Clear();
        for (int n = 0; n < words.Chains; n++) Add(reference, words.Hidden.Slice(n * hidden, hidden), 1f / words.Chains);
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> step, float rate) => Vectors.AddScaled(target, rate, step, target);

    private static float Sum(ReadOnlySpan<float> values)
    {
        float sum = 0f;
        foreach (float value in values) sum += value;
        return sum;
    }

    /// <summary>ΔW and Δb by blocks of visible units, and what each block adds to Δc and to the size of ΔW.</summary>
    private sealed class Differences(CentredGradient owner) : IRowWork
    {
        private readonly float[] shifts = new float[owner.dataProducts.Blocks * owner.hidden];
        private readonly double[] squares = new double[owner.dataProducts.Blocks];

        public void Rows(int first, int end, int share)
        {
            for (int block = first; block < end; block++)
            {
                Subtract(block, share);
                Finish(block);
            }
        }

        /// <summary>Completes Δc, in the order of the blocks.</summary>
        /// <returns>The sum of squares of ΔW.</returns>
        public double Gather()
        {
            int hidden = owner.hidden;
            double sum = 0.0;
            for (int a = 0; a < hidden; a++) owner.hiddenStep[a] = -owner.hiddenGap[a];
            for (int block = 0; block < squares.Length; block++)
            {
                CentredGradient.Add(owner.hiddenStep, shifts.AsSpan(block * hidden, hidden), -1f);
                sum += squares[block];
            }
            return sum;
        }

        private void Subtract(int block, int share)
        {
            var (data, chains, hidden) = (owner.dataProducts, owner.chainProducts, owner.hidden);
            data.List(block, share);
            chains.List(block, share);
            float perWord = 1f / owner.words.Chains, perChain = -1f / owner.chains.Chains;
            var (start, stop) = data.UnitsOf(block);
            for (int panel = 0; panel < data.PanelCount; panel++)
            {
                int column = panel * Panels.Width, width = Math.Min(Panels.Width, hidden - column);
                for (int unit = start; unit < stop; unit++)
                {
                    var difference = data.Sum(panel, unit - start, share) * perWord + chains.Sum(panel, unit - start, share) * perChain;
                    difference.CopyTo(owner.weights.AsSpan(unit * hidden + column, width));
                }
            }
        }

        // the products stand about the reference of the hidden units, and about no mean of the visible ones
        private void Finish(int block)
        {
            var shift = shifts.AsSpan(block * owner.hidden, owner.hidden);
            shift.Clear();
            double sum = 0.0;
            var (start, stop) = owner.dataProducts.UnitsOf(block);
            for (int i = start; i < stop; i++)
            {
                var row = owner.weights.AsSpan(i * owner.hidden, owner.hidden);
                float mean = owner.dataProducts.VisibleMeans[i], gap = owner.chainProducts.VisibleMeans[i] - mean;
                owner.visibleStep[i] = -gap;
                if (owner.centred)
                {
                    var (along, square) = Centre(row, mean, owner.hiddenGap, owner.hiddenMean, shift);
                    owner.visibleStep[i] -= along;
                    sum += square;
                }
                else
                {
                    CentredGradient.Add(row, owner.reference, -gap);
                    sum += Vectors.Dot<float>(row, row);
                }
            }
            squares[block] = sum;
        }

        /// <summary>row ← row + mean · gap, then shift ← shift + mean · row, in one pass.</summary>
        /// <returns>The products of the new row with <paramref name="middle"/> and with itself, added up as <see cref="Vectors.Dot{T}"/> does.</returns>
        private static (float Along, float Square) Centre(
            Span<float> row, float mean, ReadOnlySpan<float> gap, ReadOnlySpan<float> middle, Span<float> shift)
        {
            int width = Vector<float>.Count, i = 0;
            Vector<float> a0 = default, a1 = default, a2 = default, a3 = default, s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i <= row.Length - 4 * width; i += 4 * width)
            {
                Move(i, row, mean, gap, middle, shift, ref a0, ref s0);
                Move(i + width, row, mean, gap, middle, shift, ref a1, ref s1);
                Move(i + 2 * width, row, mean, gap, middle, shift, ref a2, ref s2);
                Move(i + 3 * width, row, mean, gap, middle, shift, ref a3, ref s3);
            }
            for (; i <= row.Length - width; i += width) Move(i, row, mean, gap, middle, shift, ref a0, ref s0);

            float along = Vector.Sum(a0 + a1 + (a2 + a3)), square = Vector.Sum(s0 + s1 + (s2 + s3));
            for (; i < row.Length; i++)
            {
                row[i] += mean * gap[i];
                shift[i] += mean * row[i];
                along += row[i] * middle[i];
                square += row[i] * row[i];
            }
            return (along, square);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Move(
            int i, Span<float> row, float mean, ReadOnlySpan<float> gap, ReadOnlySpan<float> middle, Span<float> shift,
            ref Vector<float> along, ref Vector<float> square)
        {
            var x = new Vector<float>(row[i..]) + mean * new Vector<float>(gap[i..]);
            x.CopyTo(row[i..]);
            (new Vector<float>(shift[i..]) + mean * x).CopyTo(shift[i..]);
            along += x * new Vector<float>(middle[i..]);
            square += x * x;
        }
    }

    /// <summary>W ← W + rate ΔW, and the layouts of W.</summary>
    private sealed class Ascent(CentredGradient owner) : IRowWork
    {
        public float Rate;

        public void Rows(int first, int end, int share)
        {
            int start = first * Panels.Width * owner.hidden, stop = Math.Min(end * Panels.Width, owner.visible) * owner.hidden;
            CentredGradient.Add(owner.parameters.W.AsSpan(start..stop), owner.weights.AsSpan(start..stop), Rate);
            for (int panel = first; panel < end; panel++) owner.parameters.Pack(panel);
        }
    }
}
