using System.Collections.Immutable;
using System.Globalization;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Evaluation;

/// <summary>
/// ML.NET's permutation feature importance: the change of every metric when one feature that the last model reads is shuffled.
/// <see cref="PermutationImportance"/> shuffles input columns instead.
/// </summary>
internal static class FeaturePermutation
{
    // The random stream has a name of its own, so that each feature's shuffles are the same whichever others there are.
    private const string Purpose = "permutation feature importance";

    /// <summary>The change of the metrics for each feature, with the features' names.</summary>
    /// <typeparam name="TStatistics">The task's statistics.</typeparam>
    /// <param name="catalog">The task's catalog, for its seed.</param>
    /// <param name="predictor">A transformer with a model that reads one column of features; or a chain with one.</param>
    /// <param name="data">Rows with the column of features, or with what the chain makes it of.</param>
    /// <param name="evaluate">Measures scored rows.</param>
    /// <param name="statistics">Makes the statistics of the baseline and of the shuffles.</param>
    /// <param name="useFeatureWeightFilter">Whether features that contribute nothing to a linear model's scores are left as they are.</param>
    /// <param name="numberOfExamplesToUse">How many of the first rows to use; null for all.</param>
    /// <param name="permutationCount">The number of shuffles of each feature.</param>
    public static IReadOnlyList<(string Name, TStatistics Statistics)> Compute<TStatistics>(
        TrainCatalogBase catalog, ITransformer predictor, IDataView data, Func<IDataView, EvaluationMetrics> evaluate,
        Func<EvaluationMetrics, IReadOnlyList<EvaluationMetrics>, TStatistics> statistics,
        bool useFeatureWeightFilter, int? numberOfExamplesToUse, int permutationCount)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutationCount, 1);
        if (numberOfExamplesToUse is { } examples)
            ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1, nameof(numberOfExamplesToUse));
        var last = LastPredictor.Of(predictor);
        var rows = data.Schema.GetColumnOrNull(last.FeatureColumn) is null && predictor is ITransformerChain ? predictor.Transform(data) : data;
        var memory = InMemoryDataView.Load(rows);
        if (numberOfExamplesToUse < memory.RowCount)
            memory = InMemoryDataView.Load(RowSubset.View(memory, [.. Enumerable.Range(0, numberOfExamplesToUse.Value)], "first rows"));

        var context = FitContext.Default with { Seed = catalog.Environment.Seed };
        var table = InputTable.Load(last.Transformer, memory, slotsUpTo: int.MaxValue, maximumRows: null, context);
        var baseline = evaluate(table.Score());
        bool[] silent = useFeatureWeightFilter ? WithoutContribution(last, memory) : new bool[table.Features.Count];
        var units = Enumerable.Range(0, table.Features.Count).Where(f => !silent[f])
            .SelectMany(f => Enumerable.Range(0, permutationCount).Select(repeat => (Feature: f, Repeat: repeat))).ToArray();
        var shuffled = new EvaluationMetrics[table.Features.Count, permutationCount];
        ParallelLoop.For(units.Length, chunkSize: 1, context.Threads, CancellationToken.None, (unit, _, _) =>
        {
            var (feature, repeat) = units[unit];
            int[] order = context.CreateRandom(Purpose).Derive(feature).Derive(repeat).Permutation(table.Count);
            shuffled[feature, repeat] = evaluate(table.ScoreWith(table.Features[feature], order));
        });
        return [.. table.Features.Select((f, i) => (f.Name, statistics(
            baseline, silent[i] ? [] : [.. Enumerable.Range(0, permutationCount).Select(repeat => shuffled[i, repeat])])))];
    }

    /// <summary>By name; a name that occurs twice gets the number of its slot behind it.</summary>
    public static ImmutableDictionary<string, TStatistics> ByName<TStatistics>(IReadOnlyList<(string Name, TStatistics Statistics)> features)
    {
        var named = ImmutableDictionary.CreateBuilder<string, TStatistics>(StringComparer.Ordinal);
        for (int slot = 0; slot < features.Count; slot++)
        {
            string name = features[slot].Name;
            named.Add(named.ContainsKey(name) ? string.Create(CultureInfo.InvariantCulture, $"{name} (slot {slot})") : name, features[slot].Statistics);
        }

        return named.ToImmutable();
    }

    private static bool[] WithoutContribution(LastPredictor predictor, InMemoryDataView rows)
    {
        int d = rows.Schema[predictor.FeatureColumn].Type.ValueCount;
        var silent = new bool[d];
        if (predictor.Model is not IFeatureContributions linear)
            return silent;
        silent.AsSpan().Fill(true);
        var contributions = FeatureContributions.Compute(linear, rows, predictor.FeatureColumn, CancellationToken.None);
        foreach (double[] ofScore in contributions)
        {
            for (int i = 0; i < ofScore.Length; i++)
                silent[i % d] &= ofScore[i] == 0;
        }

        return silent;
    }
}

/// <summary>The last transformer of a pipeline that holds a model and reads one column of features.</summary>
/// <param name="Transformer">The transformer.</param>
/// <param name="Model">Its model.</param>
/// <param name="FeatureColumn">The column.</param>
internal sealed record LastPredictor(ITransformer Transformer, object Model, string FeatureColumn)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="SchemaException">There is none.</exception>
    public static LastPredictor Of(ITransformer model) => Find(model) ?? throw new SchemaException(
        "The pipeline has no model that reads one column of features, so its features cannot be shuffled. Use PermutationImportance, which shuffles input columns.");

    /// <summary>Finds it; null where there is none.</summary>
    public static LastPredictor? Find(ITransformer model) => model switch
    {
        ITransformerChain chain => chain.Transformers.Reverse().Select(Find).FirstOrDefault(p => p is not null),
        ISingleFeaturePredictionTransformer<object> predictor => new LastPredictor(model, predictor.Model, predictor.FeatureColumnName),
        _ => null,
    };
}
