using MLPath.Data;
using MLPath.Tests.Transforms;

namespace MLPath.Tests.Data;

[TestClass]
public sealed class ColumnBufferTests
{
    [TestMethod]
    public void Vector_columns_do_what_a_list_of_arrays_does_in_any_order()
    {
        foreach (bool ragged in (bool[])[false, true])
        {
            for (int seed = 0; seed < 40; seed++)
                RunVectors(new Random(seed), ragged);
        }
    }

    [TestMethod]
    public void Scalar_columns_do_what_a_list_does_in_any_order()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var column = new ScalarColumn<int>(NumberDataViewType.Int32);
            var model = new List<int>();
            for (int step = 0; step < 60; step++)
            {
                int[] other = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(100))];
                var source = Tables.Scalars(NumberDataViewType.Int32, other);
                int start = other.Length == 0 ? 0 : random.Next(other.Length), count = random.Next(other.Length - start + 1);
                switch (random.Next(6))
                {
                    case 0: column.Add(step); model.Add(step); break;
                    case 1: column.Append(source); model.AddRange(other); break;
                    case 2: column.Slice(source, start, count); model = [.. other.AsSpan(start, count)]; break;
                    case 3: column.Alias(other, start, count); model = [.. other.AsSpan(start, count)]; break;
                    case 4 when other.Length > 0: column.Gather(source, [start, 0, start]); model = [other[start], other[0], other[start]]; break;
                    default: column.Clear(); model.Clear(); break;
                }

                CollectionAssert.AreEqual(model, column.Values.ToArray(), $"seed {seed}, step {step}");
            }
        }
    }

    [TestMethod]
    public void A_slice_shares_memory_and_adding_to_it_does_not_change_the_source()
    {
        var source = Tables.Dense([1, 2], [3, 4], [5, 6]);
        var slice = new VectorColumn<float>((VectorDataViewType)source.Type);
        slice.Slice(source, 1, 2);
        Assert.IsTrue(slice.Values == source.Values[2..]);
        slice.AddRow([7, 8]);
        CollectionAssert.AreEqual((float[])[3, 4, 5, 6, 7, 8], slice.Values.ToArray());
        CollectionAssert.AreEqual((float[])[1, 2, 3, 4, 5, 6], source.Values.ToArray());
    }

    [TestMethod]
    public void A_slice_of_a_slice_is_at_its_place()
    {
        foreach (var source in (VectorColumn<float>[])[Tables.Dense([1, 0], [0, 3], [5, 6], [7, 0]), Tables.Sparse([1, 0], [0, 3], [5, 6], [7, 0]), Tables.Ragged(NumberDataViewType.Single, [1], [], [5, 6], [7f])])
        {
            var (first, second) = (ColumnBuffer.Create(source.Type), (VectorColumn<float>)ColumnBuffer.Create(source.Type));
            first.Slice(source, 1, 3);
            second.Slice(first, 1, 2);
            Assert.AreEqual(2, second.Count);
            CollectionAssert.AreEqual((float[])[5, 6], second.RowValues(0).ToArray());
            Assert.AreEqual(7, second.RowValues(1)[0]);
            Assert.AreEqual(source.Layout, second.Layout);
        }
    }

    [TestMethod]
    public void Sparse_rows_with_slots_out_of_order_or_range_are_refused()
    {
        var column = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 4));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([2, 1], [1f, 2])).Message, "1 follows 2");
        Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([1, 1], [1f, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([4], [1f]));
        Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([-1], [1f]));
        Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([0, 1], [1f]));
        Assert.ThrowsExactly<ArgumentException>(() => column.AddRow([1f, 2]));
        Assert.AreEqual(0, column.Count);
    }

    [TestMethod]
    public void Layouts_that_a_type_cannot_have_are_refused()
    {
        var known = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2));
        var ragged = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single));
        Assert.ThrowsExactly<InvalidOperationException>(() => known.Begin(VectorLayout.Ragged));
        Assert.ThrowsExactly<InvalidOperationException>(() => ragged.Begin(VectorLayout.Sparse));
        Assert.ThrowsExactly<InvalidOperationException>(() => ragged.AllocateDense(1));
        Assert.ThrowsExactly<InvalidOperationException>(() => ragged.AliasDense([1], 0, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => known.AliasDense([1, 2, 3], 0, 2));
        Assert.ThrowsExactly<ArgumentException>(() => known.Append(Tables.Singles(1)));
    }

    [TestMethod]
    public void Rows_become_vectors_dense_or_sparse_as_they_are_stored()
    {
        VBuffer<float> row = default;
        Tables.Sparse([0, 5, 0]).GetRow(0, ref row);
        Assert.IsFalse(row.IsDense);
        CollectionAssert.AreEqual((float[])[0, 5, 0], row.DenseValues());
        Tables.Dense([1, 2, 3]).GetRow(0, ref row);
        Assert.IsTrue(row.IsDense);
        CollectionAssert.AreEqual((float[])[1, 2, 3], row.DenseValues());
        Tables.Sparse([0, 0, 0]).GetRow(0, ref row);
        CollectionAssert.AreEqual((float[])[0, 0, 0], row.DenseValues());
        Tables.Ragged(NumberDataViewType.Single, [4f]).GetRow(0, ref row);
        CollectionAssert.AreEqual((float[])[4], row.DenseValues());
    }

    private static void RunVectors(Random random, bool ragged)
    {
        const int Size = 3;
        var type = ragged ? new VectorDataViewType(NumberDataViewType.Single) : new VectorDataViewType(NumberDataViewType.Single, Size);
        var column = new VectorColumn<float>(type);
        column.Clear();
        var model = new List<float[]>();
        for (int step = 0; step < 60; step++)
        {
            float[][] other = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Row())];
            var source = new VectorColumn<float>(type);
            source.Begin(ragged ? VectorLayout.Ragged : random.Next(2) == 0 ? VectorLayout.Dense : VectorLayout.Sparse);
            foreach (var row in other)
                source.AddRow(row);
            int start = other.Length == 0 ? 0 : random.Next(other.Length), count = random.Next(other.Length - start + 1);
            switch (random.Next(7))
            {
                case 0: model.Add(Row()); column.AddRow(model[^1]); break;
                case 1 when !ragged: model.Add(Row()); AddSparse(model[^1]); break;
                case 2: column.Append(source); model.AddRange(other); break;
                case 3: column.Slice(source, start, count); model = [.. other.AsSpan(start, count)]; break;
                case 4 when other.Length > 0: column.Gather(source, [start, 0, start]); model = [other[start], other[0], other[start]]; break;
                case 5 when !ragged: column.AliasDense([.. other.SelectMany(v => v)], start * Size, count); model = [.. other.AsSpan(start, count)]; break;
                case 6: column.Clear(); model.Clear(); break;
                default: break;
            }

            Assert.AreEqual(model.Count, column.Count);
            Assert.AreEqual(model.Sum(r => column.Layout == VectorLayout.Sparse ? r.Count(v => v != 0) : r.Length), column.Values.Length);
            for (int row = 0; row < model.Count; row++)
            {
                var actual = new float[column.RowLength(row)];
                column.CopyRowTo(row, actual);
                CollectionAssert.AreEqual(model[row], actual, $"row {row} of step {step}");
            }
        }

        float[] Row() => [.. Enumerable.Range(0, ragged ? random.Next(4) : Size).Select(_ => (float)Math.Max(0, random.Next(-3, 9)))];

        void AddSparse(float[] row)
        {
            int[] slots = [.. Enumerable.Range(0, Size).Where(s => row[s] != 0)];
            column.AddRow(slots, [.. slots.Select(s => row[s])]);
        }
    }
}
