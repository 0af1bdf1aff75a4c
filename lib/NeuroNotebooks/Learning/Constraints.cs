using System.Numerics;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Learning;

public static partial class Steps
{
    /// <summary>Dale's law: column j holds the outputs of unit j, all of the unit's sign: sign_j · max(w_ij, 0).</summary>
    /// <param name="weights">w, m × n, free; from column to row.</param>
    /// <param name="signs">1 × n, +1 for an excitatory unit and −1 for an inhibitory one.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable<T> Dale<T>(this Variable<T> weights, Variable<T> signs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(weights);
        Require.NotNull(signs);
        if (signs.Rows != 1 || signs.Columns != weights.Columns) throw Misfit(weights, signs, $"1 × {weights.Columns}", nameof(signs));
        return weights.Apply(Nonlinearity.Relu).TimesEach(signs);
    }

    /// <summary>Orthogonal matrices from free ones, by Cayley's map (I − S/2)⁻¹ (I + S/2) of the skew part S = (A − Aᵀ)/2.</summary>
    /// <param name="free">A: blocks of n × n below each other.</param>
    /// <returns>One rotation a block, in the same places.</returns>
    /// <exception cref="ArgumentException">The rows are not a multiple of the columns.</exception>
    /// <remarks>Reaches all rotations without the eigenvalue −1. Computed in double precision.</remarks>
    public static Variable<T> CayleyRotation<T>(this Variable<T> free) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Rotated<T, CayleyStep<T>>(free, nameof(free));

    /// <summary>Cayley's map (I − A/2)⁻¹ (I + A/2) of matrices as they are: a rotation in the metric P wherever P A + Aᵀ P = 0.</summary>
    /// <param name="generator">A: blocks of n × n below each other, none with the eigenvalue 2.</param>
    /// <returns>One matrix a block, in the same places.</returns>
    /// <exception cref="ArgumentException">The rows are not a multiple of the columns.</exception>
    /// <remarks>Computed in double precision.</remarks>
    public static Variable<T> CayleyMap<T>(this Variable<T> generator) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Rotated<T, CayleyMapStep<T>>(generator, nameof(generator));

    /// <summary>Orthogonal matrices from free ones, by the exponential of the skew part (A − Aᵀ)/2.</summary>
    /// <param name="free">A: blocks of n × n below each other.</param>
    /// <returns>One rotation a block, in the same places.</returns>
    /// <exception cref="ArgumentException">The rows are not a multiple of the columns.</exception>
    /// <remarks>Reaches all rotations. Computed in double precision, the derivative by Fréchet's formula for a block triangular matrix.</remarks>
    public static Variable<T> ExponentialRotation<T>(this Variable<T> free) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Rotated<T, ExponentialStep<T>>(free, nameof(free));

    /// <summary>The coupling L = B − P⁻¹ Bᵀ P that takes no part in contraction in the metric P, diagonal.</summary>
    /// <param name="forward">B, n × n.</param>
    /// <param name="metric">The diagonal of P, 1 × n, each above zero; the identity if null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <remarks>Source: Kozachkov, Ennis, Slotine, RNNs of RNNs, NeurIPS 2022.</remarks>
    public static Variable<T> NegativeFeedback<T>(this Variable<T> forward, Variable<T>? metric = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotNull(forward);
        if (forward.Rows != forward.Columns) throw new ArgumentException($"forward is {forward.Rows} × {forward.Columns}: expected a square matrix.", nameof(forward));
        if (metric is null) return forward.Minus(forward.Transposed());
        if (metric.Rows != 1 || metric.Columns != forward.Columns) throw Misfit(forward, metric, $"1 × {forward.Columns}", nameof(metric));
        // row i of P⁻¹ Bᵀ P is that of Bᵀ, its column j times p_j and the row over p_i
        Variable<T> answered = forward.Transposed().TimesEach(metric).TimesEach(metric.Apply(Nonlinearity.Inverse).Transposed());
        return forward.Minus(answered);
    }

    private static Variable<T> Rotated<T, TStep>(Variable<T> free, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TStep : Operation<T>, new()
    {
        Require.NotNull(free, name);
        if (free.Rows % free.Columns != 0)
            throw new ArgumentException($"{name} is {free.Rows} × {free.Columns}: expected square blocks below each other.", name);
        return free.Tape.Record<TStep>(free.Rows, free.Columns, free).Run();
    }
}

/// <summary>A map from skew matrices, or from any, to rotations, block by block in double precision.</summary>
internal abstract class RotationStep<T> : Operation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the skew part of what comes in is meant.</summary>
    protected virtual bool TakesSkewPart => true;

    private int Size => Output.Columns;

    protected abstract double[,] Rotation(double[,] generator);

    /// <summary>The derivative in the entries of the generator, from that in the entries of the rotation.</summary>
    protected abstract double[,] Pulled(double[,] generator, double[,] gradient);

    protected override void Forward()
    {
        for (int block = 0; block < Output.Rows / Size; block++)
        {
            double[,] rotation = Rotation(Generator(block));
            Span<T> to = Output.Value.Slice(block * Size * Size, Size * Size);
            for (int k = 0; k < to.Length; k++) to[k] = T.CreateChecked(rotation[k / Size, k % Size]);
        }
    }

    protected override void Backward()
    {
        for (int block = 0; block < Output.Rows / Size; block++)
        {
            double[,] pulled = Pulled(Generator(block), Block(Output.Gradient, block));
            Span<T> to = Inputs[0].Gradient.Slice(block * Size * Size, Size * Size);
            for (int i = 0; i < Size; i++)
                for (int j = 0; j < Size; j++)
                    to[i * Size + j] += T.CreateChecked(TakesSkewPart ? 0.5 * (pulled[i, j] - pulled[j, i]) : pulled[i, j]);
        }
    }

    private double[,] Generator(int block)
    {
        double[,] a = Block(Inputs[0].Value, block);
        return !TakesSkewPart ? a : Dense.Build(Size, Size, (i, j) => 0.5 * (a[i, j] - a[j, i]));
    }

    private double[,] Block(Span<T> matrix, int block)
    {
        var copy = new double[Size, Size];
        ReadOnlySpan<T> from = matrix.Slice(block * Size * Size, Size * Size);
        for (int k = 0; k < from.Length; k++) copy[k / Size, k % Size] = double.CreateChecked(from[k]);
        return copy;
    }
}

internal sealed class CayleyMapStep<T> : CayleyStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool TakesSkewPart => false;
}

internal class CayleyStep<T> : RotationStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>(I − S/2)⁻¹ (I + S/2).</summary>
    public static double[,] Of(double[,] generator)
    {
        // (I − S/2)⁻¹ (I + S/2) = 2 (I − S/2)⁻¹ − I
        int n = generator.GetLength(0);
        double[,] inverse = Inverse(generator);
        return Dense.Build(n, n, (i, j) => 2.0 * inverse[i, j] - (i == j ? 1.0 : 0.0));
    }

    protected override double[,] Rotation(double[,] generator) => Of(generator);

    // dR = 2 dX, X = (I − S/2)⁻¹: dX = ½ X dS X, so the gradient is Xᵀ G Xᵀ
    protected override double[,] Pulled(double[,] generator, double[,] gradient)
    {
        double[,] transposed = Dense.Transpose(Inverse(generator));
        return Dense.Product(Dense.Product(transposed, gradient), transposed);
    }

    private static double[,] Inverse(double[,] generator)
    {
        int n = generator.GetLength(0);
        return MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(
            Dense.Build(n, n, (i, j) => (i == j ? 1.0 : 0.0) - 0.5 * generator[i, j])).Inverse().ToArray();
    }
}

internal sealed class ExponentialStep<T> : RotationStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override double[,] Rotation(double[,] skew) => MatrixExponential.Of(skew);

    // the derivative of exp at Sᵀ in the direction G stands above the diagonal of exp of [Sᵀ G; 0 Sᵀ]
    protected override double[,] Pulled(double[,] skew, double[,] gradient)
    {
        int n = skew.GetLength(0);
        double[,] exponential = MatrixExponential.Of(Dense.Build(2 * n, 2 * n, (i, j) =>
            i < n && j < n ? skew[j, i] : i >= n && j >= n ? skew[j - n, i - n] : i < n ? gradient[i, j - n] : 0.0));
        return Dense.Build(n, n, (i, j) => exponential[i, n + j]);
    }
}
