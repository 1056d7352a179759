using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// Two ways to classify without descent. k nearest neighbours remember the training rows: the k with the least distance √Σⱼ (xⱼ − yⱼ)² vote. Naive Bayes keeps, of each
/// class c, its share πc and the mean μ and variance σ² of each feature: p(c | x) ∝ πc Πⱼ N(xⱼ; μcⱼ, σ²cⱼ), as if the features knew nothing of each other.
/// </summary>
internal static class NeighborsAndBayes
{
    private const int K = 5;
    private const int Classes = 3;

    private sealed record Flower(double[] X, int Class);

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView flowers = ml.Data.LoadDataset("iris");
        IDataView iris = ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Species")).Fit(flowers).Transform(flowers);
        var split = ml.Data.TrainTestSplit(iris, testFraction: 0.3, stratifyColumn: "Species");
        Flower[] train = Flowers(split.TrainSet), test = Flowers(split.TestSet);

        // By hand.
        double[] mostVotes = [.. test.Select(flower => Votes(train, flower.X).Max())];
        double neighborsRight = test.Average(flower => Array.IndexOf(Votes(train, flower.X), Votes(train, flower.X).Max()) == flower.Class ? 1.0 : 0.0);
        double bayesRight = test.Average(flower => Bayes(train, flower.X) is var p && Array.IndexOf(p, p.Max()) == flower.Class ? 1.0 : 0.0);
        double doubt = test.Min(flower => Bayes(train, flower.X).Max());

        // Through MLPath.
        var neighbors = ml.MulticlassClassification.Trainers.KNearestNeighbors(numberOfNeighbors: K).Fit(split.TrainSet).Transform(split.TestSet);
        var bayes = ml.MulticlassClassification.Trainers.NaiveBayes().Fit(split.TrainSet).Transform(split.TestSet);
        output.WriteLine($"   {train.Length} flowers are remembered, {test.Length} are asked about; {mostVotes.Count(v => v < 1)} times the neighbours disagree.");
        return
        [
            new($"{K} neighbours: accuracy", neighborsRight, ml.MulticlassClassification.Evaluate(neighbors).MicroAccuracy, 1e-12),
            new($"{K} neighbours: mean of the most votes", mostVotes.Average(), neighbors.GetColumn<float[]>("Score").Average(s => s.Max()), 1e-6),
            new("naive Bayes: accuracy", bayesRight, ml.MulticlassClassification.Evaluate(bayes).MicroAccuracy, 1e-12),
            new("naive Bayes: p where it doubts most", doubt, bayes.GetColumn<float[]>("Score").Min(s => s.Max()), 1e-5),
        ];
    }

    private static Flower[] Flowers(IDataView view) =>
        [.. view.GetColumn<float[]>("Features").Zip(view.GetColumn<uint>("Label"), (x, key) => new Flower([.. x.Select(v => (double)v)], (int)key - 1))];

    // The shares of the classes among the K nearest.
    private static double[] Votes(Flower[] train, double[] x)
    {
        var nearest = train.OrderBy(flower => Distance(flower.X, x)).Take(K).ToList();
        return [.. Enumerable.Range(0, Classes).Select(c => (double)nearest.Count(flower => flower.Class == c) / K)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());

    // The products of densities, made to sum to 1.
    private static double[] Bayes(Flower[] train, double[] x)
    {
        double[] joint = [.. Enumerable.Range(0, Classes).Select(c =>
        {
            var own = train.Where(flower => flower.Class == c).ToList();
            double p = (double)own.Count / train.Length;
            for (int j = 0; j < x.Length; j++)
            {
                double mean = own.Average(flower => flower.X[j]);
                double variance = own.Average(flower => (flower.X[j] - mean) * (flower.X[j] - mean));
                p *= Math.Exp(-(x[j] - mean) * (x[j] - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
            }

            return p;
        })];
        return [.. joint.Select(p => p / joint.Sum())];
    }
}
