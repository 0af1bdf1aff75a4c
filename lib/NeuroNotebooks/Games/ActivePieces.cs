namespace NeuroNotebooks.Games;

/// <summary>Walks through all choices of one straight piece per neuron and solves the linear equations of each.</summary>
/// <remarks>
/// On a choice, x_i = s_i y_i + c_i. Neurons with s_i = 0 are held at c_i; the others obey x_i − s_i Σ_{j active} W_ij x_j = s_i b_i +
/// c_i with b_i = u_i + Σ_{j held} W_ij c_j. The matrix does not depend on which flat piece holds a neuron, so it is factorised once for
/// all of them.
/// </remarks>
internal sealed class ActivePieces
{
    private readonly FiringRateNetwork network;
    private readonly LinearPiece[][][] options;      // [neuron][option]: one sloped piece, or all flat ones together
    private readonly int[] option, flat, active, pivot;
    private readonly double[] factor, rates, held;
    private readonly double tolerance;
    private readonly int n;
    private int activeCount;

    public ActivePieces(FiringRateNetwork network, double tolerance)
    {
        (this.network, this.tolerance, n) = (network, tolerance, network.Count);
        options = [.. network.Activations.Select(Options)];
        (option, flat, active, pivot) = (new int[n], new int[n], new int[n], new int[n]);
        (factor, rates, held, Slopes) = (new double[n * n], new double[n], new double[n], new double[n]);
        Enter();
    }

    /// <summary>The slope of every neuron's piece.</summary>
    public double[] Slopes { get; }

    /// <summary>How many choices of flat pieces share this choice of sloped ones.</summary>
    public long Choices => Enumerable.Range(0, n).Aggregate(1L, (product, i) => product * options[i][option[i]].Length);

    /// <summary>Goes on to the next choice of sloped pieces, neuron 0 first; false after the last.</summary>
    public bool MoveNext()
    {
        for (int i = 0; i < n; i++)
        {
            if (++option[i] < options[i].Length)
            {
                Enter();
                return true;
            }
            option[i] = 0;
        }
        return false;
    }

    /// <summary>LU with partial pivoting of (I − D W) on the active neurons; false if it is singular.</summary>
    public bool TryFactor()
    {
        ReadOnlySpan<double> w = network.WeightRows;
        int m = activeCount;
        double size = 1.0;
        for (int r = 0; r < m; r++)
            for (int c = 0; c < m; c++)
            {
                double entry = (r == c ? 1.0 : 0.0) - Slopes[active[r]] * w[active[r] * n + active[c]];
                factor[r * m + c] = entry;
                size = Math.Max(size, Math.Abs(entry));
            }

        for (int k = 0; k < m; k++)
        {
            int best = k;
            for (int r = k + 1; r < m; r++)
                if (Math.Abs(factor[r * m + k]) > Math.Abs(factor[best * m + k])) best = r;
            if (Math.Abs(factor[best * m + k]) <= 1e-12 * size) return false;
            pivot[k] = best;
            if (best != k)
                for (int c = 0; c < m; c++) (factor[k * m + c], factor[best * m + c]) = (factor[best * m + c], factor[k * m + c]);

            for (int r = k + 1; r < m; r++)
            {
                double multiple = factor[r * m + k] /= factor[k * m + k];
                if (multiple == 0.0) continue;
                for (int c = k + 1; c < m; c++) factor[r * m + c] -= multiple * factor[k * m + c];
            }
        }
        return true;
    }

    /// <summary>The rest states on this choice of sloped pieces, as new arrays.</summary>
    public IEnumerable<double[]> Solutions()
    {
        Array.Clear(flat);
        do
        {
            Solve();
            if (IsOnItsPieces()) yield return [.. rates];
        }
        while (MoveFlat());
    }

    /// <summary>Every choice of a piece per neuron that shares this choice of sloped ones.</summary>
    public IEnumerable<LinearPiece[]> FlatChoices()
    {
        Array.Clear(flat);
        do yield return [.. Enumerable.Range(0, n).Select(Piece)];
        while (MoveFlat());
    }

    private LinearPiece Piece(int i) => options[i][option[i]][flat[i]];

    private static LinearPiece[][] Options(Activation activation)
    {
        LinearPiece[] level = [.. activation.Pieces.Where(piece => piece.Slope == 0.0)];
        var sloped = activation.Pieces.Where(piece => piece.Slope > 0.0).Select(piece => new[] { piece });
        return level.Length == 0 ? [.. sloped] : [level, .. sloped];
    }

    private void Enter()
    {
        activeCount = 0;
        for (int i = 0; i < n; i++)
        {
            Slopes[i] = options[i][option[i]][0].Slope;
            if (Slopes[i] > 0.0) active[activeCount++] = i;
        }
    }

    private bool MoveFlat()
    {
        for (int i = 0; i < n; i++)
        {
            if (++flat[i] < options[i][option[i]].Length) return true;
            flat[i] = 0;
        }
        return false;
    }

    private void Solve()
    {
        ReadOnlySpan<double> w = network.WeightRows;
        int m = activeCount;
        for (int i = 0; i < n; i++) held[i] = Slopes[i] > 0.0 ? 0.0 : Piece(i).Offset;

        Span<double> x = stackalloc double[EquilibriumEnumerator.LargestNetwork];
        for (int r = 0; r < m; r++)
        {
            int i = active[r];
            double drive = network.Drive[i];
            for (int j = 0; j < n; j++) drive += w[i * n + j] * held[j];
            x[r] = Slopes[i] * drive + Piece(i).Offset;
        }
        for (int k = 0; k < m; k++) (x[k], x[pivot[k]]) = (x[pivot[k]], x[k]);
        for (int r = 1; r < m; r++)
            for (int c = 0; c < r; c++) x[r] -= factor[r * m + c] * x[c];
        for (int r = m - 1; r >= 0; r--)
        {
            for (int c = r + 1; c < m; c++) x[r] -= factor[r * m + c] * x[c];
            x[r] /= factor[r * m + r];
        }
        held.CopyTo(rates, 0);
        for (int r = 0; r < m; r++) rates[active[r]] = x[r];
    }

    private bool IsOnItsPieces()
    {
        double largest = 0.0;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(rates[i]));
        double near = tolerance * Math.Max(1.0, largest);
        for (int i = 0; i < n; i++)
        {
            double y = network.InputOf(i, rates);
            LinearPiece piece = Piece(i);
            if (!(y >= piece.Low - near && y <= piece.High + near)) return false;
        }
        return true;
    }
}
