using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Normalisation of rows. The parameters' derivatives are added up over fixed ranges of rows, and those sums in order.</summary>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void NormalizeRows(Tensor x, Tensor? weight, Tensor? bias, float epsilon, bool centers, Tensor moments, Tensor y) => ForVectors(x, (start, n) =>
    {
        ReadOnlySpan<float> from = Span(x).Slice(start, n), weights = weight is null ? default : Span(weight), biases = bias is null ? default : Span(bias);
        var to = Span(y).Slice(start, n);
        float μ = centers ? TensorPrimitives.Sum(from) / n : 0, scale = 1 / MathF.Sqrt(SumOfSquares(from, μ) / n + epsilon);
        (Span(moments)[start / n * 2], Span(moments)[start / n * 2 + 1]) = (μ, scale);
        Vector512<float> center = Vector512.Create(μ), scales = Vector512.Create(scale);
        for (int i = 0; i < n; i += Lanes)
        {
            var value = (LoadUpTo(from, i) - center) * scales;
            if (!weights.IsEmpty) value *= LoadUpTo(weights, i);
            if (!biases.IsEmpty) value += LoadUpTo(biases, i);
            StoreUpTo(value, to, i);
        }
    });

    /// <inheritdoc/>
    public override void NormalizeRowsGradient(
        Tensor x, Tensor? weight, bool centers, Tensor moments, Tensor dy, GradientSlot dx, GradientSlot dw, GradientSlot db)
    {
        int n = x.Shape[1];
        if (x.Shape.Size == 0) return;

        // Each part: dw, then db.
        int rowsPerPart = Math.Max(RowsPerChunk(n), (x.Shape[0] + MostParts - 1) / MostParts), parts = ParallelLoop.ChunkCount(x.Shape[0], rowsPerPart);
        bool sumsUp = dw.Tensor is not null || db.Tensor is not null;
        using var rooms = new Workspaces(this, 1, sumsUp ? parts * 2 * n : 1);
        var all = rooms.Rent();
        ParallelLoop.For(x.Shape[0], rowsPerPart, Threads, CancellationToken.None, (part, start, end) =>
        {
            Span<float> sums = sumsUp ? Span(all).Slice(part * 2 * n, 2 * n) : default;
            sums.Clear();
            for (int row = start; row < end; row++)
            {
                ReadOnlySpan<float> from = Span(x).Slice(row * n, n), upper = Span(dy).Slice(row * n, n);
                float μ = Span(moments)[2 * row], scale = Span(moments)[2 * row + 1];
                var (sum, product) = SumRow(from, weight is null ? default : Span(weight), μ, scale, upper, sums);
                if (dx.Tensor is { } lower)
                    RowGradient(from, weight is null ? default : Span(weight), centers ? sum / n : 0, product / n, μ, scale, upper, Span(lower).Slice(row * n, n), dx.Add);
            }
        });
        AddParts(all, parts, 2 * n, 0, dw);
        AddParts(all, parts, 2 * n, n, db);
    }

    /// <summary>Σ g and Σ g x̂ with g = w dy; and, where there is room for both, dw += dy x̂ and db += dy.</summary>
    private static (float Sum, float Product) SumRow(ReadOnlySpan<float> x, ReadOnlySpan<float> w, float μ, float scale, ReadOnlySpan<float> dy, Span<float> parts)
    {
        int n = x.Length, whole = n - n % Lanes;
        Vector512<float> center = Vector512.Create(μ), scales = Vector512.Create(scale), sums = default, products = default;
        Span<float> dw = parts.IsEmpty ? default : parts[..n], db = parts.IsEmpty ? default : parts[n..];
        ref float toW = ref MemoryMarshal.GetReference(dw), toB = ref MemoryMarshal.GetReference(db);
        for (int i = 0; i < whole; i += Lanes)
        {
            Vector512<float> upper = Load(dy, i), normal = (Load(x, i) - center) * scales, g = w.IsEmpty ? upper : upper * Load(w, i);
            sums += g;
            products = Vector512.MultiplyAddEstimate(g, normal, products);
            if (dw.IsEmpty) continue;
            Vector512.MultiplyAddEstimate(upper, normal, Load(dw, i)).StoreUnsafe(ref toW, (nuint)i);
            (Load(db, i) + upper).StoreUnsafe(ref toB, (nuint)i);
        }

        float sum = Vector512.Sum(sums), product = Vector512.Sum(products);
        for (int i = whole; i < n; i++)
        {
            float normal = (x[i] - μ) * scale, g = w.IsEmpty ? dy[i] : dy[i] * w[i];
            sum += g;
            product += g * normal;
            if (dw.IsEmpty) continue;
            dw[i] += dy[i] * normal;
            db[i] += dy[i];
        }

        return (sum, product);
    }

    /// <summary>dx = (g − mean(g) − x̂ mean(g x̂)) · scale with g = w dy.</summary>
    private static void RowGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, float meanG, float meanProduct, float μ, float scale, ReadOnlySpan<float> dy, Span<float> dx, bool add)
    {
        Vector512<float> center = Vector512.Create(μ), scales = Vector512.Create(scale), mean = Vector512.Create(meanG), slope = Vector512.Create(meanProduct * scale);
        ref float to = ref MemoryMarshal.GetReference(dx);
        int whole = x.Length - x.Length % Lanes;
        for (int i = 0; i < whole; i += Lanes)
        {
            var g = w.IsEmpty ? Load(dy, i) : Load(dy, i) * Load(w, i);
            var value = (g - mean - (Load(x, i) - center) * slope) * scales;
            if (add) value += Load(dx, i);
            value.StoreUnsafe(ref to, (nuint)i);
        }

        for (int i = whole; i < x.Length; i++)
        {
            float g = w.IsEmpty ? dy[i] : dy[i] * w[i];
            float value = (g - meanG - (x[i] - μ) * meanProduct * scale) * scale;
            dx[i] = add ? dx[i] + value : value;
        }
    }
}
