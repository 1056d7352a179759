using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.MicrosoftML;

/// <summary>A fitted transformer of Microsoft.ML that filters rows or looks at several, as one of MLPath's.</summary>
internal sealed class MicrosoftMLViewTransformer(MS.ITransformer transformer, MS.DataViewSchema fitted) : ITransformer
{
    public bool IsRowToRowMapper => false;

    public DataLineage? FittedOn { get; init; }

    public string ComponentId => MicrosoftMLComponents.TransformerId;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MicrosoftMLColumns.Bind(
        transformer, fitted, inputSchema,
        () => Schemas.FromMicrosoft(transformer.GetOutputSchema(Schemas.ToMicrosoft(MicrosoftMLColumns.Shown(inputSchema)))));

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException($"{this} does not map row to row. Use Transform on a view.");

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shown = new MLPathDataView(input, MicrosoftMLColumns.Shown(input.Schema), CancellationToken.None);
        return MicrosoftMLColumns.Bind(transformer, fitted, input.Schema, () =>
            new MicrosoftMLDataView(transformer.Transform(shown), input.Lineage.Then(new LineageStep(ToString(), FittedOn))));
    }

    public void Save(ModelSaveContext context) => MicrosoftMLComponents.Save(context, transformer, fitted);

    public override string ToString() => $"{MicrosoftMLColumns.NameOf(transformer)} (Microsoft.ML)";
}
