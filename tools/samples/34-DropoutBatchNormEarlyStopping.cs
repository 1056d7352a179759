using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// Four ways to learn what will hold for new rows. Inverted dropout: in training each number is dropped with probability p, and those that stay are divided
/// by 1 − p, so that the mean stays and scoring need not know. Batch normalisation: (x − μ) / √(σ² + ε) with the batch's own mean and variance. Early
/// stopping: keep the parameters of the epoch in which the loss on rows put aside was least. Augmentation: learn from images that are moved a little.
/// </summary>
internal static class DropoutBatchNormEarlyStopping
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output) => [.. Dropout(), .. BatchNorm(), .. EarlyStopping(output), .. Augmentation(output)];

    private static IEnumerable<SideBySide> Dropout()
    {
        const int Count = 20_000;
        const double p = 0.4;
        var random = new RandomStream(1);
        double[] y = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() < p ? 0 : 1 / (1 - p))];

        var backend = new CpuBackend();
        float[] z = new MLPath.Deep.Dropout(p).Forward(Tensor.Full(backend, [Count], 1), Pass.Training(new RandomStream(2))).ToArray();
        yield return new("dropout: mean of ones", y.Average(), z.Average(), 0.03);
        yield return new("dropout: part dropped", y.Count(v => v == 0) / (double)Count, z.Count(v => v == 0) / (double)Count, 0.02);
        yield return new("dropout: what stays", y.Max(), z.Max(), 1e-6);
    }

    private static IEnumerable<SideBySide> BatchNorm()
    {
        double[] x = [2, 4, 4, 10];
        double μ = x.Average(), variance = x.Average(v => (v - μ) * (v - μ));
        double[] y = [.. x.Select(v => (v - μ) / Math.Sqrt(variance + 1e-5))];

        var backend = new CpuBackend();
        var layer = new BatchNorm(1);
        layer.Initialize(backend, new RandomStream(1));
        float[] z = layer.Forward(Tensor.From(backend, [.. x.Select(v => (float)v)], [4, 1]), Pass.Training(new RandomStream(1))).ToArray();
        yield return new("batch normalisation: the first of four", y[0], z[0], 1e-5);
        yield return new("batch normalisation: the last of four", y[3], z[3], 1e-5);
    }

    private static IEnumerable<SideBySide> EarlyStopping(TextWriter output)
    {
        // Labels that are wrong as often as right cannot be learned, only learned by heart: soon the loss on other rows grows.
        var random = new RandomStream(3);
        var rows = Enumerable.Range(0, 120).Select(_ => new Point { Features = [(float)random.NextGaussian(), (float)random.NextGaussian()], Label = random.NextBoolean(0.5) });
        var ml = new MLContext(seed: 3);
        var model = ml.BinaryClassification.Trainers.Mlp(new MlpTrainer.Options { HiddenUnits = [32], ValidationFraction = 0.5, Patience = 10, Epochs = 200 })
            .Fit(ml.Data.LoadFromEnumerable(rows.ToList())).Model;
        double[] losses = [.. model.History.Epochs.Select(e => e.ValidationLoss)];
        int best = 0;
        for (int epoch = 0; epoch < losses.Length && epoch - best <= 10; epoch++)
        {
            if (losses[epoch] < losses[best]) best = epoch;
        }

        output.WriteLine(FormattableString.Invariant($"   Of noise nothing can be learned: {losses.Length} epochs of 200 were done. {model.StopReason}"));
        return [new("early stopping: the epoch kept", best + 1, model.History.BestEpoch, 0)];
    }

    private static IEnumerable<SideBySide> Augmentation(TextWriter output)
    {
        const int Side = 4;
        float[] image = [.. Enumerable.Range(0, Side * Side).Select(i => (float)i)];
        var shifted = new HashSet<string>();
        for (int down = -1; down <= 1; down++)
        {
            for (int right = -1; right <= 1; right++)
            {
                shifted.Add(string.Join(' ', from row in Enumerable.Range(0, Side)
                                             from column in Enumerable.Range(0, Side)
                                             select image[(Math.Clamp(row - down, 0, Side - 1) * Side) + Math.Clamp(column - right, 0, Side - 1)]));
            }
        }

        var augmentation = new ImageAugmentation(new ImageLayout(1, Side, Side), [0], [1]) { MaximumShift = 1 };
        var random = new RandomStream(4);
        var seen = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            float[] copy = [.. image];
            augmentation.Apply(copy, [1, Side, Side], random.Derive(i));
            seen.Add(string.Join(' ', copy));
        }

        output.WriteLine($"   Shifts by up to a pixel: {shifted.Count} by hand, {seen.Count} seen in 200 images; all of them by hand too: {seen.IsSubsetOf(shifted)}.");
        return [new("augmentation: different shifts", shifted.Count, seen.Count, 0)];
    }

    private sealed class Point
    {
        [MLPath.Data.VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
