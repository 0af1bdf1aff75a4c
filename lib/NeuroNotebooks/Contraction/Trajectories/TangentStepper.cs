using NeuroNotebooks.Numerics;

namespace NeuroNotebooks.Contraction;

/// <summary>Moves a state and its tangent frame on together, with one scheme for both: V' = J(t, x(t)) V.</summary>
internal interface ITangentStepper
{
    ReadOnlySpan<double> State { get; }

    TangentFrame Frame { get; }

    void Step(double time, double length);
}

/// <summary>The classical fourth-order Runge-Kutta scheme.</summary>
internal sealed class RungeKuttaTangent(VectorField field, JacobianField jacobian, double[] state, TangentFrame frame) : ITangentStepper
{
    private readonly int n = state.Length;
    private readonly double[] matrix = new double[state.Length * state.Length], stage = new double[state.Length];
    private readonly double[] k1 = new double[state.Length], k2 = new double[state.Length], k3 = new double[state.Length], k4 = new double[state.Length];
    private readonly TangentFrame s2 = Like(frame), s3 = Like(frame), s4 = Like(frame);

    public ReadOnlySpan<double> State => state;

    public TangentFrame Frame => frame;

    public void Step(double time, double length)
    {
        double half = 0.5 * length;
        // stage frames V + h/2 J₁V, V + h/2 J₂S₂, V + h J₃S₃: a product each, the sum inside it
        field(time, state, k1);
        Move(frame, s2, time, state, half);
        Vectors.AddScaled<double>(state, half, k1, stage);
        field(time + half, stage, k2);
        Move(s2, s3, time + half, stage, half);
        Vectors.AddScaled<double>(state, half, k2, stage);
        field(time + half, stage, k3);
        Move(s3, s4, time + half, stage, length);
        Vectors.AddScaled<double>(state, length, k3, stage);
        field(time + length, stage, k4);
        jacobian(time + length, stage, matrix);

        // V + h/6 (K₁ + 2 K₂ + 2 K₃ + K₄) with the first three slopes read back from the stages
        Combine(frame.Values, s2.Values, s3.Values, s4.Values);
        TangentFrame.Apply(matrix, s4, frame.Values, alpha: length / 6.0, beta: 1.0);
        for (int i = 0; i < n; i++) state[i] += length / 6.0 * (k1[i] + 2.0 * (k2[i] + k3[i]) + k4[i]);
    }

    private void Move(TangentFrame from, TangentFrame to, double time, ReadOnlySpan<double> at, double length)
    {
        jacobian(time, at, matrix);
        frame.Values.CopyTo(to.Values, 0);
        TangentFrame.Apply(matrix, from, to.Values, alpha: length, beta: 1.0);
    }

    private static void Combine(double[] v, double[] s2, double[] s3, double[] s4)
    {
        const double Third = 1.0 / 3.0;
        int width = System.Numerics.Vector<double>.Count, i = 0;
        for (; i <= v.Length - width; i += width)
            (Third * (new System.Numerics.Vector<double>(s2, i) - new System.Numerics.Vector<double>(v, i)
                + 2.0 * new System.Numerics.Vector<double>(s3, i) + new System.Numerics.Vector<double>(s4, i))).CopyTo(v, i);
        for (; i < v.Length; i++) v[i] = Third * (s2[i] - v[i] + 2.0 * s3[i] + s4[i]);
    }

    private static TangentFrame Like(TangentFrame frame) => new(frame.Dimension, frame.Vectors);
}

/// <summary>Euler's scheme.</summary>
internal sealed class EulerTangent(VectorField field, JacobianField jacobian, double[] state, TangentFrame frame) : ITangentStepper
{
    private readonly double[] matrix = new double[state.Length * state.Length], slope = new double[state.Length];
    private readonly TangentFrame before = new(frame.Dimension, frame.Vectors);

    public ReadOnlySpan<double> State => state;

    public TangentFrame Frame => frame;

    public void Step(double time, double length)
    {
        field(time, state, slope);
        jacobian(time, state, matrix);
        frame.Values.CopyTo(before.Values, 0);
        TangentFrame.Apply(matrix, before, frame.Values, alpha: length, beta: 1.0);
        Vectors.AddScaled<double>(state, length, slope, state);
    }
}

/// <summary>A map: V ← J(t, x) V, x ← f(t, x).</summary>
internal sealed class MapTangent(IteratedMap map, JacobianField jacobian, double[] state, TangentFrame frame) : ITangentStepper
{
    private readonly double[] matrix = new double[state.Length * state.Length], next = new double[state.Length];
    private readonly TangentFrame before = new(frame.Dimension, frame.Vectors);

    public ReadOnlySpan<double> State => state;

    public TangentFrame Frame => frame;

    public void Step(double time, double length)
    {
        jacobian(time, state, matrix);
        frame.Values.CopyTo(before.Values, 0);
        TangentFrame.Apply(matrix, before, frame.Values);
        map((int)time, state, next);
        next.CopyTo(state, 0);
    }
}
