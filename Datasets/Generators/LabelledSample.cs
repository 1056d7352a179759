using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Datasets;

/// <summary>Rows under construction: a dense block of features and a number for each label.</summary>
internal sealed class LabelledSample(int rows, int features)
{
    private readonly float[] _features = new float[checked(rows * features)];

    /// <summary>The label of each row: a class number from 0, or a value.</summary>
    public double[] Labels { get; } = new double[rows];

    /// <summary>The features of one row.</summary>
    public Span<float> Row(int row) => _features.AsSpan(row * features, features);

    /// <summary>Puts the rows in random order and makes a view of them.</summary>
    public InMemoryDataView ToView(RandomStream random, ILabelColumn label, string source, IReadOnlyList<string>? slotNames = null)
    {
        var block = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, features));
        block.AliasDense(_features, 0, rows);
        var order = random.Derive("order").Permutation(rows);
        var shuffled = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, features));
        shuffled.Gather(block, order);

        var annotations = new DataViewSchema.Annotations.Builder();
        if (slotNames is not null) annotations.AddSlotNames(slotNames);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", block.Type, annotations.ToAnnotations());
        schema.AddColumn(label.Describe("Label"));

        InMemoryDataView? view = null;
        var lineage = DataLineage.Of(source, () => DataFingerprint.Compute(view!));
        view = new InMemoryDataView(schema.ToSchema(), [shuffled, label.Fill(Labels, order)], lineage);
        return view;
    }
}

/// <summary>What a generator's label column is made of.</summary>
internal interface ILabelColumn
{
    /// <summary>The column's type and annotations.</summary>
    DataViewSchema.DetachedColumn Describe(string name);

    /// <summary>The column's values, label order[i] in row i.</summary>
    ColumnBuffer Fill(double[] labels, int[] order);
}

/// <summary>Class 1 is true.</summary>
internal sealed class BooleanLabel : ILabelColumn
{
    public DataViewSchema.DetachedColumn Describe(string name) => new(name, BooleanDataViewType.Instance);

    public ColumnBuffer Fill(double[] labels, int[] order)
    {
        var column = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        column.Alias([.. order.Select(i => labels[i] == 1)], 0, order.Length);
        return column;
    }
}

/// <summary>Class c is key c + 1, which stands for the text of c.</summary>
internal sealed class KeyLabel(int classes) : ILabelColumn
{
    private readonly KeyDataViewType _type = new(classes);

    public DataViewSchema.DetachedColumn Describe(string name) => new(name, _type, new DataViewSchema.Annotations.Builder()
        .AddKeyValues([.. Enumerable.Range(0, classes).Select(c => $"{c}")]).ToAnnotations());

    public ColumnBuffer Fill(double[] labels, int[] order)
    {
        var column = new ScalarColumn<uint>(_type);
        column.Alias([.. order.Select(i => (uint)labels[i] + 1)], 0, order.Length);
        return column;
    }
}

/// <summary>A number.</summary>
internal sealed class NumberLabel : ILabelColumn
{
    public DataViewSchema.DetachedColumn Describe(string name) => new(name, NumberDataViewType.Single);

    public ColumnBuffer Fill(double[] labels, int[] order)
    {
        var column = new ScalarColumn<float>(NumberDataViewType.Single);
        column.Alias([.. order.Select(i => (float)labels[i])], 0, order.Length);
        return column;
    }
}
