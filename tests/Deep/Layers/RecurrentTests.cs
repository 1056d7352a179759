using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Recurrent layers beyond PyTorch's figures: derivatives, lengths, backends, threads, memory, learning, mistakes.</summary>
[TestClass]
public sealed class RecurrentTests
{
    public static IEnumerable<object[]> AllBackends => Backends.All;

    public static IEnumerable<object[]> BackendsAndCells =>
        from backend in Backends.All from cell in new[] { "RNN", "ReLU", "LSTM", "GRU" } select new object[] { backend[0], cell };

    public static IEnumerable<object[]> BackendsAndSmoothCells => BackendsAndCells.Where(c => c[1] is not "ReLU");

    public static IEnumerable<object[]> Cells => from cell in new[] { "RNN", "ReLU", "LSTM", "GRU" } select new object[] { cell };

    // ReLU has corners, which difference quotients may straddle: PyTorch's figures are its test.
    [TestMethod]
    [DynamicData(nameof(BackendsAndSmoothCells))]
    public void Derivatives_are_those_of_difference_quotients(Backend backend, string cell)
    {
        var lengths = new IndexTensor([2, 4], [2]);
        foreach (bool both in new[] { false, true })
        {
            var layer = Make(cell, 2, 3, both);
            layer.Initialize(backend, new RandomStream(3));
            Shape states = [layer.Directions, 2, 3];
            if (layer is Lstm) Derivatives.Verify(backend, x => Joined(layer.Unroll(x[0], Pass.Scoring, lengths, x[1], x[2])), [[2, 4, 2], states, states]);
            else Derivatives.Verify(backend, x => Joined(layer.Unroll(x[0], Pass.Scoring, lengths, x[1])), [[2, 4, 2], states]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndCells))]
    public void Each_result_has_derivatives_without_the_others(Backend backend, string cell)
    {
        var layer = Make(cell, 2, 3, both: false);
        layer.Initialize(backend, new RandomStream(3));
        var x = Draw(backend, [2, 4, 2], 1).WithGradient();
        layer.Unroll(x, Pass.Scoring).FinalHidden.Sum().Backward();
        float[] ofState = x.Gradient!.ToArray();
        x.ClearGradient();
        layer.Forward(x, Pass.Scoring).Select(1, 3).Sum().Backward();
        CollectionAssert.AreEqual(x.Gradient!.ToArray(), ofState, "The last state is the last output.");
        if (cell != "LSTM") return;
        x.ClearGradient();
        layer.Unroll(x, Pass.Scoring).FinalCell!.Sum().Backward();
        Assert.IsTrue(x.Gradient!.ToArray().Any(v => v != 0));
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndCells))]
    public void A_row_with_a_length_is_computed_as_if_it_were_alone(Backend backend, string cell)
    {
        var layer = Make(cell, 5, 20, both: true);
        layer.Initialize(backend, new RandomStream(3));
        var x = Draw(backend, [3, 6, 5], 1);
        var together = layer.Unroll(x, Pass.Scoring, new IndexTensor([2, 6, 5], [3]));
        int[] lengths = [2, 6, 5];
        for (int row = 0; row < 3; row++)
        {
            var alone = layer.Unroll(x.Narrow(0, row, 1).Narrow(1, 0, lengths[row]).Contiguous(), Pass.Scoring);
            CollectionAssert.AreEqual(alone.Output.ToArray(), together.Output.Narrow(0, row, 1).Narrow(1, 0, lengths[row]).ToArray());
            CollectionAssert.AreEqual(alone.FinalHidden.ToArray(), together.FinalHidden.Narrow(1, row, 1).ToArray());
            Assert.IsTrue(together.Output.Narrow(0, row, 1).Narrow(1, lengths[row], 6 - lengths[row]).ToArray().All(v => v == 0));
        }
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndCells))]
    public void A_sequence_in_two_parts_gives_what_it_gives_in_one(Backend backend, string cell)
    {
        var layer = Make(cell, 5, 20, both: false);
        layer.Initialize(backend, new RandomStream(3));
        var x = Draw(backend, [3, 6, 5], 1);
        var whole = layer.Unroll(x, Pass.Scoring);
        var first = layer.Unroll(x.Narrow(1, 0, 2), Pass.Scoring);
        var second = layer.Unroll(x.Narrow(1, 2, 4), Pass.Scoring, initialHidden: first.FinalHidden, initialCell: first.FinalCell);
        CollectionAssert.AreEqual(whole.FinalHidden.ToArray(), second.FinalHidden.ToArray());
        CollectionAssert.AreEqual(whole.Output.Narrow(1, 2, 4).ToArray(), second.Output.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void The_fast_backend_is_the_formula_and_threads_change_no_bit(string cell)
    {
        // Sizes on both sides of a vector, of a strip of columns and of a chunk of rows.
        foreach (var (batch, time, size, hidden) in new[] { (37, 9, 11, 35), (20, 5, 64, 48), (3, 4, 1, 1), (1, 3, 16, 16), (2, 2, 3, 150) })
        {
            int[] lengths = [.. Enumerable.Range(0, batch).Select(b => 1 + b * 7 % time)];
            float[][] formula = Everything(new ReferenceBackend()), one = Everything(new CpuBackend(1)), two = Everything(new CpuBackend(2));
            for (int i = 0; i < formula.Length; i++)
            {
                CollectionAssert.AreEqual(one[i], two[i], $"Result {i} of [{batch}, {time}, {size}], hidden {hidden}");
                for (int j = 0; j < formula[i].Length; j++)
                    Assert.AreEqual(formula[i][j], one[i][j], 2e-5 * (1 + Math.Abs(formula[i][j])), $"Result {i}, element {j}");
            }

            float[][] Everything(Backend backend)
            {
                var layer = Make(cell, size, hidden, both: true);
                layer.Initialize(backend, new RandomStream(5));
                Shape states = [2, batch, hidden];
                var x = Draw(backend, [batch, time, size], 1).WithGradient();
                Tensor h0 = Draw(backend, states, 2).WithGradient(), c0 = Draw(backend, states, 3).WithGradient();
                var result = layer.Unroll(x, Pass.Scoring, new IndexTensor(lengths, [batch]), h0, layer is Lstm ? c0 : null);
                var y = Joined(result);
                y.Backward(Draw(backend, y.Shape, 4));
                return [y.ToArray(), x.Gradient!.ToArray(), h0.Gradient!.ToArray(), .. layer.Parameters().Select(p => p.Parameter.Value.Gradient!.ToArray())];
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(BackendsAndCells))]
    public void Equal_steps_allocate_once(Backend backend, string cell)
    {
        var layer = Make(cell, 6, 20, both: true);
        layer.Initialize(backend, new RandomStream(1));
        var optimizer = new Sgd(layer.Parameters().Select(p => p.Parameter), 0.01);
        float[] x = Draw(backend, [18, 5, 6], 1).ToArray();
        long allocated = 0;
        for (int step = 0; step < 50; step++)
        {
            using (TensorScope.Begin())
            {
                optimizer.ClearGradients();
                var result = layer.Unroll(Tensor.From(backend, x, [18, 5, 6]), Pass.Scoring);
                (result.Output.Mean() + result.FinalHidden.Mean()).Backward();
                optimizer.Step();
            }

            if (step == 0) allocated = ((HostBackend)backend).AllocatedBytes;
        }

        Assert.AreEqual(allocated, ((HostBackend)backend).AllocatedBytes);
    }

    [TestMethod]
    [DataRow("LSTM")]
    [DataRow("GRU")]
    public void A_gated_layer_learns_to_remember_the_first_number(string cell)
    {
        var backend = new CpuBackend();
        var layer = cell == "LSTM" ? new Lstm(1, 16, forgetBias: 2) : Make(cell, 1, 16, both: false);
        var head = new Linear(16, 2);
        layer.Initialize(backend, new RandomStream(1));
        head.Initialize(backend, new RandomStream(2));
        var optimizer = new Sgd(layer.Parameters().Concat(head.Parameters()).Select(p => p.Parameter), 0.5, momentum: 0.9);
        float[] x = Draw(backend, [64, 12, 1], 1).ToArray();
        var classes = new IndexTensor([.. Enumerable.Range(0, 64).Select(row => x[row * 12] > 0 ? 1 : 0)], [64]);
        double loss = 0;
        for (int step = 0; step < 200; step++)
        {
            using var scope = TensorScope.Begin();
            optimizer.ClearGradients();
            var last = layer.Unroll(Tensor.From(backend, x, [64, 12, 1]), Pass.Scoring).FinalHidden.Select(0, 0);
            var error = Loss.CrossEntropy(head.Forward(last, Pass.Scoring), classes);
            error.Backward();
            optimizer.Step();
            loss = error.Item();
        }

        Assert.IsLessThan(0.1, loss);
    }

    [TestMethod]
    [DynamicData(nameof(AllBackends))]
    public void Dropout_lies_between_layers_and_only_in_training(Backend backend)
    {
        var layer = new Lstm(3, 4, layers: 2, dropout: 0.5);
        layer.Initialize(backend, new RandomStream(1));
        var same = new Lstm(3, 4, layers: 2);
        same.SetState(backend, layer.GetState());
        var x = Draw(backend, [2, 5, 3], 1);
        float[] plain = same.Forward(x, Pass.Scoring).ToArray();
        CollectionAssert.AreEqual(plain, layer.Forward(x, Pass.Scoring).ToArray());
        float[] dropped = layer.Forward(x, Pass.Training(new RandomStream(7))).ToArray();
        CollectionAssert.AreNotEqual(plain, dropped);
        CollectionAssert.AreEqual(dropped, layer.Forward(x, Pass.Training(new RandomStream(7))).ToArray());
        var single = new Lstm(3, 4, dropout: 0.5);
        single.Initialize(backend, new RandomStream(1));
        CollectionAssert.AreEqual(single.Forward(x, Pass.Scoring).ToArray(), single.Forward(x, Pass.Training(new RandomStream(7))).ToArray());
    }

    [TestMethod]
    public void Parameters_are_drawn_within_their_bound_and_the_forget_gate_where_it_is_told()
    {
        var layer = new Lstm(3, 25, bidirectional: true, forgetBias: 1);
        layer.Initialize(new CpuBackend(), new RandomStream(1));
        foreach (var (path, values) in layer.GetState())
        {
            for (int i = 0; i < values.Length; i++)
            {
                bool isForgetBias = path.StartsWith("bias", StringComparison.Ordinal) && i / 25 == 1;
                if (isForgetBias) Assert.AreEqual(path.StartsWith("bias_ih", StringComparison.Ordinal) ? 1 : 0, values[i], path);
                else Assert.IsLessThanOrEqualTo(0.2f, Math.Abs(values[i]), path);
            }

            Assert.IsGreaterThan(0.15f, values.Max(), path);
        }

        string[] names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        CollectionAssert.AreEqual(names.Concat(names.Select(n => n + "_reverse")).ToArray(), layer.Parameters().Select(p => p.Path).ToArray());
    }

    [TestMethod]
    public void Observers_see_the_outputs_once()
    {
        var seen = new List<Tensor>();
        var pass = Pass.ScoringWith((_, y) => seen.Add(y));
        var layer = new Gru(2, 3);
        layer.Initialize(new CpuBackend(), new RandomStream(1));
        var x = Draw(new CpuBackend(), [1, 2, 2], 1);
        layer.Forward(x, pass);
        layer.Unroll(x, pass);
        Assert.HasCount(2, seen);
    }

    [TestMethod]
    public void Mistakes_are_named()
    {
        var backend = new CpuBackend();
        var layer = new Lstm(3, 4);
        layer.Initialize(backend, new RandomStream(1));
        Tensor x = Draw(backend, [2, 5, 3], 1), states = Draw(backend, [1, 2, 4], 2);
        Assert.Contains("Lstm(3, 4) takes [batch, time, 3], not [2, 3]", Message(() => layer.Forward(Draw(backend, [2, 3], 1), Pass.Scoring)));
        Assert.Contains("not [2, 5, 4]", Message(() => layer.Forward(Draw(backend, [2, 5, 4], 1), Pass.Scoring)));
        Assert.Contains("at least one step", Message(() => layer.Forward(Draw(backend, [2, 0, 3], 1), Pass.Scoring)));
        Assert.Contains("2 lengths; there are 3", Message(() => layer.Unroll(x, Pass.Scoring, new IndexTensor([1, 2, 3], [3]))));
        Assert.Contains("Row 1 cannot have length 6", Message(() => layer.Unroll(x, Pass.Scoring, new IndexTensor([1, 6], [2]))));
        Assert.Contains("Row 0 cannot have length 0", Message(() => layer.Unroll(x, Pass.Scoring, new IndexTensor([0, 5], [2]))));
        Assert.Contains("initial states of shape [1, 2, 4], not [2, 5, 3]", Message(() => layer.Unroll(x, Pass.Scoring, initialHidden: x)));
        Assert.Contains("initial cell states of shape [1, 2, 4]", Message(() => layer.Unroll(x, Pass.Scoring, initialCell: x)));
        var gru = new Gru(3, 4, layers: 2, bidirectional: true, dropout: 0.25, bias: false);
        gru.Initialize(backend, new RandomStream(1));
        Assert.Contains(
            "Gru(3, 4, layers: 2, bidirectional: true, dropout: 0.25, bias: false) has no cell state",
            Message(() => gru.Unroll(x, Pass.Scoring, initialCell: states)));
        Assert.Contains("Tanh or ReLU, not Gelu", Message(() => new Rnn(3, 4, UnaryFunction.Gelu)));
        Assert.Contains("no forget bias", Message(() => new Lstm(3, 4, bias: false, forgetBias: 1)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Gru(3, 4, dropout: 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Gru(0, 4));

        static string Message(Func<object?> action) => Assert.ThrowsExactly<ArgumentException>(action).Message;
    }

    private static Recurrent Make(string cell, int size, int hidden, bool both) => cell switch
    {
        "RNN" => new Rnn(size, hidden, bidirectional: both),
        "ReLU" => new Rnn(size, hidden, UnaryFunction.ReLU, bidirectional: both),
        "LSTM" => new Lstm(size, hidden, bidirectional: both),
        _ => new Gru(size, hidden, bidirectional: both),
    };

    /// <summary>All results in one row.</summary>
    private static Tensor Joined(RecurrentOutput result) =>
        Tensor.Concatenate([.. new[] { result.Output, result.FinalHidden, result.FinalCell }.OfType<Tensor>().Select(t => t.Reshape([t.Shape.Size]))], 0);

    private static Tensor Draw(Backend backend, Shape shape, ulong seed)
    {
        var random = new RandomStream(seed);
        return Tensor.From(backend, [.. Enumerable.Range(0, shape.Size).Select(_ => (float)random.NextGaussian())], shape);
    }
}
