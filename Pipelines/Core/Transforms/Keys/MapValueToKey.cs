using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Gives each different value of a column a key: text, numbers, Booleans, dates, keys, scalars or vectors of these. What the keys stand for is
/// kept, with its type, in the annotation <see cref="AnnotationKinds.KeyValues"/>.
/// </summary>
/// <remarks>
/// <para>Keys count from 1. Missing values (NaN, empty text, key 0) and values that were not seen in training become 0, a missing key. All slots
/// of a vector share one set of keys.</para>
/// <para>Keys that come in are understood by what they stand for: the same value gets the same key whatever its number was. Keys without known
/// values stand for their numbers.</para>
/// <para>With more different values than the maximum, the ones that occur first get keys, the others become missing, and a diagnosis
/// "too-many-values" says so. A column without any value gets a key type of one key that never occurs, and a diagnosis "no-values".</para>
/// <para><b>Cost.</b> One pass over the data, or over the key data; memory for each different value.</para>
/// </remarks>
public sealed class ValueToKeyMappingEstimator : OneToOneEstimator<ValueToKeyMappingTransformer>
{
    internal const int DefaultMaximumNumberOfKeys = 1_000_000;

    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _keyOrdinality;
    private readonly bool _asText;
    private readonly IDataView? _keyData;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="maximumNumberOfKeys">The most keys of a column; at least 1.</param>
    /// <param name="keyOrdinality">The order of the keys.</param>
    /// <param name="addKeyValueAnnotationsAsText">Whether the keys stand for texts, whatever the type of the values.</param>
    /// <param name="keyData">A view of one column whose values get the keys, for all columns; the data themselves when null.</param>
    public ValueToKeyMappingEstimator(
        IEnumerable<InputOutputColumnPair> columns,
        int maximumNumberOfKeys = DefaultMaximumNumberOfKeys,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView? keyData = null)
        : base(columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfKeys, 1);
        if (!Enum.IsDefined(keyOrdinality))
            throw new ArgumentOutOfRangeException(nameof(keyOrdinality), keyOrdinality, "There is no such order.");
        if (keyData is not null && keyData.Schema.VisibleNames.Count() != 1)
        {
            throw new ArgumentException(
                $"The key data have one column, the values that get keys; these have {keyData.Schema.VisibleNames.Count()}. Take one with Transforms.SelectColumns.",
                nameof(keyData));
        }

        (_maximumNumberOfKeys, _keyOrdinality, _asText, _keyData) = (maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);
    }

    /// <summary>The order of keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As the values occur: row by row, slot by slot.</summary>
        ByOccurrence = 0,

        /// <summary>As the values are sorted: text by its code units, numbers and dates by size, false before true.</summary>
        ByValue = 1,
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("MapValueToKey", Columns, Changes());

    /// <inheritdoc/>
    protected override ValueToKeyMappingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        bool sort = _keyOrdinality == KeyOrdinality.ByValue;
        var learners = (_keyData is null ? inputs : [.. _keyData.Schema.Where(c => !c.IsHidden)])
            .Select(c => KeyLearner.Create(c, _maximumNumberOfKeys)).ToList();
        ColumnLearner.Read(_keyData ?? input, learners, context);
        foreach (var learner in learners.Where(l => l.Overflowed))
        {
            context.Diagnose(DiagnosisSeverity.Warning, "too-many-values", string.Create(CultureInfo.InvariantCulture,
                $"Column '{learner.Column.Name}' has more than {_maximumNumberOfKeys} different values; those that occur later are missing. ") +
                "Raise maximumNumberOfKeys, or leave the column out if it identifies rows.");
        }

        var vocabularies = learners.Select(l => l.Finish(sort)).ToArray();
        for (int i = 0; i < inputs.Count; i++)
        {
            var vocabulary = vocabularies[_keyData is null ? i : 0];
            if (!vocabulary.Reads(inputs[i]))
                throw WrongInput(inputs[i], vocabulary.ValueType, "as the key data have,");
            if (vocabulary.Count > 0)
                continue;
            context.Diagnose(DiagnosisSeverity.Warning, "no-values",
                $"Column '{inputs[i].Name}' has no values, so all its keys are missing. Leave the column out.");
        }

        return new ValueToKeyMappingTransformer(
            Columns, _keyData is null ? vocabularies : [.. Columns.Select(_ => vocabularies[0])], _asText)
        {
            FittedOn = (_keyData ?? input).Lineage,
        };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName) =>
        GetKeyColumn(input, outputColumnName, _asText);

    /// <summary>What the keys of a column will look like.</summary>
    internal static SchemaShape.Column GetKeyColumn(SchemaShape.Column input, string outputColumnName, bool asText)
    {
        var values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
            asText ? TextDataViewType.Instance : KeyVocabulary.ValueTypeOf(input), isKey: false);
        return new SchemaShape.Column(outputColumnName, input.Kind, NumberDataViewType.UInt32, isKey: true,
            new SchemaShape([.. KeepAnnotations(input, AnnotationKinds.SlotNames), values]), input.Dimensions);
    }

    internal static SchemaException WrongInput(DataViewSchema.Column input, PrimitiveDataViewType needed, string why) => SchemaException.WrongType(
        input.Name, $"{needed}, a key of {needed} values, or a vector of these, {why}",
        input.Type.ItemTypeOrSelf is KeyDataViewType ? $"{input.Type} of {KeyVocabulary.ValueTypeOf(input)} values" : $"{input.Type}");

    private string Changes()
    {
        List<string> changes = [];
        if (_maximumNumberOfKeys != DefaultMaximumNumberOfKeys)
            changes.Add(string.Create(CultureInfo.InvariantCulture, $"maximumNumberOfKeys: {_maximumNumberOfKeys}"));
        if (_keyOrdinality != KeyOrdinality.ByOccurrence)
            changes.Add($"{_keyOrdinality}");
        if (_asText)
            changes.Add("values as text");
        if (_keyData is not null)
            changes.Add("keys of key data");
        return string.Join(", ", changes);
    }
}

/// <summary>Finds the keys that <see cref="ValueToKeyMappingEstimator"/> gave to values.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.MapValueToKey";

    private readonly KeyVocabulary[] _vocabularies;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(IEnumerable<InputOutputColumnPair> columns, KeyVocabulary[] vocabularies, bool asText) : base(columns) =>
        (_vocabularies, _asText) = (vocabularies, asText);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>The number of values that have keys in one column.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public int GetKeyCount(int columnIndex) => _vocabularies[columnIndex].Count;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("ValuesAsText", _asText);
        for (int i = 0; i < _vocabularies.Length; i++)
            _vocabularies[i].Save(context, $"Column{i}.Values");
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "MapValueToKey", Columns, string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", _vocabularies.Take(6).Select(v => v.Count))} keys"));

    internal static ValueToKeyMappingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        return new(columns, [.. columns.Select((_, i) => KeyVocabulary.Load(context, $"Column{i}.Values"))], context.ReadBoolean("ValuesAsText"));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index) => ToKeys(input, index);

    /// <summary>The function that makes the keys of one column.</summary>
    internal ColumnFunction ToKeys(DataViewSchema.Column input, int index)
    {
        var vocabulary = _vocabularies[index];
        if (!vocabulary.Reads(input))
            throw ValueToKeyMappingEstimator.WrongInput(input, vocabulary.ValueType, "as in training,");
        var annotations = new DataViewSchema.Annotations.Builder().Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        vocabulary.Annotate(annotations, _asText);
        return vocabulary.ToFunction(input, new(Columns[index].OutputColumnName, WithItems(input.Type, vocabulary.KeyType), annotations.ToAnnotations()));
    }
}
