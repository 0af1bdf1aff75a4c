namespace NeuroNotebooks.Figures.Svg;

/// <summary>Draws a large table as an image: the mean of the cells under each pixel, at about two image pixels a page pixel.</summary>
internal static class CellImage
{
    private const int Shades = 250;

    /// <param name="x">Pixels of the columns' edges, one more than columns; <paramref name="y"/> likewise for rows.</param>
    public static void Draw(Plot plot, GridData grid, double[] x, double[] y, ColorMap colors, double opacity)
    {
        double left = Math.Max(plot.Rect.Left, Math.Min(x[0], x[^1])), right = Math.Min(plot.Rect.Right, Math.Max(x[0], x[^1]));
        double top = Math.Max(plot.Rect.Top, Math.Min(y[0], y[^1])), bottom = Math.Min(plot.Rect.Bottom, Math.Max(y[0], y[^1]));
        int width = (int)Math.Ceiling(2.0 * (right - left)), height = (int)Math.Ceiling(2.0 * (bottom - top));
        if (width < 1 || height < 1) return;

        var columns = Spans(x, left, right, width);
        var rows = Spans(y, top, bottom, height);
        var indices = new byte[width * height];
        for (int j = 0; j < height; j++)
        {
            if (j > 0 && rows[j] == rows[j - 1])
            {
                indices.AsSpan((j - 1) * width, width).CopyTo(indices.AsSpan(j * width));
                continue;
            }
            for (int i = 0; i < width; i++)
                indices[j * width + i] = i > 0 && columns[i] == columns[i - 1] ? indices[j * width + i - 1] : Shade(grid.Z, rows[j], columns[i], colors);
        }
        Rgba[] palette = [Rgba.Clear, .. Enumerable.Range(0, Shades).Select(k => colors.Scale.At(k / (Shades - 1.0)).Fade(opacity))];
        plot.Canvas.Image(new Box(left, top, right, bottom), PngEncoder.Encode(width, height, indices, palette));
    }

    private static byte Shade(double[,] z, (int First, int Last) rows, (int First, int Last) columns, ColorMap colors)
    {
        double sum = 0.0;
        int count = 0;
        for (int i = rows.First; i <= rows.Last; i++)
            for (int j = columns.First; j <= columns.Last; j++)
                if (!double.IsNaN(z[i, j])) { sum += z[i, j]; count++; }
        if (count == 0) return 0;
        double part = Math.Clamp((sum / count - colors.Low) / (colors.High - colors.Low), 0.0, 1.0);
        return (byte)(1 + (int)Math.Round((Shades - 1) * part));
    }

    /// <summary>For each image pixel the first and last cell that it covers.</summary>
    private static (int First, int Last)[] Spans(double[] edges, double from, double to, int count)
    {
        bool down = edges[0] > edges[^1];
        double[] ascending = down ? [.. edges.Reverse()] : edges;
        int cells = edges.Length - 1;
        var spans = new (int, int)[count];
        for (int i = 0; i < count; i++)
        {
            double low = from + (to - from) * i / count, high = from + (to - from) * (i + 1) / count;
            int middle = CellAt(ascending, 0.5 * (low + high)), first = middle, last = middle;
            // cells whose middle lies in the pixel are averaged, so that a thin bright column is not lost
            while (first > 0 && 0.5 * (ascending[first - 1] + ascending[first]) >= low) first--;
            while (last < cells - 1 && 0.5 * (ascending[last + 1] + ascending[last + 2]) < high) last++;
            spans[i] = down ? (cells - 1 - last, cells - 1 - first) : (first, last);
        }
        return spans;
    }

    private static int CellAt(double[] edges, double pixel)
    {
        int at = Array.BinarySearch(edges, pixel);
        return Math.Clamp(at >= 0 ? at : ~at - 1, 0, edges.Length - 2);
    }
}
