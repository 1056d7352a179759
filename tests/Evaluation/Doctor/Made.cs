using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>Small tables for the doctor, and what it says of them.</summary>
internal static class Made
{
    public static readonly MLContext Ml = new(seed: 1);

    /// <summary>A table of named columns: arrays of numbers, texts, times, or rows of a vector.</summary>
    public static InMemoryDataView Table(params (string Name, Array Values)[] columns)
    {
        var schema = new DataViewSchema.Builder();
        var buffers = new List<ColumnBuffer>();
        foreach (var (name, values) in columns)
        {
            ColumnBuffer buffer = values switch
            {
                float[] numbers => Filled(NumberDataViewType.Single, numbers),
                int[] numbers => Filled(NumberDataViewType.Int32, numbers),
                string[] texts => Filled(TextDataViewType.Instance, Array.ConvertAll(texts, t => t.AsMemory())),
                DateTime[] times => Filled(DateTimeDataViewType.Instance, times),
                float[][] rows => Vectors(rows),
                _ => throw new ArgumentException(name),
            };
            schema.AddColumn(name, buffer.Type);
            buffers.Add(buffer);
        }

        return new InMemoryDataView(schema.ToSchema(), buffers);
    }

    public static float[] Normal(int rows, int seed, Func<int, float, float>? shape = null)
    {
        var random = new RandomStream((ulong)seed).Derive("made");
        return [.. Enumerable.Range(0, rows).Select(row => (float)random.NextGaussian()).Select((x, row) => shape is null ? x : shape(row, x))];
    }

    public static T[] Each<T>(int rows, Func<int, T> value) => [.. Enumerable.Range(0, rows).Select(value)];

    /// <summary>Two classes in turn.</summary>
    public static string[] YesNo(int rows) => Each(rows, row => row % 2 == 0 ? "yes" : "no");

    public static IReadOnlyList<Finding> Examined(IDataView table, string? label = "Label", LearningTask? task = null) => Doctor.Examine(table, label, task);

    public static Finding One(this IEnumerable<Finding> findings, string check)
    {
        var all = findings.ToList();
        return all.SingleOrDefault(f => f.Check == check) ?? throw new AssertFailedException($"{check} is not among {string.Join(" | ", all.Select(f => $"{f.Check}: {f}"))}");
    }

    public static void None(this IEnumerable<Finding> findings, string check) =>
        Assert.AreEqual("", string.Join(" | ", findings.Where(f => f.Check == check).Select(f => $"{f.Severity}: {f}")));

    private static ScalarColumn<T> Filled<T>(DataViewType type, T[] values)
    {
        var column = new ScalarColumn<T>(type);
        values.CopyTo(column.Allocate(values.Length));
        return column;
    }

    private static VectorColumn<float> Vectors(float[][] rows)
    {
        var column = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, rows[0].Length));
        column.Begin(VectorLayout.Dense);
        foreach (float[] row in rows)
            column.AddRow(row);
        return column;
    }
}
