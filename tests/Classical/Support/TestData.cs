using MLPath.Data;

namespace MLPath.Tests.Classical;

/// <summary>Small tables in memory with the columns that trainers read: Features, Label and, where weights are given, Weight.</summary>
internal static class TestData
{
    /// <summary>Rows with a Boolean label.</summary>
    public static InMemoryDataView Binary(double[][] features, bool[] labels, float[]? weights = null, bool sparse = false)
    {
        var label = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        label.Alias(labels, 0, labels.Length);
        return Table(features, label, null, weights, sparse);
    }

    /// <summary>Rows with a key label of classes 0 to k − 1, named by <paramref name="names"/>; class −1 is a missing label.</summary>
    public static InMemoryDataView Multiclass(double[][] features, int[] classes, string[] names, float[]? weights = null, bool sparse = false)
    {
        var label = new ScalarColumn<uint>(new KeyDataViewType(names.Length));
        label.Alias([.. classes.Select(c => (uint)(c + 1))], 0, classes.Length);
        return Table(features, label, new DataViewSchema.Annotations.Builder().AddKeyValues(names).ToAnnotations(), weights, sparse);
    }

    /// <summary>Rows with a key label of classes 0 to k − 1, named c0, c1, …</summary>
    public static InMemoryDataView Multiclass(double[][] features, int[] classes, int k, float[]? weights = null, bool sparse = false) =>
        Multiclass(features, classes, [.. Enumerable.Range(0, k).Select(c => $"c{c}")], weights, sparse);

    /// <summary>Rows with a number to predict.</summary>
    public static InMemoryDataView Regression(double[][] features, double[] targets, float[]? weights = null, bool sparse = false)
    {
        var label = new ScalarColumn<float>(NumberDataViewType.Single);
        label.Alias([.. targets.Select(t => (float)t)], 0, targets.Length);
        return Table(features, label, null, weights, sparse);
    }

    /// <summary>Rows without a label.</summary>
    public static InMemoryDataView Unlabelled(double[][] features, float[]? weights = null, bool sparse = false) =>
        Table(features, null, null, weights, sparse);

    /// <summary>Rows as a model sees them.</summary>
    public static FeatureMatrix Matrix(double[][] features, bool sparse = false) => new(FeatureColumn(features, sparse));

    /// <summary>All values of a column of numbers or truth values.</summary>
    public static T[] Column<T>(IDataView view, string name) =>
        ((ScalarColumn<T>)InMemoryDataView.Load(view).GetColumn(view.Schema[name].Index)).Values.ToArray();

    /// <summary>All rows of a column of vectors of known size.</summary>
    public static float[][] Vectors(IDataView view, string name)
    {
        var column = (VectorColumn<float>)InMemoryDataView.Load(view).GetColumn(view.Schema[name].Index);
        return [.. Enumerable.Range(0, column.Count).Select(row =>
        {
            var values = new float[column.Size];
            column.CopyRowTo(row, values);
            return values;
        })];
    }

    private static InMemoryDataView Table(
        double[][] features, ColumnBuffer? label, DataViewSchema.Annotations? labelAnnotations, float[]? weights, bool sparse)
    {
        var rows = FeatureColumn(features, sparse);
        var schema = new DataViewSchema.Builder();
        var columns = new List<ColumnBuffer> { rows };
        schema.AddColumn("Features", rows.Type);
        if (label is not null)
        {
            schema.AddColumn("Label", label.Type, labelAnnotations);
            columns.Add(label);
        }

        if (weights is not null)
        {
            var weight = new ScalarColumn<float>(NumberDataViewType.Single);
            weight.Alias(weights, 0, weights.Length);
            schema.AddColumn("Weight", weight.Type);
            columns.Add(weight);
        }

        return new InMemoryDataView(schema.ToSchema(), columns);
    }

    private static VectorColumn<float> FeatureColumn(double[][] features, bool sparse)
    {
        var column = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, features[0].Length));
        column.Begin(sparse ? VectorLayout.Sparse : VectorLayout.Dense);
        foreach (double[] row in features)
        {
            float[] values = [.. row.Select(v => (float)v)];
            if (!sparse)
            {
                column.AddRow(values);
                continue;
            }

            int[] slots = [.. Enumerable.Range(0, values.Length).Where(j => values[j] != 0)];
            column.AddRow(slots, [.. slots.Select(j => values[j])]);
        }

        return column;
    }
}
