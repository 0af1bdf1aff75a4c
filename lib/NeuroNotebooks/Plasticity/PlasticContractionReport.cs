using NeuroNotebooks.Contraction;

namespace NeuroNotebooks.Plasticity;

/// <summary>What a measure flow says about the neurons that use the weights: x' = −x + W(t) x + u, or a saturating form.</summary>
/// <param name="Form">Where the saturation stands.</param>
/// <param name="Measure">The measure it is said in.</param>
/// <param name="CertifiedFrom">From when on to the end of the run the bound keeps the network contracting; null if never.</param>
/// <param name="MeasuredFrom">From when on the weights themselves did; null if never.</param>
/// <param name="CertifiedRate">The rate at the end of the run by the bound, 1/time; zero or below certifies nothing.</param>
/// <param name="MeasuredRate">The rate at the end by the weights themselves, 1/time.</param>
public sealed record PlasticContractionReport(
    NetworkForm Form, NamedMeasure Measure, double? CertifiedFrom, double? MeasuredFrom, double CertifiedRate, double MeasuredRate)
{
    /// <summary>The measure it is said in.</summary>
    public NamedMeasure Measure { get; } = Measure ?? throw new ArgumentNullException(nameof(Measure));

    /// <summary>
    /// How far a disturbance of size 1 can move the trajectory in the end, in the norm of the measure: 1/rate; infinite if nothing is certified.
    /// </summary>
    public double DisturbanceGain => CertifiedRate > 0.0 ? 1.0 / CertifiedRate : double.PositiveInfinity;

    /// <summary>In one line.</summary>
    public override string ToString() => CertifiedFrom is { } from
        ? $"{Measure}: certified from t = {from:g4} on, rate {CertifiedRate:g4} at the end (measured {MeasuredRate:g4})"
        : $"{Measure}: not certified (rate at the end by the bound {CertifiedRate:g4}, measured {MeasuredRate:g4})";

    /// <summary>The report of one measure of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="measure">A measure it followed.</param>
    /// <param name="form">Where the saturation stands; leak 1, slopes from 0 to 1.</param>
    /// <exception cref="ArgumentException">The flow did not follow the measure.</exception>
    /// <exception cref="NotSupportedException">
    /// The measure does not bound the rate of this form: FiringRate needs a maximum norm, Hopfield a sum norm.
    /// </exception>
    public static PlasticContractionReport Of(MatrixMeasureFlow flow, NamedMeasure measure, NetworkForm form = NetworkForm.Linear)
    {
        Require.NotNull(flow);
        MeasureCurve curve = flow.Of(measure);
        Require.Defined(form);
        if ((form == NetworkForm.FiringRate && measure.Norm != Norm.LInfinity) || (form == NetworkForm.Hopfield && measure.Norm != Norm.L1))
            throw new NotSupportedException(
                $"{measure} of the weights does not bound the rate of the form {form}: follow a {(form == NetworkForm.Hopfield ? "sum" : "maximum")} norm.");
        return new PlasticContractionReport(
            form, measure, From(curve.Bounds), From(curve.Values), Rate(curve.Bounds[^1]), Rate(curve.Values[^1]));

        double Rate(double level) => 1.0 - (form == NetworkForm.Linear ? level : Math.Max(0.0, level));

        double? From(IReadOnlyList<double> levels)
        {
            if (flow.BlowUpTime is not null) return null;
            int k = levels.Count;
            while (k > 0 && levels[k - 1] < 1.0) k--;
            return k < levels.Count ? flow.Times[k] : null;
        }
    }

    /// <summary>The largest input for which a family of networks is certified at the end of its run, by bisection.</summary>
    /// <param name="runAt">The flow at a size of the input.</param>
    /// <param name="measure">A measure it follows.</param>
    /// <param name="largest">The largest size to try, above zero.</param>
    /// <param name="tolerance">How exactly, above zero.</param>
    /// <returns>0 if not even no input is certified; <paramref name="largest"/> if all are.</returns>
    public static double LargestCertifiedInput(
        Func<double, MatrixMeasureFlow> runAt, NamedMeasure measure, double largest, double tolerance = 1e-3)
    {
        Require.NotNull(runAt);
        Require.NotNull(measure);
        Require.Positive(largest);
        Require.Positive(tolerance);
        if (IsCertified(largest)) return largest;
        if (!IsCertified(0.0)) return 0.0;
        double low = 0.0, high = largest;
        for (double middle = 0.5 * high; high - low > tolerance && middle > low && middle < high; middle = 0.5 * (low + high))
            if (IsCertified(middle)) low = middle;
            else high = middle;
        return low;

        bool IsCertified(double size)
        {
            MatrixMeasureFlow flow = runAt(size);
            Require.NotNull(flow, nameof(runAt));
            return Of(flow, measure).CertifiedFrom is not null;
        }
    }
}
