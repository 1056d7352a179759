using System.Globalization;
using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Transforms;

/// <summary>What was decided of a column, and why.</summary>
/// <param name="Column">The column.</param>
/// <param name="Type">Its type, in words.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Reason">Why, in a few words: "12 different texts", "the same value in every row".</param>
/// <param name="Missing">The number of missing values in the rows that were looked at.</param>
public sealed record FeatureDecision(string Column, string Type, FeatureKind Kind, string Reason, long Missing);

/// <summary>How each column of a table becomes features: made by <c>ml.Data.PlanFeatures</c> from a look at the rows. Immutable.</summary>
public sealed class FeaturePlan
{
    private readonly DataViewSchema _schema;

    internal FeaturePlan(DataViewSchema schema, FeaturizingOptions options, IReadOnlyList<FeatureDecision> decisions, long rows) =>
        (_schema, Options, Decisions, Rows) = (schema, options, decisions, rows);

    /// <summary>The options it was made with.</summary>
    public FeaturizingOptions Options { get; }

    /// <summary>What was decided of each column but the label, those that were excluded included, in the order of the table.</summary>
    public IReadOnlyList<FeatureDecision> Decisions { get; }

    /// <summary>The number of rows that were looked at.</summary>
    public long Rows { get; }

    /// <summary>The columns that become features, in the order of the table.</summary>
    public IReadOnlyList<string> Columns => [.. Used.Select(d => d.Column)];

    /// <summary>The column whose words stand for a row to trainers that read tokens: the first of sentences; null where there is none.</summary>
    public string? TokenColumn => Used.FirstOrDefault(d => d.Kind == FeatureKind.Text)?.Column;

    /// <summary>The plan in lines for a reader: what is used, what is filled in, what is left out.</summary>
    public IReadOnlyList<string> Lines => [$"Features: {UsedInWords()}.", .. Remarks];

    /// <summary>What a reader of results must know: what is filled in, what is left out.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            var remarks = new List<string>();
            var filled = Used.Where(d => d is { Kind: FeatureKind.Number or FeatureKind.Image, Missing: > 0 })
                .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Column} ({d.Missing:N0} of {Values(d):N0})")).ToList();
            if (filled.Count > 0)
            {
                string marked = Options.IndicateMissing ? ", and marked" : "";
                remarks.Add($"Missing numbers are filled with the mean of the training rows{marked}: {Listed(filled)}.");
            }

            var leftOut = Decisions.Where(d => d.Kind == FeatureKind.Ignore).Select(d => $"{d.Column} ({d.Reason})").ToList();
            if (leftOut.Count > 0)
                remarks.Add($"Left out: {Listed(leftOut)}.");
            return remarks;
        }
    }

    private IEnumerable<FeatureDecision> Used => Decisions.Where(d => d.Kind != FeatureKind.Ignore);

    /// <summary>
    /// The plan as an ordinary pipeline, which may be taken apart, changed and fitted on its own. Its steps work in place: a column of categories
    /// becomes their slots under the same name; the last step joins all.
    /// </summary>
    public EstimatorChain<ITransformer> ToPipeline() => new FeaturePipeline(this, _schema).Build();

    /// <summary>
    /// For trainers that read tokens: the words of <see cref="TokenColumn"/>, without regard to case and punctuation, as a vector of keys of varying
    /// length. Words of one text alone share a key. Other columns have no part in it.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no column of sentences.</exception>
    public EstimatorChain<ITransformer> ToTokenPipeline() => new FeaturePipeline(this, _schema).BuildTokens(
        TokenColumn ?? throw new InvalidOperationException("The plan has no column of sentences, so there are no tokens; use ToPipeline."));

    /// <summary>The same plan with the slots brought to one scale or not, as an algorithm needs it.</summary>
    /// <param name="normalize">Whether to bring them to one scale.</param>
    public FeaturePlan WithNormalize(bool normalize) => new(_schema, Options with { Normalize = normalize }, Decisions, Rows);

    /// <summary>The plan as the table of a report.</summary>
    public TableSection ToSection() => new(
        "Features",
        [new("Column"), new("Type"), new("Becomes"), new("Missing", ValueKind.Integer), new("Why")],
        [.. Decisions.Select(d => new TableRow([d.Column, d.Type, InWords(d.Kind), d.Missing, d.Reason]))])
    {
        Explanation = "What becomes of each column. Everything that is learned for it is learned from the training rows alone.",
    };

    /// <summary>The lines of the plan.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Lines);

    private static string InWords(FeatureKind kind) => kind switch
    {
        FeatureKind.Ignore => "left out",
        FeatureKind.Number => "number",
        FeatureKind.Category => "categories",
        FeatureKind.Text => "words",
        FeatureKind.Time => "parts of a time",
        _ => "pixels",
    };

    private long Values(FeatureDecision decision) => Rows * Math.Max(1, _schema[decision.Column].Type.ValueCount);

    private string UsedInWords()
    {
        var parts = new List<string>();
        int numbers = Of(FeatureKind.Number).Sum(d => _schema[d.Column].Type.ValueCount);
        if (numbers > 0)
            parts.Add(Times(numbers, "number"));
        int pixels = Of(FeatureKind.Image).Sum(d => _schema[d.Column].Type.ValueCount);
        if (pixels > 0)
            parts.Add(Times(pixels, "pixel"));
        AddColumns(FeatureKind.Category, "categories");
        AddColumns(FeatureKind.Text, "sentences");
        AddColumns(FeatureKind.Time, "times");
        return parts.Count > 1 ? $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}" : parts[0];

        IEnumerable<FeatureDecision> Of(FeatureKind kind) => Used.Where(d => d.Kind == kind);

        void AddColumns(FeatureKind kind, string what)
        {
            var columns = Of(kind).Select(d => d.Column).ToList();
            if (columns.Count > 0)
                parts.Add($"{Times(columns.Count, "column")} of {what} ({Listed(columns)})");
        }
    }

    private static string Listed(List<string> items)
    {
        const int Shown = 20;
        string rest = items.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $", … ({items.Count:N0} in all)") : "";
        return string.Join(", ", items.Take(Shown)) + rest;
    }

    private static string Times(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
