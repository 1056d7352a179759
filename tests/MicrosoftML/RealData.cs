#if MICROSOFT_ML
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLPath.Data;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Data and questions of the tests that need Microsoft.ML itself.</summary>
internal static class RealData
{
    private static readonly MLPath.MLContext Own = new(seed: 1);

    public static string[] Measures { get; } = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    /// <summary>150 flowers of three species, from Microsoft.ML's own list in memory.</summary>
    public static MS.IDataView Iris() => new MS.MLContext().Data.LoadFromEnumerable(
        new MS.MLContext().Data.CreateEnumerable<Flower>(Own.Data.LoadDataset("iris").AsMicrosoftML(), reuseRowObject: false).ToList());

    /// <summary>569 tumours, with a Boolean label.</summary>
    public static MS.IDataView Tumours(MS.MLContext ml)
    {
        var view = Own.Data.LoadDataset("breast-cancer").AsMicrosoftML();
        string[] numbers = [.. view.Schema.Where(c => c.Type is MSData.NumberDataViewType).Select(c => c.Name)];
        return ml.Transforms.Concatenate("Features", numbers)
            .Append(ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("benign", false), KeyValuePair.Create("malignant", true)], "Diagnosis"))
            .Fit(view).Transform(view);
    }

    /// <summary>60 series of 12 numbers, which rise or fall.</summary>
    public static MS.IDataView Series() => new MS.MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Run
    {
        Series = [.. Enumerable.Range(0, 12).Select(t => MathF.Sin(i + t) + ((i % 2 == 0 ? 0.3f : -0.3f) * t))],
        Rises = i % 2 == 0 ? "rises" : "falls",
    }).ToList());

    /// <summary>40 sentences of their own lengths about two subjects.</summary>
    public static MS.IDataView Sentences()
    {
        string[] weather = ["rain", "cloud", "sun", "wind", "storm"], kitchen = ["bread", "salt", "oven", "soup", "knife"];
        return new MS.MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Sentence
        {
            Text = string.Join(' ', Enumerable.Range(0, 3 + (i % 4)).Select(w => (i % 2 == 0 ? weather : kitchen)[((i * 7) + (w * 3)) % 5])),
            Label = i % 2 == 0,
        }).ToList());
    }

    /// <summary>Whether a flower is a setosa, as column Label.</summary>
    public static MS.IEstimator<MS.ITransformer> MapSetosa(this MS.TransformsCatalog transforms) => transforms.Conversion.MapValue(
        "Label", [KeyValuePair.Create("setosa", true), KeyValuePair.Create("versicolor", false), KeyValuePair.Create("virginica", false)], "Species");

    /// <summary>A view's shape: what Microsoft.ML says that a step which adds nothing of note would see.</summary>
    public static MS.SchemaShape ShapeOf(MS.MLContext ml, MS.IDataView view) => SchemaShapes.ToMicrosoft(
        ml, SchemaShape.Create(view.AsMLPath().Schema), new SchemaShape([]), new MS.SchemaShape([]));

    /// <summary>A column of a shape in words. Annotations are counted where a bridge carries them: key values.</summary>
    public static string Describe(MS.SchemaShape.Column column) =>
        $"{column.Name}: {column.Kind} {column.ItemType}{(column.IsKey ? " key" : "")}{(column.Annotations.Any(a => a.Name == "KeyValues") ? " with values" : "")}";

    public static MS.ITransformer Reloaded(MS.MLContext ml, MS.ITransformer model, MS.DataViewSchema schema)
    {
        using var file = new MemoryStream();
        ml.Model.Save(model, schema, file);
        file.Position = 0;
        return new MS.MLContext().Model.Load(file, out _);
    }

    /// <summary>SHA-256 of names, types and values, vectors' shapes apart.</summary>
    public static string Fingerprint(MS.IDataView view)
    {
        var flat = view.Schema.Where(c => !c.IsHidden).ToList();
        var text = new System.Text.StringBuilder();
        using var cursor = view.AsMLPath().GetRowCursor(view.AsMLPath().Schema.Where(c => !c.IsHidden));
        var readers = cursor.Schema.Where(c => !c.IsHidden).Select(c => c.Type.Accept(new Reader(cursor, c))).ToList();
        while (cursor.MoveNext())
            text.AppendJoin('\t', readers.Select(read => read())).Append('\n');
        return $"{string.Join(' ', flat.Select(c => c.Name))} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString())))}";
    }

    public static List<string> KeyValues(MS.IDataView view) =>
    [
        .. view.AsMLPath().Schema.Where(c => !c.IsHidden && c.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not null)
            .Select(c => $"{c.Name}: {string.Join(' ', c.KeyValueTexts())}"),
    ];

    public static List<float[]> Scores(MS.IDataView view) => [.. view.AsMLPath().GetColumn<float[]>("Score")];

    public static string Bits(IEnumerable<float> values) => string.Join(' ', values.Select(v => BitConverter.SingleToInt32Bits(v).ToString("x8", CultureInfo.InvariantCulture)));

    /// <summary>Scores flowers in a process of its own and gives what it printed: a line of bits for each.</summary>
    public static string[] RunScorer(string model, string rows)
    {
        string scorer = Path.Combine(AppContext.BaseDirectory, "MLPath.MicrosoftML.Scorer.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { scorer, model, rows },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private sealed class Reader(DataViewRow row, DataViewSchema.Column column) : IRawTypeVisitor<Func<string>>
    {
        public Func<string> Visit<T>()
        {
            if (column.Type is VectorDataViewType)
            {
                var vectors = row.GetGetter<VBuffer<T>>(column);
                return () =>
                {
                    VBuffer<T> value = default;
                    vectors(ref value);
                    return string.Join(' ', value.DenseValues().Select(v => Text(v)));
                };
            }

            var scalars = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                scalars(ref value);
                return Text(value);
            };
        }

        private static string Text<T>(T value) => value switch
        {
            float number => BitConverter.SingleToInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
            double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
    }

    public sealed class Flower
    {
        public float SepalLength { get; set; }

        public float SepalWidth { get; set; }

        public float PetalLength { get; set; }

        public float PetalWidth { get; set; }

        public string Species { get; set; } = "";

        public string ToCsv() => FormattableString.Invariant($"{SepalLength},{SepalWidth},{PetalLength},{PetalWidth},{Species}");
    }

    public sealed class Species
    {
        public float[] Score { get; set; } = [];

        public string PredictedLabel { get; set; } = "";
    }

    public sealed class Counted
    {
        public int Row { get; set; }
    }

    public sealed class Counter
    {
        public int Rows { get; set; }
    }

    private sealed class Run
    {
        [MSData.VectorType(12)]
        public float[] Series { get; set; } = [];

        public string Rises { get; set; } = "";
    }

    private sealed class Sentence
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }
}
#endif
