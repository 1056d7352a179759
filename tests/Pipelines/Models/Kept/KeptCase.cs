using System.Globalization;
using MLPath.Data;
using MLPath.Trainers;
using MLPath.Transforms;

namespace MLPath.Tests.Models;

/// <summary>A model of which a file is kept: how it is trained, on which rows it predicts, and which columns are compared.</summary>
/// <param name="Name">The file's name, which is never given to another model.</param>
/// <param name="Data">The rows that it learns from, and predicts.</param>
/// <param name="Pipeline">What learns.</param>
/// <param name="Outputs">The columns that are compared.</param>
internal sealed record KeptCase(string Name, IDataView Data, IEstimator<ITransformer> Pipeline, params string[] Outputs)
{
    private static readonly MLContext s_ml = new(seed: 42);
    private static readonly string[] s_measures = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];
    private static readonly string[] s_colours = ["rouge", "grün", "μπλε"];
    private static readonly string[] s_predictions = ["PredictedLabel", "Score"];

    internal static IReadOnlyList<KeptCase> All { get; } = [.. Flowers(), .. Patients(), .. Notes()];

    internal static KeptCase Of(string name) => All.First(c => c.Name == name);

    /// <summary>Each row's values of <see cref="Outputs"/>, with every bit: numbers in hexadecimal, texts as they are.</summary>
    internal IReadOnlyList<string> Predict(ITransformer model)
    {
        var made = model.Transform(Data);
        string[][] columns = [.. Outputs.Select(name => made.Schema[name].Type.Accept(new Bits(made, name)).ToArray())];
        return [string.Join(',', Outputs), .. Enumerable.Range(0, columns[0].Length).Select(row => string.Join(',', columns.Select(c => c[row])))];
    }

    public override string ToString() => Name;

    private static IEnumerable<KeptCase> Flowers()
    {
        var iris = s_ml.Data.LoadDataset("iris");
        var measures = s_ml.Transforms.Concatenate("Features", s_measures);
        var features = measures.Append(s_ml.Transforms.NormalizeMeanVariance("Features")).Append(s_ml.Transforms.Conversion.MapValueToKey("Label", "Species"));
        KeptCase Classes(string name, IEstimator<ITransformer> trainer) => new(
            name, iris, features.Append(trainer).Append(s_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")), s_predictions);

        var multiclass = s_ml.MulticlassClassification.Trainers;
        yield return Classes("iris-logistic", multiclass.LbfgsMaximumEntropy());
        yield return Classes("iris-tree", multiclass.DecisionTree());
        yield return Classes("iris-forest", multiclass.RandomForest(new RandomForestTrainer.Options { NumberOfTrees = 4 }));
        yield return Classes("iris-knn", multiclass.KNearestNeighbors());
        yield return Classes("iris-bayes", multiclass.NaiveBayes());
        yield return Classes("iris-baseline", multiclass.Prior());
        yield return Classes("iris-mlp", multiclass.Mlp(new MlpTrainer.Options { HiddenUnits = [8, 4], Epochs = 20 }));
        yield return new("iris-pca", iris, measures.Append(s_ml.Transforms.ProjectToPrincipalComponents("Features", rank: 2)), "Features");
        yield return new(
            "iris-normalizers", iris, s_ml.Transforms.NormalizeBinning("Bin", "SepalLength", maximumBinCount: 5)
                .Append(s_ml.Transforms.NormalizeLogMeanVariance("Log", "SepalWidth"))
                .Append(s_ml.Transforms.NormalizeRobustScaling("Robust", "PetalLength"))
                .Append(s_ml.Transforms.NormalizeMeanVariance("Cdf", "PetalWidth", useCdf: true)), "Bin", "Log", "Robust", "Cdf");
        yield return new("iris-kmeans", iris, measures.Append(s_ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 3 })), s_predictions);
        yield return new(
            "iris-ols", iris, s_ml.Transforms.Concatenate("Features", s_measures[..3]).Append(s_ml.Transforms.NormalizeMinMax("Features"))
                .Append(s_ml.Regression.Trainers.Ols(labelColumnName: "PetalWidth")), "Score");
        yield return new(
            "iris-ridge", iris, s_ml.Transforms.Concatenate("Features", s_measures[..3]).Append(s_ml.Transforms.Standardize("Features"))
                .Append(s_ml.Regression.Trainers.Ridge(labelColumnName: "PetalWidth")), "Score");
    }

    private static IEnumerable<KeptCase> Patients()
    {
        var data = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Patient
        {
            Age = i % 17 == 0 ? float.NaN : 20 + (i * 37 % 60),
            Dose = (i * 53 % 11) / 4f,
            Colour = i == 5 ? "" : s_colours[i % 3],
            Sick = i * 37 % 60 > 30 != (i % 7 == 0),
        }).ToList());
        var features = s_ml.Transforms.ReplaceMissingValues("Age", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(s_ml.Transforms.NormalizeMinMax("Dose"))
            .Append(s_ml.Transforms.Categorical.OneHotEncoding("Hue", "Colour"))
            .Append(s_ml.Transforms.Concatenate("Features", "Age", "Dose", "Hue"));
        var binary = s_ml.BinaryClassification.Trainers;
        string[] outputs = [.. s_predictions, "Probability"];
        yield return new("patients-logistic", data, features.Append(binary.LbfgsLogisticRegression(labelColumnName: "Sick")), outputs);
        yield return new("patients-tree", data, features.Append(binary.DecisionTree(labelColumnName: "Sick")), outputs);
        yield return new(
            "patients-transforms", data,
            s_ml.Transforms.Conversion.MapValueToKey("Key", "Colour")
                .Append(s_ml.Transforms.Conversion.MapKeyToBinaryVector("Binary", "Key"))
                .Append(s_ml.Transforms.Conversion.MapKeyToVector("Vector", "Key"))
                .Append(s_ml.Transforms.Conversion.MapValue("Number", [KeyValuePair.Create("rouge", 1.5), KeyValuePair.Create("grün", -2.25)], "Colour"))
                .Append(s_ml.Transforms.CopyColumns("Copy", "Age"))
                .Append(s_ml.Transforms.SelectColumns("Key", "Binary", "Vector", "Number", "Copy")),
            "Key", "Binary", "Vector", "Number", "Copy");
    }

    private static IEnumerable<KeptCase> Notes()
    {
        string[] words = ["Good", "bad,", "très", "cheap", "dear", "new", "old", "big!", "small"];
        var data = s_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Note
        {
            Text = string.Join(' ', Enumerable.Range(0, 2 + (i % 4)).Select(j => words[((i * 5) + (j * j * i) + j) % words.Length])),
            Time = new DateTime(2026, 1, 1).AddHours(i * 31),
            Weight = i % 9 == 0 ? float.NaN : (i * 29 % 17) - 3.5f,
            Group = $"g{i * 7 % 4}",
            Good = i * 37 % 50 > 24,
        }).ToList());
        var t = s_ml.Transforms;
        yield return new(
            "notes-featurize", data,
            t.Featurize("Features", labelColumnName: "Good").Append(s_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(labelColumnName: "Good")),
            [.. s_predictions, "Probability"]);
        yield return new(
            "notes-text", data,
            t.Text.FeaturizeText("Bag", "Text").Append(t.Text.NormalizeText("Plain", "Text", keepPunctuations: false))
                .Append(t.Text.TokenizeIntoWords("Words", "Plain")).Append(t.Text.RemoveStopWords("Kept", "Words", "new", "old"))
                .Append(t.Text.ToTokenKeys("Tokens", "Kept", sequenceLength: 4)).Append(t.Text.ProduceHashedWordBags("Hashed", "Text", numberOfBits: 4)),
            "Bag", "Plain", "Tokens", "Hashed");
        yield return new(
            "notes-hashes", data,
            t.Conversion.Hash("Hash", "Group", numberOfBits: 8).Append(t.Categorical.OneHotHashEncoding("Slots", "Group", numberOfBits: 3))
                .Append(t.Conversion.ConvertType("Word", "Weight", DataKind.String)).Append(t.IndicateMissingValues("Missing", "Weight")),
            "Hash", "Slots", "Word", "Missing");
        yield return new(
            "notes-vectors", data,
            t.FeaturizeDateTime("Day", "Time", cyclic: true).Append(t.NormalizeLpNorm("Unit", "Day"))
                .Append(t.VectorWhiten("White", "Unit", WhiteningKind.PrincipalComponentAnalysis, rank: 3))
                .Append(t.ApproximatedKernelMap("Kernel", "Unit", rank: 3, seed: 5))
                .Append(t.FeatureSelection.SelectFeaturesBasedOnCount("Chosen", "Day", count: 30)).Append(t.Expression("Double", "x => 2 * x", "Weight")),
            "Day", "White", "Kernel", "Unit", "Chosen", "Double");
    }

    private sealed class Note
    {
        public string Text { get; set; } = "";

        public DateTime Time { get; set; }

        public float Weight { get; set; }

        public string Group { get; set; } = "";

        public bool Good { get; set; }
    }

    private sealed class Patient
    {
        public float Age { get; set; }

        public float Dose { get; set; }

        public string Colour { get; set; } = "";

        public bool Sick { get; set; }
    }

    private sealed class Bits(IDataView view, string column) : IRawTypeVisitor<IEnumerable<string>>
    {
        public IEnumerable<string> Visit<T>() => view.Schema[column].Type is VectorDataViewType
            ? view.GetColumn<VBuffer<T>>(column).Select(vector => string.Join(' ', vector.DenseValues().Select(Text)))
            : view.GetColumn<T>(column).Select(Text);

        private static string Text<T>(T value) => value switch
        {
            float number => BitConverter.SingleToUInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
            double number => BitConverter.DoubleToUInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value is ReadOnlyMemory<char> text ? text.ToString() : value, CultureInfo.InvariantCulture)!,
        };
    }
}
