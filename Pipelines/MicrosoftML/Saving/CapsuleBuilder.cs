using Microsoft.ML;
using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>Puts the steps of a <see cref="Capsule"/> together, each fitted on an empty view of what the steps before it make.</summary>
internal sealed class CapsuleBuilder
{
    private readonly MS.MLContext _context = new();
    private readonly List<MS.ITransformer> _steps = [];
    private readonly HashSet<string> _made = [];
    private MS.IDataView _view;

    public CapsuleBuilder(DataViewSchema inputSchema) => _view = Empty(inputSchema).AsMicrosoftML();

    /// <summary>The chain of all steps.</summary>
    public MSData.TransformerChain<MS.ITransformer> ToChain() => new([.. _steps]);

    /// <summary>Begins a row of a model.</summary>
    public void Open(string model)
    {
        Add(_context.Transforms.CustomMapping<NoColumns, ConstantColumn>(CapsuleContracts.Constant.Map, CapsuleContracts.Constant.Name), Capsule.Constant);
        Add(Lookup(Capsule.Model, Capsule.Constant, NumberDataViewType.UInt32, [1u], TextDataViewType.Instance, DataViewSchema.Annotations.Empty, [model.AsMemory()]), Capsule.Model);
        Add(_context.Transforms.CustomMapping<ModelColumn, RowColumn>(CapsuleContracts.Open.Map, CapsuleContracts.Open.Name), Capsule.Row);
    }

    /// <summary>Takes a column into the row.</summary>
    public void Take(DataViewSchema.Column column)
    {
        Add(_context.Transforms.CopyColumns(Capsule.Value, column.Name), Capsule.Value);
        column.Type.Accept(new Taking(this, column));
    }

    /// <summary>Gives a column from the row.</summary>
    public void Give(DataViewSchema.Column column)
    {
        column.Type.Accept(new Giving(this, column));
        string value = Capsule.Value;
        if (column.Type is VectorDataViewType { IsKnownSize: true } vector)
        {
            // A key's values are joined as integers, and made keys afterwards.
            value = column.Type.KeyCount > 0 ? Capsule.Value : column.Name;
            Add(_context.Transforms.Concatenate(value, [.. Pieces(vector.Size).Select(piece => PieceColumns.Names[piece])]));
            _made.Add(Capsule.Value);
        }

        if (column.Type.ItemTypeOrSelf is KeyDataViewType key)
            key.Accept(new KeyLookup(this, column, key, value));
        else if (value != column.Name)
            Add(_context.Transforms.CopyColumns(column.Name, value));
    }

    /// <summary>Drops what was made on the way, and columns that the transformer does not pass on.</summary>
    public void Drop(IEnumerable<string> others) => Add(_context.Transforms.DropColumns([.. _made.Order(StringComparer.Ordinal), .. others]));

    /// <summary>The binary digits of a size that are set.</summary>
    public static IEnumerable<int> Pieces(int size) => Enumerable.Range(0, PieceColumns.Count).Where(digit => (size >> digit & 1) == 1);

    private void Add(MS.IEstimator<MS.ITransformer> estimator, params ReadOnlySpan<string> makes)
    {
        foreach (string column in makes)
            _made.Add(column);
        _steps.Add(estimator.Fit(_view));
        _view = _steps[^1].Transform(_view);
    }

    private MS.Transforms.ValueMappingEstimator Lookup<TKey, TValue>(
        string output, string input, DataViewType keyType, TKey[] keys, DataViewType valueType, DataViewSchema.Annotations annotations, TValue[] values)
    {
        var table = Table(Column("Key", keyType, keys), Column("Value", valueType, values, annotations));
        return _context.Transforms.Conversion.MapValue(output, table, table.Schema[0], table.Schema[1], input);
    }

    private static MS.IDataView Table(params (DataViewSchema.DetachedColumn Column, ColumnBuffer Values)[] columns)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(columns.Select(c => c.Column));
        return new InMemoryDataView(schema.ToSchema(), [.. columns.Select(c => c.Values)]).AsMicrosoftML();
    }

    private static (DataViewSchema.DetachedColumn Column, ColumnBuffer Values) Column<T>(
        string name, DataViewType type, T[] values, DataViewSchema.Annotations? annotations = null)
    {
        var column = new ScalarColumn<T>(type);
        column.Alias(values, 0, values.Length);
        return (new DataViewSchema.DetachedColumn(name, type, annotations), column);
    }

    private static InMemoryDataView Empty(DataViewSchema schema) => new(schema, [.. schema.Select(c => ColumnBuffer.Create(c.Type))]);

    private sealed class Taking(CapsuleBuilder builder, DataViewSchema.Column column) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            var transforms = builder._context.Transforms;
            builder.Add(column.Type is VectorDataViewType
                ? transforms.CustomMapping<TakenColumns<MSData.VBuffer<T>>, RowColumn>(VectorMapping<T>.Take, CapsuleContracts.NameOf<T>("TakeVector", column))
                : transforms.CustomMapping<TakenColumns<T>, RowColumn>(ScalarMapping<T>.Take, CapsuleContracts.NameOf<T>("Take", column)));
            return true;
        }
    }

    private sealed class Giving(CapsuleBuilder builder, DataViewSchema.Column column) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            var transforms = builder._context.Transforms;
            if (column.Type is not VectorDataViewType vector)
            {
                builder.Add(
                    transforms.CustomMapping<RowColumn, GivenColumns<T>>(ScalarMapping<T>.Give, CapsuleContracts.NameOf<T>("Give", column)), Capsule.Value);
            }
            else if (!vector.IsKnownSize)
            {
                builder.Add(
                    transforms.CustomMapping<RowColumn, GivenColumns<MSData.VBuffer<T>>>(
                        VectorMapping<T>.Give, CapsuleContracts.NameOf<T>("GiveVector", column)),
                    Capsule.Value);
            }
            else if (vector.Size >> PieceColumns.Count > 0)
            {
                throw new NotSupportedException(
                    $"Column '{column.Name}' has {vector.Size} slots; an ML.NET model can keep up to {(1 << PieceColumns.Count) - 1}. Save it with MLPath's Model.Save.");
            }
            else
            {
                builder.Add(
                    transforms.CustomMapping<RowColumn, PieceColumns<T>>(VectorMapping<T>.GivePieces, CapsuleContracts.NameOf<T>("GivePieces", column)),
                    PieceColumns.Names);
            }

            return true;
        }
    }

    private sealed class KeyLookup(CapsuleBuilder builder, DataViewSchema.Column column, KeyDataViewType type, string value) : IRawTypeVisitor<bool>
    {
        public bool Visit<T>()
        {
            if (type.Count > int.MaxValue)
                throw new NotSupportedException($"Column '{column.Name}' has {type.Count} keys, more than an ML.NET model can keep. Save it with MLPath's Model.Save.");
            T[] keys = [.. Enumerable.Range(1, (int)type.Count).Select(i => (T)Convert.ChangeType(i, typeof(T), System.Globalization.CultureInfo.InvariantCulture))];
            var integers = NumberDataViewType.All.First(number => number.RawType == typeof(T));
            // MapValue would forget the size of a vector; MapValueToKey keeps it, and has the integers for key values.
            builder.Add(column.Type is VectorDataViewType
                ? builder._context.Transforms.Conversion.MapValueToKey(column.Name, value, keyData: Table(Column("Key", integers, keys)))
                : builder.Lookup(column.Name, value, integers, keys, type, column.Annotations, keys));
            return true;
        }
    }
}
