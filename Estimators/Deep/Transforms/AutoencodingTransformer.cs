using System.Globalization;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;
using MLPath.Trainers;
using Tensor = MLPath.Deep.Tensor;

namespace MLPath.Transforms;

/// <summary>
/// Writes vectors as the codes that an autoencoder learned; see <see cref="AutoencodingEstimator"/>. The code's slots are named Code1, Code2, …; a row with
/// a missing value gives missing values. Where it was asked for, a second column holds the error of each row's reconstruction.
/// </summary>
public sealed class AutoencodingTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.Autoencoder";

    internal const int MostLayers = 64;

    private const string Prefix = "network.";

    // Rows that go through the network at once.
    private const int RowsPerBatch = 128;

    private readonly CpuBackend _backend = new();
    private readonly AutoencoderNetwork _network;
    private readonly float[] _means, _deviations;
    private readonly int[] _hiddenUnits;

    internal AutoencodingTransformer(
        InputOutputColumnPair column, string? errorColumnName, IReadOnlyList<int> hiddenUnits, int codeSize, float[] means, float[] deviations,
        IReadOnlyDictionary<string, float[]> state, TrainingHistory history)
    {
        (Column, ErrorColumnName, _hiddenUnits, CodeSize, _means, _deviations, History) = (column, errorColumnName, [.. hiddenUnits], codeSize, means, deviations, history);
        _network = new AutoencoderNetwork(means.Length, hiddenUnits, codeSize);
        _network.SetState(_backend, state);
    }

    /// <summary>The code's column, and the column it is made of.</summary>
    public InputOutputColumnPair Column { get; }

    /// <summary>The column of reconstruction errors: of each row the mean of (ẑ − z)² over its features, z in deviations; null where there is none.</summary>
    public string? ErrorColumnName { get; }

    /// <summary>The numbers of a code.</summary>
    public int CodeSize { get; }

    /// <summary>d, the number of features.</summary>
    public int FeatureCount => _means.Length;

    /// <summary>How the training went; its losses are those of the objective.</summary>
    public TrainingHistory History { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>Features told from codes.</summary>
    /// <param name="codes">n × <see cref="CodeSize"/> numbers, row-major.</param>
    /// <returns>n × <see cref="FeatureCount"/> features in their own units, row-major.</returns>
    /// <exception cref="ArgumentException">The numbers are not whole codes.</exception>
    public float[] Decode(ReadOnlySpan<float> codes)
    {
        int rows = codes.Length / CodeSize;
        if (rows * CodeSize != codes.Length) throw new ArgumentException($"{codes.Length} numbers are not whole codes of {CodeSize}.", nameof(codes));
        float[] features = new float[rows * FeatureCount];
        using var scope = TensorScope.Begin(records: false);
        _network.Decoder.Forward(Tensor.From(_backend, codes, [rows, CodeSize]), Pass.Scoring).CopyTo(features);
        for (int row = 0; row < rows; row++)
        {
            var x = features.AsSpan(row * FeatureCount, FeatureCount);
            TensorPrimitives.MultiplyAdd(x, _deviations, _means, x);
        }

        return features;
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write("Output", Column.OutputColumnName);
        context.Write("Input", Column.InputColumnName);
        context.Write("Error", ErrorColumnName ?? "");
        context.WriteArray<int>("HiddenUnits", _hiddenUnits);
        context.WriteArray<float>("Means", _means);
        context.WriteArray<float>("Deviations", _deviations);
        context.Write("CodeSize", CodeSize);
        foreach (var (path, parameter) in _network.Parameters())
            context.WriteArray(Prefix + path, parameter.Value.ToArray(), [.. parameter.Shape]);
        History.Save(context);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Autoencoder({Column}; {FeatureCount} to {CodeSize})");

    internal static AutoencodingTransformer Load(ModelLoadContext context)
    {
        string output = context.ReadString("Output"), input = context.ReadString("Input"), error = context.ReadString("Error");
        int[] hidden = context.ReadArray<int>("HiddenUnits");
        float[] means = context.ReadArray<float>("Means"), deviations = context.ReadArray<float>("Deviations", means.Length);
        int codeSize = context.ReadInt32("CodeSize");
        if (output.Length == 0 || input.Length == 0 || error == output) throw context.Invalid("it does not name its columns");
        if (means.Length == 0 || codeSize < 1 || hidden.Length > MostLayers || Array.Exists(hidden, units => units < 1)) throw context.Invalid("its sizes make no network");
        if (!Array.TrueForAll(means, float.IsFinite) || !Array.TrueForAll(deviations, v => v > 0 && float.IsFinite(v))) throw context.Invalid("a mean or deviation is out of range");
        var state = new Dictionary<string, float[]>();
        try
        {
            foreach (var (path, parameter) in new AutoencoderNetwork(means.Length, hidden, codeSize).Parameters())
            {
                state[path] = context.ReadArray<float>(Prefix + path, [.. parameter.Shape]);
                if (!Array.TrueForAll(state[path], float.IsFinite)) throw context.Invalid($"a number of '{path}' is not finite");
            }
        }
        catch (ArgumentException unfit)
        {
            throw context.Invalid($"its sizes make no network: {unfit.Message.TrimEnd('.')}");
        }

        return new(new InputOutputColumnPair(output, input), error.Length == 0 ? null : error, hidden, codeSize, means, deviations, state, TrainingHistory.Load(context));
    }

    internal static SchemaException WrongType(string name, string expected, string found) =>
        SchemaException.WrongType(name, expected, found, "Join columns with Transforms.Concatenate first.");

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var input = inputSchema[Column.InputColumnName];
        if (input.Type is not VectorDataViewType vector || vector.Size != FeatureCount || vector.ItemType != NumberDataViewType.Single)
            throw WrongType(input.Name, FormattableString.Invariant($"a vector of {FeatureCount} values, as when it was fitted,"), input.Type.ToString()!);
        var names = Enumerable.Range(1, CodeSize).Select(c => string.Create(CultureInfo.InvariantCulture, $"Code{c}"));
        List<DataViewSchema.DetachedColumn> outputs = [new(
            Column.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, CodeSize), new DataViewSchema.Annotations.Builder().AddSlotNames([.. names]).ToAnnotations())];
        if (ErrorColumnName is { } error) outputs.Add(new(error, NumberDataViewType.Single, DataViewSchema.Annotations.Empty));
        yield return new ColumnFunction([input], outputs, () => new Worker(this, input.Index).Run);
    }

    /// <summary>Encodes one batch after the other.</summary>
    private sealed class Worker(AutoencodingTransformer model, int input)
    {
        private readonly float[] _rows = new float[RowsPerBatch * model.FeatureCount];
        private readonly bool[] _isMissing = new bool[RowsPerBatch];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            var codes = outputs[0] is VectorColumn<float> made ? made.AllocateDense(batch.Count) : default;
            var errors = outputs.Length > 1 && outputs[1] is ScalarColumn<float> told ? told.Allocate(batch.Count) : default;
            var vectors = batch.Vectors<float>(input);
            int d = model.FeatureCount, k = model.CodeSize;
            for (int first = 0; first < batch.Count; first += RowsPerBatch)
            {
                int count = Math.Min(RowsPerBatch, batch.Count - first);
                for (int i = 0; i < count; i++)
                {
                    var row = _rows.AsSpan(i * d, d);
                    vectors.CopyRowTo(first + i, row);
                    AutoencodingEstimator.Scale(row, model._means, model._deviations, row);
                    _isMissing[i] = !TensorPrimitives.IsFiniteAll<float>(row);
                    if (_isMissing[i]) row.Clear();
                }

                using var scope = TensorScope.Begin(records: false);
                var z = Tensor.From(model._backend, _rows.AsSpan(0, count * d), [count, d]);
                var code = model._network.Encoder.Forward(z, Pass.Scoring);
                if (!codes.IsEmpty) code.CopyTo(codes.Slice(first * k, count * k));
                if (!errors.IsEmpty) WriteErrors(code, count, errors.Slice(first, count));
                for (int i = 0; i < count; i++)
                {
                    if (!_isMissing[i]) continue;
                    if (!codes.IsEmpty) codes.Slice((first + i) * k, k).Fill(float.NaN);
                    if (!errors.IsEmpty) errors[first + i] = float.NaN;
                }
            }
        }

        private void WriteErrors(Tensor code, int count, Span<float> errors)
        {
            int d = model.FeatureCount;
            float[] again = model._network.Decoder.Forward(code, Pass.Scoring).ToArray();
            for (int i = 0; i < count; i++)
            {
                float distance = TensorPrimitives.Distance<float>(again.AsSpan(i * d, d), _rows.AsSpan(i * d, d));
                errors[i] = distance * distance / d;
            }
        }
    }
}
