namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void Convolve(in Window window, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        var sums = new double[y.Shape.Size];
        for (int i = 0; i < sums.Length; i++) sums[i] = bias is null ? 0 : Span(bias)[i / (y.Shape[2] * y.Shape[3]) % y.Shape[1]];
        foreach (var (atX, atW, atY) in Terms(window, x.Shape, weight.Shape, y.Shape)) sums[atY] += (double)Span(weight)[atW] * Span(x)[atX];
        Put(sums, y, add: false);
    }

    /// <inheritdoc/>
    public override void ConvolveInputGradient(in Window window, Tensor dy, Tensor weight, Tensor dx, bool add)
    {
        var sums = new double[dx.Shape.Size];
        foreach (var (atX, atW, atY) in Terms(window, dx.Shape, weight.Shape, dy.Shape)) sums[atX] += (double)Span(weight)[atW] * Span(dy)[atY];
        Put(sums, dx, add);
    }

    /// <inheritdoc/>
    public override void ConvolveParameterGradients(in Window window, Tensor x, Tensor dy, GradientSlot weight, GradientSlot bias)
    {
        if (weight.Tensor is { } dw)
        {
            var sums = new double[dw.Shape.Size];
            foreach (var (atX, atW, atY) in Terms(window, x.Shape, dw.Shape, dy.Shape)) sums[atW] += (double)Span(dy)[atY] * Span(x)[atX];
            Put(sums, dw, weight.Add);
        }

        if (bias.Tensor is { } db)
        {
            var sums = new double[db.Shape.Size];
            for (int i = 0; i < dy.Shape.Size; i++) sums[i / (dy.Shape[2] * dy.Shape[3]) % sums.Length] += Span(dy)[i];
            Put(sums, db, bias.Add);
        }
    }

    /// <summary>The positions of x, w and y of every product in the sum that a convolution is.</summary>
    private static IEnumerable<(int X, int W, int Y)> Terms(Window window, Shape x, Shape w, Shape y)
    {
        int inputs = w[1], groups = x[1] / inputs, outputs = w[0] / groups;
        foreach (var at in Indices(y))
        {
            int group = at[1] / outputs;
            int atY = ((at[0] * y[1] + at[1]) * y[2] + at[2]) * y[3] + at[3];
            foreach (var (cell, row, column) in Cells(window, at[2], at[3], x[2], x[3]))
            {
                for (int i = 0; i < inputs; i++)
                {
                    int atX = ((at[0] * x[1] + group * inputs + i) * x[2] + row) * x[3] + column;
                    yield return (atX, (at[1] * inputs + i) * window.Kernel.Area + cell, atY);
                }
            }
        }
    }

    /// <summary>The cells of a window that lie inside a plane: their number in the window, row by row, and where they are.</summary>
    private static IEnumerable<(int Cell, int Row, int Column)> Cells(Window window, int outputRow, int outputColumn, int height, int width)
    {
        for (int cell = 0; cell < window.Kernel.Area; cell++)
        {
            var (i, j) = Math.DivRem(cell, window.Kernel.Width);
            int row = outputRow * window.Stride.Height - window.Padding.Height + i * window.Dilation.Height;
            int column = outputColumn * window.Stride.Width - window.Padding.Width + j * window.Dilation.Width;
            if (row >= 0 && row < height && column >= 0 && column < width) yield return (cell, row, column);
        }
    }

    private static void Put(double[] sums, Tensor to, bool add)
    {
        for (int i = 0; i < sums.Length; i++) Put(ref Span(to)[i], sums[i], add);
    }
}
