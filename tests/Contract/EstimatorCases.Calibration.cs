using MLPath.Calibrators;
using MLPath.Data;

namespace MLPath.Contract.Tests;

/// <content>Calibrators.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Calibration()
    {
        var c = ML.BinaryClassification.Calibrators;
        yield return Transform("Platt", () => c.Platt("Flag", "Number"));
        yield return Transform("Platt, fixed", () => c.Platt(-1.5, 0.25, "Number"));
        yield return Transform("Isotonic", () => c.Isotonic("Flag", "Number"));
        yield return Transform("Naive", () => c.Naive("Flag", "Number"));
        foreach (var kind in Enum.GetValues<ClassScoreKind>())
        {
            yield return new EstimatorCase($"Temperature of {kind}", () => ML.MulticlassClassification.Calibrators.Temperature("Key", "Features", scores: kind),
                () => FourKeys(ContractData.Mixed()));
        }
    }

    // The table with a key of as many values as there are features: a class for each score.
    private static InMemoryDataView FourKeys(InMemoryDataView data)
    {
        int key = data.Schema["Key"].Index;
        var label = new ScalarColumn<uint>(new KeyDataViewType(4));
        foreach (uint value in ((ScalarColumn<uint>)data.GetColumn(key)).Values)
            label.Add(value);
        var schema = new DataViewSchema.Builder();
        foreach (var column in data.Schema)
            schema.AddColumn(column.Index == key ? new DataViewSchema.DetachedColumn("Key", label.Type) : column.Detach());
        return new InMemoryDataView(schema.ToSchema(), [.. data.Schema.Select(c => c.Index == key ? label : data.GetColumn(c.Index))]);
    }
}
