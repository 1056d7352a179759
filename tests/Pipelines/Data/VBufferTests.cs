using MLPath.Data;

namespace MLPath.Tests.Data;

[TestClass]
public sealed class VBufferTests
{
    private static VBuffer<float> Sparse => new(5, 2, [7f, 9, -1], [1, 4, 0]);

    [TestMethod]
    public void A_dense_vector_shows_its_array()
    {
        var vector = new VBuffer<float>(2, [1, 2, 3]);
        Assert.IsTrue(vector.IsDense);
        CollectionAssert.AreEqual((float[])[1, 2], vector.GetValues().ToArray());
        Assert.IsTrue(vector.GetIndices().IsEmpty);
        Assert.AreEqual(2, vector.GetItemOrDefault(1));
    }

    [TestMethod]
    public void A_sparse_vector_has_the_default_where_nothing_is_stored()
    {
        Assert.IsFalse(Sparse.IsDense);
        CollectionAssert.AreEqual((float[])[0, 7, 0, 0, 9], Sparse.DenseValues());
        CollectionAssert.AreEqual((float[])[0, 7, 0, 0, 9], Enumerable.Range(0, 5).Select(Sparse.GetItemOrDefault).ToArray());
        CollectionAssert.AreEqual((int[])[1, 4], Sparse.Items().Select(i => i.Key).ToArray());
        CollectionAssert.AreEqual((float[])[0, 7, 0, 0, 9], Sparse.Items(all: true).Select(i => i.Value).ToArray());
    }

    [TestMethod]
    public void A_vector_with_every_slot_stored_is_dense() => Assert.IsTrue(new VBuffer<int>(2, 2, [1, 2], [0, 1]).IsDense);

    [TestMethod]
    public void The_default_is_an_empty_vector()
    {
        VBuffer<float> empty = default;
        Assert.AreEqual(0, empty.Length);
        Assert.IsEmpty(empty.DenseValues());
        Assert.IsEmpty(empty.Items(all: true));
        VBuffer<float> copy = Sparse;
        empty.CopyTo(ref copy);
        Assert.AreEqual(0, copy.Length);
    }

    [TestMethod]
    public void Slots_outside_and_arrays_too_short_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(-1));
        Assert.ThrowsExactly<ArgumentException>(() => new VBuffer<float>(3, [1, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => new VBuffer<float>(3, 2, [1, 2], [0]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, 4, [1, 2, 3, 4], [0, 1, 2, 3]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new VBuffer<float>(-1, []));
    }

    [TestMethod]
    public void Copies_reuse_the_arrays_of_the_destination()
    {
        var destination = new VBuffer<float>(9, new float[9], new int[9]);
        Sparse.CopyTo(ref destination);
        CollectionAssert.AreEqual((float[])[0, 7, 0, 0, 9], destination.DenseValues());
        long before = GC.GetAllocatedBytesForCurrentThread();
        new VBuffer<float>(0, 0, [], []).CopyTo(ref destination);
        var source = s_source;
        source.CopyTo(ref destination);
        Assert.IsLessThan(200L, GC.GetAllocatedBytesForCurrentThread() - before);
        CollectionAssert.AreEqual((float[])[1, 2, 3], destination.DenseValues());
    }

    private static readonly VBuffer<float> s_source = new(3, [1, 2, 3]);

    [TestMethod]
    public void An_editor_writes_in_place()
    {
        VBuffer<int> vector = default;
        var editor = VBufferEditor.Create(ref vector, 4, 2);
        (editor.Values[0], editor.Values[1], editor.Indices[0], editor.Indices[1]) = (5, 6, 1, 3);
        vector = editor.Commit();
        CollectionAssert.AreEqual((int[])[0, 5, 0, 6], vector.DenseValues());
        editor = VBufferEditor.Create(ref vector, 2);
        (editor.Values[0], editor.Values[1]) = (8, 9);
        vector = editor.Commit();
        CollectionAssert.AreEqual((int[])[8, 9], vector.DenseValues());
    }
}
