using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>What the two kinds of wrapped transformers, and the wrapped estimator, share.</summary>
internal static class MicrosoftMLColumns
{
    /// <summary>A context for what needs one and depends on nothing in it: promised shapes and model files.</summary>
    public static MS.MLContext Context { get; } = new();

    /// <summary>The columns that are shown to Microsoft.ML: those of types that it has.</summary>
    public static IReadOnlyList<DataViewSchema.Column> Shown(DataViewSchema schema) => [.. schema.Where(c => DataTypes.TryToMicrosoft(c.Type) is not null)];

    /// <summary>A transformer of Microsoft.ML as one of MLPath's.</summary>
    public static ITransformer Wrap(MS.ITransformer transformer, MS.DataViewSchema inputSchema, DataLineage? fittedOn) => transformer switch
    {
        MLPathTransformer { Transformer: var own } => own,
        { IsRowToRowMapper: true } => new MicrosoftMLTransformer(transformer, inputSchema) { FittedOn = fittedOn },
        _ => new MicrosoftMLViewTransformer(transformer, inputSchema) { FittedOn = fittedOn },
    };

    /// <summary>Microsoft.ML's objects have no words for themselves but the names of their types.</summary>
    public static string NameOf(object component)
    {
        string name = component.GetType().Name;
        return name.IndexOf('`', StringComparison.Ordinal) is > 0 and var arity ? name[..arity] : name;
    }

    /// <summary>Runs what binds a transformer to a schema, and tells what was wrong with the schema in MLPath's way.</summary>
    /// <exception cref="SchemaException">It does not fit.</exception>
    public static T Bind<T>(object component, MS.DataViewSchema fitted, DataViewSchema input, Func<T> bind)
    {
        try
        {
            return bind();
        }
        catch (ArgumentException error)
        {
            // A column that was there in training and is not now is the usual cause, and a chain may go on without such a step.
            var missing = fitted.Where(c => !c.IsHidden).Select(c => c.Name).FirstOrDefault(name => input.GetColumnOrNull(name) is null);
            throw missing is null
                ? new SchemaException($"{NameOf(component)}: {error.Message}", error)
                : SchemaException.MissingColumn(missing, input.VisibleNames).In(NameOf(component));
        }
    }
}
