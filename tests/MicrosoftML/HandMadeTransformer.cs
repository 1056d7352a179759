namespace MLPath.MicrosoftML.Tests;

/// <summary>An estimator that somebody made of Microsoft.ML's public interfaces: it learns the largest X, and its transformer adds X divided by that.</summary>
internal sealed class HandMadeEstimator : MS.IEstimator<HandMadeTransformer>
{
    public HandMadeTransformer Fit(MS.IDataView input) => new(input.Values<float>(input.Schema["X"].Index).Max());

    public MS.SchemaShape GetOutputSchema(MS.SchemaShape inputSchema) => inputSchema;
}

/// <summary>Adds the column "Scaled", which is X divided by a number.</summary>
internal sealed class HandMadeTransformer(float divisor) : MS.ITransformer
{
    public bool IsRowToRowMapper { get; init; } = true;

    public MS.DataViewSchema GetOutputSchema(MS.DataViewSchema inputSchema)
    {
        _ = inputSchema["X"];
        var builder = new MS.DataViewSchema.Builder();
        foreach (var column in inputSchema)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        builder.AddColumn("Scaled", MSData.NumberDataViewType.Single);
        return builder.ToSchema();
    }

    public MS.IDataView Transform(MS.IDataView input)
    {
        var x = input.Values<float>(input.Schema["X"].Index);
        return new HandMadeView(x.Count).With("Scaled", MSData.NumberDataViewType.Single, i => x[i] / divisor);
    }

    public MSData.IRowToRowMapper GetRowToRowMapper(MS.DataViewSchema inputSchema) => new Mapper(inputSchema, GetOutputSchema(inputSchema), divisor);

    void MS.ICanSaveModel.Save(MS.ModelSaveContext ctx) => throw new NotSupportedException();

    private sealed class Mapper(MS.DataViewSchema input, MS.DataViewSchema output, float divisor) : MSData.IRowToRowMapper
    {
        public MS.DataViewSchema InputSchema => input;

        public MS.DataViewSchema OutputSchema => output;

        public IEnumerable<MS.DataViewSchema.Column> GetDependencies(IEnumerable<MS.DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Select(c => c.Name == "Scaled" ? input["X"] : input[c.Index]);

        public MS.DataViewRow GetRow(MS.DataViewRow row, IEnumerable<MS.DataViewSchema.Column> activeColumns) => new Row(row, output, divisor);
    }

    private sealed class Row(MS.DataViewRow row, MS.DataViewSchema schema, float divisor) : MS.DataViewRow
    {
        public override MS.DataViewSchema Schema => schema;

        public override long Position => row.Position;

        public override long Batch => row.Batch;

        public override bool IsColumnActive(MS.DataViewSchema.Column column) => true;

        public override MS.ValueGetter<MSData.DataViewRowId> GetIdGetter() => row.GetIdGetter();

        public override MS.ValueGetter<TValue> GetGetter<TValue>(MS.DataViewSchema.Column column)
        {
            if (column.Name != "Scaled")
                return row.GetGetter<TValue>(row.Schema[column.Index]);
            var x = row.GetGetter<float>(row.Schema["X"]);
            MS.ValueGetter<float> scaled = (ref float value) =>
            {
                x(ref value);
                value /= divisor;
            };
            return (MS.ValueGetter<TValue>)(Delegate)scaled;
        }
    }
}
