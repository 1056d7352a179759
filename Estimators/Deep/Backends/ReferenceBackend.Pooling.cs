namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void MaxPool(in Window window, Tensor x, Tensor y, Tensor? choices)
    {
        foreach (var (at, plane, row, column) in Outputs(y.Shape))
        {
            var (largest, choice) = (float.NegativeInfinity, -1);
            foreach (var (cell, r, c) in Cells(window, row, column, x.Shape[2], x.Shape[3]))
            {
                float value = Span(x)[(plane * x.Shape[2] + r) * x.Shape[3] + c];
                if (choice < 0 || value > largest || (float.IsNaN(value) && !float.IsNaN(largest))) (largest, choice) = (value, cell);
            }

            Span(y)[at] = largest;
            if (choices is not null) Span(choices)[at] = choice;
        }
    }

    /// <inheritdoc/>
    public override void MaxPoolGradient(in Window window, Tensor choices, Tensor dy, Tensor dx, bool add)
    {
        var sums = new double[dx.Shape.Size];
        foreach (var (at, plane, row, column) in Outputs(dy.Shape))
        {
            foreach (var (cell, r, c) in Cells(window, row, column, dx.Shape[2], dx.Shape[3]))
            {
                if (Span(choices)[at] == cell) sums[(plane * dx.Shape[2] + r) * dx.Shape[3] + c] += Span(dy)[at];
            }
        }

        Put(sums, dx, add);
    }

    /// <inheritdoc/>
    public override void AveragePool(in Window window, bool countsPadding, Tensor x, Tensor y)
    {
        foreach (var (at, plane, row, column) in Outputs(y.Shape))
        {
            double sum = 0;
            int inside = 0;
            foreach (var (_, r, c) in Cells(window, row, column, x.Shape[2], x.Shape[3]))
            {
                sum += Span(x)[(plane * x.Shape[2] + r) * x.Shape[3] + c];
                inside++;
            }

            Span(y)[at] = (float)(sum / (countsPadding ? window.Kernel.Area : inside));
        }
    }

    /// <inheritdoc/>
    public override void AveragePoolGradient(in Window window, bool countsPadding, Tensor dy, Tensor dx, bool add)
    {
        var sums = new double[dx.Shape.Size];
        foreach (var (at, plane, row, column) in Outputs(dy.Shape))
        {
            int inside = Cells(window, row, column, dx.Shape[2], dx.Shape[3]).Count();
            double share = Span(dy)[at] / (double)(countsPadding ? window.Kernel.Area : inside);
            foreach (var (_, r, c) in Cells(window, row, column, dx.Shape[2], dx.Shape[3])) sums[(plane * dx.Shape[2] + r) * dx.Shape[3] + c] += share;
        }

        Put(sums, dx, add);
    }

    /// <summary>Every position of [batch, channels, height, width] with its plane, row and column.</summary>
    private static IEnumerable<(int At, int Plane, int Row, int Column)> Outputs(Shape y)
    {
        for (int at = 0; at < y.Size; at++) yield return (at, at / (y[2] * y[3]), at / y[3] % y[2], at % y[3]);
    }
}
