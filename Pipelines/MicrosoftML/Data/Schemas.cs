using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>Schemas both ways: names, types and annotations (slot names, key values, …), column by column at the same places.</summary>
internal static class Schemas
{
    /// <summary>Columns of Microsoft.ML as a schema of MLPath.</summary>
    public static DataViewSchema FromMicrosoft(IEnumerable<MS.DataViewSchema.Column> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, DataTypes.FromMicrosoft(column.Type), FromMicrosoft(column.Annotations));
        return builder.ToSchema();
    }

    /// <summary>Columns of MLPath as a schema of Microsoft.ML.</summary>
    /// <exception cref="SchemaException">Microsoft.ML has no type for a column.</exception>
    public static MS.DataViewSchema ToMicrosoft(IEnumerable<DataViewSchema.Column> columns)
    {
        var builder = new MS.DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, DataTypes.ToMicrosoft(column.Type, column.Name), ToMicrosoft(column.Annotations));
        return builder.ToSchema();
    }

    /// <summary>
    /// For each column of a transformer's output, the column of its input that it is, unchanged; −1 for one that is computed. A transformer hands on the
    /// very column object where it does not touch the values.
    /// </summary>
    public static IReadOnlyList<int> PassedFrom(DataViewSchema input, DataViewSchema output)
    {
        var places = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        foreach (var column in input)
            places.TryAdd(column.Detach(), column.Index);
        return [.. output.Select(column => places.GetValueOrDefault(column.Detach(), -1))];
    }

    private static DataViewSchema.Annotations FromMicrosoft(MS.DataViewSchema.Annotations annotations)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach (var column in annotations.Schema)
        {
            if (DataTypes.FromMicrosoft(column.Type) is var type and not IForeignDataViewType)
                type.Accept(new AnnotationReader(annotations, column, type, builder));
        }

        return builder.ToAnnotations();
    }

    private static MS.DataViewSchema.Annotations ToMicrosoft(DataViewSchema.Annotations annotations)
    {
        var builder = new MS.DataViewSchema.Annotations.Builder();
        foreach (var column in annotations.Schema)
            column.Type.Accept(new AnnotationWriter(annotations, column, builder));
        return builder.ToAnnotations();
    }

    private sealed class AnnotationReader(
        MS.DataViewSchema.Annotations annotations, MS.DataViewSchema.Column column, DataViewType type, DataViewSchema.Annotations.Builder builder)
        : IRawTypeVisitor<DataViewSchema.Annotations.Builder>
    {
        public DataViewSchema.Annotations.Builder Visit<T>()
        {
            if (type is VectorDataViewType)
            {
                MSData.VBuffer<T> vector = default;
                annotations.GetValue(column.Name, ref vector);
                return builder.Add(column.Name, type, VectorConversion.FromMicrosoft(vector));
            }

            T value = default!;
            annotations.GetValue(column.Name, ref value);
#pragma warning disable CS8714 // A getter of Microsoft.ML gives no null for a primitive type.
            return builder.Add(column.Name, type, value);
#pragma warning restore CS8714
        }
    }

    private sealed class AnnotationWriter(
        DataViewSchema.Annotations annotations, DataViewSchema.Column column, MS.DataViewSchema.Annotations.Builder builder) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            var type = DataTypes.ToMicrosoft(column.Type, column.Name);
            if (column.Type is VectorDataViewType)
            {
                VBuffer<T> vector = default;
                annotations.GetValue(column.Name, ref vector);
                builder.Add(column.Name, type, (ref MSData.VBuffer<T> destination) =>
                    VectorConversion.ToMicrosoft(vector.Length, vector.GetValues(), vector.GetIndices(), ref destination));
                return true;
            }

            T value = default!;
            annotations.GetValue(column.Name, ref value);
            builder.Add(column.Name, type, (ref T destination) => destination = value);
            return true;
        }
    }
}
