using System.Text.Json;
using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Evaluation.Tests.Explanation;

/// <summary>The figures of Reference/explanation.json, which make_explanation.py made with scikit-learn; and small tables and models.</summary>
internal static class ExplanationFigures
{
    private static readonly JsonDocument s_document = Load();

    public static IEnumerable<JsonElement> Cases(string section) => s_document.RootElement.GetProperty(section).EnumerateArray();

    /// <summary>A matrix as columns X0, X1, ….</summary>
    public static List<(string Name, float[] Values)> Columns(this JsonElement one, string name)
    {
        float[][] rows = [.. one.GetProperty(name).EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetSingle()).ToArray())];
        return [.. Enumerable.Range(0, rows[0].Length).Select(j => ($"X{j}", rows.Select(r => r[j]).ToArray()))];
    }

    /// <summary>A table of numbers.</summary>
    public static IDataView Table(params IEnumerable<(string Name, float[] Values)> columns)
    {
        var schema = new DataViewSchema.Builder();
        var buffers = new List<ColumnBuffer>();
        foreach (var (name, values) in columns)
        {
            schema.AddColumn(name, NumberDataViewType.Single);
            var buffer = new ScalarColumn<float>(NumberDataViewType.Single);
            values.CopyTo(buffer.Allocate(values.Length));
            buffers.Add(buffer);
        }

        return new InMemoryDataView(schema.ToSchema(), buffers);
    }

    /// <summary>A pipeline that joins columns and applies a linear model with given weights.</summary>
    public static ITransformer Linear(MLContext ml, IDataView data, double[] weights, double bias, params string[] columns)
    {
        var joined = ml.Transforms.Concatenate("Features", columns).Fit(data);
        return new TransformerChain<ITransformer>(joined, new RegressionPredictionTransformer<LinearRegressionModelParameters>(
            new LinearRegressionModelParameters(weights, bias), "Features"));
    }

    /// <summary>Rows of random numbers in columns X0, X1, … and a label that depends on the first two.</summary>
    public static IDataView RandomTable(int rows, int columns, ulong seed = 1)
    {
        var random = new Numerics.RandomStream(seed);
        float[][] x = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => (float)random.NextGaussian()).ToArray())];
        float[] label = [.. Enumerable.Range(0, rows).Select(i => (2 * x[0][i]) - x[1][i] + (0.1f * (float)random.NextGaussian()))];
        return Table([.. x.Select((values, j) => ($"X{j}", values)), ("Label", label)]);
    }

    private static JsonDocument Load()
    {
        using var stream = typeof(ExplanationFigures).Assembly.GetManifestResourceStream("explanation.json")!;
        return JsonDocument.Parse(stream);
    }
}
