using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Transforms;
using MLPath.Transforms;

namespace MLPath.Tests.Featurizing;

[TestClass]
public sealed class FeaturizeTests
{
    private const int Rows = 60;
    private static readonly MLContext ML = new();

    [TestMethod]
    public void Each_column_is_decided_by_its_values_and_the_reason_is_told()
    {
        var plan = ML.Data.PlanFeatures(Table());
        string[] decisions = [.. plan.Decisions.Select(d => $"{d.Column}: {d.Kind} ({d.Reason})")];
        CollectionAssert.AreEqual(new[]
        {
            "Id: Ignore (numbers the rows)",
            "Age: Number (a number)",
            "Count: Number (a number)",
            "Flag: Number (a number)",
            "Constant: Ignore (the same value in every row)",
            "Empty: Ignore (no values)",
            "Colour: Category (3 different texts)",
            "Code: Ignore (60 different texts in 60 rows)",
            "Comment: Text (5 words on average)",
            "Day: Time (a time)",
            "Picture: Image (vectors with rows and columns)",
            "Answer: Ignore (says the same as the label 'Label')",
            "Tokens: Ignore (vectors of varying length)",
        }, decisions);
        Assert.AreEqual(12, plan.Decisions[1].Missing);
        Assert.AreEqual(
            "Features: 3 numbers, 4 pixels, 1 column of categories (Colour), 1 column of sentences (Comment) and 1 column of times (Day).",
            plan.Lines[0]);
        StringAssert.Contains(plan.ToString(), "Missing numbers are filled with the mean of the training rows, and marked: Age (12 of 60).");
        StringAssert.Contains(plan.ToString(), "Left out: Id (numbers the rows), Constant (the same value in every row),");
        Assert.HasCount(13, plan.ToSection().Rows);
    }

    [TestMethod]
    public void The_transform_keeps_the_contract()
    {
        TransformContract.Check(ML.Transforms.Featurize("Out"), Table(), learns: true);
        TransformContract.Check(ML.Transforms.Featurize(ML.Data.PlanFeatures(Table(), new() { Normalize = false, IndicateMissing = false })), Table(), learns: true);
    }

    [TestMethod]
    public void Slots_are_called_after_columns_and_hold_what_was_decided()
    {
        var data = Table();
        var made = ML.Transforms.Featurize().Fit(data).Transform(data);
        CollectionAssert.AreEqual(data.Schema.Select(c => c.Name).Append("Features").ToArray(), made.Schema.Select(c => c.Name).ToArray(), "Nothing but the features is added.");
        string[] slots = [.. made.SlotNames("Features")];
        float[][] rows = made.Rows<float>("Features");
        double[] age = [.. rows.Select(r => (double)r[Array.IndexOf(slots, "Age")])];
        Assert.AreEqual(0, age.Average(), 1e-6);
        Assert.AreEqual(1, age.Average(a => a * a), 1e-5);
        Assert.AreEqual(0, age[0], 1e-6, "A missing age is the mean.");
        Assert.AreEqual(1f, rows[0][Array.IndexOf(slots, "Age.missing")]);
        Assert.AreEqual(0f, rows[1][Array.IndexOf(slots, "Age.missing")]);
        Assert.AreEqual(1f, rows[4][Array.IndexOf(slots, "Colour.green")]);
        Assert.AreEqual(1f, slots.Where(s => s.StartsWith("Colour.", StringComparison.Ordinal)).Sum(s => rows[4][Array.IndexOf(slots, s)]));
        Assert.AreEqual(1, slots.Index().Where(s => s.Item.StartsWith("Comment.", StringComparison.Ordinal)).Sum(s => rows[0][s.Index] * rows[0][s.Index]), 1e-5, "The words of a row have length 1.");
        Assert.Contains("Day.Month", slots);
        Assert.IsTrue(rows.SelectMany(r => r).All(float.IsFinite));
    }

    [TestMethod]
    public void Pixels_share_one_scale()
    {
        var data = Table();
        var made = ML.Transforms.Featurize(new FeaturizingOptions { Exclude = [.. Table().Schema.Select(c => c.Name).Except(["Picture", "Label"])] }).Fit(data).Transform(data);
        float[][] rows = made.Rows<float>("Features");
        float[][] pixels = data.Rows<float>("Picture");
        Assert.AreEqual(0, rows.SelectMany(r => r).Average(), 1e-5);
        // An affine map of all pixels alike keeps the ratio of differences.
        Assert.AreEqual((pixels[3][1] - pixels[5][0]) / (pixels[7][3] - pixels[2][2]), (rows[3][1] - rows[5][0]) / (rows[7][3] - rows[2][2]), 1e-3);
    }

    [TestMethod]
    public void The_pipeline_can_be_taken_apart_and_gives_the_same_features()
    {
        var data = Table();
        var plan = ML.Data.PlanFeatures(data);
        var pipeline = plan.ToPipeline();
        CollectionAssert.IsSubsetOf(new[] { "mark missing", "fill missing", "encode categories", "join", "scale" }, pipeline.Steps.Select(s => s.Name).ToArray());
        var apart = pipeline.Fit(data).Transform(data);
        var whole = ML.Transforms.Featurize().Fit(data);
        CollectionAssert.AreEqual(
            apart.Rows<float>("Features").SelectMany(r => r).ToArray(), whole.Transform(data).Rows<float>("Features").SelectMany(r => r).ToArray());
        Assert.AreEqual(pipeline.Steps.Count, whole.Pipeline.Transformers.Count);
        CollectionAssert.AreEqual(plan.Decisions.ToArray(), whole.Decisions.ToArray());
    }

    [TestMethod]
    public void What_is_learned_is_learned_from_the_training_rows_alone()
    {
        var data = Table();
        var plan = ML.Data.PlanFeatures(data, new() { Normalize = false });
        var half = ML.Data.TakeRows(data, 30);
        var made = ML.Transforms.Featurize(plan).Fit(half).Transform(data);
        float mean = half.Column<float>("Age").Where(float.IsFinite).Average();
        Assert.AreEqual(mean, made.Rows<float>("Features")[50][Array.IndexOf([.. made.SlotNames("Features")], "Age")], 1e-4, "Row 50 has no age.");
    }

    [TestMethod]
    public void Rows_with_gaps_and_new_categories_are_scored_without_the_label()
    {
        var model = ML.Transforms.Featurize().Fit(Table());
        // Codes are no colours that were seen in training.
        var news = ML.Transforms.CopyColumns("Colour", "Code").Append(ML.Transforms.DropColumns("Label", "Answer", "Id")).Fit(Table()).Transform(Table());
        var made = model.Transform(news);
        float[][] rows = made.Rows<float>("Features");
        Assert.HasCount(Rows, rows);
        Assert.IsTrue(rows.SelectMany(r => r).All(float.IsFinite));
        Assert.AreEqual(0f, made.SlotNames("Features").Index().Where(s => s.Item.StartsWith("Colour.", StringComparison.Ordinal)).Sum(s => rows.Sum(r => r[s.Index])));
    }

    [TestMethod]
    public void The_label_and_what_repeats_it_are_left_out_whatever_their_types()
    {
        float[] target = [.. Enumerable.Range(0, 50).Select(i => (i * 7.3f) % 5)];
        var data = Tables.Of(("X", Tables.Singles([.. target.Select((t, i) => t + (i % 3))])), ("Copy", Tables.Doubles([.. target.Select(t => (double)t)])), ("Label", Tables.Singles(target)));
        var plan = ML.Data.PlanFeatures(data);
        CollectionAssert.AreEqual(new[] { "X" }, plan.Columns.ToArray());
        StringAssert.Contains(plan.Decisions[1].Reason, "says the same as the label");
        CollectionAssert.AreEqual(new[] { "X", "Copy", "Label" }, ML.Data.PlanFeatures(data, new() { LabelColumnName = null }).Columns.ToArray());
    }

    [TestMethod]
    public void What_is_suspicious_is_used_where_there_is_nothing_else()
    {
        var data = Tables.Of(("Id", Tables.Singles([.. Enumerable.Range(1, 40).Select(i => (float)i)])), ("Label", Tables.Singles([.. Enumerable.Range(1, 40).Select(i => i * 2f)])));
        CollectionAssert.AreEqual(new[] { "Id" }, ML.Data.PlanFeatures(data).Columns.ToArray());
    }

    [TestMethod]
    public void The_user_decides_where_the_rules_do_not_suit()
    {
        var plan = ML.Data.PlanFeatures(Table(), new()
        {
            Kinds = new Dictionary<string, FeatureKind> { ["Code"] = FeatureKind.Category, ["Count"] = FeatureKind.Category, ["Age"] = FeatureKind.Ignore, ["Picture"] = FeatureKind.Number },
        });
        Assert.AreEqual(FeatureKind.Category, plan.Decisions.Single(d => d.Column == "Code").Kind);
        Assert.AreEqual("as asked for", plan.Decisions.Single(d => d.Column == "Code").Reason);
        Assert.DoesNotContain("Age", plan.Columns);
        var made = ML.Transforms.Featurize(plan).Fit(Table()).Transform(Table());
        Assert.Contains("Count.3", made.SlotNames("Features").ToArray());
    }

    [TestMethod]
    public void Mistakes_are_told_before_anything_is_learned()
    {
        var data = Table();
        Assert.Contains("expected 2 to 1000", Assert.ThrowsExactly<OptionException>(() => ML.Transforms.Featurize(new FeaturizingOptions { MaximumCategories = 1 })).Message);
        Assert.Contains("expected 1 or more", Assert.ThrowsExactly<OptionException>(() => ML.Transforms.Featurize(new FeaturizingOptions { MaximumWords = 0 })).Message);
        Assert.Contains("Did you mean 'Colour'?", Assert.ThrowsExactly<SchemaException>(() => ML.Data.PlanFeatures(data, new() { Exclude = ["Color"] })).Message);
        Assert.Contains("to be taken as Time", Assert.ThrowsExactly<SchemaException>(() => ML.Data.PlanFeatures(data, new() { Kinds = new Dictionary<string, FeatureKind> { ["Age"] = FeatureKind.Time } })).Message);
        var infinite = Tables.Of(("X", Tables.Singles(1, float.PositiveInfinity, 3)));
        Assert.Contains("Column 'X' has 1 infinite value (±∞)", Assert.ThrowsExactly<DataException>(() => ML.Data.PlanFeatures(infinite)).Message);
        var useless = Tables.Of(("X", Tables.Singles(1, 1, 1)));
        Assert.AreEqual("No column can be a feature. Left out: X (the same value in every row).", Assert.ThrowsExactly<DataException>(() => ML.Data.PlanFeatures(useless)).Message);
    }

    private static InMemoryDataView Table()
    {
        string[] colours = ["red", "green", "blue"];
        string[] words = ["good", "bad", "cheap", "dear", "new", "old", "big", "small"];
        int[] all = [.. Enumerable.Range(0, Rows)];
        var picture = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2, 2));
        picture.AliasDense([.. Enumerable.Range(0, 4 * Rows).Select(i => (float)(i * i % 251))], 0, Rows);
        return Tables.Annotated(
            ("Id", Tables.Singles([.. all.Select(i => 1f + i)]), DataViewSchema.Annotations.Empty),
            ("Age", Tables.Singles([.. all.Select(i => i % 5 == 0 ? float.NaN : 20 + (i * 13 % 47))]), DataViewSchema.Annotations.Empty),
            ("Count", Tables.Scalars(NumberDataViewType.Int32, [.. all.Select(i => i * 7 % 11)]), DataViewSchema.Annotations.Empty),
            ("Flag", Tables.Scalars(BooleanDataViewType.Instance, [.. all.Select(i => i % 3 == 1)]), DataViewSchema.Annotations.Empty),
            ("Constant", Tables.Singles([.. all.Select(_ => 4f)]), DataViewSchema.Annotations.Empty),
            ("Empty", Tables.Singles([.. all.Select(_ => float.NaN)]), DataViewSchema.Annotations.Empty),
            ("Colour", Tables.Texts([.. all.Select(i => colours[i / 2 % 3 == 2 ? 1 : i % 3])]), DataViewSchema.Annotations.Empty),
            ("Code", Tables.Texts([.. all.Select(i => $"K{i}")]), DataViewSchema.Annotations.Empty),
            ("Comment", Tables.Texts([.. all.Select(i => string.Join(' ', Enumerable.Range(0, 5).Select(j => words[((i * 5) + (j * j * i) + (i / 7)) % 8])))]), DataViewSchema.Annotations.Empty),
            ("Day", Tables.Scalars(DateTimeDataViewType.Instance, [.. all.Select(i => new DateTime(2024, 1, 1).AddHours(i * 37))]), DataViewSchema.Annotations.Empty),
            ("Picture", picture, DataViewSchema.Annotations.Empty),
            ("Answer", Tables.Texts([.. all.Select(i => i % 4 == 0 ? "yes" : "no")]), DataViewSchema.Annotations.Empty),
            ("Tokens", Tables.Ragged(NumberDataViewType.Single, [.. all.Select(i => new float[i % 3])]), DataViewSchema.Annotations.Empty),
            ("Label", Tables.Keys(2, [.. all.Select(i => i % 4 == 0 ? 1u : 2u)]), Tables.KeyValues("yes", "no")));
    }
}
