using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>The rules by which columns become features.</summary>
internal static class FeaturePlanner
{
    // Few values are categories however few rows there are; beyond, values of which more than half stand in one row alone name the rows.
    private const int FewCategories = 10;
    private const double MostDistinctShare = 0.5;

    // Names have two or three words, sentences more.
    private const double FewestWordsOfSentences = 3;

    /// <summary>Looks at the rows in one pass, and decides.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="context">Cancellation.</param>
    /// <exception cref="DataException">No column can be a feature, or one is infinite.</exception>
    /// <exception cref="SchemaException">An option names a column that is not there.</exception>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public static FeaturePlan Plan(IDataView data, FeaturizingOptions options, FitContext context)
    {
        options = options.Checked();
        foreach (string name in options.Exclude.Concat(options.Kinds.Keys))
        {
            if (data.Schema.GetColumnOrNull(name) is null)
                throw SchemaException.MissingColumn(name, data.Schema.VisibleNames);
        }

        var label = options.LabelColumnName is { } labelName ? data.Schema.GetColumnOrNull(labelName) : null;
        var columns = data.Schema.Where(c => !c.IsHidden && c.Index != label?.Index && !options.Exclude.Contains(c.Name)).ToList();
        // What can become no feature, such as images, is not even read.
        var (looked, rows) = ColumnProfile.Of(data, columns.FindAll(c => IsUsable(c.Type)), label, context);
        var seen = looked.ToDictionary(p => p.Column.Index);
        var profiles = columns.ConvertAll(c => seen.GetValueOrDefault(c.Index, new ColumnProfile(c)));
        var decisions = profiles.Select(p => Decide(p, options, rows, suspicious: true)).ToList();
        if (decisions.TrueForAll(d => d.Kind == FeatureKind.Ignore))
            decisions = [.. profiles.Select(p => Decide(p, options, rows, suspicious: false))];
        if (decisions.TrueForAll(d => d.Kind == FeatureKind.Ignore))
        {
            if (decisions.Count == 0)
                throw new DataException(NoColumns);
            throw new DataException($"No column can be a feature. {NearestName.List("Left out", [.. decisions.Select(d => $"{d.Column} ({d.Reason})")])}");
        }

        return new FeaturePlan(data.Schema, options, decisions, rows);
    }

    /// <summary>The error of a table that has nothing to make features of.</summary>
    public const string NoColumns = "No column can be a feature: the table has no columns beside the label.";

    private static FeatureDecision Decide(ColumnProfile profile, FeaturizingOptions options, long rows, bool suspicious)
    {
        var column = profile.Column;
        if (profile.Infinite > 0)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Column '{column.Name}' has {profile.Infinite:N0} infinite value{(profile.Infinite == 1 ? "" : "s")} (±∞), which nothing can be learned from. "
                + $"Correct them at their source, or leave the cells empty."));
        }

        var (kind, reason) = options.Kinds.TryGetValue(column.Name, out var asked)
            ? (CheckedKind(column, asked), "as asked for")
            : Rule(profile, options, rows, suspicious);
        return new FeatureDecision(column.Name, column.Type.ToString()!, kind, reason, profile.Missing);
    }

    // A copy of the label and a number of the row are left out on suspicion, unless there is nothing else.
    private static (FeatureKind Kind, string Reason) Rule(ColumnProfile profile, FeaturizingOptions options, long rows, bool suspicious)
    {
        var type = profile.Column.Type;
        if (type is VectorDataViewType { IsKnownSize: false })
            return (FeatureKind.Ignore, "vectors of varying length");
        if (!IsUsable(type))
            return (FeatureKind.Ignore, $"{type}");
        if (profile.Count == 0)
            return (FeatureKind.Ignore, "no values");
        if (suspicious && profile.EqualsLabel)
            return (FeatureKind.Ignore, $"says the same as the label '{options.LabelColumnName}'");
        if (profile is { Distinct: 1, Missing: 0 } && rows > 1)
            return (FeatureKind.Ignore, "the same value in every row");
        if (suspicious && profile.NumbersTheRows)
            return (FeatureKind.Ignore, "numbers the rows");
        return type.ItemTypeOrSelf switch
        {
            NumberDataViewType when type is VectorDataViewType { Dimensions.Count: > 1 } => (FeatureKind.Image, "vectors with rows and columns"),
            NumberDataViewType or BooleanDataViewType => (FeatureKind.Number, type is VectorDataViewType ? "numbers" : "a number"),
            DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => (FeatureKind.Time, "a time"),
            _ => OfWords(profile, options),
        };
    }

    private static (FeatureKind Kind, string Reason) OfWords(ColumnProfile profile, FeaturizingOptions options)
    {
        string texts = profile.Column.Type.KeyCount > 0 ? "categories" : "texts";
        string different = profile.Distinct is { } distinct ? $"{distinct} different {texts}" : $"more than 1,000 different {texts}";
        bool areCategories = profile.Distinct <= options.MaximumCategories
            && (profile.Distinct <= FewCategories || profile.Distinct <= MostDistinctShare * profile.Count);
        if (areCategories)
            return (FeatureKind.Category, different);
        if (profile.Words >= FewestWordsOfSentences && profile.Column.Type is TextDataViewType)
            return (FeatureKind.Text, string.Create(CultureInfo.InvariantCulture, $"{profile.Words:0.#} words on average"));
        bool few = profile.Distinct <= options.MaximumCategories;
        return (FeatureKind.Ignore, few ? string.Create(CultureInfo.InvariantCulture, $"{different} in {profile.Count:N0} rows") : different);
    }

    private static FeatureKind CheckedKind(DataViewSchema.Column column, FeatureKind kind) =>
        CanBe(column.Type, kind) ? kind : throw SchemaException.WrongType(column.Name, Needed(kind), column.Type.ToString()!);

    private static bool IsUsable(DataViewType type) =>
        CanBe(type, FeatureKind.Number) || CanBe(type, FeatureKind.Category) || CanBe(type, FeatureKind.Time);

    private static bool CanBe(DataViewType type, FeatureKind kind) => type is not VectorDataViewType { IsKnownSize: false } && kind switch
    {
        FeatureKind.Ignore => true,
        FeatureKind.Number => type is PrimitiveDataViewType or VectorDataViewType && type.ItemTypeOrSelf is NumberDataViewType or BooleanDataViewType,
        FeatureKind.Image => type is VectorDataViewType { ItemType: NumberDataViewType },
        FeatureKind.Category => type is PrimitiveDataViewType or VectorDataViewType
            && type.ItemTypeOrSelf is TextDataViewType or KeyDataViewType or NumberDataViewType or BooleanDataViewType,
        FeatureKind.Text => type is TextDataViewType,
        _ => type is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType,
    };

    private static string Needed(FeatureKind kind) => kind switch
    {
        FeatureKind.Number => "a number, a Boolean, or a vector of known size of these, to be taken as Number,",
        FeatureKind.Image => "a vector of known size of numbers to be taken as Image",
        FeatureKind.Category => "text, a key, a number or a Boolean to be taken as Category",
        FeatureKind.Text => "text to be taken as Text",
        _ => "a DateTime, a DateTimeOffset or a TimeSpan to be taken as Time",
    };
}
