using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Transforms;
using MLPath.Trainers;

namespace MLPath.Tests.Training;

/// <summary>Trainers read features as vectors, shapes, tokens or time steps, and models score the same columns; all with public types alone.</summary>
[TestClass]
public sealed class FeatureFormTests
{
    private const FeatureForms All = FeatureForms.Vector | FeatureForms.Shaped | FeatureForms.Tokens | FeatureForms.Sequence;

    private static readonly ScalarColumn<float> s_labels = Tables.Singles(1, 2, 3);

    [TestMethod]
    public void The_type_of_the_column_decides_for_a_form()
    {
        Assert.AreEqual(FeatureFormat.Vector(2), Seen(All, Tables.Dense([1f, 2], [3, 4], [5, 6])).Format);
        Assert.AreEqual(FeatureFormat.Shaped(2, 2), Seen(All, Square()).Format);
        Assert.AreEqual(FeatureFormat.Vector(4), Seen(FeatureForms.Vector, Square()).Format);
        Assert.AreEqual(FeatureFormat.Tokens(9), Seen(All, Words()).Format);
        Assert.AreEqual(FeatureFormat.Sequence(1), Seen(All, Steps()).Format);
        Assert.AreEqual(FeatureFormat.Sequence(2), Seen(All, Steps(), valuesPerStep: 2).Format);
        Assert.AreEqual(FeatureFormat.Tokens(7), Seen(FeatureForms.Tokens, Steps()).Format, "Ids, where a trainer reads no sequences.");
    }

    [TestMethod]
    public void Missing_keys_are_no_tokens()
    {
        var features = Seen(All, Words());
        CollectionAssert.AreEqual(new[] { 0, 8 }, features.Tokens(0).ToArray());
        Assert.IsTrue(features.Tokens(1).IsEmpty);
        CollectionAssert.AreEqual(new[] { 4 }, features.Tokens(2).ToArray());

        var padded = Seen(All, Tables.Sparse<ushort>(new KeyDataViewType(typeof(ushort), 5), [0, 0, 5], [1, 2, 0], [0, 0, 0]));
        Assert.AreEqual(FeatureFormat.Tokens(5), padded.Format);
        CollectionAssert.AreEqual(new[] { 4 }, padded.Tokens(0).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1 }, padded.Tokens(1).ToArray());
    }

    [TestMethod]
    public void Whole_numbers_are_tokens_up_to_the_greatest_of_the_training()
    {
        var model = Trained(All, Tables.Ragged(NumberDataViewType.Int32, [0, 3], [], [2, 2, 2]));
        Assert.AreEqual(FeatureFormat.Tokens(4), model.Model.InputFormat);
        var scored = model.Transform(Tables.Of(("Features", Tables.Ragged(NumberDataViewType.Int32, [3, 4, 1], [-1], [1_000_000, 2]))));
        CollectionAssert.AreEqual(new float[] { 4, 0, 2 }, scored.GetColumn<float>("Score").ToArray(), "What training did not know is left out.");

        Assert.AreEqual(
            "Row 1: 'Features' holds -3, which is no token: tokens are whole numbers from 0 to 16777215. "
            + "Make keys of other values with Transforms.Conversion.MapValueToKey.",
            Assert.ThrowsExactly<DataException>(() => Trained(All, Tables.Ragged(NumberDataViewType.Int32, [0], [-3], [2]))).Message);
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => Trained(FeatureForms.Tokens, Tables.Ragged(NumberDataViewType.Single, [0f], [float.NaN], [2.5f]))).Message,
            "'Features' holds NaN, which is no token");
        StringAssert.Contains(
            Assert.ThrowsExactly<DataException>(() => Trained(All, Tables.Ragged<uint>(new KeyDataViewType(3), [1], [4], [2]))).Message,
            "Row 1: 'Features' holds key 4; its type promises 1 to 3.");
    }

    [TestMethod]
    public void Steps_have_all_their_values()
    {
        Assert.AreEqual(
            "Row 1: 'Features' has 1 values, which are no whole time steps of 3.",
            Assert.ThrowsExactly<DataException>(() => Trained(All, Tables.Ragged(NumberDataViewType.Single, [1f, 2, 3], [4], [5, 6, 7]), 3)).Message);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DataException>(() => Trained(All, Tables.Ragged(NumberDataViewType.Single, [1f, 2], [4, float.NaN], [5, 6]), 2)).Message,
            "Row 1: value 1 of 'Features' is missing (NaN)");
    }

    [TestMethod]
    public void Saved_in_a_file_a_model_scores_every_form_alike()
    {
        foreach (var (column, step) in new (ColumnBuffer, int)[] { (Tables.Dense([1f, 2], [3, 4], [5, 6]), 1), (Square(), 1), (Words(), 1), (Steps(), 2) })
        {
            var data = Tables.Of(("Features", column), ("Label", s_labels));
            var model = new Summing(All, step).Fit(data, FitContext.Default);
            using var file = new MemoryStream();
            var ml = new MLContext();
            ml.Components.Add(new ComponentList("Test").AddRegressionModel("Test.Sum", Sum.Load));
            ml.Model.Save(model, data.Schema, file);
            file.Position = 0;
            var loaded = ml.Model.Load(file, out var schema);
            Assert.AreEqual(column.Type, schema!["Features"].Type);
            Assert.AreEqual(DataFingerprint.Compute(model.Transform(data)), DataFingerprint.Compute(loaded.Transform(new Rebatched(data, 1))));
        }
    }

    [TestMethod]
    public void The_prediction_engine_scores_tokens_of_a_text()
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(new Note[] { new("a b c", 1), new("b", 2), new("c c d", 3) });
        var model = ml.Transforms.Text.TokenizeIntoWords("Features", "Text").Append(ml.Transforms.Conversion.MapValueToKey("Features"))
            .Append(new Summing(All, 1)).Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Note, Scored>(model, data.Schema);
        Assert.AreEqual(0 + 1 + 2, engine.Predict(new Note("a b c", 0)).Score);
        Assert.AreEqual(3, engine.Predict(new Note("never d seen", 0)).Score);
        Assert.AreEqual(0, engine.Predict(new Note("", 0)).Score);
    }

    [TestMethod]
    public void Validation_data_and_rows_in_passes_are_read_alike()
    {
        var data = Tables.Of(("Features", Tables.Ragged<uint>(NumberDataViewType.UInt32, [0u, 3], [1], [2, 2, 2])), ("Label", s_labels));
        var validation = Tables.Of(("Features", Tables.Ragged<uint>(NumberDataViewType.UInt32, [9u, 3], [1])), ("Label", Tables.Singles(1, 2)));
        var trainer = new Summing(All, 1);
        trainer.Fit(data, FitContext.Default with { ValidationData = validation });
        Assert.AreEqual(trainer.Seen!.Features.Format, trainer.Watched!.Features.Format);
        CollectionAssert.AreEqual(new[] { 3 }, trainer.Watched.Features.Tokens(0).ToArray());
        StringAssert.Contains(
            Assert.ThrowsExactly<SchemaException>(() => trainer.Fit(data, FitContext.Default with { ValidationData = Tables.Of(("Features", Square()), ("Label", s_labels)) })).Message,
            "a vector of keys or whole numbers is needed");
        Assert.AreEqual(trainer.Seen.Features.Format, Read(new Rebatched(data, 1)).Features.Format);

        TrainingData Read(IDataView view)
        {
            trainer.Fit(view, FitContext.Default);
            return trainer.Seen!;
        }
    }

    [TestMethod]
    public void Rows_are_gathered_in_every_form()
    {
        CollectionAssert.AreEqual(new[] { 4 }, Seen(All, Words()).Gather([2, 0]).Tokens(0).ToArray());
        CollectionAssert.AreEqual(new[] { 5f, 6 }, Seen(All, Steps()).Gather([2]).StoredValues(0).ToArray());
        Assert.AreEqual(FeatureFormat.Shaped(2, 2), Seen(All, Square()).Gather([1, 1]).Format);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Seen(All, Words()).ToDense()).Message, "read Tokens");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => _ = Seen(All, Steps()).Values.Length).Message, "read StoredValues");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => _ = Seen(All, Steps()).Tokens(0).Length).Message, "no tokens");
    }

    [TestMethod]
    public void A_column_that_does_not_fit_is_named_before_training_with_what_to_do()
    {
        var text = Tables.Of(("Features", Tables.Texts("a b", "c", "d")), ("Label", s_labels));
        const string Expected = "Column 'Features' is Text; a vector of Single of known size, or a vector of keys or whole numbers, or a vector of Single of varying "
            + "length is needed. It is a column of text: make tokens of it with Transforms.Text.TokenizeIntoWords(\"Features\") and "
            + "Transforms.Text.ToTokenKeys(\"Features\") or Transforms.Conversion.MapValueToKey(\"Features\"), or numbers with Transforms.Featurize.";
        Assert.AreEqual(Expected, BeforeFit(All, text));
        Assert.AreEqual(Expected, Assert.ThrowsExactly<SchemaException>(() => new Summing(All, 1).Fit(text, FitContext.Default)).Message);
        StringAssert.Contains(BeforeFit(FeatureForms.Vector, text), "It holds text: make numbers of it with Transforms.Text.FeaturizeText(\"Features\")");
        StringAssert.Contains(
            BeforeFit(All, Tables.Of(("Features", Tables.Ragged(TextDataViewType.Instance, Tables.Words("a"), Tables.Words("b"), [])), ("Label", s_labels))),
            "Its items are texts: append Transforms.Conversion.MapValueToKey(\"Features\")");
        StringAssert.Contains(
            BeforeFit(FeatureForms.Shaped, Tables.Of(("Features", Tables.Dense([1f], [2], [3])), ("Label", s_labels))),
            "is Vector<Single, 1>; a vector of Single with two dimensions or more is needed.");
        StringAssert.Contains(
            BeforeFit(FeatureForms.Vector, Tables.Of(("Features", Steps()), ("Label", s_labels))), "a vector of Single of known size is needed. Join columns");
    }

    [TestMethod]
    public void A_model_refuses_columns_of_another_format()
    {
        var tokens = Trained(All, Words());
        Assert.AreEqual(
            "Column 'Features' is Vector<Key<3>>; tokens out of 9, as in training, is needed.",
            Assert.ThrowsExactly<SchemaException>(() => tokens.Transform(Tables.Of(("Features", Tables.Ragged<uint>(new KeyDataViewType(3), [1]))))).Message);
        var square = Trained(All, Square());
        Assert.AreEqual(10, square.Transform(Tables.Of(("Features", Tables.Dense([1f, 2, 3, 4])))).GetColumn<float>("Score").Single(), "A flat vector of the same size has no other shape.");
        var wide = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 1, 4));
        wide.AddRow([1, 2, 3, 4]);
        StringAssert.Contains(
            Assert.ThrowsExactly<SchemaException>(() => square.Transform(Tables.Of(("Features", wide)))).Message, "a vector of shape 2x2, as in training, is needed");
    }

    private static VectorColumn<uint> Words() => Tables.Ragged<uint>(new KeyDataViewType(9), [1, 0, 9], [], [5]);

    private static VectorColumn<float> Steps() => Tables.Ragged(NumberDataViewType.Single, [1f, 2, 3, 4], [], [5, 6]);

    private static VectorColumn<float> Square()
    {
        var column = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2, 2));
        column.AliasDense([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 0, 3);
        return column;
    }

    private static string BeforeFit(FeatureForms forms, InMemoryDataView data) =>
        Assert.ThrowsExactly<SchemaException>(() => new Summing(forms, 1).GetOutputSchema(SchemaShape.Create(data.Schema))).Message;

    private static RegressionPredictionTransformer<Sum> Trained(FeatureForms forms, ColumnBuffer features, int valuesPerStep = 1) =>
        new Summing(forms, valuesPerStep).Fit(Tables.Of(("Features", features), ("Label", s_labels)), FitContext.Default);

    private static FeatureMatrix Seen(FeatureForms forms, ColumnBuffer features, int valuesPerStep = 1)
    {
        var data = Tables.Of(("Features", features), ("Label", s_labels));
        var trainer = new Summing(forms, valuesPerStep);
        trainer.GetOutputSchema(SchemaShape.Create(data.Schema));
        trainer.Fit(data, FitContext.Default);
        return trainer.Seen!.Features;
    }

    private sealed record Inputs : TrainerInputBaseWithLabel;

    private sealed record Note(string Text, float Label);

    private sealed class Scored
    {
        public float Score { get; set; }
    }

    /// <summary>A trainer of a model that adds up what a row holds.</summary>
    private sealed class Summing(FeatureForms forms, int valuesPerStep) : RegressionTrainer<Sum>(new Inputs())
    {
        public TrainingData? Seen { get; private set; }

        public TrainingData? Watched { get; private set; }

        public override TrainerInfo Info { get; } = new() { Features = forms, ValuesPerStep = valuesPerStep };

        protected override Sum Train(TrainingData data, FitContext context)
        {
            (Seen, Watched) = (data, ReadValidationData(data, context));
            return new Sum(data.Features.Format);
        }
    }

    private sealed class Sum(FeatureFormat format) : IRegressionModel
    {
        public int FeatureCount => format.FeatureCount;

        public FeatureFormat InputFormat => format;

        public string ComponentId => "Test.Sum";

        public static Sum Load(ModelLoadContext context) => new(FeatureFormat.Load(context));

        public void Save(ModelSaveContext context) => format.Save(context);

        public void Score(FeatureMatrix features, Span<float> scores)
        {
            for (int row = 0; row < features.Rows; row++)
            {
                scores[row] = 0;
                if (format.Form == FeatureForms.Tokens)
                {
                    foreach (int token in features.Tokens(row))
                        scores[row] += token;
                }
                else
                {
                    foreach (float value in features.StoredValues(row))
                        scores[row] += value;
                }
            }
        }
    }
}
