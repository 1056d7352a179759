using MLPath.Deep;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// A filter of 3 × 3 weights looks at every place of an image: y[r, c] = Σ w[i, j] x[r + i − 1, c + j − 1], with zeros beyond the edge. Here it answers to
/// upright edges. Pooling keeps the largest of 2 × 2. A residual block adds what it found to what came in, y = x + f(x), so that many can be stacked. A CNN
/// learns its filters; its few weights serve all places.
/// </summary>
internal static class Convolution
{
    private const int Side = 6;

    private static readonly double[,] s_filter = { { -1, 0, 1 }, { -2, 0, 2 }, { -1, 0, 1 } };

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        // A bright square on a dark ground.
        var x = new double[Side, Side];
        for (int r = 2; r < 5; r++)
        {
            for (int c = 1; c < 4; c++) x[r, c] = 1 + (0.1 * r);
        }

        double[,] y = Filter(x), pooled = Pool(y);
        for (int r = 0; r < Side; r++)
            output.WriteLine("   " + string.Join(' ', Enumerable.Range(0, Side).Select(c => FormattableString.Invariant($"{x[r, c],4:0.0}"))) + "   →   "
                + string.Join(' ', Enumerable.Range(0, Side).Select(c => FormattableString.Invariant($"{y[r, c],5:0.0}"))));

        var backend = new CpuBackend();
        var image = Tensor.From(backend, Flat(x), [1, 1, Side, Side]);
        var convolution = new Conv2d(1, 1, 3, padding: 1, bias: false);
        convolution.SetState(backend, new Dictionary<string, float[]> { ["weight"] = Flat(s_filter) });
        var edges = convolution.Forward(image, Pass.Scoring);
        float[] filtered = edges.ToArray(), largest = new MaxPool2d(2).Forward(edges, Pass.Scoring).ToArray(), summed = new Residual(convolution).Forward(image, Pass.Scoring).ToArray();
        return
        [
            new("filter: left edge", y[3, 1], filtered[(3 * Side) + 1], 1e-5),
            new("filter: right edge", y[3, 4], filtered[(3 * Side) + 4], 1e-5),
            new("filter: sum of squares", Flat(y).Sum(v => v * v), filtered.Sum(v => v * v), 1e-3),
            new("pooling: middle", pooled[1, 0], largest[3], 1e-5),
            new("residual: x + f(x)", x[3, 1] + y[3, 1], summed[(3 * Side) + 1], 1e-5),
            .. Digits(output),
        ];
    }

    private static IEnumerable<SideBySide> Digits(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        var digits = ml.Data.LoadDataset("digits");
        var split = ml.Data.TrainTestSplit(digits, testFraction: 0.2, stratifyColumn: "Digit");
        var options = new CnnTrainer.Options { FeatureColumnName = "Pixels", Channels = [8, 16], DenseUnits = [], Epochs = 8, Dropout = 0 };
        foreach (var (name, chosen) in new[] { ("convolutional", options with { BatchNorm = false }), ("residual", options with { Residual = true }) })
        {
            var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Digit").Append(ml.MulticlassClassification.Trainers.Cnn(chosen));
            var model = pipeline.Fit(split.TrainSet);
            double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy;
            output.WriteLine(FormattableString.Invariant($"   A {name} network reads {accuracy:P1} of new digits."));
            if (name == "residual") continue;

            // 8 filters of 1 × 3 × 3, 16 of 8 × 3 × 3, each with a bias; after pooling twice 16 × 2 × 2 numbers for 10 classes.
            double byHand = (8 * ((1 * 9) + 1)) + (16 * ((8 * 9) + 1)) + (10 * ((16 * 2 * 2) + 1));
            yield return new("weights of the network", byHand, model.LastTransformer.Model.Parameters.Sum(p => p.Shape.Size), 0);
        }
    }

    private static double[,] Filter(double[,] x)
    {
        var y = new double[Side, Side];
        for (int r = 0; r < Side; r++)
        {
            for (int c = 0; c < Side; c++)
            {
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 3; j++)
                    {
                        var (row, column) = (r + i - 1, c + j - 1);
                        if (row is >= 0 and < Side && column is >= 0 and < Side) y[r, c] += s_filter[i, j] * x[row, column];
                    }
                }
            }
        }

        return y;
    }

    private static double[,] Pool(double[,] y)
    {
        var largest = new double[Side / 2, Side / 2];
        for (int r = 0; r < Side / 2; r++)
        {
            for (int c = 0; c < Side / 2; c++)
                largest[r, c] = Math.Max(Math.Max(y[2 * r, 2 * c], y[2 * r, (2 * c) + 1]), Math.Max(y[(2 * r) + 1, 2 * c], y[(2 * r) + 1, (2 * c) + 1]));
        }

        return largest;
    }

    private static float[] Flat(double[,] matrix) => [.. matrix.Cast<double>().Select(v => (float)v)];
}
