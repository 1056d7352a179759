using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Tests.Datasets.Formats;

/// <summary>A table with a column of every type, annotated, with the values that are hard to keep.</summary>
internal static class AllTypes
{
    public static InMemoryDataView Create(int rows, bool finite = false)
    {
        var schema = new DataViewSchema.Builder();
        var columns = new List<ColumnBuffer>();
        var random = new RandomStream(3);

        void Scalar<T>(string name, PrimitiveDataViewType type, Func<int, T> value, DataViewSchema.Annotations? annotations = null)
        {
            schema.AddColumn(name, type, annotations);
            var column = new ScalarColumn<T>(type);
            for (int i = 0; i < rows; i++) column.Add(value(i));
            columns.Add(column);
        }

        Scalar("Single", NumberDataViewType.Single, i => i % 5 == 0 ? float.NaN : i % 7 == 0 ? -0f : random.NextSingle() * 1e30f);
        Scalar("Double", NumberDataViewType.Double, i => i == 1 && !finite ? double.NegativeInfinity : random.NextGaussian());
        Scalar("SByte", NumberDataViewType.SByte, i => (sbyte)i);
        Scalar("Byte", NumberDataViewType.Byte, i => (byte)i);
        Scalar("Int16", NumberDataViewType.Int16, i => (short)(i * 77));
        Scalar("UInt16", NumberDataViewType.UInt16, i => (ushort)(i * 77));
        Scalar("Int32", NumberDataViewType.Int32, i => int.MinValue + i);
        Scalar("UInt32", NumberDataViewType.UInt32, i => uint.MaxValue - (uint)i);
        Scalar("Int64", NumberDataViewType.Int64, i => long.MinValue + i);
        Scalar("UInt64", NumberDataViewType.UInt64, i => ulong.MaxValue - (ulong)i);
        Scalar("Boolean", BooleanDataViewType.Instance, i => i % 3 == 0);
        Scalar("Text", TextDataViewType.Instance, i => (i % 4 == 0 ? "" : $"row {i} é 😀").AsMemory());
        Scalar("Key", new KeyDataViewType(3), i => (uint)(i % 4),
            new DataViewSchema.Annotations.Builder().AddKeyValues(["red", "green", "blue"]).ToAnnotations());
        Scalar("ByteKey", new KeyDataViewType(typeof(byte), 255), i => (byte)i);
        Scalar("LongKey", new KeyDataViewType(typeof(ulong), ulong.MaxValue), i => ulong.MaxValue - (ulong)i);
        Scalar("DateTime", DateTimeDataViewType.Instance, i => i == 0 ? DateTime.MaxValue : new DateTime(2024, 2, 29, 1, 2, 3, (DateTimeKind)(i % 3)).AddTicks(i));
        Scalar("DateTimeOffset", DateTimeOffsetDataViewType.Instance,
            i => i == 0 ? DateTimeOffset.MinValue : new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes((i % 1600) - 800)));
        Scalar("TimeSpan", TimeSpanDataViewType.Instance, i => TimeSpan.FromTicks(long.MinValue + i));
        Scalar("RowId", RowIdDataViewType.Instance, i => new DataViewRowId((ulong)i, ulong.MaxValue - (ulong)i));

        var dense = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        var sparse = new VectorColumn<double>(new VectorDataViewType(NumberDataViewType.Double, 1000));
        var ragged = new VectorColumn<ReadOnlyMemory<char>>(new VectorDataViewType(TextDataViewType.Instance));
        dense.Begin(VectorLayout.Dense);
        sparse.Begin(VectorLayout.Sparse);
        ragged.Begin(VectorLayout.Ragged);
        for (int i = 0; i < rows; i++)
        {
            dense.AddRow([i, -i, 0, float.NaN, 0.5f, random.NextSingle()]);
            sparse.AddRow(i % 3 == 0 ? [] : [i % 500, 500 + (i % 500)], i % 3 == 0 ? [] : [i, random.NextDouble()]);
            ragged.AddRow([.. Enumerable.Range(0, i % 4).Select(k => $"{i}.{k}".AsMemory())]);
        }
        string[] names = ["a", "b", "c", "d", "e", ""];
        schema.AddColumn("Dense", dense.Type, new DataViewSchema.Annotations.Builder().AddSlotNames(names)
            .Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true).ToAnnotations());
        schema.AddColumn("Sparse", sparse.Type);
        schema.AddColumn("Ragged", ragged.Type);
        columns.AddRange([dense, sparse, ragged]);
        return new InMemoryDataView(schema.ToSchema(), columns);
    }
}
