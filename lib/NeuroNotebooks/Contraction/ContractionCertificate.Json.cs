using System.Text.Json;

namespace NeuroNotebooks.Contraction;

public sealed partial class ContractionCertificate
{
    private const string Format = "contraction-certificate-1";

    private sealed record Written(
        string Format, string Norm, double Rate, double[][] Metric, double[] Weights, double[] Multipliers, string Method, string Covers,
        double[] Low, double[] High, double[][] A, double[][] B, double[][] C, double[] Slopes, double[][][] Hull);

    /// <summary>The certificate as JSON: every number it holds, to the last bit.</summary>
    public string ToJson()
    {
        var (a, b, c, slopes) = Family.Parts;
        return JsonSerializer.Serialize(new Written(
            Format, $"{Norm}", Rate, Metric is { IsDiagonal: false } ? Rows(Metric.ToMatrix()) : [], [.. Weights], multipliers, Method,
            $"{Covers.Kind}", [.. Covers.Low], [.. Covers.High], Rows(a), Rows(b), Rows(c), slopes, [.. Family.HullMatrices.Select(Rows)]));
    }

    /// <summary>Reads a certificate back; what it claims is not checked until <see cref="Verify"/> is asked.</summary>
    /// <param name="json">As <see cref="ToJson"/> writes it.</param>
    /// <exception cref="FormatException">The text is no certificate; the message says where.</exception>
    public static ContractionCertificate FromJson(string json)
    {
        Require.NotNull(json);
        try
        {
            if (JsonSerializer.Deserialize<Written>(json) is not { Format: Format } written)
                throw new FormatException($"This is no certificate: expected \"Format\": \"{Format}\".");
            return Read(written);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or NullReferenceException)
        {
            throw new FormatException($"This is no certificate: {broken.Message}", broken);
        }
    }

    private static ContractionCertificate Read(Written written)
    {
        int n = written.A.Length, m = written.Slopes.Length;
        JacobianFamily family = written.Hull.Length > 0
            ? JacobianFamily.Hull(written.Hull.Select(rows => Matrix(rows, n)))
            : m == 0 ? JacobianFamily.Linear(Matrix(written.A, n))
            : JacobianFamily.Lurie(Matrix(written.A, n), Matrix(written.B, m), Matrix(written.C, n), written.Slopes);
        Norm norm = Enum.Parse<Norm>(written.Norm);
        Coverage covers = Enum.Parse<CoverageKind>(written.Covers) switch
        {
            CoverageKind.AllStates => Coverage.AllStates,
            CoverageKind.Box => Coverage.Box(written.Low, written.High),
            _ => Coverage.Trajectory(written.Low.Single(), written.High.Single()),
        };
        Metric? metric = norm != Norm.L2 ? null
            : written.Metric.Length > 0 ? Metric.Of(Matrix(written.Metric, n)) : Metric.Diagonal(written.Weights);
        if ((metric?.Dimension ?? written.Weights.Length) != n || written.Multipliers.Length is var count && count != 0 && count != m)
            throw new FormatException($"This is no certificate: its norm or its multipliers do not fit a family of {n} states and {m} activations.");
        Require.Finite(written.Rate, nameof(Rate));
        return new ContractionCertificate(family, norm, metric, [.. written.Weights], written.Rate, written.Multipliers, written.Method, covers);
    }

    private static double[][] Rows(double[,] matrix)
    {
        var rows = new double[matrix.GetLength(0)][];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])];
        return rows;
    }

    private static double[,] Matrix(double[][] rows, int columns)
    {
        var matrix = new double[rows.Length, columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Require.Length(columns, rows[i].Length, $"row {i}", "column");
            for (int j = 0; j < columns; j++) matrix[i, j] = rows[i][j];
        }
        return matrix;
    }
}
