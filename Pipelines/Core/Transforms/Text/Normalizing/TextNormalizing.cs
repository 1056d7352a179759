using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>
/// Brings texts into one form: one case, without diacritical marks, punctuation or numbers as wanted. Of a vector of texts, those that become
/// empty are left out. Learns nothing.
/// </summary>
public sealed class TextNormalizingEstimator : TrivialEstimator<TextNormalizingTransformer>
{
    internal const CaseMode DefaultCaseMode = CaseMode.Lower;
    internal const bool DefaultKeepDiacritics = false;
    internal const bool DefaultKeepPunctuations = true;
    internal const bool DefaultKeepNumbers = true;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which.</param>
    /// <param name="caseMode">The case that letters get, by the invariant culture.</param>
    /// <param name="keepDiacritics">Whether letters keep their marks: é becomes e otherwise.</param>
    /// <param name="keepPunctuations">Whether punctuation stays: every character that Unicode counts among it.</param>
    /// <param name="keepNumbers">Whether numbers stay: every character that Unicode counts among them.</param>
    public TextNormalizingEstimator(
        IEnumerable<InputOutputColumnPair> columns,
        CaseMode caseMode = DefaultCaseMode,
        bool keepDiacritics = DefaultKeepDiacritics,
        bool keepPunctuations = DefaultKeepPunctuations,
        bool keepNumbers = DefaultKeepNumbers)
        : base(new TextNormalizingTransformer(columns, new TextNormalization(caseMode, keepDiacritics, keepPunctuations, keepNumbers))) { }

    /// <summary>The case that letters get.</summary>
    public enum CaseMode
    {
        /// <summary>Lower case.</summary>
        Lower = 0,

        /// <summary>Upper case.</summary>
        Upper = 1,

        /// <summary>The case that they have.</summary>
        None = 2,
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Columns.Select(pair =>
    {
        var input = inputSchema[pair.InputColumnName];
        TextColumns.Require(input);
        return input.Kind == SchemaShape.Column.VectorKind.Scalar
            ? new SchemaShape.Column(pair.OutputColumnName, input.Kind, TextDataViewType.Instance, isKey: false)
            : TextColumns.Ragged(pair.OutputColumnName);
    }).ToList());
}

/// <summary>Brings texts into one form, as <see cref="TextNormalizingEstimator"/> says.</summary>
public sealed class TextNormalizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.NormalizeText";

    private readonly TextNormalization _normalization;

    internal TextNormalizingTransformer(IEnumerable<InputOutputColumnPair> columns, TextNormalization normalization) : base(columns) =>
        _normalization = normalization;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        _normalization.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("NormalizeText", Columns, $"{_normalization}");

    internal static TextNormalizingTransformer Load(ModelLoadContext context) => new(LoadColumns(context), TextNormalization.Load(context));

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        TextColumns.Require(input);
        string name = Columns[index].OutputColumnName;
        return input.Type is VectorDataViewType
            ? new([input], [new(name, new VectorDataViewType(TextDataViewType.Instance))], () => new Worker(_normalization, input.Index).RunVectors)
            : new([input], [new(name, TextDataViewType.Instance)], () => new Worker(_normalization, input.Index).RunScalars);
    }

    private sealed class Worker(TextNormalization normalization, int column)
    {
        private readonly TextSlab _slab = new();
        private ReadOnlyMemory<char>[] _row = [];

        public void RunScalars(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var texts = batch.Scalars<ReadOnlyMemory<char>>(column);
            var made = ((ScalarColumn<ReadOnlyMemory<char>>)outputs[0]!).Allocate(batch.Count);
            for (int row = 0; row < made.Length; row++)
                made[row] = Normalize(texts[row].Span);
        }

        public void RunVectors(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var made = (VectorColumn<ReadOnlyMemory<char>>)outputs[0]!;
            made.Begin(VectorLayout.Ragged);
            for (int row = 0; row < batch.Count; row++)
            {
                var texts = TextColumns.Row(batch, column, row);
                if (_row.Length < texts.Length)
                    _row = new ReadOnlyMemory<char>[Math.Max(texts.Length, 2 * _row.Length)];
                int kept = 0;
                foreach (var text in texts)
                {
                    var normal = Normalize(text.Span);
                    if (!normal.IsEmpty)
                        _row[kept++] = normal;
                }

                made.AddRow(_row.AsSpan(0, kept));
            }
        }

        private ReadOnlyMemory<char> Normalize(ReadOnlySpan<char> text) => _slab.Take(normalization.Apply(text, _slab.Reserve(text.Length)));
    }
}
