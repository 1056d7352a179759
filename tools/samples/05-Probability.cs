using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// Bayes' rule turns what a cause makes likely into what a sign makes likely: P(ill | positive) = P(positive | ill) P(ill) / P(positive). A naive Bayes
/// classifier is this rule with probabilities counted from data. A distribution says how probable each value is; a test of a hypothesis asks how
/// probable data at least as extreme would be if the hypothesis were true.
/// </summary>
internal static class Probability
{
    private const double Prevalence = 0.01, Sensitivity = 0.9, FalseAlarms = 0.05;

    private sealed class Person
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        // The diagnostic test: one person in a hundred is ill; of the ill 90 % test positive, of the healthy 5 %.
        double positive = (Sensitivity * Prevalence) + (FalseAlarms * (1 - Prevalence));
        double ill = Sensitivity * Prevalence / positive;
        double illAfterNegative = (1 - Sensitivity) * Prevalence / (1 - positive);
        output.WriteLine(FormattableString.Invariant($"   After a positive test {ill:P1} are ill: most of the positive ones are among the many healthy."));

        // The same from 10 000 people, counted by a classifier: each row stands for as many as its weight says.
        var ml = new MLContext(seed: 1);
        IDataView people = ml.Data.LoadFromEnumerable(new Person[]
        {
            new() { Features = [1], Label = true, Weight = 90 },
            new() { Features = [0], Label = true, Weight = 10 },
            new() { Features = [1], Label = false, Weight = 495 },
            new() { Features = [0], Label = false, Weight = 9405 },
        });
        var model = ml.BinaryClassification.Trainers.BernoulliNaiveBayes(new BernoulliNaiveBayesTrainer.Options
        {
            Alpha = 1e-9, // counts as they are
            ExampleWeightColumnName = "Weight",
        }).Fit(people);
        float[] answers = [.. ml.Data.CreateEnumerable<Answer>(model.Transform(people), reuseRowObject: false).Select(a => a.Probability)];

        // Distributions: 14 heads or more in 20 throws of a fair coin.
        double heads = Enumerable.Range(14, 7).Sum(k => Choose(20, k)) / Math.Pow(2, 20);
        double tail = new BinomialDistribution(20, 0.5).UpperTail(13);
        output.WriteLine(FormattableString.Invariant($"   A fair coin shows 14 heads or more in 20 throws with probability {tail:0.000}: not rare enough to doubt it."));

        // A hypothesis test: do the sepals of two species of iris have the same mean width? t is the difference in standard errors.
        IDataView iris = ml.Data.LoadDataset("iris");
        var widths = iris.GetColumn<float>("SepalWidth").Zip(iris.GetColumn<string>("Species"), (w, s) => (Width: (double)w, Species: s)).ToList();
        double[] one = [.. widths.Where(w => w.Species == "versicolor").Select(w => w.Width)];
        double[] two = [.. widths.Where(w => w.Species == "virginica").Select(w => w.Width)];
        double t = (one.Average() - two.Average()) / Math.Sqrt((Variance(one) / one.Length) + (Variance(two) / two.Length));
        var test = HypothesisTest.WelchT(one, two);
        double shuffled = ShuffledTail(one, two, new RandomStream(1));
        output.WriteLine(FormattableString.Invariant($"   Sepals of versicolor and virginica differ in width by {Math.Abs(t):0.0} standard errors; by chance that happens with p = {test.PValue:0.0000}."));
        return
        [
            new("P(ill | positive)", ill, answers[0], 1e-6),
            new("P(ill | negative)", illAfterNegative, answers[1], 1e-6),
            new("P(14 heads or more of 20)", heads, tail, 1e-12),
            new("t of the two species", t, test.Statistic, 1e-12),
            new("p, by shuffling the species", shuffled, test.PValue, 2e-3),
        ];
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);

    private static double Variance(double[] x) => x.Sum(v => (v - x.Average()) * (v - x.Average())) / (x.Length - 1);

    // If the species made no difference, every shuffling of the widths over the two would be as probable: how many differ as much?
    private static double ShuffledTail(double[] one, double[] two, RandomStream stream)
    {
        const int Shuffles = 20_000;
        double[] all = [.. one, .. two];
        double total = all.Sum(), difference = Math.Abs(one.Average() - two.Average());
        int asFar = 0;
        for (int i = 0; i < Shuffles; i++)
        {
            stream.Shuffle(all.AsSpan());
            double sum = 0;
            for (int j = 0; j < one.Length; j++)
                sum += all[j];
            if (Math.Abs((sum / one.Length) - ((total - sum) / two.Length)) >= difference - 1e-9)
                asFar++;
        }

        return asFar / (double)Shuffles;
    }
}
