using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's documented examples of arranging columns, with their documented results.</summary>
[TestClass]
public sealed class ColumnSampleTests
{
    private readonly MLContext _ml = new();

    private static IDataView People => new MLContext().Data.LoadFromEnumerable(new[]
    {
        new Person { Age = 21, Gender = "Male", Education = "BS", ExtraColumn = 1 },
        new Person { Age = 23, Gender = "Female", Education = "MBA", ExtraColumn = 2 },
        new Person { Age = 28, Gender = "Male", Education = "PhD", ExtraColumn = 3 },
        new Person { Age = 22, Gender = "Male", Education = "BS", ExtraColumn = 4 },
        new Person { Age = 23, Gender = "Female", Education = "MS", ExtraColumn = 5 },
        new Person { Age = 27, Gender = "Female", Education = "PhD", ExtraColumn = 6 },
    });

    [TestMethod]
    public void Concatenate()
    {
        var data = Tables.Of(
            ("Feature1", Tables.Singles(0.1f, 0.2f, 0.3f)),
            ("Feature2", Tables.Dense([1.1f, 2.1f, 3.1f], [1.2f, 2.2f, 3.2f], [1.3f, 2.3f, 3.3f])),
            ("Feature3", Tables.Scalars(NumberDataViewType.Int32, 1, 2, 3)));
        var made = _ml.Transforms.Conversion.ConvertType("Feature3", outputKind: DataKind.Single)
            .Append(_ml.Transforms.Concatenate("Features", "Feature1", "Feature2", "Feature3")).Fit(data).Transform(data).Rows<float>("Features");
        CollectionAssert.AreEqual((float[])[0.1f, 1.1f, 2.1f, 3.1f, 1], made[0]);
        CollectionAssert.AreEqual((float[])[0.3f, 1.3f, 2.3f, 3.3f, 3], made[2]);
    }

    [TestMethod]
    public void CopyColumns()
    {
        var data = Tables.Of(("ImageId", Tables.Scalars(NumberDataViewType.Int32, 1, 2, 3, 4, 5, 6)));
        var made = _ml.Transforms.CopyColumns("Label", "ImageId").Fit(data).Transform(data);
        CollectionAssert.AreEqual((int[])[1, 2, 3, 4, 5, 6], made.Column<int>("Label"));
        CollectionAssert.AreEqual((int[])[1, 2, 3, 4, 5, 6], made.Column<int>("ImageId"));
    }

    [TestMethod]
    public void DropColumns()
    {
        var made = _ml.Transforms.DropColumns("ExtraColumn").Fit(People).Transform(People);
        var error = Assert.ThrowsExactly<SchemaException>(() => _ml.Data.CreateEnumerable<Person>(made, reuseRowObject: false).ToList());
        Assert.AreEqual("ExtraColumn", error.MissingColumnName);
        CollectionAssert.AreEqual(
            (string[])["21 Male BS", "23 Female MBA", "28 Male PhD", "22 Male BS", "23 Female MS", "27 Female PhD"],
            _ml.Data.CreateEnumerable<Rest>(made, reuseRowObject: false).Select(p => $"{p.Age} {p.Gender} {p.Education}").ToArray());
    }

    [TestMethod]
    public void SelectColumns()
    {
        var made = _ml.Transforms.SelectColumns("Age", "Education").Fit(People).Transform(People);
        CollectionAssert.AreEqual((string[])["Age", "Education"], made.Schema.Select(c => c.Name).ToArray());
        CollectionAssert.AreEqual((int[])[21, 23, 28, 22, 23, 27], made.Column<int>("Age"));
        CollectionAssert.AreEqual((string[])["BS", "MBA", "PhD", "BS", "MS", "PhD"], made.TextColumn("Education"));
    }

    private sealed class Person
    {
        public int Age { get; set; }
        public string Gender { get; set; } = "";
        public string Education { get; set; } = "";
        public float ExtraColumn { get; set; }
    }

    private sealed class Rest
    {
        public int Age { get; set; }
        public string Gender { get; set; } = "";
        public string Education { get; set; } = "";
    }
}
