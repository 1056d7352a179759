using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A recurrent network hands a whole sequence on in one last state. Attention lets whoever needs it look back at all states: a query q is compared with every key kⱼ,
/// softmax turns the scores into shares pⱼ, and the context Σⱼ pⱼ vⱼ is the mean of the values by these shares. Additive scores are v · tanh(W q + U kⱼ) (Bahdanau,
/// Cho, Bengio 2015); products are q · kⱼ / √size (Luong, Pham, Manning 2015; Vaswani et al. 2017). The task here is to tell which letter was marked, long
/// after it was read: the last state has forgotten, and attention learns by itself where to look.
/// </summary>
internal static class Attention
{
    private const int Keys = 4, Size = 3, Units = 5;
    private const int Letters = 10, Length = 20, Hidden = 32, Batch = 64, Steps = 300;

    private delegate (Tensor Context, Tensor Shares) Look(Tensor queries, Tensor states);

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var backend = new CpuBackend();
        var random = new RandomStream(42);
        double[] q = Draw(Size);
        double[][] k = [.. Enumerable.Range(0, Keys).Select(_ => Draw(Size))], v = [.. Enumerable.Range(0, Keys).Select(_ => Draw(Size))];
        var additive = new AdditiveAttention(Size, Size, Units);
        additive.Initialize(backend, random.Derive("additive"));

        // By hand: scores, shares, the mean of the values.
        double[][] W = Rows(additive.QueryWeight), U = Rows(additive.KeyWeight);
        double[] w = [.. additive.ScoreWeight.Value.ToArray().Select(x => (double)x)];
        double[] sums = Softmax([.. k.Select(key => w.Select((wᵢ, i) => wᵢ * Math.Tanh(Dot(W[i], q) + Dot(U[i], key))).Sum())]);
        double[] products = Softmax([.. k.Select(key => Dot(q, key) / Math.Sqrt(Size))]);

        // The same through the layers.
        Tensor Q = Make([q], 1), K = Make(k, Keys), V = Make(v, Keys);
        var (additiveContext, additiveShares) = additive.Forward(Q, K, V);
        var (productContext, productShares) = new DotProductAttention().Forward(Q, K, V);

        // A letter to be remembered, without attention and with both.
        output.WriteLine(FormattableString.Invariant($"   One of {Length} letters is marked; which one was it? New rows, after {Steps} steps of learning:"));
        AdditiveAttention addition = new(Hidden, Hidden, Hidden);
        DotProductAttention product = new(isScaled: false);
        Reader without = new Reader().Learn(backend);
        Reader withAddition = new Reader(addition, (queries, states) => addition.Forward(queries, states, states)).Learn(backend);
        Reader withProducts = new Reader(product, (queries, states) => product.Forward(queries, states, states)).Learn(backend);
        output.WriteLine(FormattableString.Invariant(
            $"   right: {without.Accuracy():P1} by the last state alone, {withAddition.Accuracy():P1} with additive attention, {withProducts.Accuracy():P1} with products"));
        var (rows, _) = Examples(3, seed: -1);
        float[] added = withAddition.Answer(rows).Shares!.ToArray(), multiplied = withProducts.Answer(rows).Shares!.ToArray();
        output.WriteLine("   Where the last state looks; the marked letter is the capital one.");
        for (int row = 0; row < 3; row++)
        {
            int[] letters = rows.Values.Slice(row * Length, Length).ToArray();
            output.WriteLine($"   letters {string.Concat(letters.Select(l => $"{(char)(l < Letters ? 'a' + l : 'A' + l - Letters),5}"))}");
            output.WriteLine($"   additive{Shares(added, row)}");
            output.WriteLine($"   products{Shares(multiplied, row)}");
        }

        return
        [
            new("additive: share of the first key", sums[0], additiveShares.ToArray()[0], 1e-6),
            new("additive: context", Mean(sums, 0), additiveContext.ToArray()[0], 1e-6),
            new("products: share of the first key", products[0], productShares.ToArray()[0], 1e-6),
            new("products: context", Mean(products, 0), productContext.ToArray()[0], 1e-6),
        ];

        string Shares(float[] shares, int row) =>
            string.Concat(shares.Skip(row * Length).Take(Length).Select(share => FormattableString.Invariant($"{share,5:0.00}")));

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)random.NextGaussian())];

        double Mean(double[] p, int column) => p.Select((share, j) => share * v[j][column]).Sum();

        Tensor Make(double[][] rows, int count) => Tensor.From(backend, [.. rows.SelectMany(row => row).Select(x => (float)x)], [1, count, Size]);

        static double[][] Rows(Parameter parameter) => [.. parameter.Value.ToArray().Select(x => (double)x).Chunk(Size)];
    }

    /// <summary>Random letters, numbered from 0, and from <see cref="Letters"/> on where marked: one in each row. Which it is.</summary>
    private static (IndexTensor Read, IndexTensor Marked) Examples(int rows, int seed)
    {
        var random = new RandomStream(42).Derive("examples").Derive(seed);
        int[] read = [.. Enumerable.Range(0, rows * Length).Select(_ => random.NextInt32(Letters))], marked = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            ref int letter = ref read[(row * Length) + random.NextInt32(Length)];
            marked[row] = letter;
            letter += Letters;
        }

        return (new(read, [rows, Length]), new(marked, [rows]));
    }

    private static double[] Softmax(double[] scores)
    {
        double[] powers = [.. scores.Select(s => Math.Exp(s - scores.Max()))];
        return [.. powers.Select(p => p / powers.Sum())];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>A network that reads letters and tells the marked one: by its last state, which may look back at all states before.</summary>
    private sealed class Reader : Module
    {
        private readonly Embedding _letters;
        private readonly Rnn _states;
        private readonly Linear _scores;
        private readonly Look? _look;

        public Reader(Module? attention = null, Look? look = null)
        {
            _letters = AddModule("letters", new Embedding(2 * Letters, Hidden));
            _states = AddModule("states", new Rnn(Hidden, Hidden));
            if (attention is not null) AddModule("attention", attention);
            _scores = AddModule("scores", new Linear(look is null ? Hidden : 2 * Hidden, Letters));
            _look = look;
        }

        /// <summary>Learns.</summary>
        /// <returns>This.</returns>
        public Reader Learn(Backend backend)
        {
            Initialize(backend, new RandomStream(1));
            var optimizer = new Adam(Parameters().Select(p => p.Parameter), learningRate: 0.005);
            for (int step = 1; step <= Steps; step++)
            {
                using var scope = TensorScope.Begin();
                var (read, marked) = Examples(Batch, seed: step);
                optimizer.ClearGradients();
                Loss.CrossEntropy(Answer(read).Scores, marked).Backward();
                optimizer.ClipGradientNorm(1);
                optimizer.Step();
            }

            return this;
        }

        /// <summary>The share of new rows whose marked letter it tells.</summary>
        public double Accuracy()
        {
            var (read, marked) = Examples(500, seed: 0);
            return Answer(read).Scores.ToArray().Chunk(Letters).Select((row, i) => Array.IndexOf(row, row.Max()) == marked.Values[i] ? 1.0 : 0).Average();
        }

        /// <summary>The scores of each letter, [rows, letters], and what each row's last state looks at, [rows, 1, length].</summary>
        public (Tensor Scores, Tensor? Shares) Answer(IndexTensor read)
        {
            var states = _states.Unroll(_letters.Forward(read), Pass.Scoring);
            var last = states.FinalHidden.Select(0, 0);
            if (_look is null) return (_scores.Forward(last, Pass.Scoring), null);
            var (context, shares) = _look(last.Reshape([read.Shape[0], 1, Hidden]), states.Output);
            return (_scores.Forward(Tensor.Concatenate([last, context.Select(1, 0)], axis: -1), Pass.Scoring), shares);
        }
    }
}
