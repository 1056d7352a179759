using MLPath.Datasets;
using MLPath.Datasets.Formats.Cifar;
using MLPath.Datasets.Formats.Idx;

namespace MLPath;

public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Reads images and their labels from two files in the IDX format, as of MNIST and Fashion-MNIST.</summary>
        /// <param name="imagesPath">The file of images, such as <c>train-images-idx3-ubyte.gz</c>; plain or gzip.</param>
        /// <param name="labelsPath">The file of labels, whole numbers in one dimension, as many as images; plain or gzip.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// <c>Pixels</c>, a vector with the images' dimensions (28 × 28 for MNIST), row by row from the top left: the numbers of the file as
        /// they are, 0 to 255 for bytes; and <c>Label</c>, the numbers as text ("0" to "9"). Pixels are of type Single, and of type Double
        /// where the file has 32-bit integers or 64-bit floating point, so that every number is exact. The numbers stay in memory as the
        /// file has them (47 MB for MNIST's 60,000 images) and become floating point batch by batch.
        /// </returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">A path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// A file is not IDX, is longer or shorter than its header states, or larger than 2 GB; or labels and images do not belong together.
        /// </exception>
        public IDataView LoadFromIdxFile(string imagesPath, string labelsPath, CancellationToken cancellationToken = default) =>
            IdxView.Load(imagesPath, labelsPath, cancellationToken);

        /// <summary>Reads one file in the IDX format.</summary>
        /// <param name="path">The file, plain or gzip.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// One column with a row for each step of the first dimension: <c>Pixels</c>, a vector of the other dimensions, or <c>Value</c>, a
        /// number, where there is no other. Types are those of the overload with labels.
        /// </returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">The file is not IDX, is longer or shorter than its header states, or larger than 2 GB.</exception>
        public IDataView LoadFromIdxFile(string path, CancellationToken cancellationToken = default) => IdxView.Load(path, cancellationToken);

        /// <summary>Reads a file of CIFAR-10 or CIFAR-100 in the binary version.</summary>
        /// <param name="path">The file, such as <c>test_batch.bin</c>; plain or gzip, but not the archive that holds several.</param>
        /// <param name="variant">Which of the sets. Default: CIFAR-10.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// <c>Pixels</c>, a vector of Single with dimensions 3 × 32 × 32: the planes red, green, blue, each row by row from the top left,
        /// with values from 0 to 255; and <c>Label</c>, the name of the class as text. CIFAR-100 has <c>CoarseLabel</c> before it. The
        /// pixels stay bytes in memory and become floating point batch by batch.
        /// </returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">The file does not consist of such records, or a label is out of range.</exception>
        public IDataView LoadFromCifarFile(
            string path, CifarVariant variant = CifarVariant.Cifar10, CancellationToken cancellationToken = default) =>
            CifarView.Load([path], variant, cancellationToken);

        /// <summary>Reads several files of CIFAR-10 or CIFAR-100 as one view, such as the five of the training set.</summary>
        /// <param name="paths">The files, at least one; the rows of each follow those of the one before.</param>
        /// <param name="variant">Which of the sets. Default: CIFAR-10.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>The columns of the overload for one file.</returns>
        /// <exception cref="ArgumentException">There is no file.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">A path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">A file does not consist of such records, or a label is out of range.</exception>
        public IDataView LoadFromCifarFile(
            IReadOnlyList<string> paths, CifarVariant variant = CifarVariant.Cifar10, CancellationToken cancellationToken = default) =>
            CifarView.Load(paths, variant, cancellationToken);
    }
}
