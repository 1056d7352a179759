using System.Collections.Immutable;
using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>A learned function of one column, each slot of a vector in its own way.</summary>
internal abstract class Normalizer
{
    private readonly int _slots;

    private protected Normalizer(bool isVector, bool isDouble, int slots) => (IsVector, IsDouble, _slots) = (isVector, isDouble, slots);

    public abstract string Kind { get; }

    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    /// <summary>The type of the columns it serves: "Single", "Vector&lt;Double, 4&gt;".</summary>
    public string TypeText
    {
        get
        {
            string item = IsDouble ? "Double" : "Single";
            return IsVector ? string.Create(CultureInfo.InvariantCulture, $"Vector<{item}, {_slots}>") : item;
        }
    }

    protected bool IsVector { get; }

    protected bool IsDouble { get; }

    public bool Fits(DataViewType type) =>
        type is VectorDataViewType == IsVector && type.ValueCount == _slots && type.ItemTypeOrSelf == NumberDataViewType.Double == IsDouble;

    public abstract void Save(ModelSaveContext context, string prefix);

    public static Normalizer Load(ModelLoadContext context, string kind, string type, string prefix)
    {
        bool isVector = type.StartsWith("Vector<", StringComparison.Ordinal);
        bool isDouble = type.Contains("Double", StringComparison.Ordinal);
        Normalizer normalizer = kind switch
        {
            AffineNormalizer.Name => new AffineNormalizer(isVector, isDouble, Read(AffineNormalizer.Offset), Read(AffineNormalizer.Scale)),
            CdfNormalizer.Name => Cdf(useLog: false),
            CdfNormalizer.NameOfLog => Cdf(useLog: true),
            BinNormalizer.Name => BinNormalizer.Load(context, prefix, isVector, isDouble),
            _ => throw context.Invalid($"'{kind}' is not a kind of normaliser"),
        };
        if (normalizer._slots == 0 || (!isVector && normalizer._slots != 1) || normalizer.TypeText != type || normalizer is PairNormalizer { IsComplete: false })
            throw context.Invalid($"'{prefix}' does not have the parameters of {type}");
        return normalizer;

        CdfNormalizer Cdf(bool useLog) => new(isVector, isDouble, Read(CdfNormalizer.Mean), Read(CdfNormalizer.StandardDeviation), useLog);

        double[] Read(string name)
        {
            double[] values = context.ReadArray<double>($"{prefix}.{name}");
            return Array.TrueForAll(values, double.IsFinite) ? values : throw context.Invalid($"array '{prefix}.{name}' holds values that are not finite");
        }
    }

    public ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output) =>
        IsDouble ? DoubleMap().ToFunction(input, output) : SingleMap().ToFunction(input, output);

    protected abstract ItemMap<float, float> SingleMap();

    protected abstract ItemMap<double, double> DoubleMap();

    protected static ImmutableArray<float> Singles(double[] values) => [.. values.Select(v => (float)v)];
}

/// <summary>A function with two parameters for each slot.</summary>
internal abstract class PairNormalizer(bool isVector, bool isDouble, double[] first, double[] second, string firstName, string secondName)
    : Normalizer(isVector, isDouble, first.Length)
{
    /// <summary>Whether each slot has both parameters.</summary>
    public bool IsComplete => First.Length == Second.Length;

    protected double[] First { get; } = first;

    protected double[] Second { get; } = second;

    public sealed override void Save(ModelSaveContext context, string prefix)
    {
        context.WriteArray<double>($"{prefix}.{firstName}", First);
        context.WriteArray<double>($"{prefix}.{secondName}", Second);
    }

    /// <summary>Parameters as ML.NET shapes them: a float, a double, or an array of either.</summary>
    protected NormalizingTransformer.NormalizerModelParametersBase Shape(IParametersFactory factory) => (IsVector, IsDouble) switch
    {
        (false, false) => factory.Create((float)First[0], (float)Second[0]),
        (false, true) => factory.Create(First[0], Second[0]),
        (true, false) => factory.Create(Singles(First), Singles(Second)),
        (true, true) => factory.Create(ImmutableArray.Create(First), ImmutableArray.Create(Second)),
    };

    protected interface IParametersFactory
    {
        NormalizingTransformer.NormalizerModelParametersBase Create<TData>(TData first, TData second);
    }
}

/// <summary>(x − offset) · scale.</summary>
internal sealed class AffineNormalizer : PairNormalizer
{
    internal const string Name = "Affine";
    internal const string Offset = "Offset";
    internal const string Scale = "Scale";

    public AffineNormalizer(DataViewSchema.Column column, double[] offset, double[] scale)
        : this(column.Type is VectorDataViewType, column.Type.ItemTypeOrSelf == NumberDataViewType.Double, offset, scale) { }

    public AffineNormalizer(bool isVector, bool isDouble, double[] offset, double[] scale)
        : base(isVector, isDouble, offset, scale, Offset, Scale) { }

    public override string Kind => Name;

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => Shape(new ParametersFactory());

    protected override ItemMap<float, float> SingleMap() => new AffineSingleMap(First, Second);

    protected override ItemMap<double, double> DoubleMap() => new AffineDoubleMap(First, Second);

    private sealed class ParametersFactory : IParametersFactory
    {
        public NormalizingTransformer.NormalizerModelParametersBase Create<TData>(TData first, TData second) =>
            new NormalizingTransformer.AffineNormalizerModelParameters<TData>(scale: second, offset: first);
    }
}

/// <summary>Φ((x − mean) / standard deviation), of ln x instead of x where asked; 0 where the standard deviation is 0.</summary>
internal sealed class CdfNormalizer : PairNormalizer
{
    internal const string Name = "Cdf";
    internal const string NameOfLog = "LogCdf";
    internal const string Mean = "Mean";
    internal const string StandardDeviation = "StandardDeviation";

    private readonly bool _useLog;

    public CdfNormalizer(DataViewSchema.Column column, double[] mean, double[] standardDeviation, bool useLog)
        : this(column.Type is VectorDataViewType, column.Type.ItemTypeOrSelf == NumberDataViewType.Double, mean, standardDeviation, useLog) { }

    public CdfNormalizer(bool isVector, bool isDouble, double[] mean, double[] standardDeviation, bool useLog)
        : base(isVector, isDouble, mean, standardDeviation, Mean, StandardDeviation) => _useLog = useLog;

    public override string Kind => _useLog ? NameOfLog : Name;

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => Shape(new ParametersFactory(_useLog));

    protected override ItemMap<float, float> SingleMap() => new CdfMap<float>(First, Second, _useLog);

    protected override ItemMap<double, double> DoubleMap() => new CdfMap<double>(First, Second, _useLog);

    private sealed class ParametersFactory(bool useLog) : IParametersFactory
    {
        public NormalizingTransformer.NormalizerModelParametersBase Create<TData>(TData first, TData second) =>
            new NormalizingTransformer.CdfNormalizerModelParameters<TData>(mean: first, standardDeviation: second, useLog);
    }
}
