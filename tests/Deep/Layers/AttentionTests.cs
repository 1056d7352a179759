using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>What attention must do whatever its numbers: derivatives, order, masks, threads, memory, errors.</summary>
[TestClass]
public sealed class AttentionTests
{
    public static IEnumerable<object[]> AllBackends => Backends.All;

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Attention_derives(Backend backend)
    {
        AttentionMask[] masks =
        [
            AttentionMask.None, AttentionMask.Causal, AttentionMask.Lengths(3, 1), AttentionMask.Lengths(2, 0) with { IsCausal = true },
            new() { Bias = Tensor.From(backend, [.. Enumerable.Range(0, 8).Select(i => i % 3 - 1f)], [1, 2, 1, 4]) },
        ];
        foreach (var mask in masks)
        {
            Derivatives.Verify(backend, x => Tensor.Attention(x[0], x[1], x[2], 2, mask), [[2, 3, 4], [2, 4, 4], [2, 4, 6]]);
            Derivatives.Verify(backend, x => Tensor.Attention(x[0], x[0], x[0], 2, mask with { Bias = null }), [[2, 3, 4]]);
            Derivatives.Verify(backend, x => x[0].MaskedSoftmax(mask), [[2, 2, 3, 4]]);
        }

        // A part of the weights dropped, and operands that are views or used twice.
        float[] kept = [.. Enumerable.Range(0, 48).Select(i => i % 3 == 0 ? 0 : 1.5f)];
        Derivatives.Verify(backend, x => Tensor.Attention(x[0], x[1], x[1], 2, kept: Tensor.From(backend, kept, [2, 2, 3, 4])), [[2, 3, 4], [2, 4, 4]]);
        Derivatives.Verify(backend, x => Tensor.Attention(x[0].Narrow(2, 1, 2), x[0].Narrow(2, 0, 2), x[1].Permute(0, 2, 1)), [[2, 3, 4], [2, 5, 3]]);
        Derivatives.Verify(backend, x => x[0] * Tensor.Attention(x[0], x[1], x[0], 1, AttentionMask.Causal), [[1, 3, 2], [1, 3, 2]]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Layers_of_attention_derive(Backend backend)
    {
        var rotary = new RotaryPositions(2);
        Derivatives.Verify(backend, x => rotary.Forward(x[0], 3, Pass.Scoring), [[2, 3, 4]]);
        var additive = Initialized(new AdditiveAttention(2, 3, 4), backend);
        Derivatives.Verify(backend, x => additive.Forward(x[0], x[1], x[2], AttentionMask.Lengths(3, 2)).Output, [[2, 2, 2], [2, 3, 3], [2, 3, 2]]);
        var turning = Initialized(new MultiHeadAttention(4, 2, rotary: rotary), backend);
        Derivatives.Verify(backend, x => turning.Forward(x[0], Pass.Scoring, AttentionMask.Causal), [[2, 3, 4]]);
        Derivatives.Verify(backend, x => turning.Forward(x[0], Pass.Scoring, AttentionMask.Lengths(4, 2), x[1]), [[2, 3, 4], [2, 4, 4]]);
        var block = Initialized(new TransformerEncoderBlock(4, 2, 6, dropout: 0.3, UnaryFunction.Gelu, normFirst: true), backend);
        Derivatives.Verify(backend, x => block.Forward(x[0], Pass.Training(new RandomStream(5)), AttentionMask.Causal), [[2, 3, 4]]);
    }

    [TestMethod]
    public void The_backends_agree_on_sizes_of_several_blocks()
    {
        foreach (var mask in new[] { AttentionMask.None, AttentionMask.Causal, AttentionMask.Lengths(150, 7), AttentionMask.Lengths(0, 60) with { IsCausal = true } })
        {
            float[] Compute(Backend backend)
            {
                var random = new RandomStream(3);
                Tensor q = Draw(backend, random, 2, 140, 12).WithGradient(), k = Draw(backend, random, 2, 150, 12).WithGradient(), v = Draw(backend, random, 2, 150, 6).WithGradient();
                var y = Tensor.Attention(q, k, v, 2, mask);
                y.Backward(Draw(backend, random, 2, 140, 6));
                return [.. y.ToArray(), .. q.Gradient!.ToArray(), .. k.Gradient!.ToArray(), .. v.Gradient!.ToArray()];
            }

            float[] expected = Compute(new ReferenceBackend()), one = Compute(new CpuBackend(1));
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], one[i], 1e-5 * (1 + Math.Abs(expected[i])), $"{mask}, {i}");
            CollectionAssert.AreEqual(one, Compute(new CpuBackend(2)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void A_later_token_changes_no_earlier_output(Backend backend)
    {
        var block = Initialized(new TransformerEncoder(2, () => new(8, 2, 16, normFirst: true, rotary: new RotaryPositions(4))), backend);
        var random = new RandomStream(2);
        float[] x = Draw(backend, random, 1, 6, 8).ToArray();
        float[] before = Compute();
        for (int i = 4 * 8; i < x.Length; i++) x[i] += 1;
        float[] after = Compute();
        CollectionAssert.AreEqual(before[..(4 * 8)], after[..(4 * 8)]);
        Assert.AreNotEqual(before[4 * 8], after[4 * 8]);

        float[] Compute() => block.Forward(Tensor.From(backend, x, [1, 6, 8]), Pass.Scoring, AttentionMask.Causal).ToArray();
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void The_last_queries_of_a_causal_sequence_may_be_asked_alone(Backend backend)
    {
        var random = new RandomStream(4);
        Tensor q = Draw(backend, random, 2, 5, 4), k = Draw(backend, random, 2, 5, 4), v = Draw(backend, random, 2, 5, 4);
        float[] all = Tensor.Attention(q, k, v, 2, AttentionMask.Causal).Narrow(1, 3, 2).ToArray();
        float[] last = Tensor.Attention(q.Narrow(1, 3, 2), k, v, 2, AttentionMask.Causal).ToArray();
        for (int i = 0; i < all.Length; i++) Assert.AreEqual(all[i], last[i], 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void What_is_padding_changes_nothing(Backend backend)
    {
        var block = Initialized(new TransformerEncoderBlock(8, 2, 16), backend);
        var random = new RandomStream(2);
        var x = Draw(backend, random, 2, 5, 8);
        float[] padded = block.Forward(x, Pass.Scoring, AttentionMask.Lengths(3, 5)).ToArray();
        float[] cut = block.Forward(x.Narrow(0, 0, 1).Narrow(1, 0, 3), Pass.Scoring).ToArray();
        for (int i = 0; i < cut.Length; i++) Assert.AreEqual(cut[i], padded[i], 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Without_positions_attention_does_not_know_the_order(Backend backend)
    {
        var block = Initialized(new TransformerEncoderBlock(8, 2, 16, normFirst: true), backend);
        int[] order = [3, 0, 4, 1, 2];
        var x = Draw(backend, new RandomStream(2), 1, 5, 8);
        var exchanged = Tensor.Rows(x.Reshape([5, 8]), new IndexTensor(order, [5])).Reshape([1, 5, 8]);
        float[] y = block.Forward(x, Pass.Scoring).ToArray(), z = block.Forward(exchanged, Pass.Scoring).ToArray();
        var waves = new SinusoidalPositions(8);
        float[] placed = block.Forward(waves.Forward(x, Pass.Scoring), Pass.Scoring).ToArray(), moved = block.Forward(waves.Forward(exchanged, Pass.Scoring), Pass.Scoring).ToArray();
        double difference = 0;
        for (int i = 0; i < y.Length; i++)
        {
            Assert.AreEqual(y[order[i / 8] * 8 + i % 8], z[i], 1e-5);
            difference = Math.Max(difference, Math.Abs(placed[order[i / 8] * 8 + i % 8] - moved[i]));
        }

        Assert.IsGreaterThan(0.01, difference);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Rotary_products_depend_on_the_distance_alone(Backend backend)
    {
        var rotary = new RotaryPositions(6);
        var random = new RandomStream(8);
        Tensor q = Draw(backend, random, 1, 1, 6), k = Draw(backend, random, 1, 1, 6);
        foreach (int distance in new[] { 0, 1, 7, 100 })
        {
            float near = Product(distance, 0);
            Assert.AreEqual(near, Product(distance + 50, 50), 1e-4);
            Assert.AreEqual(near, Product(distance + 3, 3), 1e-4);
        }

        Assert.IsGreaterThan(0.1, Math.Abs(Product(1, 0) - Product(3, 0)));

        float Product(int at, int other) => (rotary.Forward(q, at, Pass.Scoring) * rotary.Forward(k, other, Pass.Scoring)).Sum().Item();
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Weights_are_shares_of_what_may_be_seen(Backend backend)
    {
        var attention = Initialized(new MultiHeadAttention(8, 2), backend);
        var x = Draw(backend, new RandomStream(2), 2, 4, 8);
        var (y, weights) = attention.ForwardWithWeights(x, Pass.Scoring, AttentionMask.Lengths(4, 0) with { IsCausal = true });
        CollectionAssert.AreEqual(attention.Forward(x, Pass.Scoring, AttentionMask.Lengths(4, 0) with { IsCausal = true }).ToArray(), y.ToArray());
        float[] p = weights.ToArray();
        Assert.AreEqual("[2, 2, 4, 4]", weights.Shape.ToString());
        for (int i = 0; i < p.Length; i++)
        {
            int key = i % 4, query = i / 4 % 4;
            bool isSeen = i < p.Length / 2 && key <= query;
            Assert.AreEqual(isSeen, p[i] > 0);
            if (key == 0) Assert.AreEqual(i < p.Length / 2 ? 1 : 0, p.AsSpan(i, 4).ToArray().Sum(), 1e-6);
        }
    }

    [TestMethod]
    public void Training_is_the_same_at_one_and_two_threads_and_needs_no_more_memory()
    {
        float[][] trained = [.. new[] { 1, 2 }.Select(threads =>
        {
            var backend = new CpuBackend(threads);
            var embedding = Initialized(new Embedding(11, 24, paddingIndex: 0), backend);
            var positions = Initialized(new LearnedPositions(40, 24), backend);
            var encoder = Initialized(new TransformerEncoder(2, () => new(24, 3, 48, 0.1, UnaryFunction.Gelu, normFirst: true, rotary: new RotaryPositions(8))), backend);
            var decoder = Initialized(new TransformerDecoder(1, () => new(24, 2, 48)), backend);
            Module[] modules = [embedding, positions, encoder, decoder];
            var parameters = modules.SelectMany(m => m.Parameters()).Select(p => p.Parameter).ToArray();
            var optimizer = new Sgd(parameters, 0.01);
            var tokens = new IndexTensor([.. Enumerable.Range(0, 6 * 40).Select(i => i * i % 11)], [6, 40]);
            long allocated = 0;
            for (int step = 0; step < 50; step++)
            {
                using (TensorScope.Begin())
                {
                    optimizer.ClearGradients();
                    var pass = Pass.Training(new RandomStream(7).Derive(step));
                    var x = embedding.Forward(tokens);
                    var memory = encoder.Forward(x, pass, AttentionMask.Lengths(40, 3, 40, 17, 25, 1));
                    decoder.Forward(positions.Forward(x, pass), memory, pass, AttentionMask.Causal, AttentionMask.Lengths(40, 3, 40, 17, 25, 1)).Square().Mean().Backward();
                    optimizer.Step();
                }

                if (step == 0) allocated = backend.AllocatedBytes;
            }

            Assert.AreEqual(allocated, backend.AllocatedBytes);
            return parameters.SelectMany(p => p.Value.ToArray()).ToArray();
        })];
        CollectionAssert.AreEqual(trained[0], trained[1]);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Dropping_weights_keeps_their_expectation(Backend backend)
    {
        var attention = Initialized(new MultiHeadAttention(4, 2, dropout: 0.5), backend);
        var x = Draw(backend, new RandomStream(2), 1, 3, 4);
        float[] y = attention.Forward(x, Pass.Scoring).ToArray();
        var mean = new double[y.Length];
        const int Rounds = 2000;
        for (int round = 0; round < Rounds; round++)
        {
            float[] dropped = attention.Forward(x, Pass.Training(new RandomStream(9).Derive(round))).ToArray();
            for (int i = 0; i < mean.Length; i++) mean[i] += dropped[i] / Rounds;
        }

        for (int i = 0; i < y.Length; i++) Assert.AreEqual(y[i], mean[i], 0.05);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Padding_starts_at_zero_and_stays(Backend backend)
    {
        var embedding = Initialized(new Embedding(4, 3, paddingIndex: 2), backend);
        Assert.IsTrue(embedding.Forward(new IndexTensor([2, -1], [2])).ToArray().All(v => v == 0));
        embedding.Forward(new IndexTensor([2, 1, 2], [3])).Sum().Backward();
        CollectionAssert.AreEqual(new float[] { 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0 }, embedding.Weight.Value.Gradient!.ToArray());
    }

    [TestMethod]
    public void Errors_say_what_was_expected()
    {
        var backend = new CpuBackend();
        var attention = Initialized(new MultiHeadAttention(8, 2), backend);
        var x = Draw(backend, new RandomStream(1), 2, 5, 8);
        Says("multiple", () => new MultiHeadAttention(8, 3));
        Says("made for 2", () => new MultiHeadAttention(8, 2, rotary: new RotaryPositions(2)));
        Says("odd", () => new RotaryPositions(3));
        Says("takes [batch, time, 8], not [2, 5, 4]", () => attention.Forward(x.Narrow(2, 0, 4), Pass.Scoring));
        Says("different batches", () => attention.Forward(x, Pass.Scoring, null, x.Narrow(0, 0, 1)));
        Says("3 key lengths; the batch has 2", () => attention.Forward(x, Pass.Scoring, AttentionMask.Lengths(1, 2, 3)));
        Says("a key length of 6; there are 5 keys", () => attention.Forward(x, Pass.Scoring, AttentionMask.Lengths(1, 6)));
        Says("cannot be repeated to", () => attention.Forward(x, Pass.Scoring, new AttentionMask { Bias = Tensor.Full(backend, [4, 5], 0) }));
        Says("differ in size", () => Tensor.Attention(x, x.Narrow(2, 0, 4), x));
        Says("one value for each key", () => Tensor.Attention(x, x, x.Narrow(1, 0, 4)));
        Says("among 3 heads", () => Tensor.Attention(x, x, x, 3));
        Says("vectors for 4 positions", () => Initialized(new LearnedPositions(4, 8), backend).Forward(x, Pass.Scoring));
        Says("one of the 5 indices", () => new Embedding(5, 2, paddingIndex: 5));
        Says("Index 7", () => Initialized(new Embedding(5, 2), backend).Forward(new IndexTensor([7], [1])));
        Says("takes queries", () => Initialized(new AdditiveAttention(3, 8, 4), backend).Forward(x, x, x));

        static void Says(string part, Func<object> action) => Assert.Contains(part, Assert.Throws<ArgumentException>(() => action()).Message);
    }

    private static TModule Initialized<TModule>(TModule module, Backend backend)
        where TModule : Module
    {
        module.Initialize(backend, new RandomStream(1));
        return module;
    }

    private static Tensor Draw(Backend backend, RandomStream random, params int[] lengths)
    {
        var shape = Shape.Create(lengths);
        return Tensor.From(backend, [.. Enumerable.Range(0, shape.Size).Select(_ => (float)random.NextGaussian())], shape);
    }
}
