using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Which columns can be read as features, in which form, and what to do about one that cannot.</summary>
internal static class FeatureColumns
{
    /// <summary>
    /// The format in which a column is read: the first that fits of shaped and plain vector, of sequence and tokens. Null where none of the forms
    /// fits. The vocabulary of whole numbers is not known yet, and taken for 1.
    /// </summary>
    /// <param name="type">The column's type.</param>
    /// <param name="forms">The forms that are read.</param>
    /// <param name="valuesPerStep">The numbers of a time step of a sequence.</param>
    public static FeatureFormat? FormatOf(DataViewType type, FeatureForms forms, int valuesPerStep)
    {
        if (type is not VectorDataViewType vector)
            return null;
        bool isSingle = vector.ItemType == NumberDataViewType.Single;
        if (isSingle && vector.IsKnownSize)
        {
            return vector.Dimensions.Count > 1 && forms.HasFlag(FeatureForms.Shaped) ? FeatureFormat.Shaped(vector.Dimensions)
                : forms.HasFlag(FeatureForms.Vector) ? FeatureFormat.Vector(vector.Size)
                : null;
        }

        if (isSingle && forms.HasFlag(FeatureForms.Sequence))
            return FeatureFormat.Sequence(valuesPerStep);
        if (!forms.HasFlag(FeatureForms.Tokens))
            return null;
        return vector.ItemType switch
        {
            KeyDataViewType { Count: <= int.MaxValue } key => FeatureFormat.Tokens((int)key.Count),
            _ when isSingle || IsWhole(vector.ItemType) => FeatureFormat.Tokens(1),
            _ => null,
        };
    }

    /// <summary>Whether a column can be read with what is known before the fit.</summary>
    public static bool MayFit(SchemaShape.Column column, FeatureForms forms)
    {
        bool isSingle = !column.IsKey && column.ItemType == NumberDataViewType.Single;
        bool areTokens = forms.HasFlag(FeatureForms.Tokens) && (column.IsKey || IsWhole(column.ItemType));
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => areTokens || (isSingle
                && (forms.HasFlag(FeatureForms.Vector) || (forms.HasFlag(FeatureForms.Shaped) && column.Dimensions.Count != 1))),
            SchemaShape.Column.VectorKind.VariableVector => areTokens
                || (isSingle && (forms & (FeatureForms.Sequence | FeatureForms.Tokens)) != 0),
            _ => false,
        };
    }

    /// <summary>The forms that a model of a format reads: a plain vector may stand for one of the same size that has a shape.</summary>
    public static FeatureForms ReadAs(FeatureFormat trained) =>
        trained.Form == FeatureForms.Shaped ? FeatureForms.Shaped | FeatureForms.Vector : trained.Form;

    /// <summary>Finds the column that a model scores.</summary>
    /// <exception cref="SchemaException">It is not there, or is of another format than the model was trained on.</exception>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The column.</param>
    /// <param name="trained">What the model was trained on.</param>
    /// <param name="where">Where the column is, for the message: "in the validation data".</param>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, FeatureFormat trained, string? where = null)
    {
        var column = schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, schema.VisibleNames, "feature column");
        var forms = ReadAs(trained);
        var found = FormatOf(column.Type, forms, trained.ValuesPerStep) ?? throw Wrong(column, forms);
        bool fits = trained.Form switch
        {
            FeatureForms.Vector => found.FeatureCount == trained.FeatureCount,
            FeatureForms.Shaped => found.FeatureCount == trained.FeatureCount && (found.Form == FeatureForms.Vector || found.Equals(trained)),
            FeatureForms.Tokens => column.Type.KeyCount == 0 || found.Equals(trained),
            _ => true,
        };
        if (fits)
            return column;
        string type = where is null ? $"{column.Type}" : found.FeatureCount > 0 ? FormattableString.Invariant($"a vector of {found.FeatureCount} {where}") : $"{column.Type} {where}";
        throw SchemaException.WrongType(name, $"{trained}, as in training,", type);
    }

    /// <summary>The error of a column that cannot be read in any of the forms.</summary>
    public static SchemaException Wrong(DataViewSchema.Column column, FeatureForms forms) =>
        Wrong(column.Name, column.Type.ToString()!, column.Type.ItemTypeOrSelf, column.Type is VectorDataViewType, forms);

    /// <summary>The same before the fit.</summary>
    public static SchemaException Wrong(SchemaShape.Column column, FeatureForms forms) =>
        Wrong(column.Name, column.TypeText, column.ItemType, column.Kind != SchemaShape.Column.VectorKind.Scalar, forms);

    private static SchemaException Wrong(string name, string found, DataViewType item, bool isVector, FeatureForms forms)
    {
        var expected = new List<string>();
        if (forms.HasFlag(FeatureForms.Vector))
            expected.Add("a vector of Single of known size");
        if (forms.HasFlag(FeatureForms.Shaped) && !forms.HasFlag(FeatureForms.Vector))
            expected.Add("a vector of Single with two dimensions or more");
        if (forms.HasFlag(FeatureForms.Tokens))
            expected.Add("a vector of keys or whole numbers");
        if (forms.HasFlag(FeatureForms.Sequence))
            expected.Add("a vector of Single of varying length");
        return SchemaException.WrongType(name, string.Join(", or ", expected), found, Remedy(name, item, isVector, forms));
    }

    private static string Remedy(string name, DataViewType item, bool isVector, FeatureForms forms) => (item, isVector) switch
    {
        (TextDataViewType, false) when forms.HasFlag(FeatureForms.Tokens) =>
            $"It is a column of text: make tokens of it with Transforms.Text.TokenizeIntoWords(\"{name}\") and Transforms.Text.ToTokenKeys(\"{name}\") "
            + $"or Transforms.Conversion.MapValueToKey(\"{name}\"){(forms.HasFlag(FeatureForms.Vector) ? ", or numbers with Transforms.Featurize" : "")}.",
        (TextDataViewType, true) when forms.HasFlag(FeatureForms.Tokens) =>
            $"Its items are texts: append Transforms.Conversion.MapValueToKey(\"{name}\") or Transforms.Text.ToTokenKeys(\"{name}\").",
        (TextDataViewType, _) => $"It holds text: make numbers of it with Transforms.Text.FeaturizeText(\"{name}\") or Transforms.Featurize.",
        (_, true) when forms == FeatureForms.Shaped =>
            "Give it dimensions where it is loaded, or take the pixels of images with Transforms.ExtractPixels.",
        _ when forms.HasFlag(FeatureForms.Vector) => "Join columns with Transforms.Concatenate(\"Features\", …) first.",
        _ when forms.HasFlag(FeatureForms.Tokens) => "Make keys with Transforms.Conversion.MapValueToKey.",
        _ => "Load it as such.",
    };

    private static bool IsWhole(DataViewType item) => item == NumberDataViewType.Int32 || item == NumberDataViewType.UInt32;
}
