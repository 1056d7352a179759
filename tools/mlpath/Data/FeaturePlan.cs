using MLPath.Data;
using MLPath.Evaluation;
using MLPath.Reports;

namespace MLPath.Tool.Data;

/// <summary>Which columns become features and how, which are left out and why.</summary>
internal sealed class FeaturePlan
{
    // More categories than this are names or identifiers, and one column of the features for each would drown the others.
    private const int MostCategories = 100;

    // Where more than half of the rows have a value of their own, the values name the rows.
    private const double MostDistinctShare = 0.5;
    private const int FewCategories = 10;

    private readonly List<DataViewSchema.Column> _numbers = [];
    private readonly List<DataViewSchema.Column> _categories = [];
    private readonly List<DataViewSchema.Column> _features = [];
    private readonly List<(string Column, string Why)> _leftOut = [];
    private readonly List<string> _filled = [];

    private FeaturePlan() { }

    /// <summary>All columns that become features, in the order of the table.</summary>
    public IReadOnlyList<string> Features => _features.ConvertAll(c => c.Name);

    /// <summary>Those of them in which a number may be missing.</summary>
    public IReadOnlyList<string> Fillable =>
        _numbers.Where(c => c.Type.ItemTypeOrSelf is var item && (item == NumberDataViewType.Single || item == NumberDataViewType.Double))
            .Select(c => c.Name).ToList();

    /// <summary>Those of them that are encoded, a slot for each category.</summary>
    public IReadOnlyList<string> Categories => _categories.ConvertAll(c => c.Name);

    /// <summary>The plan in lines for a reader: what is used, what is filled in, what is left out.</summary>
    public IReadOnlyList<string> Lines => [$"Features: {Used()}.", .. Remarks];

    /// <summary>What a reader of results must know: what is filled in, what is left out.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            var remarks = new List<string>();
            if (_filled.Count > 0)
                remarks.Add($"Missing numbers are filled with the mean of the training rows: {Listed(_filled)}.");
            if (_leftOut.Count > 0)
                remarks.Add($"Left out: {Listed(_leftOut.ConvertAll(c => $"{c.Column} ({c.Why})"))}.");
            return remarks;
        }
    }

    /// <summary>Plans the features of a table.</summary>
    /// <param name="data">The table.</param>
    /// <param name="roles">The columns with another role: label, groups, folds.</param>
    /// <exception cref="DataException">No column can be a feature, or one is infinite.</exception>
    /// <exception cref="SchemaException">A column has a name that is kept for the prepared label.</exception>
    public static FeaturePlan Of(InputData data, IReadOnlyCollection<string> roles)
    {
        var plan = new FeaturePlan();
        foreach (var column in data.Summary.Columns.Where(c => !roles.Contains(c.Name)))
            plan.Add(data.View.Schema[column.Name], column);
        if (plan._features.Count == 0)
        {
            string why = plan.Remarks.LastOrDefault("The table has no columns beside the label.");
            throw new DataException($"No column can be a feature. {why}");
        }

        if (plan.Features.Contains(DefaultPipeline.Label))
        {
            throw new SchemaException(
                $"Column '{DefaultPipeline.Label}' is a feature here, and the prepared label needs that name. "
                + "Rename the column, or make it the label.");
        }

        return plan;
    }

    private void Add(DataViewSchema.Column column, ColumnSummary summary)
    {
        if (summary.Infinite > 0)
        {
            throw new DataException(
                $"Column '{column.Name}' has {Times(summary.Infinite, "infinite value")} (±∞), which nothing can be learned from. "
                + "Correct them at their source, or leave the cells empty.");
        }

        if (LeaveOut(column, summary) is { } why)
        {
            _leftOut.Add((column.Name, why));
            return;
        }

        _features.Add(column);
        if (column.Type.ItemTypeOrSelf is TextDataViewType or KeyDataViewType)
        {
            _categories.Add(column);
            return;
        }

        _numbers.Add(column);
        long values = summary.Missing + summary.Count;
        if (summary.Missing > 0)
            _filled.Add($"{column.Name} ({NumberFormat.Integer(summary.Missing)} of {NumberFormat.Integer(values)})");
    }

    private static string? LeaveOut(DataViewSchema.Column column, ColumnSummary summary) => column.Type switch
    {
        VectorDataViewType { IsKnownSize: false } => "vectors of varying length",
        _ when summary.Count == 0 => "no values",
        { ItemTypeOrSelf: NumberDataViewType or BooleanDataViewType } => null,
        TextDataViewType or KeyDataViewType when summary.Distinct is not { } distinct => "more than 1,000 different texts",
        TextDataViewType or KeyDataViewType when summary.Distinct > MostCategories => $"{summary.Distinct} different texts",
        TextDataViewType or KeyDataViewType when summary.Distinct > FewCategories && summary.Distinct > MostDistinctShare * summary.Count =>
            $"{summary.Distinct} different texts in {summary.Count} rows",
        TextDataViewType or KeyDataViewType => null,
        DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => "a date or time",
        var type => $"{type}",
    };

    private string Used()
    {
        int numbers = _numbers.Sum(c => c.Type.ValueCount);
        var parts = new List<string>();
        if (numbers > 0)
            parts.Add(Times(numbers, "number"));
        if (_categories.Count > 0)
            parts.Add($"{Times(_categories.Count, "column")} of categories ({Listed(Categories)})");
        return string.Join(" and ", parts);
    }

    private static string Listed(IReadOnlyList<string> columns)
    {
        const int Shown = 20;
        string rest = columns.Count > Shown ? $", … ({NumberFormat.Integer(columns.Count)} in all)" : "";
        return string.Join(", ", columns.Take(Shown)) + rest;
    }

    private static string Times(long count, string noun) => $"{NumberFormat.Integer(count)} {noun}{(count == 1 ? "" : "s")}";
}
