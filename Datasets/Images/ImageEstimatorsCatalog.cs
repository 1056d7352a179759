using MLPath.Datasets;
using MLPath.Transforms.Image;
using static MLPath.Transforms.Image.ImagePixelExtractingEstimator;

namespace MLPath;

/// <summary>The transforms of images: members of <c>ml.Transforms</c>; and folders of images: a member of <c>ml.Data</c>.</summary>
public static class ImageEstimatorsCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Loads the image files that a text column names: PNG, BMP, Netpbm, and what <see cref="Data.ImageDecoders"/> was given.</summary>
        /// <param name="outputColumnName">The column of images to make.</param>
        /// <param name="imageFolder">The folder that relative paths start from; null or empty for the current one.</param>
        /// <param name="inputColumnName">The text column; the one that is replaced when null. An empty path is a missing image.</param>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        public ImageLoadingEstimator LoadImages(string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
            new(imageFolder, type: true, new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Loads the bytes of the files that a text column names, as they are.</summary>
        /// <param name="outputColumnName">The column to make: vectors of Byte, each of its file's length.</param>
        /// <param name="imageFolder">The folder that relative paths start from; null or empty for the current one.</param>
        /// <param name="inputColumnName">The text column; the one that is replaced when null. An empty path gives an empty vector.</param>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        public ImageLoadingEstimator LoadRawImageBytes(string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
            new(imageFolder, type: false, new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Makes images of one size.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="imageWidth">The columns of pixels to make; at least 1.</param>
        /// <param name="imageHeight">The rows of pixels to make; at least 1.</param>
        /// <param name="inputColumnName">The column of images; the one that is replaced when null.</param>
        /// <param name="resizing">What is done where the proportions differ.</param>
        /// <param name="cropAnchor">Which part stays when cropping.</param>
        public ImageResizingEstimator ResizeImages(
            string outputColumnName, int imageWidth, int imageHeight, string? inputColumnName = null,
            ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
            ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center) =>
            new(imageWidth, imageHeight, resizing, cropAnchor, new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Takes the colour out of images.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of images; the one that is replaced when null.</param>
        public ImageGrayscalingEstimator ConvertToGrayscale(string outputColumnName, string? inputColumnName = null) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Makes vectors of the pixels of images of one size: (value − offset) × scale, values from 0 to 255.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of images; the one that is replaced when null.</param>
        /// <param name="colorsToExtract">The colours wanted.</param>
        /// <param name="orderOfExtraction">Their order; of <c>ARGB</c> without alpha, red is the first.</param>
        /// <param name="interleavePixelColors">Whether vectors are height × width × colours; otherwise they are colours × height × width.</param>
        /// <param name="offsetImage">What is subtracted from each value first.</param>
        /// <param name="scaleImage">What the difference is multiplied by; not 0.</param>
        /// <param name="outputAsFloatArray">Whether values are Single; otherwise they are Byte, without offset and scale.</param>
        public ImagePixelExtractingEstimator ExtractPixels(
            string outputColumnName, string? inputColumnName = null, ColorBits colorsToExtract = ColorBits.Rgb,
            ColorsOrder orderOfExtraction = ColorsOrder.ARGB, bool interleavePixelColors = false, float offsetImage = 0, float scaleImage = 1,
            bool outputAsFloatArray = true) =>
            new(colorsToExtract, orderOfExtraction, interleavePixelColors, offsetImage, scaleImage, outputAsFloatArray,
                new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Makes images of vectors: value × scale − offset, rounded and limited to 0 to 255.</summary>
        /// <param name="imageHeight">The rows of pixels; at least 1.</param>
        /// <param name="imageWidth">The columns of pixels; at least 1.</param>
        /// <param name="outputColumnName">The column of images to make.</param>
        /// <param name="inputColumnName">The column of vectors; the one that is replaced when null.</param>
        /// <param name="colorsPresent">The colours that the vectors have.</param>
        /// <param name="orderOfColors">Their order.</param>
        /// <param name="interleavedColors">Whether vectors are height × width × colours; otherwise they are colours × height × width.</param>
        /// <param name="scaleImage">What each value is multiplied by.</param>
        /// <param name="offsetImage">What is subtracted from the product.</param>
        /// <param name="defaultAlpha">Alpha where the vectors have none; 0 to 255.</param>
        /// <param name="defaultRed">Red where the vectors have none; 0 to 255.</param>
        /// <param name="defaultGreen">Green where the vectors have none; 0 to 255.</param>
        /// <param name="defaultBlue">Blue where the vectors have none; 0 to 255.</param>
        public VectorToImageConvertingEstimator ConvertToImage(
            int imageHeight, int imageWidth, string outputColumnName, string? inputColumnName = null, ColorBits colorsPresent = ColorBits.Rgb,
            ColorsOrder orderOfColors = ColorsOrder.ARGB, bool interleavedColors = false, float scaleImage = 1, float offsetImage = 0,
            int defaultAlpha = 255, int defaultRed = 0, int defaultGreen = 0, int defaultBlue = 0) =>
            new(
                new VectorToImageConvertingEstimator.Options(imageHeight, imageWidth)
                {
                    ColorsPresent = colorsPresent,
                    OrderOfColors = orderOfColors,
                    InterleavedColors = interleavedColors,
                    ScaleImage = scaleImage,
                    OffsetImage = offsetImage,
                    DefaultAlpha = defaultAlpha,
                    DefaultRed = defaultRed,
                    DefaultGreen = defaultGreen,
                    DefaultBlue = defaultBlue,
                },
                new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>
        /// Adds randomly changed copies of images to the rows, in training alone. Each pass gives the same copies; for more variety make more of them.
        /// </summary>
        /// <param name="columnName">The column that is changed: images, or vectors of Single with dimensions channels × height × width or height × width.</param>
        /// <param name="copies">How many changed copies each row gets; at least 1.</param>
        /// <param name="horizontalFlip">The probability that left and right change places.</param>
        /// <param name="maximumShift">The most pixels by which the image is shifted along each side.</param>
        /// <param name="maximumRotation">The most degrees by which it is turned.</param>
        /// <param name="maximumZoom">By which part it is enlarged or reduced at most: 0.25 for a factor from 1/1.25 to 1.25.</param>
        /// <param name="brightness">By which part colours are multiplied up or down at most.</param>
        /// <param name="contrast">By which part the distance of colours from their mean is changed at most.</param>
        /// <param name="erasing">The probability that a rectangle is set to 0.</param>
        /// <exception cref="Runtime.OptionException">A value is out of its range, or all changes are off.</exception>
        public ImageAugmentingEstimator AugmentImages(
            string columnName, int copies = 1, double horizontalFlip = 0, int maximumShift = 0, double maximumRotation = 0, double maximumZoom = 0,
            double brightness = 0, double contrast = 0, double erasing = 0) =>
            catalog.AugmentImages(new ImageAugmentingEstimator.Options
            {
                ColumnName = columnName,
                Copies = copies,
                HorizontalFlip = horizontalFlip,
                MaximumShift = maximumShift,
                MaximumRotation = maximumRotation,
                MaximumZoom = maximumZoom,
                Brightness = brightness,
                Contrast = contrast,
                Erasing = erasing,
            });

        /// <summary>Adds randomly changed copies of images to the rows, in training alone.</summary>
        /// <param name="options">What is changed, and how much.</param>
        /// <exception cref="Runtime.OptionException">A value is out of its range, or all changes are off.</exception>
        public ImageAugmentingEstimator AugmentImages(ImageAugmentingEstimator.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
        }
    }

    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Lists a folder of classified images, which has a folder for each class.</summary>
        /// <param name="folder">The folder.</param>
        /// <param name="options">Which files are images, and whether they are loaded; the defaults when omitted.</param>
        /// <param name="cancellationToken">Ends the search early.</param>
        /// <returns>
        /// A row for each image, by class and path in ordinal order: <c>ImagePath</c> (from <paramref name="folder"/>, with slashes), <c>Label</c> (the
        /// class, text) and, where wanted, <c>Image</c>. Hidden files and folders are left out.
        /// </returns>
        /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
        /// <exception cref="DataException">There are no classes, or one has no images.</exception>
        public IDataView LoadFromImageFolder(string folder, ImageFolderOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(folder);
            return ImageFolder.Load(folder, options ?? new(), cancellationToken);
        }
    }
}
