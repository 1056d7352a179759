using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>How vectors are whitened.</summary>
public enum WhiteningKind
{
    /// <summary>Along the principal components, of which the first may be kept alone: the most compact.</summary>
    PrincipalComponentAnalysis,

    /// <summary>Back along the original axes: of all whitened vectors, those that are nearest to the original ones.</summary>
    ZeroPhaseComponentAnalysis,
}

/// <summary>Makes the slots of vectors uncorrelated and of mean square 1.</summary>
/// <remarks>
/// <para><b>How.</b> With M = (1/n) Σ x xᵀ = U diag(λ) Uᵀ, the matrix of mean products of the training rows and its eigenvectors,
/// y = diag(λ + ε)^(−1/2) Uᵀ x (PCA), of which the first slots may be kept alone, or y = U diag(λ + ε)^(−1/2) Uᵀ x (ZCA). As in ML.NET, the mean
/// is not subtracted: to whiten about it, normalise with <c>NormalizeMeanVariance(fixZero: false)</c> first.</para>
/// <para><b>ε</b> bounds what directions without variance are multiplied by: 1/√ε.</para>
/// <para><b>Missing values.</b> In training, a missing or infinite value is an error that names the row; later, its row gives missing values.</para>
/// <para><b>Cost.</b> One pass of n × d² products, about 9 d³ for the eigenvectors, and d² for a row later.</para>
/// <para><b>Reference.</b> A. Kessy, A. Lewin, K. Strimmer, <i>Optimal whitening and decorrelation</i>, The American Statistician 72 (2018).</para>
/// </remarks>
public sealed class VectorWhiteningEstimator : OneToOneEstimator<VectorWhiteningTransformer>
{
    // Rows are summed in blocks of this many, wherever batches begin.
    private const int BlockRows = 256;

    private readonly WhiteningKind _kind;
    private readonly float _epsilon;
    private readonly int _maximumRows;
    private readonly int _rank;

    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, and of which: a vector of Single of known size.</param>
    /// <param name="kind">How vectors are whitened.</param>
    /// <param name="epsilon">ε, added to each eigenvalue; above 0.</param>
    /// <param name="maximumNumberOfRows">The most rows to learn from, from the first one; 1 or more.</param>
    /// <param name="rank">For PCA, the number of components that are kept; all when 0.</param>
    public VectorWhiteningEstimator(
        InputOutputColumnPair column, WhiteningKind kind = WhiteningKind.ZeroPhaseComponentAnalysis, float epsilon = 1e-5f,
        int maximumNumberOfRows = 100_000, int rank = 0)
        : base([column])
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind is one of the members of WhiteningKind.");
        if (!(epsilon > 0 && float.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "ε is a finite number above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfRows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        if (rank > 0 && kind != WhiteningKind.PrincipalComponentAnalysis)
            throw new ArgumentException("Only whitening by PCA can keep some components alone; leave the rank 0, or choose PrincipalComponentAnalysis.", nameof(rank));
        (_kind, _epsilon, _maximumRows, _rank) = (kind, epsilon, maximumNumberOfRows, rank);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("VectorWhiten", Columns, Details);

    private string Details => _kind == WhiteningKind.ZeroPhaseComponentAnalysis ? "ZCA"
        : _rank == 0 ? "PCA" : FormattableString.Invariant($"PCA, {_rank} components");

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        ProjectionInput.Check(input);
        if (input.Size < _rank)
            throw TooFewSlots(input.Name, input.TypeText);
        int? size = _rank > 0 ? _rank : input.Size;
        return new SchemaShape.Column(
            outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, dimensions: size is { } known ? [known] : []);
    }

    /// <inheritdoc/>
    protected override VectorWhiteningTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        int size = inputs[0].Type.ValueCount;
        if ((long)size * size > Array.MaxLength)
            throw new DataException(FormattableString.Invariant($"Column '{inputs[0].Name}' has {size} slots, too many for a matrix of all their products."));
        var eigen = SymmetricEigen.Factor(MeanProducts(input, inputs[0], context), context.Checkpoint);
        // Rounding may leave an eigenvalue of 0 below it.
        double[] factors = [.. eigen.Values.ToArray().Select(λ => 1 / Math.Sqrt(Math.Max(0, λ) + _epsilon))];
        int kept = _rank > 0 ? _rank : size;
        float[] matrix = new float[kept * size];
        double[] row = new double[size];
        for (int r = 0; r < kept; r++)
        {
            context.Checkpoint();
            Array.Clear(row);
            if (_kind == WhiteningKind.PrincipalComponentAnalysis)
                Dense.Axpy(factors[r], eigen.Vector(r), row);
            else
                AddZeroPhaseRow(eigen, factors, r, row);
            for (int c = 0; c < size; c++)
                matrix[(r * size) + c] = (float)row[c];
        }

        return new VectorWhiteningTransformer(Columns[0], size, matrix, Details) { FittedOn = input.Lineage };
    }

    // Row r of U diag(λ + ε)^(−1/2) Uᵀ = Σᵢ uᵢ uᵢᵀ / √(λᵢ + ε).
    private static void AddZeroPhaseRow(SymmetricEigen eigen, double[] factors, int r, double[] row)
    {
        for (int i = 0; i < factors.Length; i++)
            Dense.Axpy(factors[i] * eigen.Vector(i)[r], eigen.Vector(i), row);
    }

    private Matrix MeanProducts(IDataView input, DataViewSchema.Column column, FitContext context)
    {
        int size = column.Type.ValueCount;
        var sums = new Matrix(size, size);
        double[] gram = new double[size * size];
        float[] block = new float[BlockRows * size];
        int rows = 0;
        using (var cursor = input.GetBatchCursor([column], context.CancellationToken))
        {
            while (rows < _maximumRows && cursor.MoveNext())
            {
                context.Checkpoint();
                var vectors = cursor.Current.Vectors<float>(column.Index);
                for (int r = 0; r < vectors.Count && rows < _maximumRows; r++, rows++)
                {
                    if (rows > 0 && rows % BlockRows == 0)
                        Add(BlockRows);
                    var x = block.AsSpan(rows % BlockRows * size, size);
                    vectors.CopyRowTo(r, x);
                    if (!ProjectionInput.AllFinite(x))
                        throw NotFinite(column, cursor.Current.Position + r, x);
                }
            }
        }

        if (rows == 0)
            throw new DataException($"There are no rows in column '{column.Name}' to learn a whitening from.");
        Add(((rows - 1) % BlockRows) + 1);
        Dense.Scale(1.0 / rows, sums.AsSpan());
        return sums;

        void Add(int count)
        {
            Gemm.Gram(block.AsSpan(0, count * size), count, size, gram);
            Dense.Axpy(1, gram, sums.AsSpan());
        }
    }

    private SchemaException TooFewSlots(string name, string found) => SchemaException.WrongType(
        name, FormattableString.Invariant($"a vector of at least {_rank} values, one for each component,"), found, "Lower the rank.");

    private static DataException NotFinite(DataViewSchema.Column column, long position, ReadOnlySpan<float> x)
    {
        int wrong = 0;
        while (float.IsFinite(x[wrong]))
            wrong++;
        return new(FormattableString.Invariant(
            $"Row {position}: '{column.SlotNamesOrDefault()[wrong]}' (slot {wrong} of column '{column.Name}') is {(float.IsNaN(x[wrong]) ? "missing (NaN)" : "infinite")}, and whitening needs every value. Fill it with Transforms.ReplaceMissingValues, or drop the row with Data.FilterRowsByMissingValues."));
    }
}

/// <summary>Multiplies vectors by a whitening matrix.</summary>
public sealed class VectorWhiteningTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.VectorWhiten";

    private readonly float[] _matrix;
    private readonly string _details;

    internal VectorWhiteningTransformer(InputOutputColumnPair column, int size, float[] matrix, string details) : base([column]) =>
        (InputSize, _matrix, _details) = (size, matrix, details);

    /// <summary>d, the number of values of an input.</summary>
    public int InputSize { get; }

    /// <summary>The number of values of an output.</summary>
    public int OutputSize => _matrix.Length / InputSize;

    /// <summary>The outputs × d matrix, row-major, that vectors are multiplied by.</summary>
    public ReadOnlySpan<float> WhiteningMatrix => _matrix;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Details", _details);
        context.WriteArray<float>("Matrix", _matrix, OutputSize, InputSize);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("VectorWhiten", Columns, _details);

    internal static VectorWhiteningTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] shape = context.ReadShape("Matrix");
        if (columns.Count != 1 || shape is not [> 0, > 0])
            throw context.Invalid("its whitening is not a matrix for one column");
        float[] matrix = context.ReadArray<float>("Matrix", shape);
        return ProjectionInput.AllFinite(matrix)
            ? new(columns[0], shape[1], matrix, context.ReadString("Details"))
            : throw context.Invalid("an element of its matrix is not finite");
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        ProjectionInput.Check(input, InputSize);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, OutputSize));
        return ProjectionInput.ToFunction(input, output, (x, y) =>
        {
            for (int i = 0; i < y.Length; i++)
                y[i] = (float)Dense.DotWide(x, _matrix.AsSpan(i * InputSize, InputSize));
        });
    }
}
