using System.Globalization;
using System.Text;
using MLPath.Data;

namespace MLPath.Datasets.Formats.SvmLight;

/// <summary>Writes rows in the format of SVMlight.</summary>
internal sealed class SvmLightSaver
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly bool _zeroBased;
    private readonly bool _binaryLabel;
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _group;
    private readonly DataViewSchema.Column? _weight;

    /// <summary>Finds the columns and checks their types.</summary>
    public SvmLightSaver(DataViewSchema schema, bool zeroBased, bool binaryLabel, string label, string features, string? group, string? weight)
    {
        (_zeroBased, _binaryLabel) = (zeroBased, binaryLabel);
        _label = Number(schema, label);
        _features = schema[features];
        if (_features.Type is not VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType or BooleanDataViewType })
            throw SchemaException.WrongType(features, "a vector of numbers of known size", _features.Type.ToString()!);
        _group = group is null ? null : schema[group];
        if (_group is { } g && g.Type is not KeyDataViewType)
            throw SchemaException.WrongType(g.Name, "a key", g.Type.ToString()!, "Make it one with Conversion.MapValueToKey.");
        _weight = weight is null ? null : Number(schema, weight);
    }

    /// <summary>Writes all rows.</summary>
    public void Save(IDataView data, Stream stream, CancellationToken cancellationToken)
    {
        using var writer = new StreamWriter(stream, s_utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var columns = new[] { _label, _features, _group, _weight }.OfType<DataViewSchema.Column>();
        using var cursor = data.GetBatchCursor(columns, cancellationToken);
        float[] labels = [], weights = [];
        ulong[] groups = [];
        while (cursor.MoveNext())
        {
            labels = _label.Type.Accept(new Floats(cursor.Current, _label.Index));
            if (_weight is { } weight) weights = weight.Type.Accept(new Floats(cursor.Current, weight.Index));
            if (_group is { } group) groups = group.Type.Accept(new Keys(cursor.Current, group.Index));
            _features.Type.Accept(new Rows(this, writer, cursor.Current[_features.Index], labels, groups, weights));
        }
    }

    private static DataViewSchema.Column Number(DataViewSchema schema, string name)
    {
        var column = schema[name];
        return column.Type is NumberDataViewType or BooleanDataViewType
            ? column
            : throw SchemaException.WrongType(name, "a number or Boolean", column.Type.ToString()!);
    }

    private void WriteStart(TextWriter writer, float label, ulong? group, float weight)
    {
        if (_binaryLabel) writer.Write(float.IsNaN(label) ? "0" : label > 0 ? "1" : "-1");
        else Write(writer, label);
        if (group > 0) writer.Write(string.Create(CultureInfo.InvariantCulture, $" qid:{group - 1}"));
        if (weight == 1) return;
        writer.Write(" cost:");
        Write(writer, weight);
    }

    private static void Write(TextWriter writer, float value)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }

    private sealed class Floats(RowBatch batch, int column) : IRawTypeVisitor<float[]>
    {
        public float[] Visit<T>()
        {
            var convert = NumberConversion.Of<T, float>();
            var values = batch.Scalars<T>(column);
            var floats = new float[values.Length];
            for (int i = 0; i < floats.Length; i++) floats[i] = convert(values[i]);
            return floats;
        }
    }

    private sealed class Keys(RowBatch batch, int column) : IRawTypeVisitor<ulong[]>
    {
        public ulong[] Visit<T>() => batch[column] switch
        {
            ScalarColumn<byte> keys => Array.ConvertAll(keys.Values.ToArray(), k => (ulong)k),
            ScalarColumn<ushort> keys => Array.ConvertAll(keys.Values.ToArray(), k => (ulong)k),
            ScalarColumn<uint> keys => Array.ConvertAll(keys.Values.ToArray(), k => (ulong)k),
            _ => batch.Scalars<ulong>(column).ToArray(),
        };
    }

    private sealed class Rows(SvmLightSaver saver, TextWriter writer, ColumnBuffer features, float[] labels, ulong[] groups, float[] weights)
        : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            var convert = NumberConversion.Of<T, float>();
            var vectors = (VectorColumn<T>)features;
            for (int row = 0; row < vectors.Count; row++)
            {
                saver.WriteStart(writer, labels[row], groups.Length > 0 ? groups[row] : null, weights.Length > 0 ? weights[row] : 1);
                var values = vectors.RowValues(row);
                var slots = vectors.RowIndices(row);
                int first = saver._zeroBased ? 0 : 1;
                bool any = false;
                for (int i = 0; i < values.Length; i++)
                {
                    float value = convert(values[i]);
                    if (value == 0) continue;
                    WriteFeature((vectors.Layout == VectorLayout.Sparse ? slots[i] : i) + first, value);
                    any = true;
                }
                // Some programs need at least one feature in a row.
                if (!any) WriteFeature(first, 0);
                writer.WriteLine();
            }
            return true;
        }

        private void WriteFeature(int number, float value)
        {
            Span<char> text = stackalloc char[16];
            number.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
            writer.Write(' ');
            writer.Write(text[..length]);
            writer.Write(':');
            Write(writer, value);
        }
    }
}
