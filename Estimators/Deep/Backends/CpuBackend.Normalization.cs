using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// Normalisation of channels. A thread takes whole channels, so that what the second look at a channel needs is still in its cache. Without inner axes, where
/// neighbours belong to different channels, it takes sixteen channels side by side.
/// </summary>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void NormalizeChannels(
        Tensor x, Tensor? weight, Tensor? bias, float epsilon, Tensor mean, Tensor variance, bool computesMoments, Tensor y)
    {
        var (rows, channels, inner) = (x.Shape[0], x.Shape[1], x.Shape[2..].Size);
        if (inner == 1)
        {
            NormalizeColumns(x, weight, bias, epsilon, mean, variance, computesMoments, y);
            return;
        }

        ForChannels(x, channel =>
        {
            if (computesMoments)
            {
                double n = (double)rows * inner, sum = 0, squares = 0;
                for (int row = 0; row < rows; row++) sum += TensorPrimitives.Sum<float>(Plane(x, row, channel, inner));
                float μ = (float)(sum / n);
                for (int row = 0; row < rows; row++) squares += SumOfSquares(Plane(x, row, channel, inner), μ);
                (Span(mean)[channel], Span(variance)[channel]) = (μ, (float)(squares / n));
            }

            float scale = 1 / MathF.Sqrt(Span(variance)[channel] + epsilon) * (weight is null ? 1 : Span(weight)[channel]);
            Vector512<float> center = Vector512.Create(Span(mean)[channel]), factor = Vector512.Create(scale), shift = Vector512.Create(bias is null ? 0 : Span(bias)[channel]);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> from = Plane(x, row, channel, inner);
                var to = Plane(y, row, channel, inner);
                for (int i = 0; i < inner; i += Lanes) StoreUpTo(Vector512.MultiplyAddEstimate(LoadUpTo(from, i) - center, factor, shift), to, i);
            }
        });
    }

    /// <inheritdoc/>
    public override void NormalizeChannelsGradient(
        Tensor x, Tensor? weight, float epsilon, Tensor mean, Tensor variance, bool computedMoments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db)
    {
        var (rows, inner) = (x.Shape[0], x.Shape[2..].Size);
        if (inner == 1)
        {
            NormalizeColumnsGradient(x, weight, epsilon, mean, variance, computedMoments, dy, dx, dw, db);
            return;
        }

        ForChannels(x, channel =>
        {
            double sum = 0, product = 0, n = (double)rows * inner;
            float μ = Span(mean)[channel], scale = 1 / MathF.Sqrt(Span(variance)[channel] + epsilon);
            for (int row = 0; row < rows; row++)
            {
                var (planeSum, planeProduct) = SumAndProduct(Plane(dy, row, channel, inner), Plane(x, row, channel, inner), μ);
                sum += planeSum;
                product += planeProduct;
            }

            product *= scale;
            if (dw.Tensor is { } weights) Span(weights)[channel] = (float)product + (dw.Add ? Span(weights)[channel] : 0);
            if (db.Tensor is { } biases) Span(biases)[channel] = (float)sum + (db.Add ? Span(biases)[channel] : 0);
            if (dx.Tensor is not { } lower) return;

            // dx = factor dy + slope (x − μ) + shift.
            float factor = scale * (weight is null ? 1 : Span(weight)[channel]);
            float slope = computedMoments ? -factor * scale * (float)(product / n) : 0, shift = computedMoments ? -factor * (float)(sum / n) : 0;
            Vector512<float> center = Vector512.Create(μ), factors = Vector512.Create(factor), slopes = Vector512.Create(slope), shifts = Vector512.Create(shift);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> upper = Plane(dy, row, channel, inner), from = Plane(x, row, channel, inner);
                var to = Plane(lower, row, channel, inner);
                for (int i = 0; i < inner; i += Lanes)
                {
                    var value = Vector512.MultiplyAddEstimate(factors, LoadUpTo(upper, i), Vector512.MultiplyAddEstimate(slopes, LoadUpTo(from, i) - center, shifts));
                    StoreUpTo(dx.Add ? LoadUpTo(to, i) + value : value, to, i);
                }
            }
        });
    }

    private static Span<float> Plane(Tensor x, int row, int channel, int inner) => Span(x).Slice((row * x.Shape[1] + channel) * inner, inner);

    /// <summary>Σ (x − μ)².</summary>
    private static float SumOfSquares(ReadOnlySpan<float> x, float μ)
    {
        Vector512<float> center = Vector512.Create(μ), first = default, second = default;
        int i = 0;
        for (; i <= x.Length - 2 * Lanes; i += 2 * Lanes)
        {
            Vector512<float> a = Load(x, i) - center, b = Load(x, i + Lanes) - center;
            first = Vector512.MultiplyAddEstimate(a, a, first);
            second = Vector512.MultiplyAddEstimate(b, b, second);
        }

        float sum = Vector512.Sum(first + second);
        for (; i < x.Length; i++) sum += (x[i] - μ) * (x[i] - μ);
        return sum;
    }

    /// <summary>Σ dy and Σ dy (x − μ).</summary>
    private static (float Sum, float Product) SumAndProduct(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float μ)
    {
        Vector512<float> center = Vector512.Create(μ), sums = default, products = default;
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var upper = Load(dy, i);
            sums += upper;
            products = Vector512.MultiplyAddEstimate(upper, Load(x, i) - center, products);
        }

        float sum = Vector512.Sum(sums), product = Vector512.Sum(products);
        for (; i < x.Length; i++)
        {
            sum += dy[i];
            product += dy[i] * (x[i] - μ);
        }

        return (sum, product);
    }

    private void NormalizeColumns(Tensor x, Tensor? weight, Tensor? bias, float epsilon, Tensor mean, Tensor variance, bool computesMoments, Tensor y) =>
        ForColumns(x, (first, width) =>
        {
            int rows = x.Shape[0];
            var n = Vector512.Create((float)rows);
            if (computesMoments)
            {
                Vector512<float> sum = default, squares = default;
                for (int row = 0; row < rows; row++) sum += LoadUpTo(Columns(x, row, first, width), 0);
                var μ = sum / n;
                for (int row = 0; row < rows; row++)
                {
                    var distance = LoadUpTo(Columns(x, row, first, width), 0) - μ;
                    squares = Vector512.MultiplyAddEstimate(distance, distance, squares);
                }

                StoreUpTo(μ, Span(mean).Slice(first, width), 0);
                StoreUpTo(squares / n, Span(variance).Slice(first, width), 0);
            }

            var center = LoadUpTo(Span(mean).Slice(first, width), 0);
            var factor = LoadOr(weight, first, width, 1) / Vector512.Sqrt(LoadUpTo(Span(variance).Slice(first, width), 0) + Vector512.Create(epsilon));
            var shift = LoadOr(bias, first, width, 0);
            for (int row = 0; row < rows; row++)
                StoreUpTo(Vector512.MultiplyAddEstimate(LoadUpTo(Columns(x, row, first, width), 0) - center, factor, shift), Columns(y, row, first, width), 0);
        });

    private void NormalizeColumnsGradient(
        Tensor x, Tensor? weight, float epsilon, Tensor mean, Tensor variance, bool computedMoments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db) =>
        ForColumns(x, (first, width) =>
        {
            int rows = x.Shape[0];
            Vector512<float> n = Vector512.Create((float)rows), sum = default, product = default;
            var center = LoadUpTo(Span(mean).Slice(first, width), 0);
            var scale = Vector512<float>.One / Vector512.Sqrt(LoadUpTo(Span(variance).Slice(first, width), 0) + Vector512.Create(epsilon));
            for (int row = 0; row < rows; row++)
            {
                var upper = LoadUpTo(Columns(dy, row, first, width), 0);
                sum += upper;
                product = Vector512.MultiplyAddEstimate(upper, (LoadUpTo(Columns(x, row, first, width), 0) - center) * scale, product);
            }

            Write(dw, product);
            Write(db, sum);
            if (dx.Tensor is not { } lower) return;
            var factor = scale * LoadOr(weight, first, width, 1);
            for (int row = 0; row < rows; row++)
            {
                var value = LoadUpTo(Columns(dy, row, first, width), 0);
                if (computedMoments) value -= (sum + (LoadUpTo(Columns(x, row, first, width), 0) - center) * scale * product) / n;
                var to = Columns(lower, row, first, width);
                StoreUpTo(dx.Add ? LoadUpTo(to, 0) + factor * value : factor * value, to, 0);
            }

            void Write(GradientSlot slot, Vector512<float> value)
            {
                if (slot.Tensor is null) return;
                var to = Span(slot.Tensor).Slice(first, width);
                StoreUpTo(slot.Add ? LoadUpTo(to, 0) + value : value, to, 0);
            }
        });

    private static Span<float> Columns(Tensor x, int row, int first, int width) => Span(x).Slice(row * x.Shape[1] + first, width);

    private static Vector512<float> LoadOr(Tensor? tensor, int first, int width, float otherwise) =>
        tensor is null ? Vector512.Create(otherwise) : LoadUpTo(Span(tensor).Slice(first, width), 0);

    private void ForChannels(Tensor x, Action<int> body) =>
        ParallelLoop.For(x.Shape[1], RowsPerChunk(x.Shape[0] * x.Shape[2..].Size), Threads, CancellationToken.None, (_, start, end) =>
        {
            for (int channel = start; channel < end; channel++) body(channel);
        });

    private void ForColumns(Tensor x, Action<int, int> body) =>
        ParallelLoop.For(x.Shape[1], Lanes, Threads, CancellationToken.None, (_, start, end) => body(start, end - start));
}
