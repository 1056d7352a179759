using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>What holds for every loss: its derivative, weights that count rows, equality of backends, errors that say what is wrong.</summary>
[TestClass]
public sealed class LossTests
{
    private const int Rows = 6, Columns = 3;

    public static IEnumerable<object[]> AllBackends => Backends.All;

    public static IEnumerable<object[]> BackendsAndLosses => from backend in Backends.All from name in s_losses.Keys select new object[] { backend[0], name };

    /// <summary>Losses of two tensors of predictions [rows, columns], of targets made for the rows chosen, and of their weights.</summary>
    private static readonly SortedDictionary<string, Func<Tensor, Tensor, int[], Tensor?, Tensor>> s_losses = new(StringComparer.Ordinal)
    {
        ["mean squared error"] = (x, _, rows, w) => Loss.MeanSquaredError(x, Targets(x, rows, Number), w),
        ["mean absolute error"] = (x, _, rows, w) => Loss.MeanAbsoluteError(x, Targets(x, rows, Number), w),
        ["Huber"] = (x, _, rows, w) => Loss.Huber(x, Targets(x, rows, Number), 0.7f, w),
        ["Kullback-Leibler"] = (x, _, rows, w) => Loss.KullbackLeibler(x, Targets(x, rows, Probability).Softmax(), w),
        ["cross-entropy"] = (x, _, rows, w) => Loss.CrossEntropy(x, Classes(rows), weights: w),
        ["cross-entropy, all options"] = (x, _, rows, w) => Loss.CrossEntropy(x, Classes(rows), 0.1f, Tensor.From(x.Backend, [1, 2, 0.5f], [3]), w),
        ["binary cross-entropy"] = (x, _, rows, w) => Loss.BinaryCrossEntropy(x, Targets(x, rows, Probability), weights: w),
        ["binary cross-entropy, rare positives"] = (x, _, rows, w) => Loss.BinaryCrossEntropy(x, Targets(x, rows, Probability), Tensor.From(x.Backend, [4, 1, 0.5f], [3]), w),
        ["binary cross-entropy, one positive weight"] = (x, _, rows, w) => Loss.BinaryCrossEntropy(x, Targets(x, rows, Probability), Tensor.Full(x.Backend, [1], 3), w),
        ["binary cross-entropy of probabilities"] = (x, _, rows, w) => Loss.BinaryCrossEntropyOfProbabilities(0.6f * x.Sigmoid() + 0.2f, Targets(x, rows, Probability), w),
        ["hinge"] = (x, _, rows, w) => Loss.Hinge(x, Targets(x, rows, Side), 0.9f, w),
        ["multi-margin"] = (x, _, rows, w) => Loss.MultiMargin(x, Classes(rows), 0.8f, weights: w),
        ["multi-margin, squared"] = (x, _, rows, w) => Loss.MultiMargin(x, Classes(rows), 1, isSquared: true, w),
        ["cosine embedding"] = (x, y, rows, w) => Loss.CosineEmbedding(x, y, Sides(x, rows), 0.1f, w),
        ["triplet"] = (x, y, rows, w) => Loss.Triplet(x, y, Targets(x, rows, Number), 0.5f, w),
    };

    [TestMethod]
    [DynamicData(nameof(BackendsAndLosses))]
    public void The_derivative_is_that_of_its_difference_quotient(Backend backend, string name)
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var weights = Tensor.From(backend, [1, 0, 2, 0.5f, 3, 1], [Rows]);
        foreach (var w in new[] { null, weights })
            Derivatives.Verify(backend, x => s_losses[name](x[0], x[1] + 0 * x[0], rows, w) + 0 * x[1].Sum(), [[Rows, Columns], [Rows, Columns]], seed: 5, h: 0.004);
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndLosses))]
    public void A_row_of_weight_two_counts_as_two_rows_and_one_of_weight_zero_not_at_all(Backend backend, string name)
    {
        int[] once = [.. Enumerable.Range(0, Rows)], repeated = [0, 0, 2, 3, 3, 3, 4, 5];
        var weights = Tensor.From(backend, [2, 0, 1, 3, 1, 1], [Rows]);
        float[] x = Numbers(1, Rows * Columns), y = Numbers(2, Rows * Columns);
        var weighted = s_losses[name](Take(backend, x, once), Take(backend, y, once), once, weights);
        var counted = s_losses[name](Take(backend, x, repeated), Take(backend, y, repeated), repeated, null);
        Assert.AreEqual(counted.Item(), weighted.Item(), 1e-6 * (1 + Math.Abs(counted.Item())));
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndLosses))]
    public void Where_nothing_has_weight_there_is_neither_loss_nor_gradient(Backend backend, string name)
    {
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var x = Tensor.From(backend, Numbers(1, Rows * Columns), [Rows, Columns]).WithGradient();
        var loss = s_losses[name](x, Tensor.From(backend, Numbers(2, Rows * Columns), [Rows, Columns]), rows, Tensor.Full(backend, [Rows], 0));
        loss.Backward();
        Assert.AreEqual(0, loss.Item());
        Assert.IsTrue(Array.TrueForAll(x.Gradient!.ToArray(), g => g == 0));
    }

    [TestMethod]
    public void Backends_agree_on_large_batches_and_threads_change_nothing()
    {
        const int Many = 30_011;
        int[] rows = [.. Enumerable.Range(0, Many)];
        float[] x = Numbers(1, Many * Columns), y = Numbers(2, Many * Columns), w = [.. Numbers(3, Many).Select(Math.Abs)];
        foreach (string name in s_losses.Keys)
        {
            var (reference, referenceSlope) = Run(new ReferenceBackend(), name);
            var (one, oneSlope) = Run(new CpuBackend(1), name);
            var (two, twoSlope) = Run(new CpuBackend(2), name);
            Assert.AreEqual(reference, one, 1e-5 * (1 + Math.Abs(reference)), name);
            for (int i = 0; i < x.Length; i++) Assert.AreEqual(referenceSlope[i] * Many, oneSlope[i] * Many, 1e-5 * (1 + Math.Abs(referenceSlope[i] * Many)), $"{name}, {i}");
            Assert.AreEqual(BitConverter.SingleToInt32Bits(one), BitConverter.SingleToInt32Bits(two), name);
            CollectionAssert.AreEqual(oneSlope, twoSlope, name);
        }

        (float, float[]) Run(Backend backend, string name)
        {
            var predictions = Tensor.From(backend, x, [Many, Columns]).WithGradient();
            var loss = s_losses[name](predictions, Tensor.From(backend, y, [Many, Columns]), rows, Tensor.From(backend, w, [Many]));
            loss.Backward();
            return (loss.Item(), predictions.Gradient!.ToArray());
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Classes_and_weights_may_be_those_of_sequences(Backend backend)
    {
        // [batch, time, classes] with weights of sequences is the same as rows with each sequence's weight.
        var x = Tensor.From(backend, Numbers(4, 2 * 3 * 5), [2, 3, 5]);
        int[] classes = [1, 0, -1, 4, 2, 2];
        var whole = Loss.CrossEntropy(x, new IndexTensor(classes, [2, 3]), weights: Tensor.From(backend, [1, 3], [2]));
        var rows = Loss.CrossEntropy(x.Reshape([6, 5]), new IndexTensor(classes, [6]), weights: Tensor.From(backend, [1, 1, 1, 3, 3, 3], [6]));
        var each = Loss.CrossEntropy(x.Reshape([6, 5]), new IndexTensor(classes, [2, 3]), weights: Tensor.From(backend, [1, 1, 1, 3, 3, 3], [2, 3]));
        Assert.AreEqual(rows.Item(), whole.Item(), 1e-6);
        Assert.AreEqual(rows.Item(), each.Item(), 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Certain_mistakes_cost_much_but_not_infinity(Backend backend)
    {
        var x = Tensor.From(backend, [0, 1], [2]).WithGradient();
        var loss = Loss.BinaryCrossEntropyOfProbabilities(x, Tensor.From(backend, [1, 1], [2]));
        loss.Backward();
        Assert.AreEqual(50, loss.Item());
        Assert.IsTrue(Array.TrueForAll(x.Gradient!.ToArray(), float.IsFinite));
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Embeddings_that_coincide_have_gradients(Backend backend)
    {
        var a = Tensor.From(backend, [1, 2, 0, 0], [2, 2]).WithGradient();
        (Loss.Triplet(a, a.Detach(), a.Detach()) + Loss.CosineEmbedding(a, a.Detach(), Tensor.From(backend, [1, -1], [2]))).Backward();
        Assert.IsTrue(Array.TrueForAll(a.Gradient!.ToArray(), float.IsFinite));
    }

    [TestMethod]
    public void What_does_not_fit_is_named()
    {
        var backend = new CpuBackend();
        Tensor x = Tensor.Full(backend, [4, 1], 0.5f), t = Tensor.Full(backend, [4], 1);
        Assert.Contains("[4, 1] need targets of that shape, not [4]", Throws(() => Loss.BinaryCrossEntropy(x, t)));
        Assert.Contains("Weights of shape [3]", Throws(() => Loss.MeanSquaredError(t, t, Tensor.Full(backend, [3], 1))));
        Assert.Contains("weight is -1", Throws(() => Loss.MeanSquaredError(t, t, Tensor.Full(backend, [4], -1))));
        Assert.Contains("positive weight is 0", Throws(() => Loss.BinaryCrossEntropy(t, t, Tensor.Full(backend, [1], 0))));
        Assert.Contains("Class 2 is outside the 2 classes", Throws(() => Loss.MultiMargin(Tensor.Full(backend, [1, 2], 0), new IndexTensor([2], [1]))));
        Assert.Contains("need 2 class weights; there are 3", Throws(() => Loss.CrossEntropy(Tensor.Full(backend, [1, 2], 0), new IndexTensor([1], [1]), 0, Tensor.Full(backend, [3], 1))));
        Assert.Contains("not [4, 1] and [2, 1]", Throws(() => Loss.Triplet(x, Tensor.Full(backend, [2, 1], 0), x)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Loss.Huber(t, t, 0));

        static string Throws(Action action) => Assert.ThrowsExactly<ArgumentException>(action).Message;
    }

    // What is true of a row is a function of its number, so that rows may be repeated and left out.
    private static float Number(int row, int column) => MathF.Sin(1 + 3 * row + 7 * column);

    private static float Probability(int row, int column) => (row + column) % 3 / 2f;

    private static float Side(int row, int column) => (row + column) % 2 == 0 ? 1 : -1;

    private static IndexTensor Classes(int[] rows) => new([.. rows.Select(row => row == 4 ? -1 : row % Columns)], [rows.Length]);

    private static Tensor Sides(Tensor x, int[] rows) => Tensor.From(x.Backend, [.. rows.Select(row => Side(row, 0))], [rows.Length]);

    private static Tensor Targets(Tensor x, int[] rows, Func<int, int, float> target) =>
        Tensor.From(x.Backend, [.. rows.SelectMany(row => Enumerable.Range(0, Columns).Select(column => target(row, column)))], x.Shape);

    private static Tensor Take(Backend backend, float[] values, int[] rows) =>
        Tensor.From(backend, [.. rows.SelectMany(row => values[(row * Columns)..((row + 1) * Columns)])], [rows.Length, Columns]);

    private static float[] Numbers(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
