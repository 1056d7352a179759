using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets;

/// <summary>A feature column of a data set.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Description">What is measured, with its unit.</param>
public sealed record DatasetFeature(string Name, string Description)
{
    /// <summary>The column's type. Default: Single.</summary>
    public DataViewType Type { get; init; } = NumberDataViewType.Single;

    /// <summary>The names of a vector's slots; none for a scalar.</summary>
    public IReadOnlyList<string> SlotNames { get; init; } = [];
}

/// <summary>What there is to know of a data set before using it: what a row is, what to predict, where it comes from.</summary>
public sealed record DatasetInfo
{
    /// <summary>The short name by which the set is loaded, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Other short names that load the same set.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The name by which the field knows it.</summary>
    public required string Title { get; init; }

    /// <summary>What a row is and how the values were obtained.</summary>
    public required string Description { get; init; }

    /// <summary>What its rows are made of. Default: numbers and categories.</summary>
    public DatasetKind Kind { get; init; }

    /// <summary>
    /// What the set is for; null where it is none of these, and <see cref="Kind"/> says it: forecasting, ranking, language, translation.
    /// </summary>
    public LearningTask? Task { get; init; }

    /// <summary>The number of rows: of the training part, where there are two.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of rows of the test part; null where the set is published as a whole.</summary>
    public int? TestRows { get; init; }

    /// <summary>The feature columns, in order.</summary>
    public required IReadOnlyList<DatasetFeature> Features { get; init; }

    /// <summary>The name of the column to predict, which comes last; null where there is none, as in running text.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>What the label says, with its unit; empty where there is none.</summary>
    public string LabelDescription { get; init; } = "";

    /// <summary>The texts of the classes; none for a regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The label's type. Default: text for classes, Single for a number.</summary>
    public DataViewType LabelType
    {
        get => field ?? (Classes.Count > 0 ? TextDataViewType.Instance : NumberDataViewType.Single);
        init;
    }

    /// <summary>Where the set is published.</summary>
    public required Uri Source { get; init; }

    /// <summary>The terms under which it may be used, as best known.</summary>
    public required string Licence { get; init; }

    /// <summary>The publication to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The files of a public set; none where the set travels inside the library.</summary>
    public IReadOnlyList<DatasetFile> Files { get; init; } = [];

    /// <summary>Whether the set travels inside the library.</summary>
    public bool IsEmbedded => Files.Count == 0;

    /// <summary>Reads a public set's files; null where the set travels inside the library.</summary>
    internal DatasetReader? Reader { get; init; }

    /// <summary>The columns of the loaded set: the features, then the label.</summary>
    public DataViewSchema Schema
    {
        get
        {
            var schema = new DataViewSchema.Builder();
            foreach (var feature in Features)
            {
                var annotations = new DataViewSchema.Annotations.Builder();
                if (feature.SlotNames.Count > 0) annotations.AddSlotNames(feature.SlotNames);
                schema.AddColumn(feature.Name, feature.Type, annotations.ToAnnotations());
            }
            if (LabelColumn is not null) schema.AddColumn(LabelColumn, LabelType);
            return schema.ToSchema();
        }
    }
}
