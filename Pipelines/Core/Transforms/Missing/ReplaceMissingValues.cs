using System.Numerics;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Replaces missing numbers, NaN, by 0 or by a statistic of the known ones, each slot of a vector by its own or all by one.
/// </summary>
/// <remarks>
/// Infinite values are neither learned from nor replaced. Where nothing is known the replacement is 0, and a diagnosis "no-values" says so. Sparse
/// rows stay sparse: what they do not store is 0, which is known. Cost: one pass, none for <see cref="ReplacementMode.DefaultValue"/>.
/// </remarks>
public sealed class MissingValueReplacingEstimator : OneToOneEstimator<MissingValueReplacingTransformer>
{
    private readonly ReplacementMode _mode;
    private readonly bool _imputeBySlot;

    /// <summary>Creates the estimator.</summary>
    /// <param name="columns">The columns to make, and of which: Single, Double, or vectors of these.</param>
    /// <param name="replacementMode">What replaces a missing value.</param>
    /// <param name="imputeBySlot">
    /// Whether each slot of a vector has a replacement of its own; otherwise, and where rows have their own lengths, one serves all slots.
    /// </param>
    public MissingValueReplacingEstimator(
        IEnumerable<InputOutputColumnPair> columns, ReplacementMode replacementMode = ReplacementMode.DefaultValue, bool imputeBySlot = true)
        : base(columns)
    {
        if (!Enum.IsDefined(replacementMode))
            throw new ArgumentOutOfRangeException(nameof(replacementMode), replacementMode, "There is no such replacement.");
        (_mode, _imputeBySlot) = (replacementMode, imputeBySlot);
    }

    /// <summary>What replaces a missing value.</summary>
    public enum ReplacementMode : byte
    {
        /// <summary>0.</summary>
        DefaultValue = 0,

        /// <summary>The mean of the known values.</summary>
        Mean = 1,

        /// <summary>The least known value.</summary>
        Minimum = 2,

        /// <summary>The greatest known value.</summary>
        Maximum = 3,

        /// <summary>The most frequent known value; the least of several.</summary>
        Mode = 5,
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "ReplaceMissingValues", Columns, _imputeBySlot || _mode == ReplacementMode.DefaultValue ? $"{_mode}" : $"{_mode} across slots");

    /// <inheritdoc/>
    protected override MissingValueReplacingTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        if (_mode == ReplacementMode.DefaultValue)
            return new MissingValueReplacingTransformer(Columns, [.. Columns.Select(_ => new double[1])], ToString());
        var columns = inputs.Select(c => c.Type.ItemTypeOrSelf == NumberDataViewType.Single ? Learn<float>(c) : Learn<double>(c)).ToList();
        ColumnLearner.Read(input, [.. columns.Select(c => c.Learner)], context);
        return new MissingValueReplacingTransformer(Columns, [.. columns.Select(c => Replacements(c.Learner, c.SlotCount, c.Of, context))], ToString())
        {
            FittedOn = input.Lineage,
        };
    }

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!CanReplace(input))
            throw WrongInput(input.Name, input.TypeText);
        return new SchemaShape.Column(outputColumnName, input.Kind, input.ItemType, isKey: false,
            new SchemaShape(KeepAnnotations(input, AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized)), input.Dimensions);
    }

    internal static bool CanReplace(SchemaShape.Column input) =>
        !input.IsKey && (input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double);

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "Single, Double, or a vector of these,", found, "Other types have no missing value that could be told from their default value.");

    private (ColumnLearner Learner, int SlotCount, Func<int, double?> Of) Learn<T>(DataViewSchema.Column column) where T : struct, IFloatingPointIeee754<T>
    {
        bool across = !_imputeBySlot || column.Type.ValueCount == 0;
        if (_mode == ReplacementMode.Mean)
        {
            var moments = new MomentLearner<T>(column, across, refuseInfinity: false);
            return (moments, moments.SlotCount, slot => moments.Moments(slot)?.Mean);
        }

        if (_mode == ReplacementMode.Mode)
        {
            var modes = new ModeLearner<T>(column, across);
            return (modes, modes.SlotCount, modes.Mode);
        }

        var ranges = new RangeLearner<T>(column, across, refuseInfinity: false);
        return (ranges, ranges.SlotCount, slot => _mode == ReplacementMode.Minimum ? ranges.Range(slot)?.Least : ranges.Range(slot)?.Greatest);
    }

    private static double[] Replacements(ColumnLearner learner, int slots, Func<int, double?> of, FitContext context)
    {
        var column = learner.Column;
        var values = new double[slots];
        int unknown = 0;
        for (int slot = 0; slot < slots; slot++)
        {
            double? value = of(slot);
            unknown += value is null ? 1 : 0;
            values[slot] = value ?? 0;
            if (!double.IsFinite(values[slot]))
                throw new DataException($"Values of column '{column.Name}' are so large that their mean overflows. Divide them by a constant first.");
        }

        if (unknown > 0)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "no-values", slots == 1
                ? $"Column '{column.Name}' has no known value, so 0 replaces what is missing. Leave the column out."
                : $"{unknown} of {slots} slots of column '{column.Name}' have no known value, so 0 replaces what is missing. Leave them out.");
        }

        return values;
    }
}

/// <summary>Replaces missing numbers by what <see cref="MissingValueReplacingEstimator"/> learned.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ReplaceMissingValues";

    private readonly double[][] _replacements; // for each column: one value for all slots, or one for each slot
    private readonly string _description;

    internal MissingValueReplacingTransformer(IEnumerable<InputOutputColumnPair> columns, double[][] replacements, string description) : base(columns) =>
        (_replacements, _description) = (replacements, description);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <summary>What replaces the missing values of one column: one value for all slots, or one for each slot.</summary>
    /// <param name="columnIndex">Which of <see cref="OneToOneTransformer.Columns"/>, from 0.</param>
    public ReadOnlySpan<double> GetReplacements(int columnIndex) => _replacements[columnIndex];

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Description", _description);
        for (int i = 0; i < _replacements.Length; i++)
            context.WriteArray<double>($"Column{i}.Replacements", _replacements[i]);
    }

    /// <inheritdoc/>
    public override string ToString() => _description;

    internal static MissingValueReplacingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        double[][] replacements = [.. columns.Select((_, i) => context.ReadArray<double>($"Column{i}.Replacements"))];
        return Array.TrueForAll(replacements, values => values.Length > 0 && Array.TrueForAll(values, double.IsFinite))
            ? new(columns, replacements, context.ReadString("Description"))
            : throw context.Invalid("a column has no replacement, or one that is not finite");
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (!MissingValueReplacingEstimator.CanReplace(SchemaShape.Column.Create(input)))
            throw MissingValueReplacingEstimator.WrongInput(input.Name, input.Type.ToString()!);
        double[] values = _replacements[index];
        if (values.Length != 1 && values.Length != input.Type.ValueCount)
            throw SchemaException.WrongType(input.Name, $"a vector of {values.Length} values, as in training,", input.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder()
            .Add(input.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, input.Type, annotations.ToAnnotations());
        return input.Type.ItemTypeOrSelf == NumberDataViewType.Single
            ? new ReplaceMap<float>(values).ToFunction(input, output)
            : new ReplaceMap<double>(values).ToFunction(input, output);
    }

    private sealed class ReplaceMap<T>(double[] replacements) : ItemMap<T, T> where T : struct, IFloatingPointIeee754<T>
    {
        private readonly T[] _replacements = [.. replacements.Select(T.CreateTruncating)];

        public override int SlotCount => _replacements.Length;

        public override bool KeepsDefault => true;

        protected override void Map(ReadOnlySpan<T> items, Span<T> results)
        {
            for (int i = 0, slot = 0; i < items.Length; i++, slot = slot + 1 == _replacements.Length ? 0 : slot + 1)
                results[i] = T.IsNaN(items[i]) ? _replacements[slot] : items[i];
        }

        protected override void Map(ReadOnlySpan<int> slots, ReadOnlySpan<T> items, Span<T> results)
        {
            for (int i = 0; i < items.Length; i++)
                results[i] = T.IsNaN(items[i]) ? _replacements[_replacements.Length == 1 ? 0 : slots[i]] : items[i];
        }
    }
}
