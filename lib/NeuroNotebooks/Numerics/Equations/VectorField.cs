namespace NeuroNotebooks.Numerics;

/// <summary>The right-hand side of dx/dt = f(t, x).</summary>
/// <param name="t">Time.</param>
/// <param name="x">State.</param>
/// <param name="dxdt">Receives the derivative; as long as <paramref name="x"/>.</param>
public delegate void VectorField(double t, ReadOnlySpan<double> x, Span<double> dxdt);
