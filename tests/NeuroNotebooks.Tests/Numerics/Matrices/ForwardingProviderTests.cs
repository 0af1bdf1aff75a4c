using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;
using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Tests.Numerics;

/// <summary>What our provider leaves to Math.NET comes out as Math.NET's own provider gives it, bit for bit.</summary>
[Collection(nameof(UsesBackend))]
public class ForwardingProviderTests
{
    private static readonly Complex[] Numbers =
        [new(4.0, 0.0), new(1.0, 0.5), new(0.5, -1.0), new(1.0, -0.5), new(3.0, 0.0), new(-0.25, 2.0), new(0.5, 1.0), new(-0.25, -2.0), new(5.0, 0.0)];

    private static readonly Dictionary<string, Action<ILinearAlgebraProvider<Complex>, Complex[], Complex[]>> Operations = new()
    {
        ["sum with a scaled vector"] = (to, a, into) => to.AddVectorToScaledVector(a, 2.0, Numbers, into),
        ["scaling"] = (to, a, into) => to.ScaleArray(new(0.0, 2.0), a, into),
        ["conjugation"] = (to, a, into) => to.ConjugateArray(a, into),
        ["inner product"] = (to, a, into) => into[0] = to.DotProduct(a, Numbers),
        ["sum"] = (to, a, into) => to.AddArrays(a, Numbers, into),
        ["difference"] = (to, a, into) => to.SubtractArrays(a, [.. Numbers.Reverse()], into),
        ["product by entries"] = (to, a, into) => to.PointWiseMultiplyArrays(a, Numbers, into),
        ["quotient by entries"] = (to, a, into) => to.PointWiseDivideArrays(a, [.. Numbers.Reverse()], into),
        ["power by entries"] = (to, a, into) => to.PointWisePowerArrays(a, Numbers, into),
        ["norm"] = (to, a, into) => into[0] = to.MatrixNorm(MathNet.Numerics.Providers.LinearAlgebra.Norm.OneNorm, 3, 3, a),
        ["product"] = (to, a, into) => to.MatrixMultiply(a, 3, 3, Numbers, 3, 3, into),
        ["product with update"] = (to, a, into) =>
            to.MatrixMultiplyWithUpdate(Transpose.Transpose, Transpose.DontTranspose, 2.0, a, 3, 3, Numbers, 3, 3, 1.0, into),
        ["LU factors"] = (to, a, into) => { to.LUFactor(a, 3, new int[3]); a.CopyTo(into, 0); },
        ["inverse"] = (to, a, into) => { to.LUInverse(a, 3); a.CopyTo(into, 0); },
        ["inverse from factors"] = (to, a, into) =>
        {
            var pivots = new int[3];
            to.LUFactor(a, 3, pivots);
            to.LUInverseFactored(a, 3, pivots);
            a.CopyTo(into, 0);
        },
        ["solution"] = (to, a, into) => { into[0] = 1.0; to.LUSolve(3, a, 3, into); },
        ["solution from factors"] = (to, a, into) =>
        {
            var pivots = new int[3];
            into[0] = 1.0;
            to.LUFactor(a, 3, pivots);
            to.LUSolveFactored(3, a, 3, pivots, into);
        },
        ["Cholesky factors"] = (to, a, into) => { to.CholeskyFactor(a, 3); a.CopyTo(into, 0); },
        ["solution by Cholesky"] = (to, a, into) => { into[0] = 1.0; to.CholeskySolve(a, 3, into, 3); },
        ["solution from Cholesky's factors"] = (to, a, into) =>
        {
            into[0] = 1.0;
            to.CholeskyFactor(a, 3);
            to.CholeskySolveFactored(a, 3, into, 3);
        },
        ["QR factors"] = (to, a, into) => { to.QRFactor(a, 3, 3, into, new Complex[3]); },
        ["thin QR factors"] = (to, a, into) => to.ThinQRFactor(a, 3, 3, into, new Complex[3]),
        ["solution by QR"] = (to, a, into) =>
            to.QRSolve(a, 3, 3, Numbers, 3, into, MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Full),
        ["singular values"] = (to, a, into) => to.SingularValueDecomposition(true, a, 3, 3, new Complex[3], into, new Complex[9]),
        ["solution by singular values"] = (to, a, into) => to.SvdSolve(a, 3, 3, Numbers, 3, into),
        ["eigenvectors"] = (to, a, into) =>
        {
            (into[0], into[4], into[8]) = (1.0, 1.0, 1.0);      // Math.NET turns the identity into the eigenvectors
            to.EigenDecomp(true, 3, a, into, new Complex[3], new Complex[9]);
        },
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void An_operation_gives_what_Math_NET_gives(string name)
    {
        LinearAlgebra.Use();
        Complex[] ours = Result(LinearAlgebraControl.Provider), theirs = Result(new ManagedLinearAlgebraProvider());
        Assert.Contains(ours, entry => entry != Complex.Zero);
        Assert.Equal(theirs, ours);

        Complex[] Result(ILinearAlgebraProvider<Complex> provider)
        {
            var result = new Complex[9];
            Operations[name](provider, [.. Numbers], result);
            return result;
        }
    }

    [Fact]
    public void It_is_there_everywhere_and_holds_nothing_to_free()
    {
        var provider = LinearAlgebraControl.Provider;
        LinearAlgebra.Use();
        Assert.True(LinearAlgebraControl.Provider.IsAvailable());
        provider.InitializeVerify();
        provider.FreeResources();
        Assert.Equal([6.0, 4.0], Sum(provider));

        static double[] Sum(ILinearAlgebraProvider<double> provider)
        {
            var sum = new double[2];
            provider.AddArrays([2.0, 1.0], [4.0, 3.0], sum);
            return sum;
        }
    }
}
