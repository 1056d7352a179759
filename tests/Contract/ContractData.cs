using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Contract.Tests;

/// <summary>Small tables that every estimator can be tried on.</summary>
internal static class ContractData
{
    public const int Rows = 60;
    private const int Dimensions = 4;

    /// <summary>Rows with features, the label that the task needs, and weights 1 or 2.</summary>
    public static InMemoryDataView For(
        LearningTask task, int rows = Rows, Func<int, int, float, float>? feature = null, Func<int, int>? classOf = null, FeatureForms form = FeatureForms.Vector)
    {
        var random = new RandomStream(7);
        classOf ??= row => row % 3;
        var block = new float[rows * Dimensions];
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < Dimensions; j++)
            {
                float value = (float)((2.5 * (classOf(row) == j ? 1 : 0)) + random.NextGaussian());
                block[(row * Dimensions) + j] = feature is null ? value : feature(row, j, value);
            }
        }

        return Make(task, Shape(block, rows, form), block, [.. Enumerable.Range(0, rows).Select(classOf)], [.. Enumerable.Range(0, rows).Select(r => (float)(1 + (r % 2)))]);
    }

    // The same numbers in another form. Every third row of those that have their own lengths is shorter, and one is empty.
    private static ColumnBuffer Shape(float[] block, int rows, FeatureForms form)
    {
        if (form is FeatureForms.Vector or FeatureForms.Shaped)
        {
            int[] dimensions = form == FeatureForms.Vector ? [Dimensions] : [2, Dimensions / 2];
            var vectors = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, dimensions));
            vectors.AliasDense(block, 0, rows);
            return vectors;
        }

        const int Bins = 8; // of each feature; what is no number becomes a key beyond those there are
        var tokens = new VectorColumn<uint>(new VectorDataViewType(new KeyDataViewType(Dimensions * Bins)));
        var steps = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single));
        for (int row = 0; row < rows; row++)
        {
            var values = block.AsSpan(row * Dimensions, row == 9 ? 0 : row % 3 == 0 ? Dimensions - 1 : Dimensions);
            steps.AddRow(values);
            var keys = new uint[values.Length];
            for (int j = 0; j < keys.Length; j++)
                keys[j] = float.IsFinite(values[j]) ? (uint)((j * Bins) + Math.Clamp((int)values[j] + 3, 0, Bins - 1) + 1) : uint.MaxValue;
            tokens.AddRow(keys);
        }

        return form == FeatureForms.Tokens ? tokens : steps;
    }

    /// <summary>The same rows with those of weight 2 written twice, all of weight 1.</summary>
    public static InMemoryDataView Duplicated(InMemoryDataView data)
    {
        var weights = ((ScalarColumn<float>)data.GetColumn(2)).Values;
        var rows = new List<int>();
        for (int row = 0; row < weights.Length; row++)
            rows.AddRange(Enumerable.Repeat(row, (int)weights[row]));
        var columns = data.Schema.Select((c, i) =>
        {
            var gathered = ColumnBuffer.Create(c.Type);
            gathered.Gather(data.GetColumn(i), [.. rows]);
            return gathered;
        }).ToArray();
        ((ScalarColumn<float>)columns[2]).Allocate(rows.Count).Fill(1);
        return new InMemoryDataView(data.Schema, columns);
    }

    /// <summary>One column of every type that transforms read.</summary>
    public static InMemoryDataView Mixed(int rows = Rows)
    {
        var random = new RandomStream(11);
        string[] colours = ["red", "green", "blue", ""];
        var number = new ScalarColumn<float>(NumberDataViewType.Single);
        var gaps = new ScalarColumn<float>(NumberDataViewType.Single);
        var text = new ScalarColumn<ReadOnlyMemory<char>>(TextDataViewType.Instance);
        var key = new ScalarColumn<uint>(new KeyDataViewType(3));
        var flag = new ScalarColumn<bool>(BooleanDataViewType.Instance);
        var vector = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single, Dimensions));
        vector.Begin(VectorLayout.Dense);
        for (int row = 0; row < rows; row++)
        {
            number.Add((float)random.NextGaussian());
            gaps.Add(row % 5 == 0 ? float.NaN : row);
            text.Add(colours[row % colours.Length].AsMemory());
            key.Add((uint)(row % 4));
            flag.Add(row % 2 == 0);
            vector.AddRow([row, (float)random.NextGaussian(), 3, row % 7 == 0 ? 0 : -row]);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Number", number.Type);
        schema.AddColumn("Gaps", gaps.Type);
        schema.AddColumn("Text", text.Type);
        schema.AddColumn("Key", key.Type, new DataViewSchema.Annotations.Builder().AddKeyValues(["one", "two", "three"]).ToAnnotations());
        schema.AddColumn("Flag", flag.Type);
        schema.AddColumn("Features", vector.Type);
        return new InMemoryDataView(schema.ToSchema(), [number, gaps, text, key, flag, vector]);
    }

    /// <summary>The same table, given one row at a time.</summary>
    public static IDataView RowByRow(InMemoryDataView data) => new OneRowBatches(data);

    private static InMemoryDataView Make(LearningTask task, ColumnBuffer features, float[] block, int[] classes, float[] weights)
    {
        ColumnBuffer label;
        DataViewSchema.Annotations? annotations = null;
        switch (task)
        {
            case LearningTask.Binary or LearningTask.AnomalyDetection:
                var flags = new ScalarColumn<bool>(BooleanDataViewType.Instance);
                foreach (int c in classes)
                    flags.Add(c == 1);
                label = flags;
                break;
            case LearningTask.Regression:
                // Far enough from 0 to be positive, which counts have to be.
                var numbers = new ScalarColumn<float>(NumberDataViewType.Single);
                for (int i = 0; i < classes.Length; i++)
                    numbers.Add(8 + classes[i] + block[i * Dimensions] - (0.5f * block[(i * Dimensions) + 2]));
                label = numbers;
                break;
            default:
                var keys = new ScalarColumn<uint>(new KeyDataViewType(3));
                foreach (int c in classes)
                    keys.Add((uint)c + 1);
                label = keys;
                annotations = new DataViewSchema.Annotations.Builder().AddKeyValues(["ant", "bee", "cow"]).ToAnnotations();
                break;
        }

        var weight = new ScalarColumn<float>(NumberDataViewType.Single);
        weight.Alias(weights, 0, weights.Length);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", features.Type);
        schema.AddColumn("Label", label.Type, annotations);
        schema.AddColumn("Weight", weight.Type);
        return new InMemoryDataView(schema.ToSchema(), [features, label, weight]);
    }

    private sealed class OneRowBatches(InMemoryDataView data) : BatchDataView
    {
        public override DataViewSchema Schema => data.Schema;

        public override long? GetRowCount() => data.RowCount;

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default) =>
            new Cursor(data, [.. columnsNeeded]);

        private sealed class Cursor : BatchCursor
        {
            private readonly InMemoryDataView _data;
            private readonly (ColumnBuffer From, ColumnBuffer To)[] _columns;
            private int _next;

            public Cursor(InMemoryDataView data, DataViewSchema.Column[] columns)
            {
                _data = data;
                _columns = [.. columns.Select(c => (data.GetColumn(c.Index), ColumnBuffer.Create(c.Type)))];
                Current = new RowBatch(data.Schema);
                for (int i = 0; i < columns.Length; i++)
                    Current.Set(columns[i].Index, _columns[i].To);
            }

            public override RowBatch Current { get; }

            public override bool MoveNext()
            {
                if (_next == _data.RowCount)
                    return false;
                foreach (var (from, to) in _columns)
                    to.Slice(from, _next, 1);
                Current.SetRows(_next++, 1);
                return true;
            }
        }
    }
}
