using System.Globalization;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Transforms;

/// <summary>
/// Kernel principal component analysis: the directions of greatest variance, not of the features but of their images in a space of features that a
/// kernel stands for, so that curved arrangements of rows come apart.
/// </summary>
/// <remarks>
/// <para><b>What it finds.</b> With the n × n kernel matrix K, centred in that space, K̃ = K − 1K − K1 + 1K1 (1 the matrix of elements 1/n), and its
/// leading eigenvalues λc and eigenvectors αc: output c of a row x is Σi αci k̃(xi, x) / √λc. The linear kernel gives principal components.</para>
/// <para><b>Cost.</b> n² kernel values and n² numbers in memory, about n³ for the decomposition, and n × d for a row later: for up to some
/// thousand rows. The model keeps the training rows.</para>
/// <para><b>Signs.</b> Each eigenvector has its element of greatest magnitude, the first of several, positive.</para>
/// <para><b>Reference.</b> B. Schölkopf, A. Smola, K.-R. Müller, <i>Nonlinear Component Analysis as a Kernel Eigenvalue Problem</i>, Neural
/// Computation 10 (1998).</para>
/// </remarks>
public sealed class KernelPcaEstimator : OneToOneEstimator<KernelPcaTransformer>, IHasOptions
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, and of which: a vector of Single of known size.</param>
    /// <param name="options">The options; the defaults when null.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KernelPcaEstimator(InputOutputColumnPair column, Options? options = null) : base([column])
    {
        Options.All.Validate(options ??= new());
        _options = options;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"KernelPca({Columns[0]}; Rank={_options.Rank}, Kernel={_options.Kernel})");

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        VectorRows.Check(input);
        return VectorRows.Output(outputColumnName, _options.Rank);
    }

    /// <inheritdoc/>
    protected override KernelPcaTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        var x = TrainingData.Read(input, inputs[0].Name, null, sparse: false, context).Features;
        int n = x.Rows;
        if (n < _options.Rank)
            throw PrincipalComponents.TooFewRows(n, _options.Rank);
        if ((long)n * n > Array.MaxLength)
            throw new DataException($"{n} rows are too many for a matrix of all their kernel values. Take fewer rows, or Transforms.ApproximatedKernelMap and principal components.");
        float[] rows = x.Values.ToArray();
        var kernel = new Kernel(_options.Kernel, _options.Gamma > 0 ? _options.Gamma : 1.0 / x.Columns, _options.Coef0, _options.Degree);
        float[] values = new float[n * n];
        kernel.Matrix(rows, n, rows, n, x.Columns, values, context.Threads, context.CancellationToken);
        context.Checkpoint();
        var (centred, means, grand) = Centre(values, n);
        var eigen = SymmetricEigen.Largest(centred, _options.Rank, context.Checkpoint, context.Threads);

        // The kernel values are floats, whose rounding errors are a matrix of norm about 2√n times one of them: below it an eigenvalue is not told from 0.
        double noise = 2 * Math.Sqrt(n) * 6e-8 * Math.Abs(TensorPrimitives.MaxMagnitude<float>(values));
        double[] eigenvalues = [.. eigen.Values.ToArray().Select(λ => λ > noise ? λ : 0)];
        double[] coefficients = new double[_options.Rank * n];
        for (int c = 0; c < _options.Rank; c++)
        {
            if (eigenvalues[c] > 0)
                Dense.Axpy(1 / Math.Sqrt(eigenvalues[c]), eigen.Vector(c), coefficients.AsSpan(c * n, n));
        }

        return new KernelPcaTransformer(Columns[0], x.Columns, rows, kernel, means, grand, coefficients, eigenvalues) { FittedOn = input.Lineage };
    }

    // K̃, the means of K's rows, and the mean of all of it.
    private static (Matrix Centred, double[] Means, double Grand) Centre(float[] kernel, int n)
    {
        double[] means = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            foreach (float value in kernel.AsSpan(i * n, n))
                sum += value;
            means[i] = sum / n;
        }

        double grand = means.Sum() / n;
        var centred = new Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = ((double)kernel[(i * n) + j] + kernel[(j * n) + i]) / 2;
                centred[i, j] = centred[j, i] = value - means[i] - means[j] + grand;
            }
        }

        return (centred, means, grand);
    }

    /// <summary>The options of kernel principal component analysis.</summary>
    public sealed record Options
    {
        /// <summary>r, the number of components: 1 or more, at most the number of rows. Default 2.</summary>
        public int Rank { get; init; } = 2;

        /// <summary>The kernel's function. Default <see cref="KernelFunction.Rbf"/>.</summary>
        public KernelFunction Kernel { get; init; }

        /// <summary>γ of the kernel; 0 (the default) takes 1/d.</summary>
        public double Gamma { get; init; }

        /// <summary>c of the polynomial and the sigmoid kernel. Default 1.</summary>
        public double Coef0 { get; init; } = 1;

        /// <summary>The degree of the polynomial kernel. 1 or more; default 3.</summary>
        public int Degree { get; init; } = 3;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Rank), "The number of components.", o => o.Rank, (o, v) => o with { Rank = v }, minimum: 1)
            .Choice(nameof(Kernel), "The kernel's function.", o => o.Kernel, (o, v) => o with { Kernel = v })
            .Number(nameof(Gamma), "The factor of squared distances or products; 0 takes one over the number of features.",
                o => o.Gamma, (o, v) => o with { Gamma = v }, 0)
            .Number(nameof(Coef0), "The constant of the polynomial and the sigmoid kernel.", o => o.Coef0, (o, v) => o with { Coef0 = v })
            .Integer(nameof(Degree), "The degree of the polynomial kernel.", o => o.Degree, (o, v) => o with { Degree = v }, minimum: 1);
    }
}

/// <summary>
/// Projects vectors to kernel principal components. Its slots are named KPC1, KPC2, …; a row with a missing or infinite value gives missing values.
/// </summary>
public sealed class KernelPcaTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.KernelPca";

    private readonly float[] _rows;
    private readonly Kernel _kernel;
    private readonly KernelBasis _basis;
    private readonly double[] _means;
    private readonly double _grandMean;
    private readonly double[] _coefficients; // r × n: αc / √λc
    private readonly double[] _sums;         // of each row of coefficients
    private readonly double[] _offsets;      // Σi αci (mean i) / √λc
    private readonly double[] _eigenvalues;

    internal KernelPcaTransformer(
        InputOutputColumnPair column, int featureCount, float[] rows, Kernel kernel, double[] means, double grandMean, double[] coefficients,
        double[] eigenvalues) : base([column])
    {
        (FeatureCount, _rows, _kernel, _means, _grandMean) = (featureCount, rows, kernel, means, grandMean);
        (_coefficients, _eigenvalues) = (coefficients, eigenvalues);
        _basis = new KernelBasis(kernel, rows, featureCount);
        int n = means.Length;
        _sums = [.. Enumerable.Range(0, Rank).Select(c => TensorPrimitives.Sum<double>(coefficients.AsSpan(c * n, n)))];
        _offsets = [.. Enumerable.Range(0, Rank).Select(c => Dense.Dot(means, coefficients.AsSpan(c * n, n)))];
    }

    /// <summary>r, the number of components.</summary>
    public int Rank => _eigenvalues.Length;

    /// <summary>d, the number of features.</summary>
    public int FeatureCount { get; }

    /// <summary>The kernel.</summary>
    public Kernel Kernel => _kernel;

    /// <summary>r eigenvalues of the centred kernel matrix, decreasing; 0 where they cannot be told from it, and then that output is 0.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        _kernel.Save(context);
        context.Write("GrandMean", _grandMean);
        context.WriteArray<float>("Rows", _rows, _means.Length, FeatureCount);
        context.WriteArray<double>("Means", _means);
        context.WriteArray<double>("Coefficients", _coefficients, Rank, _means.Length);
        context.WriteArray<double>("Eigenvalues", _eigenvalues);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"KernelPca({Columns[0]}; {_kernel}, {_means.Length} rows, {FeatureCount} to {Rank})");

    internal static KernelPcaTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] shape = context.ReadShape("Rows");
        if (columns.Count != 1 || shape is not [> 0, > 0])
            throw context.Invalid("its rows are not a matrix for one column");
        float[] rows = context.ReadArray<float>("Rows", shape);
        double[] means = context.ReadArray<double>("Means", shape[0]), eigenvalues = context.ReadArray<double>("Eigenvalues");
        if (eigenvalues.Length == 0)
            throw context.Invalid("it has no components");
        double[] coefficients = context.ReadArray<double>("Coefficients", eigenvalues.Length, shape[0]);
        double grand = context.ReadDouble("GrandMean");
        if (!Array.TrueForAll(rows, float.IsFinite) || !Array.TrueForAll([.. means, .. coefficients, grand], double.IsFinite)
            || !Array.TrueForAll(eigenvalues, λ => λ >= 0 && double.IsFinite(λ)))
        {
            throw context.Invalid("a value of its rows or components is not finite");
        }

        return new(columns[0], shape[1], rows, Kernel.Load(context), means, grand, coefficients, eigenvalues);
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        VectorRows.Check(input, FeatureCount);
        var output = VectorRows.Output(Columns[index].OutputColumnName, "KPC", Rank);
        return new ColumnFunction([input], [output], () =>
        {
            float[] x = new float[FeatureCount], values = new float[_means.Length];
            return (batch, outputs) =>
            {
                if (outputs[0] is not VectorColumn<float> made)
                    return;
                var vectors = batch.Vectors<float>(input.Index);
                var projected = made.AllocateDense(batch.Count);
                for (int row = 0; row < batch.Count; row++)
                {
                    vectors.CopyRowTo(row, x);
                    Project(x, values, projected.Slice(row * Rank, Rank));
                }
            };
        });
    }

    // k̃(xi, x) = k(xi, x) − mean i − mean of k(·, x) + grand mean, of which all but the first is the same sum for all components.
    private void Project(float[] x, float[] values, Span<float> projected)
    {
        if (!Array.TrueForAll(x, float.IsFinite))
        {
            projected.Fill(float.NaN);
            return;
        }

        _basis.Products(x, 1, values);
        double mean = 0;
        foreach (float value in values)
            mean += value;
        mean /= values.Length;
        for (int c = 0; c < projected.Length; c++)
        {
            double along = Dense.Dot(values, _coefficients.AsSpan(c * values.Length, values.Length));
            projected[c] = (float)(along - _offsets[c] + ((_grandMean - mean) * _sums[c]));
        }
    }
}
