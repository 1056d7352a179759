using System.Globalization;
using System.Numerics;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Brings each row's vector x to one length: y = s (x − m) / D(x − m), with m the mean of the row's slots or 0, D a norm and s a scale. Each row on its
/// own; nothing is learned.
/// </summary>
/// <remarks>
/// A row whose norm is 0 becomes 0. A row with NaN or ±∞ has no norm, and becomes NaN. Sparse rows stay sparse where the mean is not subtracted.
/// Computed in double precision and then rounded.
/// </remarks>
public abstract class LpNormNormalizingEstimatorBase : OneToOneEstimator<LpNormNormalizingTransformer>
{
    private readonly LpNormNormalizingTransformer _transformer;

    private protected LpNormNormalizingEstimatorBase(LpNormNormalizingTransformer transformer) : base(transformer.Columns) => _transformer = transformer;

    /// <summary>What a row is divided by.</summary>
    public enum NormFunction : byte
    {
        /// <summary>The Euclidean norm √Σx².</summary>
        L2 = 0,

        /// <summary>The standard deviation √(Σ(x − mean)² / n), the mean being that of the row whether or not it is subtracted.</summary>
        StandardDeviation = 1,

        /// <summary>The sum Σ|x|.</summary>
        L1 = 2,

        /// <summary>The greatest |x|.</summary>
        Infinity = 3,
    }

    /// <inheritdoc/>
    public override string ToString() => _transformer.ToString();

    /// <inheritdoc/>
    protected override LpNormNormalizingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context) => _transformer;

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!CanNormalize(input))
            throw WrongInput(input.Name, input.TypeText);
        return NormalizingEstimator.Normalized(input, outputColumnName);
    }

    internal static bool CanNormalize(SchemaShape.Column input) =>
        input is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.Scalar }
        && (input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double);

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a vector of Single or Double", found, "Join number columns with Transforms.Concatenate first: it converts them.");
}

/// <summary>Divides each row's vector by its norm. Learns nothing.</summary>
/// <param name="columns">The columns to make, and of which: vectors of Single or Double.</param>
/// <param name="norm">The norm.</param>
/// <param name="ensureZeroMean">Whether the mean of the row is subtracted first.</param>
public sealed class LpNormNormalizingEstimator(
    IEnumerable<InputOutputColumnPair> columns,
    LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2,
    bool ensureZeroMean = false)
    : LpNormNormalizingEstimatorBase(new LpNormNormalizingTransformer(columns, norm, ensureZeroMean));

/// <summary>Subtracts from each row's vector its mean, and divides by its norm or standard deviation: images of equal contrast. Learns nothing.</summary>
/// <param name="columns">The columns to make, and of which: vectors of Single or Double.</param>
/// <param name="ensureZeroMean">Whether the mean of the row is subtracted.</param>
/// <param name="ensureUnitStandardDeviation">Whether to divide by the standard deviation; otherwise by the Euclidean norm.</param>
/// <param name="scale">What the result is multiplied by; above 0.</param>
public sealed class GlobalContrastNormalizingEstimator(
    IEnumerable<InputOutputColumnPair> columns, bool ensureZeroMean = true, bool ensureUnitStandardDeviation = false, float scale = 1)
    : LpNormNormalizingEstimatorBase(new LpNormNormalizingTransformer(
        columns, ensureUnitStandardDeviation ? NormFunction.StandardDeviation : NormFunction.L2, ensureZeroMean, scale));

/// <summary>Brings each row's vector to one length.</summary>
public sealed class LpNormNormalizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.NormalizeRows";

    private const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly LpNormNormalizingEstimatorBase.NormFunction _norm;
    private readonly bool _ensureZeroMean;
    private readonly float _scale;

    /// <summary>Creates the transformer.</summary>
    /// <param name="columns">The columns to make, and of which: vectors of Single or Double.</param>
    /// <param name="norm">What a row is divided by.</param>
    /// <param name="ensureZeroMean">Whether the mean of the row is subtracted first.</param>
    /// <param name="scale">What the result is multiplied by; above 0, finite.</param>
    public LpNormNormalizingTransformer(
        IEnumerable<InputOutputColumnPair> columns, LpNormNormalizingEstimatorBase.NormFunction norm, bool ensureZeroMean, float scale = 1) : base(columns)
    {
        if (!Enum.IsDefined(norm))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, "There is no such norm.");
        if (!(scale > 0 && float.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is a finite number above 0.");
        (_norm, _ensureZeroMean, _scale) = (norm, ensureZeroMean, scale);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.WriteEnum("Norm", _norm);
        context.Write("EnsureZeroMean", _ensureZeroMean);
        context.Write("Scale", _scale);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        List<string> details = [$"{_norm}"];
        if (_ensureZeroMean)
            details.Add("mean removed");
        if (_scale != 1)
            details.Add(string.Create(CultureInfo.InvariantCulture, $"scale: {_scale}"));
        return InputOutputColumnPair.Describe("NormalizeRows", Columns, string.Join(", ", details));
    }

    internal static LpNormNormalizingTransformer Load(ModelLoadContext context)
    {
        float scale = context.ReadSingle("Scale");
        return scale > 0 && float.IsFinite(scale)
            ? new(LoadColumns(context), context.ReadEnum<LpNormNormalizingEstimatorBase.NormFunction>("Norm"), context.ReadBoolean("EnsureZeroMean"), scale)
            : throw context.Invalid("its scale is not a finite number above 0");
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (!LpNormNormalizingEstimatorBase.CanNormalize(SchemaShape.Column.Create(input)))
            throw LpNormNormalizingEstimatorBase.WrongInput(input.Name, input.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder()
            .Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames)
            .Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, input.Type, annotations.ToAnnotations());
        return new ColumnFunction([input], [output], input.Type.ItemTypeOrSelf == NumberDataViewType.Single
            ? () => new Worker<float>(this, input.Index).Run
            : () => new Worker<double>(this, input.Index).Run);
    }

    private sealed class Worker<T>(LpNormNormalizingTransformer transformer, int column) where T : struct, IFloatingPointIeee754<T>
    {
        private T[] _row = [];

        public void Run(RowBatch batch, ReadOnlySpan<ColumnBuffer?> outputs)
        {
            if (outputs[0] is not VectorColumn<T> to)
                return;
            var from = batch.Vectors<T>(column);
            bool sparse = from.Layout == VectorLayout.Sparse;
            to.Begin(sparse && transformer._ensureZeroMean ? VectorLayout.Dense : from.Layout);
            for (int row = 0; row < from.Count; row++)
            {
                int slots = from.RowLength(row);
                int stored = sparse && transformer._ensureZeroMean ? slots : from.RowValues(row).Length;
                if (_row.Length < stored)
                    _row = new T[Math.Max(stored, 2 * _row.Length)];
                var values = _row.AsSpan(0, stored);
                if (stored == slots)
                    from.CopyRowTo(row, values);
                else
                    from.RowValues(row).CopyTo(values);
                transformer.Normalize<T>(values, slots);
                if (to.Layout == VectorLayout.Sparse)
                    to.AddRow(from.RowIndices(row), values);
                else
                    to.AddRow(values);
            }
        }
    }

    // The slots that are not among the values are 0. Zeros are only counted, so that a sparse row and the same dense row give the same bits.
    private void Normalize<T>(Span<T> values, int slots) where T : struct, IFloatingPointIeee754<T>
    {
        double sum = 0, largest = 0;
        foreach (var value in values)
        {
            double x = double.CreateTruncating(value);
            sum += x;
            largest = Math.Max(largest, Math.Abs(x)); // NaN if any value is
        }

        double mean = slots == 0 ? 0 : sum / slots;
        double removed = _ensureZeroMean ? mean : 0;
        double norm = Norm<T>(values, slots, _norm == LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation ? mean : removed, largest);
        foreach (ref var value in values)
        {
            double x = double.CreateTruncating(value) - removed;
            value = T.CreateTruncating(norm == 0 ? 0 : x / norm * _scale);
        }
    }

    // The norm of x − centre.
    private double Norm<T>(ReadOnlySpan<T> values, int slots, double centre, double largest) where T : struct, IFloatingPointIeee754<T>
    {
        if (!double.IsFinite(largest))
            return double.NaN;
        double greatest = 0;
        int nonzero = 0;
        foreach (var value in values)
        {
            greatest = Math.Max(greatest, Math.Abs(double.CreateTruncating(value) - centre));
            nonzero += T.IsZero(value) ? 0 : 1;
        }

        if (slots > nonzero)
            greatest = Math.Max(greatest, Math.Abs(centre));
        // What is left of equal values when their rounded mean is subtracted is rounding alone.
        if (greatest == 0 || (centre != 0 && greatest <= slots * UnitRoundoff * largest))
            return 0;
        if (_norm == LpNormNormalizingEstimatorBase.NormFunction.Infinity)
            return greatest;

        // Of values divided by the greatest, squares neither overflow nor vanish.
        double total = (slots - nonzero) * Term(centre / greatest);
        foreach (var value in values)
            total += T.IsZero(value) ? 0 : Term((double.CreateTruncating(value) - centre) / greatest);
        return greatest * _norm switch
        {
            LpNormNormalizingEstimatorBase.NormFunction.L1 => total,
            LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation => Math.Sqrt(total / slots),
            _ => Math.Sqrt(total),
        };

        double Term(double x) => _norm == LpNormNormalizingEstimatorBase.NormFunction.L1 ? Math.Abs(x) : x * x;
    }
}
