using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Tests.Deep.Trainers;

[TestClass]
public sealed class MlpNetworkTests
{
    private const int Rows = 7;
    private const double L2 = 0.03;

    public static IEnumerable<object[]> Networks =>
        from activation in Enum.GetValues<MlpActivation>()
        from output in Enum.GetValues<MlpOutput>()
        from hidden in new int[][] { [], [5], [6, 3, 4] }
        select new object[] { activation, output, hidden };

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Loss_and_gradient_are_those_of_a_naive_network_in_double(MlpActivation activation, MlpOutput output, int[] hidden)
    {
        var network = new MlpNetwork([4, .. hidden, output == MlpOutput.Softmax ? 3 : 1], activation, output);
        float[] θ = network.Initialise(new RandomStream(3));
        var random = new RandomStream(5);
        for (int l = 1; l <= network.LayerCount; l++)
        {
            foreach (ref float b in θ.AsSpan(network.Biases(l)))
                b = (float)random.NextGaussian();
        }

        var batch = Batch(network);
        float[] gradient = new float[θ.Length];
        Array.Fill(gradient, 1000); // what was there before does not matter
        double loss = network.LossAndGradient(θ, batch, L2, gradient);

        double[] parameters = [.. θ];
        Assert.AreEqual(Objective(network, parameters), loss, 1e-6);
        double[] numeric = GradientCheck.Gradient(p => Objective(network, p), parameters);
        var worst = GradientCheck.Compare([.. gradient], numeric);
        Assert.IsLessThan(2e-6, worst.Error, $"{worst}");
    }

    [TestMethod]
    public void A_row_gives_the_same_bits_alone_and_among_others()
    {
        var network = new MlpNetwork([4, 9, 3], MlpActivation.Tanh, MlpOutput.Softmax);
        float[] θ = network.Initialise(new RandomStream(1));
        var batch = Batch(network);
        network.Forward(θ, batch);
        network.Respond(batch);
        var one = new MlpBatch(network, 1) { Rows = 1 };
        for (int row = 0; row < Rows; row++)
        {
            batch.Features.Slice(row * 4, 4).CopyTo(one.Features);
            network.Forward(θ, one);
            network.Respond(one);
            CollectionAssert.AreEqual(batch.Outputs.Slice(row * 3, 3).ToArray(), one.Outputs.ToArray());
        }
    }

    [TestMethod]
    public void First_weights_keep_the_strength_of_signals()
    {
        var relu = new MlpNetwork([200, 300, 100], MlpActivation.ReLU, MlpOutput.Linear);
        float[] θ = relu.Initialise(new RandomStream(1));
        Assert.AreEqual(2.0 / 200, Variance(θ[relu.Weights(1)]), 0.0003);
        Assert.AreEqual(2.0 / 400, Variance(θ[relu.Weights(2)]), 0.0002);
        Assert.IsTrue(θ[relu.Biases(1)].Concat(θ[relu.Biases(2)]).All(b => b == 0));
        var tanh = new MlpNetwork([200, 300, 100], MlpActivation.Tanh, MlpOutput.Linear);
        Assert.AreEqual(2.0 / 500, Variance(tanh.Initialise(new RandomStream(1))[tanh.Weights(1)]), 0.0001);
    }

    [TestMethod]
    public void The_loss_of_sure_and_wrong_outputs_is_finite()
    {
        foreach (var output in (MlpOutput[])[MlpOutput.Logistic, MlpOutput.Softmax])
        {
            int k = output == MlpOutput.Softmax ? 2 : 1;
            var network = new MlpNetwork([1, k], MlpActivation.ReLU, output);
            var batch = new MlpBatch(network, 1) { Rows = 1 };
            batch.Features[0] = 1000;
            batch.Targets.Clear();
            batch.Targets[^1] = 1;
            float[] θ = new float[network.ParameterCount];
            θ[k - 1] = -1;
            Assert.AreEqual(1000, network.Loss(θ, batch), 1e-3);
        }
    }

    [TestMethod]
    public void Shapes_that_make_no_network_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new MlpNetwork([3], MlpActivation.ReLU, MlpOutput.Linear));
        Assert.ThrowsExactly<ArgumentException>(() => new MlpNetwork([3, 0, 2], MlpActivation.ReLU, MlpOutput.Linear));
        Assert.ThrowsExactly<ArgumentException>(() => new MlpNetwork([3, 2], MlpActivation.ReLU, MlpOutput.Logistic));
    }

    private static double Variance(float[] values) => values.Average(v => (double)v * v);

    private static MlpBatch Batch(MlpNetwork network)
    {
        var random = new RandomStream(9);
        int k = network.Sizes[^1];
        var batch = new MlpBatch(network, Rows + 2) { Rows = Rows };
        foreach (ref float x in batch.Features)
            x = (float)random.NextGaussian();
        for (int row = 0; row < Rows; row++)
        {
            var y = batch.Targets.Slice(row * k, k);
            y.Clear();
            if (network.Output == MlpOutput.Softmax)
                y[row % k] = 1;
            else
                y[0] = network.Output == MlpOutput.Logistic ? row % 2 : (float)random.NextGaussian();
        }

        return batch;
    }

    // The objective as the formulas say it, one number at a time.
    private static double Objective(MlpNetwork network, ReadOnlySpan<double> θ)
    {
        var batch = Batch(network);
        int k = network.Sizes[^1];
        double loss = 0, penalty = 0;
        for (int row = 0; row < Rows; row++)
        {
            double[] h = [.. batch.Features.Slice(row * 4, 4).ToArray().Select(v => (double)v)];
            double[] y = [.. batch.Targets.Slice(row * k, k).ToArray().Select(v => (double)v)];
            for (int l = 1; l <= network.LayerCount; l++)
            {
                var (w, b) = (θ[network.Weights(l)].ToArray(), θ[network.Biases(l)].ToArray());
                double[] z = [.. b.Select((bias, i) => bias + h.Select((v, j) => v * w[(i * h.Length) + j]).Sum())];
                if (row == 0)
                    penalty += w.Sum(v => v * v);
                h = l == network.LayerCount ? z : [.. z.Select(v => network.Activation == MlpActivation.Tanh ? Math.Tanh(v) : Math.Max(0, v))];
            }

            loss += network.Output switch
            {
                MlpOutput.Linear => 0.5 * Math.Pow(h[0] - y[0], 2),
                MlpOutput.Logistic => Math.Log(1 + Math.Exp(y[0] == 1 ? -h[0] : h[0])),
                _ => Math.Log(h.Sum(Math.Exp)) - h.Zip(y, (z, t) => z * t).Sum(),
            };
        }

        return (loss / Rows) + (0.5 * L2 * penalty);
    }
}
