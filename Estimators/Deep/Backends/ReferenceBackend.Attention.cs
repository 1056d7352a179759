namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void MaskedSoftmax(Tensor x, AttentionMask mask, Tensor y)
    {
        var bias = mask.Bias?.BroadcastView(x.Shape);
        foreach (var (sequence, head, query) in Queries(x.Shape))
        {
            double[] weights = MaskedSoftmax(mask, bias, x.Shape, sequence, head, query, key => At(x, [sequence, head, query, key]));
            for (int key = 0; key < weights.Length; key++) At(y, [sequence, head, query, key]) = (float)weights[key];
        }
    }

    /// <inheritdoc/>
    public override void Attention(AttentionOperands operands, Tensor? weights, Tensor y)
    {
        var (q, k, v) = (operands.Queries, operands.Keys, operands.Values);
        int size = operands.Size, valueSize = operands.ValueSize;
        foreach (var (b, h, i) in Queries(operands.ScoresShape))
        {
            double[] p = MaskedSoftmax(operands.Mask, operands.Bias, operands.ScoresShape, b, h, i, j =>
            {
                double score = 0;
                for (int c = 0; c < size; c++) score += (double)At(q, [b, i, h * size + c]) * At(k, [b, j, h * size + c]);
                return operands.Scale * score;
            });
            for (int j = 0; j < p.Length; j++)
            {
                if (weights is not null) At(weights, [b, h, i, j]) = (float)p[j];
                p[j] *= KeptShare(operands, b, h, i, j);
            }

            for (int c = 0; c < valueSize; c++)
            {
                double sum = 0;
                for (int j = 0; j < p.Length; j++) sum += p[j] * At(v, [b, j, h * valueSize + c]);
                At(y, [b, i, h * valueSize + c]) = (float)sum;
            }
        }
    }

    /// <inheritdoc/>
    public override void AttentionGradient(
        AttentionOperands operands, Tensor weights, Tensor dy, GradientSlot queries, GradientSlot keys, GradientSlot values)
    {
        var (q, k, v) = (operands.Queries, operands.Keys, operands.Values);
        int n = operands.KeyCount, size = operands.Size, valueSize = operands.ValueSize;
        double[] dq = new double[q.Shape.Size], dk = new double[k.Shape.Size], dv = new double[v.Shape.Size], dp = new double[n];
        foreach (var (b, h, i) in Queries(operands.ScoresShape))
        {
            double mean = 0;
            for (int j = 0; j < n; j++)
            {
                double p = At(weights, [b, h, i, j]), kept = KeptShare(operands, b, h, i, j);
                dp[j] = 0;
                for (int c = h * valueSize; c < (h + 1) * valueSize; c++)
                {
                    dp[j] += kept * At(dy, [b, i, c]) * At(v, [b, j, c]);
                    dv[(b * n + j) * v.Shape[2] + c] += p * kept * At(dy, [b, i, c]);
                }

                mean += p * dp[j];
            }

            for (int j = 0; j < n; j++)
            {
                double ds = operands.Scale * At(weights, [b, h, i, j]) * (dp[j] - mean);
                for (int c = h * size; c < (h + 1) * size; c++)
                {
                    dq[(b * operands.QueryCount + i) * q.Shape[2] + c] += ds * At(k, [b, j, c]);
                    dk[(b * n + j) * k.Shape[2] + c] += ds * At(q, [b, i, c]);
                }
            }
        }

        Put(dq, queries);
        Put(dk, keys);
        Put(dv, values);
    }

    /// <inheritdoc/>
    public override void Rotate(Tensor x, Tensor table, bool back, Tensor y, bool add)
    {
        Span<float> from = Span(x), to = Span(y), turns = Span(table);
        int columns = x.Shape[^1], time = x.Shape[^2], size = table.Shape[2];
        for (int at = 0; at < from.Length; at += 2)
        {
            int row = at / columns % time, column = at % columns % size;
            double cosine = turns[row * 2 * size + column], sine = turns[(row * 2 + 1) * size + column + 1] * (back ? -1 : 1);
            Put(ref to[at], from[at] * cosine - from[at + 1] * sine, add);
            Put(ref to[at + 1], from[at] * sine + from[at + 1] * cosine, add);
        }
    }

    /// <summary>softmax over the keys in sight; zeros where there are none.</summary>
    private static double[] MaskedSoftmax(AttentionMask mask, Tensor? bias, Shape shape, int sequence, int head, int query, Func<int, double> score)
    {
        var weights = new double[shape[3]];
        int seen = mask.KeysInSight(sequence, query, shape[2], shape[3]);
        double largest = double.NegativeInfinity, sum = 0;
        for (int key = 0; key < seen; key++)
        {
            weights[key] = score(key) + (bias is null ? 0 : At(bias, [sequence, head, query, key]));
            largest = Math.Max(largest, weights[key]);
        }

        if (double.IsNegativeInfinity(largest)) return new double[shape[3]];
        for (int key = 0; key < seen; key++) sum += weights[key] = Math.Exp(weights[key] - largest);
        for (int key = 0; key < seen; key++) weights[key] /= sum;
        return weights;
    }

    private static double KeptShare(AttentionOperands operands, int sequence, int head, int query, int key) =>
        operands.Kept is null ? 1 : At(operands.Kept, [sequence, head, query, key]);

    private static IEnumerable<(int Sequence, int Head, int Query)> Queries(Shape scores)
    {
        for (int sequence = 0; sequence < scores[0]; sequence++)
        {
            for (int head = 0; head < scores[1]; head++)
            {
                for (int query = 0; query < scores[2]; query++) yield return (sequence, head, query);
            }
        }
    }

    private static void Put(double[] values, GradientSlot target)
    {
        if (target.Tensor is null) return;
        int next = 0;
        foreach (var index in Indices(target.Tensor.Shape)) Put(ref At(target.Tensor, index), values[next++], target.Add);
    }
}
