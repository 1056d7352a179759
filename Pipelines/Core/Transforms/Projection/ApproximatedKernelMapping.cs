using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>
/// Maps vectors to random Fourier features: z(x), whose inner products z(x)ᵀz(y) approximate a kernel k(x, y). A linear trainer on them learns
/// what the same trainer with the kernel would, in time linear in the rows.
/// </summary>
/// <remarks>
/// <para><b>How.</b> Frequencies w₁ … w_D are drawn from the Fourier transform of the kernel, angles b₁ … b_D uniformly. Then
/// z_i(x) = √(2/D) cos(w_iᵀx + b_i); or, with both bases, √(1/D) cos(w_iᵀx) and √(1/D) sin(w_iᵀx) side by side. The error of a product is about
/// 1/√D, and with both bases never above that of as many frequencies with one.</para>
/// <para><b>Scale.</b> The kernel is relative to r, the median distance of the training rows (of all pairs of them, or of 2500 random pairs of
/// up to 5000 rows), so that its default suits data of any unit; r is 1 where the median is 0 or there is only one row.</para>
/// <para><b>Missing values.</b> A row with a missing or infinite value is not learned from, and gives missing values.</para>
/// <para><b>Cost.</b> One pass; then D × d for a row of d values. Bring features of different units to one scale first.</para>
/// <para><b>Reference.</b> A. Rahimi, B. Recht, <i>Random features for large-scale kernel machines</i>, NIPS 2007.</para>
/// </remarks>
public sealed class ApproximatedKernelMappingEstimator : OneToOneEstimator<ApproximatedKernelTransformer>
{
    private const int MaximumSample = 5000;
    private const int MaximumPairs = 2500;
    private const int MaximumSampledValues = 1 << 26;

    private readonly int _rank;
    private readonly bool _both;
    private readonly KernelBase _kernel;
    private readonly int? _seed;

    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, and of which: a vector of Single of known size.</param>
    /// <param name="rank">D, the number of random frequencies, 1 or more.</param>
    /// <param name="useCosAndSinBases">Whether each frequency gives a cosine and a sine; a cosine with a random angle otherwise.</param>
    /// <param name="generator">The kernel; <see cref="GaussianKernel"/> with γ = 1 when null.</param>
    /// <param name="seed">The seed of the frequencies; that of the fit when null.</param>
    public ApproximatedKernelMappingEstimator(
        InputOutputColumnPair column, int rank = 1000, bool useCosAndSinBases = false, KernelBase? generator = null, int? seed = null)
        : base([column])
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, int.MaxValue / 2);
        (_rank, _both, _kernel, _seed) = (rank, useCosAndSinBases, generator ?? new GaussianKernel(), seed);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("ApproximatedKernelMap", Columns, Details(_rank, _both, $"{_kernel}"));

    internal static string Details(int rank, bool both, string kernel) =>
        FormattableString.Invariant($"{kernel}, {rank} frequencies{(both ? ", cosines and sines" : "")}");

    /// <inheritdoc/>
    protected override SchemaShape.Column GetOutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        ProjectionInput.Check(input);
        return new SchemaShape.Column(
            outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, dimensions: [_both ? 2 * _rank : _rank]);
    }

    /// <inheritdoc/>
    protected override ApproximatedKernelTransformer Fit(IDataView input, IReadOnlyList<DataViewSchema.Column> inputs, FitContext context)
    {
        int size = inputs[0].Type.ValueCount;
        if ((long)size * _rank > Array.MaxLength)
        {
            throw new DataException(FormattableString.Invariant(
                $"Column '{inputs[0].Name}' has {size} slots, too many for {_rank} frequencies. Reduce one of them."));
        }

        double scale = Scale(input, inputs[0], context);
        var random = context.CreateRandom("random Fourier features", _seed);
        float[] frequencies = new float[_rank * size];
        for (int i = 0; i < frequencies.Length; i++)
        {
            if (i % (1 << 20) == 0)
                context.Checkpoint();
            frequencies[i] = (float)_kernel.NextFrequency(random, scale);
        }

        float[] angles = new float[_both ? 0 : _rank];
        for (int i = 0; i < angles.Length; i++)
            angles[i] = (float)(2 * Math.PI * random.NextDouble());
        return new ApproximatedKernelTransformer(Columns[0], size, frequencies, angles, Details(_rank, _both, $"{_kernel}")) { FittedOn = input.Lineage };
    }

    /// <summary>The median distance of the training rows.</summary>
    private double Scale(IDataView input, DataViewSchema.Column column, FitContext context)
    {
        var random = context.CreateRandom("kernel scale", _seed);
        var sample = Sample(input, column, random, context);
        if (sample.Count < 2)
            return 1;
        var distances = new List<double>();
        long pairs = (long)sample.Count * (sample.Count - 1) / 2;
        if (pairs <= MaximumPairs)
        {
            for (int i = 0; i < sample.Count; i++)
            {
                for (int j = 0; j < i; j++)
                    distances.Add(_kernel.Distance(sample[i], sample[j]));
            }
        }
        else
        {
            while (distances.Count < MaximumPairs)
            {
                int i = random.NextInt32(sample.Count), j = random.NextInt32(sample.Count - 1);
                distances.Add(_kernel.Distance(sample[i], sample[j < i ? j : j + 1]));
            }
        }

        distances.Sort();
        double median = (distances[(distances.Count - 1) / 2] + distances[distances.Count / 2]) / 2;
        return median > 0 && double.IsFinite(median) ? median : 1;
    }

    // A uniform sample of the rows, by reservoir sampling (Vitter's algorithm R, 1985).
    private static List<float[]> Sample(IDataView input, DataViewSchema.Column column, RandomStream random, FitContext context)
    {
        int size = column.Type.ValueCount;
        int most = Math.Clamp(MaximumSampledValues / size, 2, MaximumSample);
        var sample = new List<float[]>();
        float[] row = new float[size];
        int seen = 0;
        using var cursor = input.GetBatchCursor([column], context.CancellationToken);
        while (cursor.MoveNext())
        {
            context.Checkpoint();
            var vectors = cursor.Current.Vectors<float>(column.Index);
            for (int r = 0; r < vectors.Count && seen < int.MaxValue; r++)
            {
                vectors.CopyRowTo(r, row);
                if (!ProjectionInput.AllFinite(row))
                    continue;
                seen++;
                if (sample.Count < most)
                    sample.Add([.. row]);
                else if (random.NextInt32(seen) is var place && place < most)
                    row.CopyTo(sample[place], 0);
            }
        }

        return sample;
    }
}

/// <summary>Maps vectors to random Fourier features.</summary>
public sealed class ApproximatedKernelTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.ApproximatedKernelMap";

    private readonly float[] _frequencies;
    private readonly float[] _angles;
    private readonly string _details;

    internal ApproximatedKernelTransformer(InputOutputColumnPair column, int size, float[] frequencies, float[] angles, string details) : base([column]) =>
        (InputSize, _frequencies, _angles, _details) = (size, frequencies, angles, details);

    /// <summary>d, the number of values of an input.</summary>
    public int InputSize { get; }

    /// <summary>D, the number of frequencies.</summary>
    public int Rank => _frequencies.Length / InputSize;

    /// <summary>The number of values of an output: D, or 2 D with both bases.</summary>
    public int OutputSize => UsesCosAndSinBases ? 2 * Rank : Rank;

    /// <summary>Whether each frequency gives a cosine and a sine.</summary>
    public bool UsesCosAndSinBases => _angles.Length == 0;

    /// <summary>The D × d frequencies, row-major.</summary>
    public ReadOnlySpan<float> Frequencies => _frequencies;

    /// <summary>The D angles, in radians; empty with both bases.</summary>
    public ReadOnlySpan<float> Angles => _angles;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Details", _details);
        context.WriteArray<float>("Frequencies", _frequencies, Rank, InputSize);
        context.WriteArray<float>("Angles", _angles);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe("ApproximatedKernelMap", Columns, _details);

    internal static ApproximatedKernelTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        int[] shape = context.ReadShape("Frequencies");
        if (columns.Count != 1 || shape is not [> 0, > 0])
            throw context.Invalid("its frequencies are not a matrix for one column");
        float[] frequencies = context.ReadArray<float>("Frequencies", shape);
        float[] angles = context.ReadArray<float>("Angles");
        if (angles.Length != 0 && angles.Length != shape[0])
            throw context.Invalid("it does not have one angle for each frequency, or none");
        if (!ProjectionInput.AllFinite(frequencies) || !ProjectionInput.AllFinite(angles))
            throw context.Invalid("a frequency or an angle is not finite");
        return new(columns[0], shape[1], frequencies, angles, context.ReadString("Details"));
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        ProjectionInput.Check(input, InputSize);
        var output = new DataViewSchema.DetachedColumn(Columns[index].OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, OutputSize));
        return ProjectionInput.ToFunction(input, output, Map);
    }

    private void Map(ReadOnlySpan<float> x, Span<float> z)
    {
        double factor = Math.Sqrt((UsesCosAndSinBases ? 1.0 : 2.0) / Rank);
        for (int i = 0; i < Rank; i++)
        {
            double phase = Dense.DotWide(x, _frequencies.AsSpan(i * InputSize, InputSize));
            if (UsesCosAndSinBases)
                (z[2 * i], z[(2 * i) + 1]) = ((float)(factor * Math.Cos(phase)), (float)(factor * Math.Sin(phase)));
            else
                z[i] = (float)(factor * Math.Cos(phase + _angles[i]));
        }
    }
}
