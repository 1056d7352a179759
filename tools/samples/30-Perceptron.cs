using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// Rosenblatt's perceptron (1958) says +1 where w·x + b > 0. Its rule: at a mistake, add y x to w and y to b, otherwise nothing. Where a line divides the
/// classes it finds one after a bounded number of mistakes; where none does, it never rests, which is what logistic regression mends.
/// </summary>
internal static class Perceptron
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView iris = ml.Data.LoadDataset("iris");
        double[] length = [.. iris.GetColumn<float>("PetalLength").Select(v => (double)v)];
        double[] width = [.. iris.GetColumn<float>("PetalWidth").Select(v => (double)v)];
        int[] y = [.. iris.GetColumn<string>("Species").Select(s => s == "setosa" ? 1 : -1)];

        double w0 = 0, w1 = 0, b = 0;
        int mistakes = 0, round = 0;
        bool clean = false;
        while (!clean && round < 1000)
        {
            clean = true;
            round++;
            for (int i = 0; i < y.Length; i++)
            {
                if (y[i] * ((w0 * length[i]) + (w1 * width[i]) + b) > 0)
                    continue;
                (w0, w1, b) = (w0 + (y[i] * length[i]), w1 + (y[i] * width[i]), b + y[i]);
                mistakes++;
                clean = false;
            }
        }

        double accuracy = Enumerable.Range(0, y.Length).Average(i => y[i] * ((w0 * length[i]) + (w1 * width[i]) + b) > 0 ? 1.0 : 0.0);
        output.WriteLine($"   setosa or not: a line after {mistakes} mistakes in {round} rounds.");

        var pipeline = ml.Transforms.Concatenate("Features", "PetalLength", "PetalWidth")
            .Append(ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("setosa", true), KeyValuePair.Create("versicolor", false), KeyValuePair.Create("virginica", false)], "Species"))
            .Append(ml.BinaryClassification.Trainers.Perceptron());
        var metrics = ml.BinaryClassification.EvaluateNonCalibrated(pipeline.Fit(iris).Transform(iris));
        return [new("accuracy", accuracy, metrics.Accuracy, 0)];
    }
}
