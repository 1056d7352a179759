using MLPath.Data;

namespace MLPath.Pipelines.Tests.Training;

/// <summary>What a predicted class stands for keeps the type that the label had, in memory and in a file.</summary>
[TestClass]
public sealed class TypedLabelTests
{
    [TestMethod]
    public void Predicted_keys_turn_back_into_numbers_after_loading()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Row { X = (i % 3 * 10) + (i % 5), Grade = i % 3 == 0 ? 2.5f : i % 3 == 1 ? 7 : -1 }));
        var pipeline = ml.Transforms.Concatenate("Features", "X")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Grade"))
            .Append(ml.MulticlassClassification.Trainers.NaiveBayes())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedGrade", "PredictedLabel"));
        Assert.AreEqual(NumberDataViewType.Single, pipeline.GetOutputSchema(SchemaShape.Create(data.Schema))["PredictedGrade"].ItemType);

        using var file = new MemoryStream();
        ml.Model.Save(pipeline.Fit(data), data.Schema, file);
        file.Position = 0;
        var scored = new MLContext().Model.Load(file, out _).Transform(data);
        CollectionAssert.AreEqual(data.GetColumn<float>("Grade").ToArray(), scored.GetColumn<float>("PredictedGrade").ToArray());
        CollectionAssert.AreEqual(new[] { "2.5", "7", "-1" }, scored.Schema["Score"].SlotNamesOrDefault().ToArray());
    }

    private sealed class Row
    {
        public float X { get; set; }

        public float Grade { get; set; }
    }
}
