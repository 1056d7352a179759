using System.Globalization;
using System.Numerics.Tensors;
using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Trainers;
using Tensor = MLPath.Deep.Tensor;

namespace MLPath.Transforms;

/// <summary>
/// An autoencoder: learns to write d features as a code of a few numbers from which they can be told again. A bent relative of principal components; the
/// error of what is told again shows rows unlike those it learned from.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> With z the features, each less its mean and divided by its deviation in training: the code c = f(z) and the reconstruction ẑ = g(c), by
/// networks of fully connected layers with ReLU between them.</para>
/// <para><b>Objective.</b> The mean over rows and features of (ẑ − z)², plus λ times the mean of |c| (<see cref="Options.Sparsity"/>). With
/// <see cref="Options.Noise"/> the code is made of z + noise, so that the network learns what features tell of each other and not to copy.</para>
/// <para><b>How.</b> Mini-batches in a new order every epoch, Adam, a learning rate that falls to 0 along half a cosine. The result does not depend on the
/// number of threads.</para>
/// <para><b>Cost.</b> About six operations for each weight, row and epoch; scoring a third of that.</para>
/// <para><b>Use it</b> where the features lie on something bent in their space, and there are some thousand rows; otherwise
/// <c>ProjectToPrincipalComponents</c> is quicker and as good.</para>
/// <para><b>References.</b> G. Hinton, R. Salakhutdinov, <i>Reducing the dimensionality of data with neural networks</i>, Science 313, 2006; P. Vincent, H.
/// Larochelle, Y. Bengio, P. Manzagol, <i>Extracting and composing robust features with denoising autoencoders</i>, ICML 2008.</para>
/// </remarks>
public sealed class AutoencodingEstimator : IEstimator<AutoencodingTransformer>, IHasOptions
{
    private readonly Options _options;

    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, the code; and the column it is made of, a vector of Single of known size.</param>
    /// <param name="options">The options; the defaults when null.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public AutoencodingEstimator(InputOutputColumnPair column, Options? options = null)
    {
        Options.All.Validate(options ??= new());
        if (options.HiddenUnits.Count > AutoencodingTransformer.MostLayers)
            throw new OptionException($"HiddenUnits names at most {AutoencodingTransformer.MostLayers} layers; there are {options.HiddenUnits.Count}.");
        if (options.ErrorColumnName is { } name && (name.Length == 0 || name == column.OutputColumnName))
            throw new OptionException($"ErrorColumnName is '{name}'; it is the name of another column than the code's.");
        (Column, _options) = (column, options with { HiddenUnits = [.. options.HiddenUnits] });
    }

    /// <summary>The code's column, and the column it is made of.</summary>
    public InputOutputColumnPair Column { get; }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var input = inputSchema[Column.InputColumnName];
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.IsKey || input.ItemType != NumberDataViewType.Single)
            throw AutoencodingTransformer.WrongType(input.Name, "a vector of Single of known size", input.TypeText);
        var slotNames = new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        List<SchemaShape.Column> made =
            [new(Column.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape([slotNames]), [_options.CodeSize])];
        if (_options.ErrorColumnName is { } error)
            made.Add(new(error, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false));
        return inputSchema.With(made);
    }

    /// <inheritdoc/>
    public AutoencodingTransformer Fit(IDataView input, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        context.Checkpoint();
        var data = TrainingData.Read(input, Column.InputColumnName, null, sparse: false, context);
        var (n, d) = (data.Rows, data.Features.Columns);
        var (means, deviations) = Measure(data.Features);
        var network = new AutoencoderNetwork(d, _options.HiddenUnits, _options.CodeSize);
        var backend = new CpuBackend(context.Threads);
        network.Initialize(backend, context.CreateRandom("weights", _options.Seed));
        var optimizer = new Adam(network.Parameters().Select(p => p.Parameter));
        RandomStream order = context.CreateRandom("order", _options.Seed), noise = context.CreateRandom("noise", _options.Seed);
        float[] batch = new float[Math.Min(_options.BatchSize, n) * d], changed = new float[batch.Length];
        int batches = (n + _options.BatchSize - 1) / _options.BatchSize;
        var losses = new List<double>();
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            int[] rows = order.Derive(epoch).Permutation(n);
            double sum = 0;
            for (int b = 0; b < batches; b++)
            {
                context.Checkpoint();

                // Batches of one size, give or take a row.
                int start = (int)((long)n * b / batches), count = (int)((long)n * (b + 1) / batches) - start;
                for (int i = 0; i < count; i++) Scale(data.Features.Row(rows[start + i]), means, deviations, batch.AsSpan(i * d, d));
                AddNoise(batch.AsSpan(0, count * d), changed, noise.Derive(epoch).Derive(b));
                optimizer.LearningRate = _options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (epoch + ((double)b / batches)) / _options.Epochs));
                double loss = Step(network, optimizer, backend, batch.AsSpan(0, count * d), changed.AsSpan(0, count * d), count, d);
                if (!double.IsFinite(loss))
                    throw new DataException($"The loss grew beyond all bounds in epoch {epoch + 1}. Lower {nameof(Options.LearningRate)}.");
                sum += loss * count;
            }

            losses.Add(sum / n);
            context.Report(epoch + 1, _options.Epochs, sum / n);
        }

        var history = new TrainingHistory(losses.Count, false, $"All {_options.Epochs} epochs were done.", losses.AsReadOnly());
        return new AutoencodingTransformer(Column, _options.ErrorColumnName, _options.HiddenUnits, _options.CodeSize, means, deviations, network.GetState(), history)
        {
            FittedOn = input.Lineage,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Autoencoder({Column}; CodeSize={_options.CodeSize})");

    private double Step(AutoencoderNetwork network, Adam optimizer, CpuBackend backend, ReadOnlySpan<float> batch, ReadOnlySpan<float> changed, int rows, int d)
    {
        using var scope = TensorScope.Begin();
        var target = Tensor.From(backend, batch, [rows, d]);
        var code = network.Encoder.Forward(_options.Noise > 0 ? Tensor.From(backend, changed, [rows, d]) : target, Pass.Scoring);
        var loss = Loss.MeanSquaredError(network.Decoder.Forward(code, Pass.Scoring), target);
        if (_options.Sparsity > 0) loss += (float)_options.Sparsity * code.Abs().Mean();
        optimizer.ClearGradients();
        loss.Backward();
        optimizer.Step();
        return loss.Item();
    }

    private void AddNoise(ReadOnlySpan<float> batch, float[] changed, RandomStream random)
    {
        if (_options.Noise <= 0) return;
        for (int i = 0; i < batch.Length; i++) changed[i] = batch[i] + (float)(_options.Noise * random.NextGaussian());
    }

    private static (float[] Means, float[] Deviations) Measure(FeatureMatrix features)
    {
        int d = features.Columns;
        double[] means = new double[d], variances = new double[d];
        Dense.ColumnVariances(features.Values, features.Rows, d, means, variances);
        return (Array.ConvertAll(means, m => (float)m), Array.ConvertAll(variances, v => (float)Math.Sqrt(v) is > 0 and var deviation ? deviation : 1));
    }

    /// <summary>z = (x − mean) / deviation.</summary>
    internal static void Scale(ReadOnlySpan<float> x, ReadOnlySpan<float> means, ReadOnlySpan<float> deviations, Span<float> z)
    {
        TensorPrimitives.Subtract(x, means, z);
        TensorPrimitives.Divide(z, deviations, z);
    }

    /// <summary>The options of an autoencoder.</summary>
    public sealed record Options
    {
        /// <summary>The units of the layers between features and code; the same in reverse between code and reconstruction. Each 1 or more; default one of 64.</summary>
        public IReadOnlyList<int> HiddenUnits { get; init; } = [64];

        /// <summary>The numbers of a code. 1 or more; default 8.</summary>
        public int CodeSize { get; init; } = 8;

        /// <summary>The standard deviation of noise that is added to features in training, in deviations of the feature. 0 or more; default 0.</summary>
        public double Noise { get; init; }

        /// <summary>λ, the strength of the penalty on the mean of |code|, which makes codes of few numbers other than 0. 0 or more; default 0.</summary>
        public double Sparsity { get; init; }

        /// <summary>How many times every row is learned from. 1 or more; default 50.</summary>
        public int Epochs { get; init; } = 50;

        /// <summary>How many rows a step is computed from, all of them where there are fewer. 1 or more; default 32.</summary>
        public int BatchSize { get; init; } = 32;

        /// <summary>The size of the first step; it falls to 0 along half a cosine. Above 0; default 0.003.</summary>
        public double LearningRate { get; init; } = 0.003;

        /// <summary>A column to make of the mean squared error of each row's reconstruction, in deviations of the features; null, the default, for none.</summary>
        public string? ErrorColumnName { get; init; }

        /// <summary>The seed of the first weights, the order of rows and the noise; null (the default) takes the one of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .IntegerList(nameof(HiddenUnits), "The units of the layers between features and code.", o => o.HiddenUnits, (o, v) => o with { HiddenUnits = v }, minimum: 1)
            .Integer(nameof(CodeSize), "The numbers of a code.", o => o.CodeSize, (o, v) => o with { CodeSize = v }, minimum: 1)
            .Number(nameof(Noise), "The deviation of noise on features in training.", o => o.Noise, (o, v) => o with { Noise = v }, minimum: 0)
            .Number(nameof(Sparsity), "The strength of the penalty on the size of codes.", o => o.Sparsity, (o, v) => o with { Sparsity = v }, minimum: 0)
            .Integer(nameof(Epochs), "How many times every row is learned from.", o => o.Epochs, (o, v) => o with { Epochs = v }, minimum: 1)
            .Integer(nameof(BatchSize), "How many rows a step is computed from.", o => o.BatchSize, (o, v) => o with { BatchSize = v }, minimum: 1)
            .Number(nameof(LearningRate), "The size of the first step.", o => o.LearningRate, (o, v) => o with { LearningRate = v }, minimum: 0, exclusive: true)
            .Seed(o => o.Seed, (o, v) => o with { Seed = v });
    }
}
