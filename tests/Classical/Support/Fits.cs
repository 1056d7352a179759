using MLPath.Data;

namespace MLPath.Tests.Classical;

/// <summary>Ways to run a trainer that several tests need.</summary>
internal static class Fits
{
    /// <summary>Fits with no progress, no cancellation and the given number of threads.</summary>
    public static TModel Model<TModel>(IEstimator<IPredictionTransformer<TModel>> trainer, IDataView data, int threads = 2) where TModel : class =>
        trainer.Fit(data, FitContext.Default with { Threads = threads }).Model;

    /// <summary>Fits and gives what the fit told of problems.</summary>
    public static IReadOnlyList<Diagnosis> Diagnoses(IEstimator<ITransformer> trainer, IDataView data)
    {
        var heard = new List<Diagnosis>();
        trainer.Fit(data, FitContext.Default with { DiagnosisSink = heard.Add });
        return heard;
    }

    /// <summary>
    /// Cancels a fit at its n-th checkpoint, for n = 1, 2, 4, … until a fit ends by itself, and asserts that each cancelled one ended at
    /// once.
    /// </summary>
    /// <returns>The number of checkpoints of a fit that was not cancelled.</returns>
    public static int AssertCancellable(IEstimator<ITransformer> trainer, IDataView data)
    {
        for (int limit = 1; ; limit *= 2)
        {
            using var source = new CancellationTokenSource();
            int seen = 0;
            void Count()
            {
                if (Interlocked.Increment(ref seen) == limit)
                    source.Cancel();
            }

            var context = FitContext.Default with { CancellationToken = source.Token, OnCheckpoint = Count, Threads = 1 };
            try
            {
                trainer.Fit(data, context);
                Assert.IsLessThan(limit, seen, "The fit went on after it was cancelled.");
                return seen;
            }
            catch (OperationCanceledException)
            {
                Assert.AreEqual(limit, seen, "The fit went on after it was cancelled.");
            }
        }
    }

    /// <summary>Saves a fitted transformer, loads it with all components, and gives the copy.</summary>
    public static TTransformer RoundTrip<TTransformer>(TTransformer model) where TTransformer : class, ITransformer
    {
        using var stream = new MemoryStream();
        Runtime.ModelFile.Save(stream, model, new Runtime.ModelManifest());
        stream.Position = 0;
        return (TTransformer)Runtime.ModelFile.Load(stream, new MLContext().Components).Root;
    }
}
