using MLPath.Data;

namespace MLPath.Datasets.Formats.Arff;

/// <summary>The rows of an ARFF file, read anew in each pass.</summary>
internal sealed class ArffDataView : BatchDataView
{
    private readonly MultiFileSource _file;
    private readonly ArffAttribute[] _attributes;

    private ArffDataView(MultiFileSource file, ArffAttribute[] attributes, DataViewSchema schema)
    {
        (_file, _attributes, Schema) = (file, attributes, schema);
        Lineage = DataLineage.Of(SourceFile.Describe(SourceFile.Names(file)), () => DataFingerprint.Compute(this));
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override DataLineage Lineage { get; }

    /// <summary>Reads the file once, to check it and to learn whether rows have weights and dates are missing.</summary>
    public static ArffDataView Load(string path, CancellationToken cancellationToken)
    {
        var file = new MultiFileSource(path);
        var lines = ByteLines.Open(file, 0);
        ArffAttribute[] attributes;
        try
        {
            attributes = ArffHeader.Read(lines);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
        using var rows = new ArffRows(lines, attributes, [.. attributes.Select(a => ArffColumn.Create(a, TypeOf(a, missing: false)))], weights: null);
        bool more = true;
        while (more)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.BeginBatch();
            for (int i = 0; more && i < RowBatch.DefaultSize; i++) more = rows.Read();
        }
        return new ArffDataView(file, attributes, SchemaOf(attributes, rows));
    }

    /// <inheritdoc/>
    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = new ArffColumn?[_attributes.Length];
        ScalarColumn<float>? weights = null;
        foreach (var column in columnsNeeded)
        {
            if (column.Index == columns.Length) weights = new ScalarColumn<float>(NumberDataViewType.Single);
            else columns[column.Index] = ArffColumn.Create(_attributes[column.Index], column.Type);
        }
        var lines = ByteLines.Open(_file, 0);
        try
        {
            if (ArffHeader.Read(lines).Length != _attributes.Length) throw FormatError.Of(lines.Name, "the file was changed after it was loaded");
            return new RowReaderCursor(Schema, new ArffRows(lines, _attributes, columns, weights), cancellationToken);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    private static DataViewSchema SchemaOf(ArffAttribute[] attributes, ArffRows rows)
    {
        var schema = new DataViewSchema.Builder();
        for (int i = 0; i < attributes.Length; i++)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (attributes[i].Type == ArffType.Nominal) annotations.AddKeyValues(attributes[i].Values);
            schema.AddColumn(attributes[i].Name, TypeOf(attributes[i], rows.MissingSeen[i]), annotations.ToAnnotations());
        }
        if (rows.WeightSeen)
        {
            string name = Array.Exists(attributes, a => a.Name == "Weight") ? "InstanceWeight" : "Weight";
            schema.AddColumn(name, NumberDataViewType.Single);
        }
        return schema.ToSchema();
    }

    // A DateTime has no missing value.
    private static PrimitiveDataViewType TypeOf(ArffAttribute attribute, bool missing) => attribute.Type switch
    {
        ArffType.Numeric => NumberDataViewType.Single,
        ArffType.Nominal => new KeyDataViewType(attribute.Values.Length),
        ArffType.Date when !missing => DateTimeDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };
}
