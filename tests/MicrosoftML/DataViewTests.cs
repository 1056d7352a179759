using MLPath.Data;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Views both ways: types, values, annotations, and that nothing is read before it is asked for.</summary>
[TestClass]
public sealed class DataViewTests
{
    private static readonly MSData.NumberDataViewType Number = MSData.NumberDataViewType.Single;

    [TestMethod]
    public void Values_of_every_type_go_to_MLPath_and_back()
    {
        GoesThereAndBack(MSData.NumberDataViewType.SByte, NumberDataViewType.SByte, i => (sbyte)-i);
        GoesThereAndBack(MSData.NumberDataViewType.Byte, NumberDataViewType.Byte, i => (byte)i);
        GoesThereAndBack(MSData.NumberDataViewType.Int16, NumberDataViewType.Int16, i => (short)-i);
        GoesThereAndBack(MSData.NumberDataViewType.UInt16, NumberDataViewType.UInt16, i => (ushort)i);
        GoesThereAndBack(MSData.NumberDataViewType.Int32, NumberDataViewType.Int32, i => -i);
        GoesThereAndBack(MSData.NumberDataViewType.UInt32, NumberDataViewType.UInt32, i => (uint)i);
        GoesThereAndBack(MSData.NumberDataViewType.Int64, NumberDataViewType.Int64, i => long.MinValue + i);
        GoesThereAndBack(MSData.NumberDataViewType.UInt64, NumberDataViewType.UInt64, i => ulong.MaxValue - (ulong)i);
        GoesThereAndBack(MSData.NumberDataViewType.Single, NumberDataViewType.Single, i => i == 0 ? float.NaN : 1f / i);
        GoesThereAndBack(MSData.NumberDataViewType.Double, NumberDataViewType.Double, i => i == 0 ? double.NaN : 1d / i);
        GoesThereAndBack(MSData.BooleanDataViewType.Instance, BooleanDataViewType.Instance, i => i % 2 == 1);
        GoesThereAndBack(MSData.TextDataViewType.Instance, TextDataViewType.Instance, i => Reading.Text(i).AsMemory(), text => text.ToString().AsMemory());
        GoesThereAndBack(MSData.DateTimeDataViewType.Instance, DateTimeDataViewType.Instance, i => new DateTime(2020, 1, 1 + i));
        GoesThereAndBack(
            MSData.DateTimeOffsetDataViewType.Instance, DateTimeOffsetDataViewType.Instance, i => new DateTimeOffset(2020, 1, 1 + i, 0, 0, 0, TimeSpan.FromHours(i)));
        GoesThereAndBack(MSData.TimeSpanDataViewType.Instance, TimeSpanDataViewType.Instance, i => TimeSpan.FromTicks(i));
        GoesThereAndBack(new MSData.KeyDataViewType(typeof(byte), 5), new KeyDataViewType(typeof(byte), 5), i => (byte)i);
        GoesThereAndBack(new MSData.KeyDataViewType(typeof(ushort), 5), new KeyDataViewType(typeof(ushort), 5), i => (ushort)i);
        GoesThereAndBack(new MSData.KeyDataViewType(typeof(uint), 5), new KeyDataViewType(typeof(uint), 5), i => (uint)i);
        GoesThereAndBack(new MSData.KeyDataViewType(typeof(ulong), ulong.MaxValue), new KeyDataViewType(typeof(ulong), ulong.MaxValue), i => (ulong)i);
    }

    [TestMethod]
    public void Vectors_keep_their_dimensions_and_their_items()
    {
        VectorsGoThereAndBack(new MSData.VectorDataViewType(Number, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 2, 3), i => Row(6, i, slot => slot + (0.5f * i)));
        VectorsGoThereAndBack(
            new MSData.VectorDataViewType(new MSData.KeyDataViewType(typeof(uint), 9), 2),
            new VectorDataViewType(new KeyDataViewType(typeof(uint), 9), 2), i => Row(2, i, slot => (uint)(i + slot)));
        VectorsGoThereAndBack(new MSData.VectorDataViewType(Number), new VectorDataViewType(NumberDataViewType.Single), i => Row(i, i, slot => slot * 1f));
        VectorsGoThereAndBack(
            new MSData.VectorDataViewType(MSData.NumberDataViewType.Int64, 0), new VectorDataViewType(NumberDataViewType.Int64), i => Row(3 - (i % 4), i, slot => (long)slot));
    }

    [TestMethod]
    public void Sparse_vectors_stay_sparse_and_dense_ones_dense()
    {
        var view = new HandMadeView(3).With("X", new MSData.VectorDataViewType(Number, 5), i => new MSData.VBuffer<float>(5, 2, [i, 9f], [1, 3 + (i % 2)]));
        using var cursor = view.AsMLPath().GetBatchCursor(view.AsMLPath().Schema);
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(VectorLayout.Sparse, cursor.Current.Vectors<float>(0).Layout);

        var back = view.AsMLPath().Loaded().AsMicrosoftML().Vectors<float>(0);
        Assert.IsTrue(back.All(v => !v.IsDense));
        CollectionAssert.AreEqual(new[] { 0, 1f, 0, 0, 9 }, back[1].Values);

        var dense = new HandMadeView(2).With("X", new MSData.VectorDataViewType(Number, 2), i => new MSData.VBuffer<float>(2, [i, 0f]));
        Assert.IsTrue(dense.AsMLPath().Loaded().AsMicrosoftML().Vectors<float>(0).All(v => v.IsDense));
    }

    [TestMethod]
    public void Rows_of_one_column_may_be_dense_and_sparse_by_turns()
    {
        var view = new HandMadeView(4).With(
            "X", new MSData.VectorDataViewType(Number, 3), i => i % 2 == 0 ? new MSData.VBuffer<float>(3, [1f, 0, i]) : new MSData.VBuffer<float>(3, 1, [i], [2]));
        var back = view.AsMLPath().Loaded().AsMicrosoftML().Vectors<float>(0);
        CollectionAssert.AreEqual(new[] { 1f, 0, 2 }, back[2].Values);
        CollectionAssert.AreEqual(new[] { 0, 0, 3f }, back[3].Values);
    }

    [TestMethod]
    public void A_row_that_breaks_the_size_of_its_vectors_is_named()
    {
        var view = new HandMadeView(9).With("X", new MSData.VectorDataViewType(Number, 3), i => Row(i == 7 ? 2 : 3, i, _ => 0f));
        var error = Assert.ThrowsExactly<DataException>(() => view.AsMLPath().Loaded());
        Assert.Contains("'X'", error.Message);
        Assert.Contains("row 7", error.Message);
    }

    [TestMethod]
    public void Annotations_go_to_MLPath_and_back()
    {
        var annotations = new MS.DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationKinds.SlotNames, new MSData.VectorDataViewType(MSData.TextDataViewType.Instance, 2), Texts("left", "right"));
        annotations.Add(AnnotationKinds.IsNormalized, MSData.BooleanDataViewType.Instance, (ref bool value) => value = true);
        annotations.Add("Owner", PointType.Instance, (ref Point value) => value = new Point(1, 2));
        var view = new HandMadeView(1).With("X", new MSData.VectorDataViewType(Number, 2), i => Row(2, i, _ => 1f), annotations.ToAnnotations());

        var converted = view.AsMLPath().Schema["X"].Annotations;
        CollectionAssert.AreEquivalent(new[] { AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized }, converted.Schema.Select(c => c.Name).ToArray());
        VBuffer<ReadOnlyMemory<char>> names = default;
        converted.GetValue(AnnotationKinds.SlotNames, ref names);
        CollectionAssert.AreEqual(new[] { "left", "right" }, names.DenseValues().Select(n => n.ToString()).ToArray());
        bool normalized = false;
        converted.GetValue(AnnotationKinds.IsNormalized, ref normalized);
        Assert.IsTrue(normalized);

        var back = view.AsMLPath().Loaded().AsMicrosoftML().Schema["X"].Annotations;
        CollectionAssert.AreEqual(new[] { "left", "right" }, TextsOf(back, AnnotationKinds.SlotNames));
        normalized = false;
        back.GetValue(AnnotationKinds.IsNormalized, ref normalized);
        Assert.IsTrue(normalized);
    }

    [TestMethod]
    public void The_values_of_keys_go_with_them()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Class", new KeyDataViewType(2), new DataViewSchema.Annotations.Builder().AddKeyValues(["no", "yes"]).ToAnnotations());
        var keys = new ScalarColumn<uint>(new KeyDataViewType(2));
        keys.Add(2);
        var view = new InMemoryDataView(schema.ToSchema(), [keys]).AsMicrosoftML();
        CollectionAssert.AreEqual(new[] { "no", "yes" }, TextsOf(view.Schema["Class"].Annotations, AnnotationKinds.KeyValues));
        CollectionAssert.AreEqual(new[] { 2u }, view.Values<uint>(0));
    }

    [TestMethod]
    public void Types_that_MLPath_does_not_have_pass_through_untouched()
    {
        Point[] points = [new(1, 2), new(3, 4)];
        var view = new HandMadeView(2)
            .With("Point", PointType.Instance, i => points[i])
            .With("Id", MSData.RowIdDataViewType.Instance, i => new MSData.DataViewRowId((ulong)i, 5))
            .With("X", Number, i => (float)i);
        var back = new CountingView(view.AsMLPath()).AsMicrosoftML();
        Assert.AreSame(PointType.Instance, back.Schema["Point"].Type);
        Assert.AreSame(MSData.RowIdDataViewType.Instance, back.Schema["Id"].Type);
        Assert.IsTrue(points.SequenceEqual(back.Values<Point>(0), ReferenceEqualityComparer.Instance));
        Assert.AreEqual(new MSData.DataViewRowId(1, 5), back.Values<MSData.DataViewRowId>(1)[1]);
    }

    [TestMethod]
    public void A_type_that_Microsoft_ML_does_not_have_is_named()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Photo", new ImageDataViewType());
        var view = new InMemoryDataView(schema.ToSchema(), [ColumnBuffer.Create(new ImageDataViewType())]);
        Assert.Contains("'Photo'", Assert.ThrowsExactly<SchemaException>(() => view.AsMicrosoftML()).Message);
    }

    [TestMethod]
    public void Hidden_columns_keep_their_places()
    {
        var view = new HandMadeView(2).With("X", Number, i => 1f + i).With("X", Number, i => 10f + i);
        var converted = view.AsMLPath();
        CollectionAssert.AreEqual(new[] { true, false }, converted.Schema.Select(c => c.IsHidden).ToArray());
        var back = converted.Loaded().AsMicrosoftML();
        CollectionAssert.AreEqual(new[] { true, false }, back.Schema.Select(c => c.IsHidden).ToArray());
        CollectionAssert.AreEqual(new[] { 1f, 2 }, back.Values<float>(0));
        CollectionAssert.AreEqual(new[] { 10f, 11 }, back.Values<float>(1));
    }

    [TestMethod]
    public void Only_the_columns_that_are_asked_for_are_read_and_only_as_far_as_they_are_read()
    {
        var view = new HandMadeView(3000).With("X", Number, i => (float)i).With("Y", Number, i => -(float)i);
        var converted = view.AsMLPath();
        Assert.IsEmpty(view.Asked, "Nothing is read before a pass.");
        Assert.AreEqual(3000, converted.GetRowCount());
        using var cursor = converted.GetBatchCursor([converted.Schema["Y"]]);
        Assert.AreEqual(0, view.RowsRead);
        Assert.IsTrue(cursor.MoveNext());
        CollectionAssert.AreEqual(new[] { "Y" }, view.Asked);
        Assert.AreEqual(RowBatch.DefaultSize, view.RowsRead);
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(-1024f, cursor.Current.Scalars<float>(1)[0]);
        Assert.AreEqual(1024, cursor.Current.Position);
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(3000 - 2048, cursor.Current.Count);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Only_as_many_batches_are_read_as_the_rows_that_are_asked_for_need()
    {
        var counting = new CountingView(new HandMadeView(3000).With("X", Number, i => (float)i).With("Y", Number, i => -(float)i).AsMLPath().Loaded());
        var view = counting.AsMicrosoftML();
        Assert.IsEmpty(counting.Asked);
        using var cursor = view.GetRowCursor([view.Schema["Y"]]);
        Assert.AreEqual(0, counting.BatchesRead);
        var y = cursor.GetGetter<float>(view.Schema["Y"]);
        float value = 0;
        for (int row = 0; row <= 1024; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(row, cursor.Position);
            y(ref value);
            Assert.AreEqual(-row, value);
            Assert.AreEqual(row < 1024 ? 1 : 2, counting.BatchesRead);
        }

        CollectionAssert.AreEqual(new[] { "Y" }, counting.Asked);
        Assert.IsTrue(cursor.IsColumnActive(view.Schema["Y"]));
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["X"]));
        Assert.Contains("'X'", Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["X"])).Message);
        Assert.Contains("'Y'", Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["Y"])).Message);
    }

    [TestMethod]
    public void Every_row_has_an_identifier_of_its_own()
    {
        var view = new HandMadeView(2000).With("X", Number, i => (float)i).AsMLPath().Loaded().AsMicrosoftML();
        var ids = new HashSet<MSData.DataViewRowId>();
        using var cursor = view.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        MSData.DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getter(ref id);
            Assert.IsTrue(ids.Add(id));
        }

        Assert.HasCount(2000, ids);
    }

    [TestMethod]
    public void A_view_that_goes_there_and_back_is_the_same_object()
    {
        var theirs = new HandMadeView(1).With("X", Number, _ => 1f);
        Assert.AreSame(theirs, theirs.AsMLPath().AsMicrosoftML());
        var ours = theirs.AsMLPath().Loaded();
        Assert.AreSame(ours, ours.AsMicrosoftML().AsMLPath());
    }

    [TestMethod]
    public void A_pass_that_is_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        var view = new HandMadeView(3000).With("X", Number, i => (float)i).AsMLPath();
        using var cursor = view.GetBatchCursor(view.Schema, cancellation.Token);
        Assert.IsTrue(cursor.MoveNext());
        cancellation.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => cursor.MoveNext());
    }

    [TestMethod]
    public void The_fingerprint_is_that_of_the_columns_that_MLPath_knows()
    {
        var plain = new HandMadeView(5).With("X", Number, i => (float)i);
        var pointed = new HandMadeView(5).With("X", Number, i => (float)i).With("Point", PointType.Instance, i => new Point(i, i));
        Assert.AreEqual(plain.AsMLPath().Lineage.Fingerprint, pointed.AsMLPath().Lineage.Fingerprint);
        Assert.AreEqual(DataFingerprint.Compute(plain.AsMLPath().Loaded()), plain.AsMLPath().Lineage.Fingerprint);
    }

    private static void GoesThereAndBack<T>(MSData.DataViewType theirs, DataViewType ours, Func<int, T> value, Func<T, T>? copy = null)
    {
        const int Rows = 5;
        var view = new HandMadeView(Rows).With("X", theirs, value);
        var converted = view.AsMLPath();
        Assert.AreEqual(ours, converted.Schema["X"].Type);
        var back = converted.Loaded().AsMicrosoftML();
        Assert.IsTrue(theirs.Equals(back.Schema["X"].Type), $"{theirs} came back as {back.Schema["X"].Type}.");
        var expected = Enumerable.Range(0, Rows).Select(value).Select(v => $"{v}").ToArray();
        CollectionAssert.AreEqual(expected, back.Values(0, copy).Select(v => $"{v}").ToArray(), $"{theirs}");
    }

    private static void VectorsGoThereAndBack<T>(MSData.VectorDataViewType theirs, VectorDataViewType ours, Func<int, MSData.VBuffer<T>> value)
    {
        const int Rows = 5;
        var view = new HandMadeView(Rows).With("X", theirs, value);
        var converted = view.AsMLPath();
        Assert.AreEqual(ours, converted.Schema["X"].Type);
        var back = converted.Loaded().AsMicrosoftML();
        Assert.IsTrue(theirs.Equals(back.Schema["X"].Type), $"{theirs} came back as {back.Schema["X"].Type}.");
        var vectors = back.Vectors<T>(0);
        for (int i = 0; i < Rows; i++)
            CollectionAssert.AreEqual(value(i).DenseValues().ToArray(), vectors[i].Values, $"{theirs}, row {i}");
    }

    // Dense in even rows; in odd ones sparse where the size of the vectors is known, as MLPath's ragged vectors are dense.
    private static MSData.VBuffer<T> Row<T>(int length, int row, Func<int, T> value) => row % 2 == 0
        ? new(length, [.. Enumerable.Range(0, length).Select(value)])
        : new(length, length / 2, [.. Enumerable.Range(0, length / 2).Select(value)], [.. Enumerable.Range(0, length / 2)]);

    private static MS.ValueGetter<MSData.VBuffer<ReadOnlyMemory<char>>> Texts(params string[] texts) =>
        (ref MSData.VBuffer<ReadOnlyMemory<char>> value) => value = new(texts.Length, [.. texts.Select(t => t.AsMemory())]);

    private static string[] TextsOf(MS.DataViewSchema.Annotations annotations, string kind)
    {
        MSData.VBuffer<ReadOnlyMemory<char>> value = default;
        annotations.GetValue(kind, ref value);
        return [.. value.DenseValues().Select(text => text.ToString())];
    }
}

/// <summary>A value of somebody's own.</summary>
internal sealed record Point(int X, int Y);

/// <summary>Its type.</summary>
internal sealed class PointType : MSData.StructuredDataViewType
{
    private PointType() : base(typeof(Point))
    {
    }

    public static PointType Instance { get; } = new();

    public override bool Equals(MSData.DataViewType? other) => ReferenceEquals(this, other);
}
