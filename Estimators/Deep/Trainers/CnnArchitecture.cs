using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A convolutional network: stages of convolutions, between which images halve and get more channels; then fully connected layers, or in a residual
/// network the mean of each channel over the image.
/// </summary>
public sealed class CnnArchitecture : NetworkArchitecture
{
    internal const string Id = "MLPath.CnnArchitecture";

    // More of anything is no sensible network, and would keep a reader of a hostile file busy.
    private const int Most = 64;

    private readonly float[] _means, _deviations;

    /// <summary>Describes a network.</summary>
    /// <param name="layout">How images lie in features.</param>
    /// <param name="means">The mean of each channel of the images, which is subtracted first.</param>
    /// <param name="deviations">The deviation of each channel of the images, by which the difference is divided.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="options">The sizes and choices.</param>
    internal CnnArchitecture(ImageLayout layout, float[] means, float[] deviations, int outputs, CnnTrainer.Options options)
        : this(layout, means, deviations, outputs)
    {
        (Channels, LayersPerStage, KernelSize, DenseUnits) = ([.. options.Channels], options.LayersPerStage, options.KernelSize, [.. options.DenseUnits]);
        (Residual, BatchNorm, Dropout) = (options.Residual, options.BatchNorm, options.Dropout);
    }

    private CnnArchitecture(ImageLayout layout, float[] means, float[] deviations, int outputs) =>
        (Layout, _means, _deviations, Outputs) = (layout, means, deviations, outputs);

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override NetworkInput Input => NetworkInput.Numbers([.. Layout.Dimensions]);

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <summary>How images lie in features.</summary>
    public ImageLayout Layout { get; }

    /// <summary>The channels of each stage's results.</summary>
    public IReadOnlyList<int> Channels { get; private init; } = [];

    /// <summary>The convolutions of a stage, or its residual blocks of two.</summary>
    public int LayersPerStage { get; private init; }

    /// <summary>The side of each convolution's window, odd.</summary>
    public int KernelSize { get; private init; }

    /// <summary>The units of each fully connected layer before the last.</summary>
    public IReadOnlyList<int> DenseUnits { get; private init; } = [];

    /// <summary>Whether stages are made of residual blocks.</summary>
    public bool Residual { get; private init; }

    /// <summary>Whether each convolution's results are normalised over the batch.</summary>
    public bool BatchNorm { get; private init; }

    /// <summary>The part of the numbers before each fully connected layer that is dropped in training.</summary>
    public double Dropout { get; private init; }

    /// <inheritdoc/>
    public override Network Build()
    {
        var layers = new Sequential { new ImageScaling(Layout, _means, _deviations) };
        var (channels, height, width) = Residual ? AddResidualStages(layers) : AddStages(layers);
        if (Residual)
        {
            layers.Add(new GlobalAveragePool());
            (height, width) = (1, 1);
        }
        else
        {
            layers.Add(new Flatten());
        }

        int units = checked(channels * height * width);
        foreach (int next in DenseUnits)
        {
            AddDropout(layers);
            layers.Add(new Linear(units, next, initializer: new Initializer.KaimingUniform()));
            layers.Add(new Activation(UnaryFunction.ReLU));
            units = next;
        }

        AddDropout(layers);
        layers.Add(new Linear(units, Outputs));
        return new LayerNetwork(layers);
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteArray<int>("Image", [Layout.Channels, Layout.Height, Layout.Width]);
        context.Write(nameof(Layout.IsInterleaved), Layout.IsInterleaved);
        context.WriteArray<float>("Means", _means);
        context.WriteArray<float>("Deviations", _deviations);
        context.Write(nameof(Outputs), Outputs);
        context.WriteArray<int>(nameof(Channels), [.. Channels]);
        context.Write(nameof(LayersPerStage), LayersPerStage);
        context.Write(nameof(KernelSize), KernelSize);
        context.WriteArray<int>(nameof(DenseUnits), [.. DenseUnits]);
        context.Write(nameof(Residual), Residual);
        context.Write(nameof(BatchNorm), BatchNorm);
        context.Write(nameof(Dropout), Dropout);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{(Residual ? "residual network" : "convolutional network")} of {Layout.Channels} × {Layout.Height} × {Layout.Width} images: channels {string.Join(", ", Channels)}"
        + $"{(DenseUnits.Count > 0 ? $", units {string.Join(", ", DenseUnits)}" : "")}, {Outputs} outputs");

    /// <summary>What changes training images.</summary>
    internal ImageAugmentation Augmentation(CnnTrainer.Options options) => new(Layout, _means, _deviations)
    {
        MaximumShift = options.MaximumShift,
        HorizontalFlip = options.HorizontalFlip,
        MaximumRotation = options.MaximumRotation,
        Brightness = options.Brightness,
        Noise = options.Noise,
        Cutout = options.Cutout,
    };

    internal static CnnArchitecture Load(ModelLoadContext context)
    {
        int[] image = context.ReadArray<int>("Image", 3);
        if (Array.Exists(image, length => length < 1) || (long)image[0] * image[1] * image[2] > int.MaxValue) throw context.Invalid("its images have no sensible size");
        var layout = new ImageLayout(image[0], image[1], image[2], context.ReadBoolean(nameof(Layout.IsInterleaved)));
        float[] means = context.ReadArray<float>("Means", image[0]), deviations = context.ReadArray<float>("Deviations", image[0]);
        var loaded = new CnnArchitecture(layout, means, deviations, context.ReadInt32(nameof(Outputs)))
        {
            Channels = context.ReadArray<int>(nameof(Channels)),
            LayersPerStage = context.ReadInt32(nameof(LayersPerStage)),
            KernelSize = context.ReadInt32(nameof(KernelSize)),
            DenseUnits = context.ReadArray<int>(nameof(DenseUnits)),
            Residual = context.ReadBoolean(nameof(Residual)),
            BatchNorm = context.ReadBoolean(nameof(BatchNorm)),
            Dropout = context.ReadDouble(nameof(Dropout)),
        };
        return loaded.HasSensibleSizes ? loaded : throw context.Invalid("its sizes make no network");
    }

    private bool HasSensibleSizes =>
        Outputs >= 1 && Channels.Count is >= 1 and <= Most && DenseUnits.Count <= Most && LayersPerStage is >= 1 and <= Most
        && Channels.Concat(DenseUnits).All(n => n >= 1) && KernelSize >= 1 && KernelSize % 2 == 1 && Dropout is >= 0 and < 1;

    // Convolution, normalisation, ReLU; a stage ends with pooling over 2 × 2, as long as there is something to pool.
    private (int Channels, int Height, int Width) AddStages(Sequential layers)
    {
        int channels = Layout.Channels, height = Layout.Height, width = Layout.Width;
        foreach (int next in Channels)
        {
            for (int i = 0; i < LayersPerStage; i++)
            {
                AddConvolution(layers, channels, next);
                channels = next;
            }

            if (height == 1 && width == 1) continue;
            var window = new Extent(Math.Min(2, height), Math.Min(2, width));
            layers.Add(new MaxPool2d(window));
            (height, width) = (height / window.Height, width / window.Width);
        }

        return (channels, height, width);
    }

    // K. He et al., CVPR 2016: a convolution, then stages of blocks of 3 × 3, normalised; the first block of each but the first stage halves the image.
    private (int Channels, int Height, int Width) AddResidualStages(Sequential layers)
    {
        int channels = Channels[0], height = Layout.Height, width = Layout.Width;
        AddConvolution(layers, Layout.Channels, channels);
        for (int stage = 0; stage < Channels.Count; stage++)
        {
            for (int i = 0; i < LayersPerStage; i++)
            {
                int stride = stage > 0 && i == 0 && Math.Max(height, width) > 1 ? 2 : 1;
                layers.Add(new ResidualBlock(channels, Channels[stage], stride));
                (channels, height, width) = (Channels[stage], (height + stride - 1) / stride, (width + stride - 1) / stride);
            }
        }

        return (channels, height, width);
    }

    private void AddConvolution(Sequential layers, int inputs, int outputs)
    {
        layers.Add(new Conv2d(inputs, outputs, KernelSize, padding: KernelSize / 2, bias: !BatchNorm, initializer: new Initializer.KaimingUniform()));
        if (BatchNorm) layers.Add(new BatchNorm(outputs));
        layers.Add(new Activation(UnaryFunction.ReLU));
    }

    private void AddDropout(Sequential layers)
    {
        if (Dropout > 0) layers.Add(new Dropout(Dropout));
    }
}
