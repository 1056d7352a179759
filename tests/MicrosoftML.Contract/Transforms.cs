using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Copies a column.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator()
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;
}

/// <summary>A column copied.</summary>
public sealed class ColumnCopyingTransformer : RowToRowTransformerBase
{
    internal ColumnCopyingTransformer()
    {
    }
}

/// <summary>Joins columns.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    internal ColumnConcatenatingEstimator() => throw Engine.Needed;

    public ColumnConcatenatingTransformer Fit(IDataView input) => throw Engine.Needed;

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;
}

/// <summary>Columns joined.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal ColumnConcatenatingTransformer()
    {
    }
}

/// <summary>Keeps or drops columns.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator()
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;
}

/// <summary>Columns kept or dropped.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal ColumnSelectingTransformer() => throw Engine.Needed;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw Engine.Needed;

    public IDataView Transform(IDataView input) => throw Engine.Needed;

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Engine.Needed;

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw Engine.Needed;
}

/// <summary>Looks values up in a table.</summary>
public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator()
    {
    }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;
}

/// <summary>Values looked up in a table.</summary>
public class ValueMappingTransformer : RowToRowTransformerBase
{
    internal ValueMappingTransformer()
    {
    }
}

/// <summary>Makes keys of values.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal ValueToKeyMappingEstimator() => throw Engine.Needed;

    public ValueToKeyMappingTransformer Fit(IDataView input) => throw Engine.Needed;

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;

    /// <summary>The order of the keys.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }
}

/// <summary>Keys made of values.</summary>
public sealed class ValueToKeyMappingTransformer : RowToRowTransformerBase
{
    internal ValueToKeyMappingTransformer()
    {
    }
}

/// <summary>Computes columns by a function of the user's.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator()
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Engine.Needed;
}

/// <summary>Columns computed by a function of the user's.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingTransformer() => throw Engine.Needed;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw Engine.Needed;

    public IDataView Transform(IDataView input) => throw Engine.Needed;

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Engine.Needed;

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw Engine.Needed;
}

/// <summary>Makes the function of a custom mapping again when a model is loaded.</summary>
public abstract class CustomMappingFactory<TSrc, TDst>
    where TSrc : class, new()
    where TDst : class, new()
{
    public abstract Action<TSrc, TDst> GetMapping();
}
