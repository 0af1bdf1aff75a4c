namespace NeuroNotebooks.Games;

/// <summary>The tableau w − M z − 1 z₀ = q of Lemke's method, 0 ≤ w ⊥ z ≥ 0.</summary>
internal sealed class LemkeTableau
{
    private readonly double[,] rows;     // columns: w (n), z (n), z₀, right-hand side
    private readonly int[] basis;        // column that is basic in each row
    private readonly int n;
    private int entering;

    public LemkeTableau(double[,] matrix, double[] offset)
    {
        n = offset.Length;
        rows = new double[n, 2 * n + 2];
        basis = [.. Enumerable.Range(0, n)];
        for (int i = 0; i < n; i++)
        {
            rows[i, i] = 1.0;
            for (int j = 0; j < n; j++) rows[i, n + j] = -matrix[i, j];
            rows[i, Covering] = -1.0;
            rows[i, Right] = offset[i];
        }
        entering = Covering;
        IsSolved = offset.All(entry => entry >= 0.0);
    }

    private int Covering => 2 * n;

    private int Right => 2 * n + 1;

    /// <summary>Whether z₀ has left the basis: the basic variables solve the problem.</summary>
    public bool IsSolved { get; private set; }

    /// <summary>Pivots taken.</summary>
    public int Pivots { get; private set; }

    /// <summary>z of the present basis.</summary>
    public double[] Solution()
    {
        var z = new double[n];
        for (int r = 0; r < n; r++)
            if (basis[r] >= n && basis[r] < Covering) z[basis[r] - n] = rows[r, Right];
        return z;
    }

    /// <summary>Takes one pivot; false if nothing blocks the entering variable, which is the secondary ray.</summary>
    public bool TryPivot()
    {
        int row = entering == Covering ? MostNegative() : Blocking();
        if (row < 0) return false;
        int leaving = basis[row];
        Pivot(row);
        Pivots++;
        IsSolved = leaving == Covering;
        entering = leaving < n ? leaving + n : leaving - n;
        return true;
    }

    // of equal offsets the last: the other rows then stay lexicographically positive
    private int MostNegative()
    {
        int row = 0;
        for (int r = 1; r < n; r++)
            if (rows[r, Right] <= rows[row, Right]) row = r;
        return row;
    }

    private int Blocking()
    {
        int row = -1;
        for (int r = 0; r < n; r++)
            if (rows[r, entering] > 1e-11 && (row < 0 || Precedes(r, row))) row = r;
        return row;
    }

    /// <summary>
    /// Whether row r blocks before row s: the smaller ratio, z₀ first among equals, then the lexicographic order of the basis inverse.
    /// </summary>
    private bool Precedes(int r, int s)
    {
        if (Compare(Right) is var byRatio && byRatio != 0) return byRatio < 0;
        if (basis[r] == Covering || basis[s] == Covering) return basis[r] == Covering;
        for (int column = 0; column < n; column++)
            if (Compare(column) is var order && order != 0) return order < 0;
        return false;

        int Compare(int column)
        {
            double left = rows[r, column] / rows[r, entering], right = rows[s, column] / rows[s, entering];
            return Math.Abs(left - right) <= 1e-12 * (1.0 + Math.Abs(left) + Math.Abs(right)) ? 0 : left < right ? -1 : 1;
        }
    }

    private void Pivot(int row)
    {
        double pivot = rows[row, entering];
        for (int c = 0; c <= Right; c++) rows[row, c] /= pivot;
        for (int r = 0; r < n; r++)
        {
            double multiple = rows[r, entering];
            if (r == row || multiple == 0.0) continue;
            for (int c = 0; c <= Right; c++) rows[r, c] -= multiple * rows[row, c];
        }
        basis[row] = entering;
    }
}
