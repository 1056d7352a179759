using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>Scores of classes, and how often the greatest is the right one.</summary>
internal static class Predictions
{
    private const int ChunkRows = 512;

    /// <summary>n × k scores, some hundred rows at a time: a model serves any number of threads.</summary>
    public static float[] OfClasses(IMulticlassModel model, Table features, int threads)
    {
        int k = model.ClassCount;
        var scores = new float[features.Rows * k];
        ParallelLoop.For(features.Rows, ChunkRows, threads, CancellationToken.None, (_, start, end) =>
            model.Score(features.Part(start, end - start), scores.AsSpan(start * k, (end - start) * k)));
        return scores;
    }

    /// <summary>n scores of the positive class.</summary>
    public static float[] OfPositive(IBinaryModel model, Table features, int threads)
    {
        var scores = new float[features.Rows];
        ParallelLoop.For(features.Rows, ChunkRows, threads, CancellationToken.None, (_, start, end) =>
            model.Score(features.Part(start, end - start), scores.AsSpan(start..end), []));
        return scores;
    }

    /// <summary>The part of rows whose greatest score is that of their class.</summary>
    public static double Accuracy(float[] scores, int[] classes)
    {
        int k = scores.Length / classes.Length;
        return classes.Where((c, i) => Dense.ArgMax(scores.AsSpan(i * k, k)) == c).Count() / (double)classes.Length;
    }
}
