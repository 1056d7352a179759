using Microsoft.ML;
using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>
/// What is known of a schema before anything is fitted, both ways. Microsoft.ML lets nobody else make a column of a shape, so that each one is taken
/// from the shape that a custom mapping with such an output promises.
/// </summary>
internal static class SchemaShapes
{
    /// <summary>A shape of Microsoft.ML as one of MLPath; dimensions and key counts are not known there.</summary>
    public static SchemaShape FromMicrosoft(MS.SchemaShape shape) => new(shape.Select(column => new SchemaShape.Column(
        column.Name,
        (SchemaShape.Column.VectorKind)column.Kind,
        DataTypes.FromMicrosoft(column.ItemType),
        column.IsKey,
        FromMicrosoft(column.Annotations))));

    /// <summary>A shape of Microsoft.ML as columns of MLPath.</summary>
    /// <param name="shape">The shape to convert.</param>
    /// <param name="from">The shape that it was made of.</param>
    /// <param name="original">The same columns as MLPath gave them; those that were not touched are taken from there.</param>
    public static IEnumerable<SchemaShape.Column> FromMicrosoft(MS.SchemaShape shape, MS.SchemaShape from, IReadOnlyList<SchemaShape.Column> original)
    {
        foreach (var column in FromMicrosoft(shape))
        {
            var given = shape.First(c => c.Name == column.Name);
            int passed = Enumerable.Range(0, from.Count).FirstOrDefault(
                i => from[i].Name == given.Name && from[i].ItemType.Equals(given.ItemType) && ReferenceEquals(from[i].Annotations, given.Annotations), -1);
            yield return passed >= 0 ? original[passed] : column;
        }
    }

    /// <summary>A shape of MLPath as one of Microsoft.ML.</summary>
    /// <param name="context">The context of Microsoft.ML.</param>
    /// <param name="shape">The shape to convert.</param>
    /// <param name="from">The shape that it was made of; empty where it was made of none.</param>
    /// <param name="original">The same shape as Microsoft.ML gave it; columns that were not touched are taken from it.</param>
    public static MS.SchemaShape ToMicrosoft(MS.MLContext context, SchemaShape shape, SchemaShape from, MS.SchemaShape original)
    {
        var columns = new List<MS.SchemaShape.Column>(shape.Count);
        foreach (var column in shape)
        {
            int passed = Enumerable.Range(0, from.Count).FirstOrDefault(i => ReferenceEquals(from[i], column), -1);
            columns.Add(passed >= 0 ? original[passed] : Promise(context, column));
        }

        return new MS.SchemaShape(columns);
    }

    private static MS.SchemaShape.Column Promise(MS.MLContext context, SchemaShape.Column column) =>
        column.ItemType.Accept(new Promises(context, column, TypeOf(column)));

    // Any size and any count will do: a shape does not tell them.
    private static MSData.DataViewType TypeOf(SchemaShape.Column column)
    {
        var item = DataTypes.ToMicrosoft(column.ItemType, column.Name);
        if (column.IsKey)
            item = new MSData.KeyDataViewType(item.RawType, column.KeyCount ?? 2);
        return column.Kind == SchemaShape.Column.VectorKind.Scalar
            ? item
            : new MSData.VectorDataViewType((MSData.PrimitiveDataViewType)item, column.Kind == SchemaShape.Column.VectorKind.Vector ? column.Size ?? 2 : 0);
    }

    private sealed class Promises(MS.MLContext context, SchemaShape.Column column, MSData.DataViewType type) : IRawTypeVisitor<MS.SchemaShape.Column>
    {
        public MS.SchemaShape.Column Visit<T>() => column.Kind == SchemaShape.Column.VectorKind.Scalar ? Of<T>() : Of<MSData.VBuffer<T>>();

        private MS.SchemaShape.Column Of<TRaw>()
        {
            var definition = MSData.SchemaDefinition.Create(typeof(Promised<TRaw>));
            definition[0].ColumnName = column.Name;
            definition[0].ColumnType = type;
            foreach (var annotation in column.Annotations)
                annotation.ItemType.Accept(new AnnotationPromises(definition[0], annotation, TypeOf(annotation)));
            return context.Transforms.CustomMapping<NoColumns, Promised<TRaw>>((_, _) => { }, null, null, definition).GetOutputSchema(new MS.SchemaShape([]))[0];
        }
    }

    private sealed class AnnotationPromises(MSData.SchemaDefinition.Column column, SchemaShape.Column annotation, MSData.DataViewType type) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            if (annotation.Kind == SchemaShape.Column.VectorKind.Scalar)
                column.AddAnnotation<T>(annotation.Name, default!, type);
            else
                column.AddAnnotation<MSData.VBuffer<T>>(annotation.Name, default, type);
            return true;
        }
    }

    private sealed class Promised<TRaw>
    {
        public TRaw Value { get; set; } = default!;
    }
}

/// <summary>The input of a mapping that reads no column.</summary>
internal sealed class NoColumns;
