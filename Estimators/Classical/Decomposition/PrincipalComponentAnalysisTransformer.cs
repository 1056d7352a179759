using System.Globalization;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Projects vectors to principal components: output c is vcᵀ(x − μ), divided by the component's standard deviation when whitening. Its slots are
/// named PC1, PC2, …; a row with a missing value gives missing values.
/// </summary>
public sealed class PrincipalComponentAnalysisTransformer : RowToRowTransformer
{
    internal const string Id = "MLPath.PrincipalComponents";

    private readonly double[] _mean;
    private readonly double[] _components;
    private readonly double[] _variances;
    private readonly double[] _singularValues;
    private readonly double[] _offsets; // r values vcᵀμ
    private readonly double[] _scales;  // r factors of the outputs

    internal PrincipalComponentAnalysisTransformer(
        string outputColumnName, string inputColumnName, double[] mean, double[] components, double[] variances, double totalVariance, bool whiten,
        double[] singularValues)
    {
        _singularValues = singularValues;
        (OutputColumnName, InputColumnName, Whiten, TotalVariance) = (outputColumnName, inputColumnName, whiten, totalVariance);
        (_mean, _components, _variances) = (mean, components, variances);
        _offsets = new double[Rank];
        Dense.MatVec(components, Rank, FeatureCount, mean, _offsets);
        _scales = Array.ConvertAll(variances, v => !whiten ? 1 : v > 0 ? 1 / Math.Sqrt(v) : 0);
    }

    /// <summary>The column made.</summary>
    public string OutputColumnName { get; }

    /// <summary>The column read.</summary>
    public string InputColumnName { get; }

    /// <summary>r, the number of components.</summary>
    public int Rank => _variances.Length;

    /// <summary>d, the number of features.</summary>
    public int FeatureCount => _mean.Length;

    /// <summary>Whether each output is divided by its standard deviation.</summary>
    public bool Whiten { get; }

    /// <summary>d weighted means μ of the training rows; zeros when the mean was not subtracted.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>r × d components, row-major: orthonormal, of decreasing variance, each with its element of greatest magnitude positive. The randomized and the incremental solver leave one without variance at 0.</summary>
    public ReadOnlySpan<double> Components => _components;

    /// <summary>
    /// r variances of the training rows along the components: Σi wi (vcᵀ(xi − μ))² / (Σi wi − 1), divided by Σi wi instead where that is below 2 or the
    /// mean was not subtracted. What cannot be told from 0 in double precision is 0.
    /// </summary>
    public ReadOnlySpan<double> ExplainedVariance => _variances;

    /// <summary>
    /// r singular values of the matrix of rows √wi (xi − μ), decreasing: the roots of what the components explain before it is divided. Empty for a
    /// model from a file that does not hold them.
    /// </summary>
    public ReadOnlySpan<double> SingularValues => _singularValues;

    /// <summary>The variance of all d features together, of which each component explains a part.</summary>
    public double TotalVariance { get; }

    /// <summary>r parts of the total variance, from 0 to 1, in a new array; zeros when there is no variance.</summary>
    public double[] ExplainedVarianceRatio => Array.ConvertAll(_variances, v => TotalVariance > 0 ? v / TotalVariance : 0);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        context.Write("Output", OutputColumnName);
        context.Write("Input", InputColumnName);
        context.Write("Whiten", Whiten);
        context.Write("TotalVariance", TotalVariance);
        context.WriteArray<double>("Mean", _mean);
        context.WriteArray<double>("Components", _components, Rank, FeatureCount);
        context.WriteArray<double>("Variances", _variances);
        if (_singularValues.Length > 0)
            context.WriteArray<double>("SingularValues", _singularValues);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ProjectToPrincipalComponents({OutputColumnName} ← {InputColumnName}, {FeatureCount} to {Rank})";

    internal static PrincipalComponentAnalysisTransformer Load(ModelLoadContext context)
    {
        double[] mean = context.ReadArray<double>("Mean");
        double[] variances = context.ReadArray<double>("Variances");
        if (variances.Length == 0 || mean.Length < variances.Length)
            throw context.Invalid($"it has {variances.Length} components of {mean.Length} features");
        if (!Array.TrueForAll(variances, v => v >= 0 && double.IsFinite(v)))
            throw context.Invalid("a variance is negative or not finite");
        double[] components = context.ReadArray<double>("Components", variances.Length, mean.Length);
        if (!Array.TrueForAll(mean, double.IsFinite) || !Array.TrueForAll(components, double.IsFinite))
            throw context.Invalid("a mean or a component is not finite");
        return new(
            context.ReadString("Output"), context.ReadString("Input"), mean, components, variances,
            context.ReadDouble("TotalVariance"), context.ReadBoolean("Whiten"),
            context.Has("SingularValues") ? context.ReadArray<double>("SingularValues", variances.Length) : []);
    }

    internal static SchemaException WrongInput(string name, string found) => SchemaException.WrongType(
        name, "a vector of Single of known size", found, "Join columns with Transforms.Concatenate first.");

    internal static DataViewSchema.Column CheckInput(DataViewSchema schema, string name) =>
        schema[name] is { Type: VectorDataViewType { IsKnownSize: true } vector } column && vector.ItemType == NumberDataViewType.Single
            ? column
            : throw WrongInput(name, schema[name].Type.ToString()!);

    /// <inheritdoc/>
    protected override IEnumerable<ColumnFunction> Bind(DataViewSchema inputSchema)
    {
        var column = CheckInput(inputSchema, InputColumnName);
        if (column.Type.ValueCount != FeatureCount)
            throw SchemaException.WrongType(InputColumnName, $"a vector of {FeatureCount} values, as when it was fitted,", column.Type.ToString()!);
        var names = Enumerable.Range(1, Rank).Select(c => string.Create(CultureInfo.InvariantCulture, $"PC{c}"));
        var output = new DataViewSchema.DetachedColumn(
            OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Rank),
            new DataViewSchema.Annotations.Builder().AddSlotNames([.. names]).ToAnnotations());

        yield return new ColumnFunction([column], [output], () =>
        {
            float[] x = new float[FeatureCount];
            return (batch, outputs) =>
            {
                var vectors = batch.Vectors<float>(column.Index);
                var projected = ((VectorColumn<float>)outputs[0]!).AllocateDense(batch.Count);
                for (int row = 0; row < batch.Count; row++)
                {
                    vectors.CopyRowTo(row, x);
                    Project(x, projected.Slice(row * Rank, Rank));
                }
            };
        });
    }

    private void Project(ReadOnlySpan<float> x, Span<float> projected)
    {
        for (int c = 0; c < projected.Length; c++)
        {
            double along = Dense.Dot(x, _components.AsSpan(c * FeatureCount, FeatureCount)) - _offsets[c];
            projected[c] = (float)(_scales[c] * along);
        }
    }
}
