namespace NeuroNotebooks.Contraction;

/// <summary>The matrix of partial derivatives ∂f_i/∂x_j of a flow dx/dt = f(t, x), or of a map x(t + 1) = f(t, x), along a trajectory.</summary>
/// <param name="t">Time, or the number of the step of a map.</param>
/// <param name="x">State, n.</param>
/// <param name="jacobian">Receives ∂f_i/∂x_j at i · n + j; n · n numbers, all of which are to be written.</param>
public delegate void JacobianField(double t, ReadOnlySpan<double> x, Span<double> jacobian);

/// <summary>One step of a map x(t + 1) = f(t, x).</summary>
/// <param name="step">The number of the step.</param>
/// <param name="x">State before the step, n.</param>
/// <param name="next">Receives the state after it, n.</param>
public delegate void IteratedMap(int step, ReadOnlySpan<double> x, Span<double> next);
