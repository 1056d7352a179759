using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A sentence looks at itself. Every token gets a query q, a key k and a value v, each a product of its vector x; token i takes the mean of the values, weighted by
/// softmax over j of qᵢ·kⱼ / √d, where a causal mask hides the tokens that come later. Several heads do so side by side on parts of q, k and v. Attention alone does
/// not know the order of the tokens, so waves of the position are added to x. A block puts a shortcut around attention and around a small network at every token:
/// x ← x + attention(norm(x)), x ← x + W₂ gelu(W₁ norm(x)).
/// </summary>
internal static class Transformer
{
    private const int Size = 8, Heads = 2, Units = 16;

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        string[] sentence = ["the", "cat", "sat", "on", "the", "mat"];
        string[] vocabulary = [.. sentence.Distinct()];
        int last = sentence.Length - 1;
        int[] tokens = [.. sentence.Select(word => Array.IndexOf(vocabulary, word))];

        // The layers, with numbers from a seed; the lines by hand use the same numbers.
        var backend = new CpuBackend();
        var embedding = new Embedding(vocabulary.Length, Size);
        var positions = new SinusoidalPositions(Size);
        var block = new TransformerEncoderBlock(Size, Heads, Units, dropout: 0, UnaryFunction.Gelu, normFirst: true);
        embedding.Initialize(backend, new RandomStream(1));
        block.Initialize(backend, new RandomStream(2));
        var x = positions.Forward(embedding.Forward(new IndexTensor(tokens, [1, tokens.Length])), Pass.Scoring);
        var (attended, shares) = block.SelfAttention.ForwardWithWeights(x, Pass.Scoring, AttentionMask.Causal);
        var y = block.Forward(x, Pass.Scoring, AttentionMask.Causal);

        // 1. A vector for each word, and waves for its place.
        double[][] table = Rows(embedding.Weight, Size);
        double[][] tokenVectors = [.. tokens.Select((token, p) => table[token].Select((v, c) => v + Wave(p, c)).ToArray())];

        // 2. One head: its part of q, k and v, the weights of the tokens seen, the mean of their values.
        double[][] wIn = Rows(block.SelfAttention.InWeight, Size), wOut = Rows(block.SelfAttention.Out.Weight, Size);
        double[] bOut = Numbers(block.SelfAttention.Out.Bias!);
        double[][] first = Head(tokenVectors, 0, out double[][] weights);
        output.WriteLine("   What each token looks at, in the first head:");
        output.WriteLine($"   {"",6}{string.Concat(sentence.Select(word => $"{word,7}"))}");
        for (int i = 0; i < sentence.Length; i++)
            output.WriteLine($"   {sentence[i],6}{string.Concat(weights[i].Select(w => FormattableString.Invariant($"{w,7:0.00}")))}");

        // 3. All heads side by side, and a last product.
        double[][] byHand = Attention(tokenVectors);

        // 4. The block: norm, attention, shortcut; norm, a small network, shortcut.
        double[][] middle = Add(tokenVectors, Attention(Norm(tokenVectors, block.AttentionNorm)));
        double[][] inner = Rows(block.Inner.Weight, Size), outer = Rows(block.Outer.Weight, Units);
        double[][] units = Map(Times(Norm(middle, block.FeedForwardNorm), inner, Numbers(block.Inner.Bias!)), Gelu);
        double[][] result = Add(middle, Times(units, outer, Numbers(block.Outer.Bias!)));

        // 5. Without the waves, exchanging two earlier words changes nothing for the last one; with them it does.
        output.WriteLine(FormattableString.Invariant(
            $"   Exchange \"cat\" and \"sat\": \"mat\" changes by {Change(false):0.0000} without positions, by {Change(true):0.0000} with them."));

        return
        [
            new("embedding and position, 'mat'", tokenVectors[last][0], Element(x, last, 0), 1e-5),
            new("weight of 'cat' for 'mat', head 1", weights[last][1], shares.ToArray()[last * sentence.Length + 1], 1e-5),
            new("attention, 'mat'", byHand[last][0], Element(attended, last, 0), 1e-5),
            new("attention, 'cat'", byHand[1][^1], Element(attended, 1, Size - 1), 1e-5),
            new("block, 'mat'", result[last][0], Element(y, last, 0), 1e-4),
            new("block, 'the'", result[0][^1], Element(y, 0, Size - 1), 1e-4),
        ];

        double[][] Attention(double[][] x)
        {
            double[][][] heads = [.. Enumerable.Range(0, Heads).Select(h => Head(x, h, out _))];
            return Times([.. x.Select((_, i) => heads.SelectMany(head => head[i]).ToArray())], wOut, bOut);
        }

        double[][] Head(double[][] x, int h, out double[][] weights)
        {
            const int D = Size / Heads;
            double[][] q = Times(x, wIn[(h * D)..((h + 1) * D)]);
            double[][] k = Times(x, wIn[(Size + h * D)..(Size + (h + 1) * D)]);
            double[][] v = Times(x, wIn[(2 * Size + h * D)..(2 * Size + (h + 1) * D)]);
            var p = weights = new double[x.Length][];
            for (int i = 0; i < x.Length; i++)
            {
                p[i] = new double[x.Length];
                for (int j = 0; j <= i; j++) p[i][j] = Math.Exp(Dot(q[i], k[j]) / Math.Sqrt(D));
                double sum = p[i].Sum();
                for (int j = 0; j <= i; j++) p[i][j] /= sum;
            }

            return [.. p.Select(shares => Enumerable.Range(0, D).Select(c => shares.Select((share, j) => share * v[j][c]).Sum()).ToArray())];
        }

        double Change(bool withPositions)
        {
            int[] exchanged = [tokens[0], tokens[2], tokens[1], .. tokens[3..]];
            Tensor before = Look(tokens), after = Look(exchanged);
            return Enumerable.Range(0, Size).Max(c => Math.Abs(Element(before, last, c) - Element(after, last, c)));

            Tensor Look(int[] order)
            {
                var vectors = embedding.Forward(new IndexTensor(order, [1, order.Length]));
                return block.Forward(withPositions ? positions.Forward(vectors, Pass.Scoring) : vectors, Pass.Scoring, AttentionMask.Causal);
            }
        }
    }

    private static double Wave(int position, int column)
    {
        double angle = position / Math.Pow(10000, (column - column % 2) / (double)Size);
        return column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    }

    private static double Gelu(double x) => x * NormalDistribution.Standard.CumulativeProbability(x);

    private static double[][] Norm(double[][] x, LayerNorm norm)
    {
        // The gains are 1 and the shifts 0, as the layer starts.
        return [.. x.Select(row =>
        {
            double mean = row.Average(), deviation = Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + norm.Epsilon);
            return row.Select(v => (v - mean) / deviation).ToArray();
        })];
    }

    /// <summary>x Wᵀ + b.</summary>
    private static double[][] Times(double[][] x, double[][] w, double[]? b = null) =>
        [.. x.Select(row => w.Select((weights, o) => Dot(row, weights) + (b?[o] ?? 0)).ToArray())];

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Zip(b, (p, q) => p.Zip(q, (u, v) => u + v).ToArray())];

    private static double[][] Map(double[][] x, Func<double, double> f) => [.. x.Select(row => row.Select(f).ToArray())];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();

    private static double[][] Rows(Parameter parameter, int columns) => [.. Numbers(parameter).Chunk(columns)];

    private static double[] Numbers(Parameter parameter) => [.. parameter.Value.ToArray().Select(v => (double)v)];

    private static double Element(Tensor tensor, int token, int column) => tensor.ToArray()[token * Size + column];
}
