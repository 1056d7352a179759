using MLPath.Data;

namespace MLPath.Datasets.Formats.Idx;

/// <summary>Views of IDX files.</summary>
internal static class IdxView
{
    /// <summary>One file as one column.</summary>
    public static ComputedView Load(string path, CancellationToken cancellationToken)
    {
        var file = IdxFile.Read(path, cancellationToken);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(file.Dimensions.Length == 1 ? "Value" : "Pixels", file.Type);
        return new ComputedView(schema.ToSchema(), [file.Fill], file.Rows, SourceFile.Describe([path]));
    }

    /// <summary>Images and their labels.</summary>
    public static ComputedView Load(string imagesPath, string labelsPath, CancellationToken cancellationToken)
    {
        var images = IdxFile.Read(imagesPath, cancellationToken);
        if (images.Dimensions.Length == 1)
            throw FormatError.Of(imagesPath, "images have at least two dimensions; this file has one, as files of labels have");
        var labels = IdxFile.Read(labelsPath, cancellationToken).Labels();
        if (labels.Length != images.Rows)
            throw FormatError.Of(labelsPath, $"there are {labels.Length} labels for the {images.Rows} images of {imagesPath}");
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Pixels", images.Type);
        schema.AddColumn("Label", TextDataViewType.Instance);
        void FillLabels(ColumnBuffer buffer, int start, int count) => ((ScalarColumn<ReadOnlyMemory<char>>)buffer).Alias(labels, start, count);
        return new ComputedView(schema.ToSchema(), [images.Fill, FillLabels], images.Rows, SourceFile.Describe([imagesPath, labelsPath]));
    }
}
