using System.Runtime.InteropServices;
using System.Text.Json;
using MLPath.Data;

namespace MLPath.Bench;

/// <summary>The workloads' arrays: raw little-endian numbers, row-major, whose shapes are in <c>manifest.json</c> beside them.</summary>
/// <param name="folder">Where they are.</param>
internal sealed class CoreData(string folder)
{
    private readonly JsonElement _arrays = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ManifestFile))).RootElement.GetProperty("arrays");

    public const string ManifestFile = "manifest.json";

    /// <summary>The numbers of a file, such as <c>binary_200000x50_X.f32</c>.</summary>
    public T[] Read<T>(string file) where T : unmanaged
    {
        var values = new T[Shape(file).Aggregate(1, (product, length) => product * length)];
        using var stream = File.OpenRead(Path.Combine(folder, file));
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The matrix in <c>{name}_X.f32</c>.</summary>
    public Table Features(string name) => Matrix($"{name}_X.f32");

    /// <summary>A matrix.</summary>
    public Table Matrix(string file)
    {
        int[] shape = Shape(file);
        return new Table(shape[0], shape[1], Read<float>(file));
    }

    /// <summary>The whole numbers in <c>{name}_y.i32</c>.</summary>
    public int[] Classes(string name) => Read<int>($"{name}_y.i32");

    private int[] Shape(string file) => [.. _arrays.GetProperty(file).GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
}

/// <summary>A dense row-major matrix.</summary>
internal sealed record Table(int Rows, int Columns, float[] Values)
{
    /// <summary>Some rows, as models score them; nothing is copied.</summary>
    public FeatureMatrix Part(int start, int rows)
    {
        var part = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, Columns));
        part.AliasDense(Values, start * Columns, rows);
        return new FeatureMatrix(part);
    }

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Columns, Columns);
}

/// <summary>Arrays as views with the columns that trainers expect: Features, and Label where there is one.</summary>
internal static class Views
{
    public static IDataView Of(Table features) => Create(features);

    /// <summary>Two classes: 0 is negative.</summary>
    public static IDataView Binary(Table features, int[] classes) =>
        Create(features, Column(BooleanDataViewType.Instance, Array.ConvertAll(classes, c => c != 0)));

    /// <summary>Classes from 0.</summary>
    public static IDataView Multiclass(Table features, int[] classes) =>
        Create(features, Column(new KeyDataViewType(classes.Max() + 1), Array.ConvertAll(classes, c => (uint)c + 1)));

    public static IDataView Regression(Table features, float[] targets) =>
        Create(features, Column(NumberDataViewType.Single, targets));

    private static ScalarColumn<T> Column<T>(DataViewType type, T[] values)
    {
        var column = new ScalarColumn<T>(type);
        column.Alias(values, 0, values.Length);
        return column;
    }

    private static InMemoryDataView Create(Table features, ColumnBuffer? label = null)
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, features.Columns);
        var rows = new VectorColumn<float>(type);
        rows.AliasDense(features.Values, 0, features.Rows);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", type);
        if (label is not null) schema.AddColumn("Label", label.Type);
        return new InMemoryDataView(schema.ToSchema(), label is null ? [rows] : [rows, label]);
    }
}
