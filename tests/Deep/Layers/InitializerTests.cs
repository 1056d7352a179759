using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Initialisers have the bounds, deviations and gains of PyTorch's, and the moments of their distributions.</summary>
[TestClass]
public sealed class InitializerTests
{
    public static IEnumerable<object[]> Cases => TorchFigures.Of("initializers").Select(torch => new object[] { torch });

    // SELU is no activation here, and what follows no activation needs no gain.
    public static IEnumerable<object[]> Gains =>
        TorchFigures.Of("initializers", "gains").Where(torch => torch["nonlinearity"] is "sigmoid" or "tanh" or "relu" or "leaky_relu").Select(torch => new object[] { torch });

    [TestMethod]
    [DynamicData(nameof(Gains))]
    public void Gains_are_PyTorchs(TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        double parameter = torch.Has("param") ? torch.Json.GetProperty("param").GetDouble() : 0;
        Assert.AreEqual(torch.Json.GetProperty("gain").GetDouble(), Gain(torch["nonlinearity"], parameter), 1e-15);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Bounds_and_deviations_are_PyTorchs(TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        Shape shape = Shape.Create([.. torch.Json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())]);
        float[] drawn = Draw(Make(torch), shape, 1 + 100_000 / shape.Size);
        double largest = drawn.Max(Math.Abs), deviation = Math.Sqrt(drawn.Average(v => (double)v * v));
        Assert.AreEqual(0, drawn.Average(), 0.02 * deviation);
        if (torch.Has("bound"))
        {
            double bound = torch.Json.GetProperty("bound").GetDouble();
            Assert.IsTrue(largest <= bound * (1 + 1e-7) && largest > 0.999 * bound, $"{largest} for {bound}");
            Assert.AreEqual(bound / Math.Sqrt(3), deviation, 0.01 * bound);
        }
        else
        {
            Assert.AreEqual(torch.Json.GetProperty("deviation").GetDouble(), deviation, 0.01 * deviation);
            Assert.AreEqual(3, drawn.Average(v => Math.Pow(v / deviation, 4)), 0.1);
        }
    }

    [TestMethod]
    public void Variances_are_those_of_the_papers()
    {
        Shape shape = [200, 50];
        Check(new Initializer.LeCunNormal(), 1 / Math.Sqrt(50));
        Check(new Initializer.LeCunUniform(), 1 / Math.Sqrt(50));
        Check(new Initializer.Normal(0.02), 0.02);
        Check(new Initializer.Uniform(0.3), 0.3 / Math.Sqrt(3));
        Check(new Initializer.KaimingNormal(), Math.Sqrt(2.0 / 50));
        Check(new Initializer.KaimingUniform(Fan: Fan.Out), Math.Sqrt(2.0 / 200));
        Check(Initializer.KaimingUniform.Customary, 1 / Math.Sqrt(3 * 50));
        Check(new Initializer.TruncatedNormal(0.02), 0.02 * 0.8796256610342398); // √(1 − 4 φ(2) / (2 Φ(2) − 1))
        Assert.IsTrue(Array.TrueForAll(Draw(new Initializer.TruncatedNormal(0.02), shape, 10), v => Math.Abs(v) <= 0.04f));

        void Check(Initializer initializer, double deviation) =>
            Assert.AreEqual(deviation, Math.Sqrt(Draw(initializer, shape, 10).Average(v => (double)v * v)), 0.01 * deviation, initializer.ToString());
    }

    [TestMethod]
    public void Rows_or_columns_of_an_orthogonal_matrix_are_orthonormal()
    {
        foreach (Shape shape in new Shape[] { [6, 6], [4, 9], [9, 4], [5, 3, 2, 2] })
        {
            int rows = shape[0], columns = shape.Size / rows;
            float[] q = Draw(new Initializer.Orthogonal(Gain: 2), shape, 1);
            int count = Math.Min(rows, columns);
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                {
                    double product = rows <= columns
                        ? Enumerable.Range(0, columns).Sum(j => (double)q[a * columns + j] * q[b * columns + j])
                        : Enumerable.Range(0, rows).Sum(i => (double)q[i * columns + a] * q[i * columns + b]);
                    Assert.AreEqual(a == b ? 4 : 0, product, 1e-5, $"{shape}: {a} and {b}");
                }
            }
        }

        // Over many draws no sign is preferred: without that of R's diagonal the first element would always have the same.
        var firsts = Enumerable.Range(0, 400).Select(i => DrawOne(new Initializer.Orthogonal(), [3, 3], (ulong)i)[0]).ToArray();
        Assert.AreEqual(0, firsts.Average(), 0.1);
        Assert.AreEqual(1 / 3.0, firsts.Average(v => (double)v * v), 0.05);
        Assert.Contains("[5]", Assert.ThrowsExactly<ArgumentException>(() => Draw(new Initializer.Orthogonal(), [5], 1)).Message);
    }

    [TestMethod]
    public void A_gain_keeps_the_second_moment_through_an_activation()
    {
        Assert.AreEqual(1.4142135623730951, 1 / Math.Sqrt(Moment(UnaryFunction.ReLU)), 1e-2); // the mean of 10⁵ draws is within 0.0035 of ½, mostly
        foreach (var function in new[] { UnaryFunction.Gelu, UnaryFunction.GeluTanh, UnaryFunction.SiLU, UnaryFunction.Elu, UnaryFunction.Softplus })
        {
            double gain = Initializer.GainOf(function, 1);
            Assert.AreEqual(1, gain * gain * Moment(function), 2e-2, function.ToString());
        }

        Assert.Contains("Log", Assert.ThrowsExactly<ArgumentException>(() => Initializer.GainOf(UnaryFunction.Log)).Message);

        static double Moment(UnaryFunction function)
        {
            float[] z = Draw(new Initializer.Normal(1), [1000, 100], 1);
            return Tensor.From(new CpuBackend(), z, [z.Length]).Map(function, 1).ToArray().Average(v => (double)v * v);
        }
    }

    [TestMethod]
    public void Numbers_are_those_of_the_seed()
    {
        Initializer[] all = [new Initializer.Orthogonal(), new Initializer.TruncatedNormal(1), new Initializer.XavierNormal(), new Initializer.LeCunUniform()];
        foreach (var initializer in all)
        {
            CollectionAssert.AreEqual(DrawOne(initializer, [7, 5], 3), DrawOne(initializer, [7, 5], 3));
            CollectionAssert.AreNotEqual(DrawOne(initializer, [7, 5], 3), DrawOne(initializer, [7, 5], 4));
        }
    }

    private static Initializer Make(TorchCase torch)
    {
        double gain = torch.Options.TryGetProperty("gain", out var given)
            ? given.GetDouble()
            : Gain(torch.Options.GetProperty("nonlinearity").GetString()!, torch.Options.TryGetProperty("a", out var a) ? a.GetDouble() : 0);
        var fan = torch.Options.TryGetProperty("mode", out var mode) && mode.GetString() == "fan_out" ? Fan.Out : Fan.In;
        return torch["initializer"] switch
        {
            "xavier_uniform_" => new Initializer.XavierUniform(gain),
            "xavier_normal_" => new Initializer.XavierNormal(gain),
            "kaiming_uniform_" => new Initializer.KaimingUniform(gain, fan),
            "kaiming_normal_" => new Initializer.KaimingNormal(gain, fan),
            string other => throw new NotSupportedException(other),
        };
    }

    private static double Gain(string nonlinearity, double parameter) => nonlinearity switch
    {
        "sigmoid" => Initializer.GainOf(UnaryFunction.Sigmoid),
        "tanh" => Initializer.GainOf(UnaryFunction.Tanh),
        "relu" => Initializer.GainOf(UnaryFunction.ReLU),
        "leaky_relu" => Initializer.GainOf(UnaryFunction.LeakyReLU, parameter),
        string other => throw new NotSupportedException(other),
    };

    private static float[] Draw(Initializer initializer, Shape shape, int times) =>
        [.. Enumerable.Range(0, times).SelectMany(i => DrawOne(initializer, shape, (ulong)(100 + i)))];

    private static float[] DrawOne(Initializer initializer, Shape shape, ulong seed)
    {
        var values = new float[shape.Size];
        initializer.Fill(values, shape, new RandomStream(seed));
        return values;
    }
}
