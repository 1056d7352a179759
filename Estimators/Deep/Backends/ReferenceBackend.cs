namespace MLPath.Deep;

/// <summary>
/// The operations as their formulas, one number at a time, with sums in double precision: what the fast backend is tested against, and the place
/// to read what an operation does.
/// </summary>
public sealed partial class ReferenceBackend : HostBackend
{
    /// <inheritdoc/>
    public override void Fill(Tensor y, float value)
    {
        foreach (var index in Indices(y.Shape)) At(y, index) = value;
    }

    /// <inheritdoc/>
    public override void Copy(Tensor x, Tensor y, bool add)
    {
        foreach (var index in Indices(y.Shape)) Put(ref At(y, index), At(x, index), add);
    }

    /// <inheritdoc/>
    public override bool IsFinite(Tensor x)
    {
        foreach (float value in Span(x))
        {
            if (!float.IsFinite(value)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Affine(float scale, float shift, Tensor x, Tensor y)
    {
        Span<float> from = Span(x), to = Span(y);
        for (int i = 0; i < to.Length; i++) to[i] = scale * from[i] + shift;
    }

    /// <inheritdoc/>
    public override void Map(UnaryFunction function, float a, Tensor x, Tensor y)
    {
        Span<float> from = Span(x), to = Span(y);
        for (int i = 0; i < to.Length; i++) to[i] = (float)Functions.Value(function, from[i], a);
    }

    /// <inheritdoc/>
    public override void MapGradient(UnaryFunction function, float a, Tensor x, Tensor y, Tensor dy, Tensor dx, bool add)
    {
        Span<float> at = Span(x), upper = Span(dy), lower = Span(dx);
        for (int i = 0; i < lower.Length; i++) Put(ref lower[i], Functions.Derivative(function, at[i], a) * upper[i], add);
    }

    /// <inheritdoc/>
    public override void Combine(BinaryFunction function, Tensor a, Tensor b, Tensor y, bool add)
    {
        foreach (var index in Indices(y.Shape)) Put(ref At(y, index), Functions.Value(function, At(a, index), At(b, index)), add);
    }

    /// <inheritdoc/>
    public override void SumTo(Tensor x, Tensor y, float scale, bool add)
    {
        // Every element of x belongs to the element of y that would be repeated there.
        var sums = new double[y.Shape.Size];
        var repeated = y.BroadcastView(x.Shape);
        foreach (var index in Indices(x.Shape)) sums[Position(repeated, index) - y.Offset] += At(x, index);
        var to = Span(y);
        for (int i = 0; i < to.Length; i++) Put(ref to[i], scale * sums[i], add);
    }

    /// <inheritdoc/>
    public override void MatMul(in MatrixProduct product, Tensor a, Tensor b, Tensor y, bool add)
    {
        var (count, m, n, k, transposeA, transposeB, strideA, strideB, strideY) = product;
        Span<float> from = Span(a), by = Span(b), to = Span(y);
        for (int c = 0; c < count; c++)
        {
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = 0;
                    for (int p = 0; p < k; p++)
                    {
                        float left = from[c * strideA + (transposeA ? p * m + i : i * k + p)];
                        float right = by[c * strideB + (transposeB ? j * k + p : p * n + j)];
                        sum += (double)left * right;
                    }

                    Put(ref to[c * strideY + i * n + j], sum, add || (strideY == 0 && c > 0));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Softmax(Tensor x, Tensor y, bool logarithm)
    {
        int n = x.Shape[^1];
        for (int start = 0; start < x.Shape.Size; start += n)
        {
            Span<float> from = Span(x).Slice(start, n), to = Span(y).Slice(start, n);
            double largest = double.NegativeInfinity, sum = 0;
            foreach (float value in from) largest = Math.Max(largest, value);
            foreach (float value in from) sum += Math.Exp(value - largest);
            for (int i = 0; i < n; i++)
            {
                double log = from[i] - largest - Math.Log(sum);
                to[i] = (float)(logarithm ? log : Math.Exp(log));
            }
        }
    }

    /// <inheritdoc/>
    public override void SoftmaxGradient(Tensor y, Tensor dy, Tensor dx, bool logarithm, bool add)
    {
        int n = y.Shape[^1];
        for (int start = 0; start < y.Shape.Size; start += n)
        {
            Span<float> at = Span(y).Slice(start, n), upper = Span(dy).Slice(start, n), lower = Span(dx).Slice(start, n);
            double sum = 0;
            for (int i = 0; i < n; i++) sum += logarithm ? upper[i] : (double)upper[i] * at[i];
            for (int i = 0; i < n; i++) Put(ref lower[i], logarithm ? upper[i] - Math.Exp(at[i]) * sum : at[i] * (upper[i] - sum), add);
        }
    }

    /// <inheritdoc/>
    public override void Gather(Tensor table, IndexTensor indices, Tensor y)
    {
        int size = table.Shape[1];
        for (int i = 0; i < indices.Values.Length; i++)
        {
            var to = Span(y).Slice(i * size, size);
            if (indices.Values[i] < 0) to.Clear();
            else Span(table).Slice(indices.Values[i] * size, size).CopyTo(to);
        }
    }

    /// <inheritdoc/>
    public override void ScatterAdd(Tensor dy, IndexTensor indices, Tensor table, int leftOut = -1)
    {
        int size = table.Shape[1];
        for (int i = 0; i < indices.Values.Length; i++)
        {
            if (indices.Values[i] < 0 || indices.Values[i] == leftOut) continue;
            for (int j = 0; j < size; j++) Span(table)[indices.Values[i] * size + j] += Span(dy)[i * size + j];
        }
    }

    private static void Put(ref float to, double value, bool add) => to = (float)(add ? to + value : value);

    /// <summary>All indices of a shape, in row-major order. The array is used again for the next index.</summary>
    private static IEnumerable<int[]> Indices(Shape shape)
    {
        var index = new int[shape.Rank];
        for (int i = 0; i < shape.Size; i++)
        {
            int rest = i;
            for (int axis = shape.Rank - 1; axis >= 0; axis--) (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            yield return index;
        }
    }

    private static ref float At(Tensor tensor, int[] index) => ref Memory(tensor)[Position(tensor, index)];

    private static int Position(Tensor tensor, int[] index)
    {
        int position = tensor.Offset;
        for (int axis = 0; axis < index.Length; axis++) position += index[axis] * tensor.Strides[axis];
        return position;
    }
}
