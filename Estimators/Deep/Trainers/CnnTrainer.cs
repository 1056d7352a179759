using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A convolutional neural network: learns from images of one size. Windows of a few pixels are looked at by the same weights wherever they lie, so that
/// what was learned in one place is known in all.
/// </summary>
/// <remarks>
/// <para><b>Images.</b> The features are pixels. Their shape is that of the column: [height, width] or [channels, height, width] or [height, width,
/// channels]; a plain vector is taken for a square grey image where it can be one; <see cref="Options.ImageShape"/> says it otherwise. Pixels need no
/// normalisation: the mean and the deviation of each channel are measured in training and kept with the model.</para>
/// <para><b>Model.</b> Stages of convolution, batch normalisation and ReLU, each ended by taking the largest of 2 × 2; then fully connected layers with
/// dropout before them. As a <see cref="Options.Residual"/> network: blocks y = ReLU(x + F(x)) of two convolutions, and the mean of each channel at the end.
/// <see cref="CnnArchitecture"/> holds the whole of it.</para>
/// <para><b>Objective and how.</b> As every network's: <see cref="NetworkTrainerOptions"/>. Training images may be changed at random in each epoch: shifted,
/// mirrored, turned, brightened, made noisy, cut.</para>
/// <para><b>Cost.</b> For each image and epoch about six operations for each weight of a convolution and pixel of its result.</para>
/// <para><b>Use it</b> for images, from about a thousand on; for fewer, a linear model of the pixels is often as good.</para>
/// <para><b>References.</b> Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, <i>Gradient-based learning applied to document recognition</i>, Proceedings of the
/// IEEE 86, 1998; S. Ioffe, C. Szegedy, <i>Batch normalization</i>, ICML 2015; K. He, X. Zhang, S. Ren, J. Sun, <i>Deep residual learning for image
/// recognition</i>, CVPR 2016.</para>
/// </remarks>
public static class CnnTrainer
{
    /// <summary>The options of convolutional networks.</summary>
    public sealed record Options : NetworkTrainerOptions
    {
        /// <summary>Sets the defaults: 30 epochs of batches of 32, a learning rate that rises to 0.003 and falls again.</summary>
        public Options() => (Epochs, BatchSize, LearningRate, Schedule) = (30, 32, 0.003, NetworkSchedule.OneCycle);

        /// <summary>
        /// The dimensions of an image: height,width or channels,height,width or height,width,channels. Empty, the default, takes those of the column, or a
        /// square of grey pixels where it has none.
        /// </summary>
        public IReadOnlyList<int> ImageShape { get; init; } = [];

        /// <summary>The channels of each stage's results, one or more stages; between stages images halve. Default 32, 64.</summary>
        public IReadOnlyList<int> Channels { get; init; } = [32, 64];

        /// <summary>The convolutions of a stage, or its residual blocks of two. 1 to 64; default 1.</summary>
        public int LayersPerStage { get; init; } = 1;

        /// <summary>The side of each convolution's window in pixels, an odd number from 1; default 3.</summary>
        public int KernelSize { get; init; } = 3;

        /// <summary>The units of each fully connected layer between the convolutions and the last one; each 1 or more. Default one of 128.</summary>
        public IReadOnlyList<int> DenseUnits { get; init; } = [128];

        /// <summary>
        /// Whether stages are made of residual blocks, of 3 × 3 windows and normalised whatever the other options say, whose results end as means of
        /// channels. Default false.
        /// </summary>
        public bool Residual { get; init; }

        /// <summary>Whether each convolution's results are normalised over the batch. Default true.</summary>
        public bool BatchNorm { get; init; } = true;

        /// <summary>The part of the numbers before each fully connected layer that is dropped in training. 0 to 0.9; default 0.3.</summary>
        public double Dropout { get; init; } = 0.3;

        /// <summary>In training: the most pixels by which images are shifted in each direction. 0 or more; default 1.</summary>
        public int MaximumShift { get; init; } = 1;

        /// <summary>In training: whether every other image is mirrored, left to right. Default false: a mirrored 3 is no 3.</summary>
        public bool HorizontalFlip { get; init; }

        /// <summary>In training: the most degrees by which images are turned. 0 to 180; default 0.</summary>
        public double MaximumRotation { get; init; }

        /// <summary>In training: the most by which images become brighter or darker, in standard deviations of the channel. 0 or more; default 0.</summary>
        public double Brightness { get; init; }

        /// <summary>In training: the deviation of noise that is added to pixels, in standard deviations of the channel. 0 or more; default 0.</summary>
        public double Noise { get; init; }

        /// <summary>In training: the side in pixels of a square that is cut out at a random place. 0, the default, for none.</summary>
        public int Cutout { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .IntegerList(nameof(ImageShape), "An image's height,width or channels,height,width; empty takes the column's dimensions.",
                o => o.ImageShape, (o, v) => o with { ImageShape = v }, minimum: 1)
            .IntegerList(nameof(Channels), "The channels of each stage; between stages images halve.",
                o => o.Channels, (o, v) => o with { Channels = v }, minimum: 1)
            .Integer(nameof(LayersPerStage), "The convolutions of a stage, or its residual blocks of two.",
                o => o.LayersPerStage, (o, v) => o with { LayersPerStage = v }, minimum: 1, maximum: 64)
            .Integer(nameof(KernelSize), "The side of each convolution's window, odd.",
                o => o.KernelSize, (o, v) => o with { KernelSize = v }, minimum: 1)
            .IntegerList(nameof(DenseUnits), "The units of each fully connected layer before the last.",
                o => o.DenseUnits, (o, v) => o with { DenseUnits = v }, minimum: 1)
            .Boolean(nameof(Residual), "Make a residual network.",
                o => o.Residual, (o, v) => o with { Residual = v })
            .Boolean(nameof(BatchNorm), "Normalise each convolution's results over the batch.",
                o => o.BatchNorm, (o, v) => o with { BatchNorm = v })
            .Number(nameof(Dropout), "The part of the numbers before fully connected layers that is dropped in training.",
                o => o.Dropout, (o, v) => o with { Dropout = v }, minimum: 0, maximum: 0.9)
            .Integer(nameof(MaximumShift), "In training: the most pixels by which images are shifted.",
                o => o.MaximumShift, (o, v) => o with { MaximumShift = v }, minimum: 0)
            .Boolean(nameof(HorizontalFlip), "In training: mirror every other image, left to right.",
                o => o.HorizontalFlip, (o, v) => o with { HorizontalFlip = v })
            .Number(nameof(MaximumRotation), "In training: the most degrees by which images are turned.",
                o => o.MaximumRotation, (o, v) => o with { MaximumRotation = v }, minimum: 0, maximum: 180)
            .Number(nameof(Brightness), "In training: the most by which images become brighter or darker, in deviations.",
                o => o.Brightness, (o, v) => o with { Brightness = v }, minimum: 0)
            .Number(nameof(Noise), "In training: the deviation of noise on pixels, in deviations.",
                o => o.Noise, (o, v) => o with { Noise = v }, minimum: 0)
            .Integer(nameof(Cutout), "In training: the side of a square that is cut out; 0 for none.",
                o => o.Cutout, (o, v) => o with { Cutout = v }, minimum: 0)
            .NetworkTraining();

        /// <inheritdoc/>
        protected internal override FeatureForms Forms => FeatureForms.Vector | FeatureForms.Shaped;

        /// <summary>No: whatever the pixels' scale, it is measured.</summary>
        protected internal override bool NeedsNormalization => false;

        /// <inheritdoc/>
        protected internal override NetworkArchitecture CreateArchitecture(TrainingData data, int outputs)
        {
            ArgumentNullException.ThrowIfNull(data);
            RequireBatchesOfTwo((int)(data.Rows * (1 - ValidationFraction)));
            var layout = LayoutOf(data.Features);
            var (means, deviations) = ImageScaling.Measure(data.Features, layout);
            return new CnnArchitecture(layout, means, deviations, outputs, this);
        }

        private ImageLayout LayoutOf(FeatureMatrix features)
        {
            int d = features.Columns;
            var dimensions = ImageShape.Count > 0 ? ImageShape : features.Dimensions;
            if (ImageLayout.Of(dimensions) is { } layout && layout.Size == d) return layout;
            string given = string.Join(" × ", dimensions);
            throw new DataException(ImageShape.Count > 0
                ? $"{nameof(ImageShape)} is {given}, but there are {d} features in a row. It is height,width or channels,height,width or height,width,channels, whose product is the number of features."
                : $"The features are no images: {given} is neither a square of grey pixels nor height × width with channels. "
                    + $"Set {nameof(ImageShape)} to height,width or channels,height,width; or give the column dimensions, as Transforms.ExtractPixels does.");
        }

        // Batch normalisation needs the variance of a batch. Batches are of one size, give or take a row.
        private void RequireBatchesOfTwo(int rows)
        {
            long batches = ((long)rows + BatchSize - 1) / BatchSize;
            if (!(BatchNorm || Residual) || (rows > 0 && rows / batches >= 2)) return;
            throw new DataException(
                $"{nameof(BatchNorm)} needs two images or more in every batch, and {rows} images in batches of {BatchSize} leave one alone. "
                + $"Give it more images, raise {nameof(BatchSize)}, or set {nameof(BatchNorm)} to false, without {nameof(Residual)}.");
        }

        /// <inheritdoc/>
        protected internal override IExamples CreateExamples(FeatureMatrix features, NetworkArchitecture architecture, bool isTraining)
        {
            ArgumentNullException.ThrowIfNull(architecture);
            var augmentation = ((CnnArchitecture)architecture).Augmentation(this);
            return new FeatureExamples(features, architecture.Input, isTraining && !augmentation.IsEmpty ? augmentation : null);
        }

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            if (Channels.Count is < 1 or > 64) throw new OptionException($"Channels names one stage or more, up to 64; there are {Channels.Count}.");
            if (DenseUnits.Count > 64) throw new OptionException($"DenseUnits names at most 64 layers; there are {DenseUnits.Count}.");
            if (ImageShape.Count > 3 || ImageShape.Count == 1) throw new OptionException($"ImageShape is height,width or channels,height,width; it has {ImageShape.Count} numbers.");
            if (KernelSize % 2 == 0) throw new OptionException($"KernelSize is {KernelSize}, but it is odd, so that a window has a middle.");
            return this with { ImageShape = [.. ImageShape], Channels = [.. Channels], DenseUnits = [.. DenseUnits], Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Cnn({All.Changes(this)})";
    }
}

/// <summary>A convolutional network for two classes; see <see cref="CnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class CnnBinaryTrainer(CnnTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>A convolutional network for several classes; see <see cref="CnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class CnnMulticlassTrainer(CnnTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>A convolutional network that predicts a number; see <see cref="CnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class CnnRegressionTrainer(CnnTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
