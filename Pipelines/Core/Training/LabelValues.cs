using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>What the classes of a model stand for, in model files: kept with their type, so that keys turn back into the label's own values.</summary>
internal static class LabelValues
{
    private const string Name = "Labels";

    public static void Save(ModelSaveContext context, DataViewSchema.Annotations annotations)
    {
        bool known = annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not null;
        context.Write("HasLabels", known);
        if (known)
            annotations.Schema[AnnotationKinds.KeyValues].Type.Accept(new Writer(context, annotations));
    }

    public static DataViewSchema.Annotations Load(ModelLoadContext context, int classes)
    {
        if (!context.ReadBoolean("HasLabels"))
            return DataViewSchema.Annotations.Empty;
        var type = context.ReadValueType(Name);
        return type.Accept(new Reader(context, type, classes));
    }

    private sealed class Writer(ModelSaveContext context, DataViewSchema.Annotations annotations) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            VBuffer<T> values = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            context.WriteValues<T>(Name, (PrimitiveDataViewType)annotations.Schema[AnnotationKinds.KeyValues].Type.ItemTypeOrSelf, values.DenseValues());
            return true;
        }
    }

    private sealed class Reader(ModelLoadContext context, PrimitiveDataViewType type, int classes) : IRawTypeVisitor<DataViewSchema.Annotations>
    {
        public DataViewSchema.Annotations Visit<T>()
        {
            T[] values = context.ReadValues<T>(Name);
            return values.Length == classes
                ? new DataViewSchema.Annotations.Builder().AddKeyValues(type, values).ToAnnotations()
                : throw context.Invalid($"the model tells {classes} classes apart, and there are {values.Length} labels");
        }
    }
}
