using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Splits texts into their characters: a vector of keys, of each row's own length, whose numbers are the characters' codes. Learns nothing.
/// </summary>
/// <remarks>
/// A character is a UTF-16 code unit; U+0000 becomes a missing key. The keys stand for the characters as texts; control characters and the space
/// stand for visible pictures of them. The texts of a vector are separated by U+001F. Empty rows have no characters and no markers.
/// </remarks>
public sealed class TokenizingByCharactersEstimator : TrivialEstimator<TokenizingByCharactersTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="useMarkerCharacters">Whether U+0002 stands before and U+0003 behind the characters of every row.</param>
    public TokenizingByCharactersEstimator(IEnumerable<InputOutputColumnPair> columns, bool useMarkerCharacters = true)
        : base(new TokenizingByCharactersTransformer(columns, useMarkerCharacters)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Columns.Select(pair =>
    {
        TextColumns.Require(inputSchema[pair.InputColumnName]);
        return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt16, isKey: true,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.KeyValues)]), keyCount: CharacterNames.Count);
    }).ToList());
}

/// <summary>Splits texts into characters, as <see cref="TokenizingByCharactersEstimator"/> says.</summary>
public sealed class TokenizingByCharactersTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.TokenizeIntoCharacters";

    private static readonly VectorDataViewType s_type = new(new KeyDataViewType(typeof(ushort), CharacterNames.Count));
    private readonly bool _markers;

    internal TokenizingByCharactersTransformer(IEnumerable<InputOutputColumnPair> columns, bool markers) : base(columns) => _markers = markers;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Markers", _markers);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("TokenizeIntoCharactersAsKeys", Columns, _markers ? "" : "no markers");

    internal static TokenizingByCharactersTransformer Load(ModelLoadContext context) => new(LoadColumns(context), context.ReadBoolean("Markers"));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        TextColumns.Require(input);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, s_type, CharacterNames.KeyValues);
        return new([input], [output], () => new Worker(_markers, input.Index).Run);
    }

    private sealed class Worker(bool markers, int column)
    {
        private ushort[] _keys = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<ushort>)outputs[0]!;
            made.Begin(VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                int count = 0;
                foreach (var text in TextColumns.Row(batch, column, row))
                {
                    if (text.IsEmpty)
                        continue;
                    if (_keys.Length < count + text.Length + 2)
                        Array.Resize(ref _keys, Math.Max(count + text.Length + 2, 2 * _keys.Length));
                    if (count > 0)
                        _keys[count++] = CharacterNames.Between;
                    else if (markers)
                        _keys[count++] = CharacterNames.TextStart;
                    foreach (char character in text.Span)
                        _keys[count++] = character;
                }

                if (count > 0 && markers)
                    _keys[count++] = CharacterNames.TextEnd;

                made.AddRow(_keys.AsSpan(0, count));
            }
        }
    }
}
