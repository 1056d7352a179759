namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void NormalizeChannels(
        Tensor x, Tensor? weight, Tensor? bias, float epsilon, Tensor mean, Tensor variance, bool computesMoments, Tensor y)
    {
        for (int channel = 0; channel < x.Shape[1]; channel++)
        {
            int[] positions = [.. ChannelPositions(x.Shape, channel)];
            if (computesMoments)
            {
                double μ = positions.Sum(i => (double)Span(x)[i]) / positions.Length;
                Span(mean)[channel] = (float)μ;
                Span(variance)[channel] = (float)(positions.Sum(i => Square(Span(x)[i] - μ)) / positions.Length);
            }

            double scale = 1 / Math.Sqrt((double)Span(variance)[channel] + epsilon);
            foreach (int i in positions)
                Span(y)[i] = (float)((Span(x)[i] - Span(mean)[channel]) * scale * At(weight, channel, 1) + At(bias, channel, 0));
        }
    }

    /// <inheritdoc/>
    public override void NormalizeChannelsGradient(
        Tensor x, Tensor? weight, float epsilon, Tensor mean, Tensor variance, bool computedMoments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db)
    {
        for (int channel = 0; channel < x.Shape[1]; channel++)
        {
            int[] positions = [.. ChannelPositions(x.Shape, channel)];
            double μ = Span(mean)[channel], scale = 1 / Math.Sqrt((double)Span(variance)[channel] + epsilon);
            double sum = positions.Sum(i => (double)Span(dy)[i]), product = positions.Sum(i => Span(dy)[i] * (Span(x)[i] - μ) * scale);
            if (dw.Tensor is not null) Put(ref Span(dw.Tensor)[channel], product, dw.Add);
            if (db.Tensor is not null) Put(ref Span(db.Tensor)[channel], sum, db.Add);
            if (dx.Tensor is null) continue;
            foreach (int i in positions)
            {
                double through = computedMoments ? (sum + (Span(x)[i] - μ) * scale * product) / positions.Length : 0;
                Put(ref Span(dx.Tensor)[i], At(weight, channel, 1) * scale * (Span(dy)[i] - through), dx.Add);
            }
        }
    }

    /// <inheritdoc/>
    public override void NormalizeRows(Tensor x, Tensor? weight, Tensor? bias, float epsilon, bool centers, Tensor moments, Tensor y)
    {
        int n = x.Shape[1];
        for (int row = 0; row < x.Shape[0]; row++)
        {
            float[] values = Span(x).Slice(row * n, n).ToArray();
            double μ = centers ? values.Sum(v => (double)v) / n : 0;
            double scale = 1 / Math.Sqrt(values.Sum(v => Square(v - μ)) / n + epsilon);
            (Span(moments)[2 * row], Span(moments)[2 * row + 1]) = ((float)μ, (float)scale);
            for (int j = 0; j < n; j++) Span(y)[row * n + j] = (float)((values[j] - μ) * scale * At(weight, j, 1) + At(bias, j, 0));
        }
    }

    /// <inheritdoc/>
    public override void NormalizeRowsGradient(
        Tensor x, Tensor? weight, bool centers, Tensor moments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db)
    {
        int n = x.Shape[1];
        double[] products = new double[n], sums = new double[n], normal = new double[n], g = new double[n];
        for (int row = 0; row < x.Shape[0]; row++)
        {
            double μ = Span(moments)[2 * row], scale = Span(moments)[2 * row + 1], meanG = 0, meanProduct = 0;
            for (int j = 0; j < n; j++)
            {
                double upper = Span(dy)[row * n + j];
                normal[j] = (Span(x)[row * n + j] - μ) * scale;
                g[j] = upper * At(weight, j, 1);
                products[j] += upper * normal[j];
                sums[j] += upper;
                meanG += centers ? g[j] / n : 0;
                meanProduct += g[j] * normal[j] / n;
            }

            for (int j = 0; j < n && dx.Tensor is not null; j++)
                Put(ref Span(dx.Tensor)[row * n + j], (g[j] - meanG - normal[j] * meanProduct) * scale, dx.Add);
        }

        if (dw.Tensor is not null) Put(products, dw.Tensor, dw.Add);
        if (db.Tensor is not null) Put(sums, db.Tensor, db.Add);
    }

    private static IEnumerable<int> ChannelPositions(Shape shape, int channel)
    {
        int inner = shape[2..].Size;
        for (int row = 0; row < shape[0]; row++)
        {
            for (int i = 0; i < inner; i++) yield return (row * shape[1] + channel) * inner + i;
        }
    }

    private static float At(Tensor? tensor, int i, float otherwise) => tensor is null ? otherwise : Span(tensor)[i];

    private static double Square(double x) => x * x;
}
