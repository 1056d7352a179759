using System.Collections.Immutable;
using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>A learned function of one column: two parameters for each slot.</summary>
internal abstract class Normalizer
{
    private readonly bool _isVector;
    private readonly bool _isDouble;
    private readonly string _firstName;
    private readonly string _secondName;

    private protected Normalizer(bool isVector, bool isDouble, double[] first, double[] second, string firstName, string secondName) =>
        (_isVector, _isDouble, First, Second, _firstName, _secondName) = (isVector, isDouble, first, second, firstName, secondName);

    public abstract string Kind { get; }

    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    /// <summary>The type of the columns it serves: "Single", "Vector&lt;Double, 4&gt;".</summary>
    public string TypeText
    {
        get
        {
            string item = _isDouble ? "Double" : "Single";
            return _isVector ? string.Create(CultureInfo.InvariantCulture, $"Vector<{item}, {First.Length}>") : item;
        }
    }

    protected double[] First { get; }

    protected double[] Second { get; }

    public bool Fits(DataViewType type) =>
        type is VectorDataViewType == _isVector && type.ValueCount == First.Length && type.ItemTypeOrSelf == NumberDataViewType.Double == _isDouble;

    public void Save(ModelSaveContext context, string prefix)
    {
        context.WriteArray<double>($"{prefix}.{_firstName}", First);
        context.WriteArray<double>($"{prefix}.{_secondName}", Second);
    }

    public static Normalizer Load(ModelLoadContext context, string kind, string type, string prefix)
    {
        bool isVector = type.StartsWith("Vector<", StringComparison.Ordinal);
        bool isDouble = type.Contains("Double", StringComparison.Ordinal);
        Normalizer normalizer = kind switch
        {
            AffineNormalizer.Name => new AffineNormalizer(isVector, isDouble, Read(AffineNormalizer.Offset), Read(AffineNormalizer.Scale)),
            CdfNormalizer.Name => new CdfNormalizer(isVector, isDouble, Read(CdfNormalizer.Mean), Read(CdfNormalizer.StandardDeviation)),
            _ => throw context.Invalid($"'{kind}' is not a kind of normaliser"),
        };
        if (normalizer.First.Length == 0 || normalizer.Second.Length != normalizer.First.Length || normalizer.TypeText != type)
            throw context.Invalid($"'{prefix}' does not have the parameters of {type}");
        return normalizer;

        double[] Read(string name)
        {
            double[] values = context.ReadArray<double>($"{prefix}.{name}");
            return Array.TrueForAll(values, double.IsFinite) ? values : throw context.Invalid($"array '{prefix}.{name}' holds values that are not finite");
        }
    }

    public ColumnFunction ToFunction(DataViewSchema.Column input, DataViewSchema.DetachedColumn output) =>
        _isDouble ? DoubleMap().ToFunction(input, output) : SingleMap().ToFunction(input, output);

    protected abstract ItemMap<float, float> SingleMap();

    protected abstract ItemMap<double, double> DoubleMap();

    /// <summary>Parameters as ML.NET shapes them: a float, a double, or an array of either.</summary>
    protected NormalizingTransformer.NormalizerModelParametersBase Shape(IParametersFactory factory) => (_isVector, _isDouble) switch
    {
        (false, false) => factory.Create((float)First[0], (float)Second[0]),
        (false, true) => factory.Create(First[0], Second[0]),
        (true, false) => factory.Create(Singles(First), Singles(Second)),
        (true, true) => factory.Create(ImmutableArray.Create(First), ImmutableArray.Create(Second)),
    };

    private static ImmutableArray<float> Singles(double[] values) => [.. values.Select(v => (float)v)];

    protected interface IParametersFactory
    {
        NormalizingTransformer.NormalizerModelParametersBase Create<TData>(TData first, TData second);
    }
}

/// <summary>(x − offset) · scale.</summary>
internal sealed class AffineNormalizer : Normalizer
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

/// <summary>Φ((x − mean) / standard deviation); 0 where the standard deviation is 0.</summary>
internal sealed class CdfNormalizer : Normalizer
{
    internal const string Name = "Cdf";
    internal const string Mean = "Mean";
    internal const string StandardDeviation = "StandardDeviation";

    public CdfNormalizer(DataViewSchema.Column column, double[] mean, double[] standardDeviation)
        : this(column.Type is VectorDataViewType, column.Type.ItemTypeOrSelf == NumberDataViewType.Double, mean, standardDeviation) { }

    public CdfNormalizer(bool isVector, bool isDouble, double[] mean, double[] standardDeviation)
        : base(isVector, isDouble, mean, standardDeviation, Mean, StandardDeviation) { }

    public override string Kind => Name;

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => Shape(new ParametersFactory());

    protected override ItemMap<float, float> SingleMap() => new CdfMap<float>(First, Second);

    protected override ItemMap<double, double> DoubleMap() => new CdfMap<double>(First, Second);

    private sealed class ParametersFactory : IParametersFactory
    {
        public NormalizingTransformer.NormalizerModelParametersBase Create<TData>(TData first, TData second) =>
            new NormalizingTransformer.CdfNormalizerModelParameters<TData>(mean: first, standardDeviation: second);
    }
}
