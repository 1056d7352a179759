using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Deep;

/// <summary>Small tables in memory with columns Features and Label, and ways to fit on them.</summary>
internal static class Tables
{
    /// <summary>Rows with a Boolean label.</summary>
    public static InMemoryDataView Binary(float[][] features, bool[] labels)
    {
        var label = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        label.Alias(labels, 0, labels.Length);
        return Table(features, label, null);
    }

    /// <summary>Rows with a key label, classes from 0.</summary>
    public static InMemoryDataView Multiclass(float[][] features, int[] classes, params string[] names)
    {
        var label = new ScalarColumn<uint>(new KeyDataViewType(names.Length));
        label.Alias([.. classes.Select(c => (uint)(c + 1))], 0, classes.Length);
        return Table(features, label, new DataViewSchema.Annotations.Builder().AddKeyValues(names).ToAnnotations());
    }

    /// <summary>Rows with a number to predict.</summary>
    public static InMemoryDataView Regression(float[][] features, float[] targets)
    {
        var label = new ScalarColumn<float>(NumberDataViewType.Single);
        label.Alias(targets, 0, targets.Length);
        return Table(features, label, null);
    }

    /// <summary>Rows as a model sees them.</summary>
    public static FeatureMatrix Matrix(params float[][] features) => new(features.Length, features[0].Length, [.. features.SelectMany(r => r)]);

    /// <summary>Normal numbers.</summary>
    public static float[][] Cloud(int rows, int d, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, d).Select(_ => (float)random.NextGaussian()).ToArray())];
    }

    /// <summary>Two moons, one inside the curve of the other, with their classes: no straight line tells them apart.</summary>
    public static (float[][] Rows, int[] Classes) Moons(int rows, ulong seed)
    {
        var random = new RandomStream(seed);
        int[] classes = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
        return ([.. classes.Select(c =>
        {
            double angle = Math.PI * random.NextDouble(), x = Math.Cos(angle), y = Math.Sin(angle);
            return new[] { (float)(c == 0 ? x : 1 - x), (float)(c == 0 ? y : 0.5 - y) };
        })], classes);
    }

    /// <summary>All values of a column.</summary>
    public static T[] Column<T>(IDataView view, string name) =>
        ((ScalarColumn<T>)InMemoryDataView.Load(view).GetColumn(view.Schema[name].Index)).Values.ToArray();

    /// <summary>Saves a transformer and loads it with all components.</summary>
    public static TTransformer RoundTrip<TTransformer>(TTransformer transformer) where TTransformer : class, ITransformer
    {
        using var stream = new MemoryStream();
        ModelFile.Save(stream, transformer, new ModelManifest());
        stream.Position = 0;
        return (TTransformer)ModelFile.Load(stream, new MLContext().Components).Root;
    }

    private static InMemoryDataView Table(float[][] features, ColumnBuffer label, DataViewSchema.Annotations? annotations)
    {
        var rows = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, features[0].Length));
        rows.Begin(VectorLayout.Dense);
        foreach (float[] row in features)
            rows.AddRow(row);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", rows.Type);
        schema.AddColumn("Label", label.Type, annotations);
        return new InMemoryDataView(schema.ToSchema(), [rows, label]);
    }
}
