using MLPath.Numerics;
using MLPath.Reports;

namespace MLPath.Evaluation;

/// <summary>How every candidate stands to one of them, the baseline, over several data sets.</summary>
/// <param name="Baseline">The baseline's name.</param>
/// <param name="Candidates">All candidates, the baseline included, best average rank first.</param>
public sealed record BaselineComparison(string Baseline, IReadOnlyList<CandidateAgainstBaseline> Candidates)
{
    private const double Significance = 0.05;

    /// <summary>A candidate by its name.</summary>
    /// <param name="name">The name.</param>
    public CandidateAgainstBaseline this[string name] =>
        Candidates.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"There is no candidate '{name}'.", nameof(name));

    /// <summary>Whether scores of one data set can be compared: on a single split they cannot, because one score does not vary.</summary>
    internal static bool IsMarked(DatasetsReport report) => report.Options.Design != ComparisonDesign.HoldOut;

    internal static BaselineComparison Of(DatasetsReport report, string baseline)
    {
        var ranked = report.Candidates.Where(c => !double.IsNaN(c.AverageRank)).ToList();
        int own = ranked.FindIndex(c => c.Name == baseline);
        double[] z = new double[report.Candidates.Count], p = new double[z.Length];
        Array.Fill(z, double.NaN);
        Array.Fill(p, double.NaN);
        if (own >= 0 && report.Friedman is { IsDefined: true } friedman)
        {
            // z = (R_baseline - R_i) / √(k (k + 1) / (6 N)), J. Demšar 2006, section 3.2.2.
            double k = friedman.Algorithms, error = Math.Sqrt(k * (k + 1) / (6 * friedman.Datasets));
            for (int i = 0; i < ranked.Count; i++)
            {
                if (i == own)
                    continue;
                z[i] = (ranked[own].AverageRank - ranked[i].AverageRank) / error;
                p[i] = Math.Min(1, 2 * NormalDistribution.Standard.UpperTail(Math.Abs(z[i])));
            }
        }

        double[] adjusted = Holm.Adjust(p);
        return new BaselineComparison(baseline, [.. report.Candidates.Select((c, i) => new CandidateAgainstBaseline(c.Name, [.. report.Datasets.Select(d => On(d, c.Name, baseline, report.Options.Design))])
        {
            Z = z[i],
            PValue = p[i],
            AdjustedPValue = adjusted[i],
        })]);
    }

    private static DatasetStanding On(DatasetResult dataset, string candidate, string baseline, ComparisonDesign design)
    {
        if (candidate == baseline || dataset.Comparison is not { } comparison || Scores(comparison, candidate) is not { } scores
            || Scores(comparison, baseline) is not { } others)
        {
            return new DatasetStanding(dataset.Name, Standing.None, null);
        }

        int common = Math.Min(scores.Length, others.Length);
        ReadOnlySpan<double> a = scores.AsSpan(0, common), b = others.AsSpan(0, common);
        var test = design == ComparisonDesign.FiveByTwo
            ? PairedComparison.Of(FiveByTwoF.Compare(a, b).ToTest(""), common)
            : CorrectedResampledTTest.Compare(a, b, comparison.TestToTrainRatio);
        var standing = !test.IsDefined ? Standing.None
            : !(test.PValue < Significance) ? Standing.Tie
            : test.MeanDifference > 0 == comparison.Metric.HigherIsBetter ? Standing.Win : Standing.Loss;
        return new DatasetStanding(dataset.Name, standing, test);
    }

    private static double[]? Scores(ComparisonReport comparison, string candidate) => comparison[candidate] is { Error: null, Folds.Count: > 0 } result
        ? [.. result.Folds.Select(f => f.Metrics[comparison.Metric.Name].Value)]
        : null;
}

/// <summary>How a candidate stands to the baseline.</summary>
/// <param name="Name">The candidate.</param>
/// <param name="Datasets">On each data set, in the order of <see cref="DatasetsReport.Datasets"/>.</param>
public sealed record CandidateAgainstBaseline(string Name, IReadOnlyList<DatasetStanding> Datasets)
{
    /// <summary>On how many data sets it is better than the baseline by more than chance explains.</summary>
    public int Wins => Datasets.Count(d => d.Standing == Standing.Win);

    /// <summary>On how many data sets there is no evidence that it differs from the baseline.</summary>
    public int Ties => Datasets.Count(d => d.Standing == Standing.Tie);

    /// <summary>On how many data sets it is worse than the baseline by more than chance explains.</summary>
    public int Losses => Datasets.Count(d => d.Standing == Standing.Loss);

    /// <summary>
    /// The baseline's average rank minus this one's over its standard error, above 0 where this candidate ranks better; NaN for the baseline itself, and
    /// without ranks.
    /// </summary>
    public double Z { get; init; } = double.NaN;

    /// <summary>The two-sided p-value of <see cref="Z"/> by the normal distribution; NaN where that is.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The p-value after Holm's adjustment for the number of candidates; NaN where there is none.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;
}

/// <summary>How a candidate stands to the baseline on one data set.</summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Standing">Better, level or worse at the 5% level; none for the baseline itself and where one of the two has no score.</param>
/// <param name="Test">
/// The corrected resampled t-test on the set's folds, or on five times two folds Alpaydin's F, candidate minus baseline; null where there is none.
/// </param>
public sealed record DatasetStanding(string Dataset, Standing Standing, PairedComparison? Test);
