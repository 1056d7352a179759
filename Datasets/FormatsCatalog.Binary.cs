using MLPath.Data;
using MLPath.Datasets.Formats;
using MLPath.Datasets.Formats.Binary;
using MLPath.Runtime;

namespace MLPath;

/// <summary>Reading and writing data in formats of machine learning, and reading databases: members of <c>ml.Data</c>.</summary>
public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Writes a view in MLPath's binary format: columns of every type with all annotations, to the bit, compressed and with checksums.
        /// It is the fastest format to read again, and the one to keep prepared data in.
        /// </summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="stream">Where to; it need not seek, and stays open.</param>
        /// <param name="keepHidden">Whether columns hidden by a later one of the same name are written too. Default: false.</param>
        /// <param name="cancellationToken">Ends the writing early; what the stream has by then is not a whole file.</param>
        /// <exception cref="SchemaException">A column is of a type with a structure of its own, such as images.</exception>
        /// <remarks>The format is not that of ML.NET's <c>.idv</c> files; neither library reads the other's.</remarks>
        public void SaveAsBinary(IDataView data, Stream stream, bool keepHidden = false, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            BinaryFileWriter.Write(data, SavableColumns.Of(data.Schema, keepHidden, "a binary data file"), stream, cancellationToken);
        }

        /// <summary>Writes a view in MLPath's binary format to a file, which is written whole or not at all.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="path">The file to create or replace.</param>
        /// <param name="keepHidden">Whether columns hidden by a later one of the same name are written too. Default: false.</param>
        /// <param name="cancellationToken">Ends the writing early, and leaves the file as it was.</param>
        /// <exception cref="IOException">The path is a folder, or the disk refuses.</exception>
        /// <exception cref="SchemaException">A column is of a type with a structure of its own, such as images.</exception>
        public void SaveAsBinary(IDataView data, string path, bool keepHidden = false, CancellationToken cancellationToken = default) =>
            AtomicFile.Write(path, stream => catalog.SaveAsBinary(data, stream, keepHidden, cancellationToken));

        /// <summary>
        /// Opens a file that <c>SaveAsBinary</c> wrote. Only its schema and index are read now; each pass reads the columns it needs, block
        /// by block, so the data may be larger than memory.
        /// </summary>
        /// <param name="path">The file, which must stay as it is while the view is used.</param>
        /// <returns>The rows and columns as they were saved; the number of rows is known.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// The file is not of this format, of a newer version, cut short or damaged. A pass throws it where a block is damaged.
        /// </exception>
        public IDataView LoadFromBinary(string path)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            return BinarySource.Load(new MultiFileSource(path));
        }

        /// <summary>Opens several files that <c>SaveAsBinary</c> wrote as one view, the rows of each after those of the one before.</summary>
        /// <param name="fileSource">The files, such as a <see cref="MultiFileSource"/>; they have the same columns.</param>
        /// <exception cref="ArgumentException">There is no file.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">A path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">A file cannot be read, or has other columns than the first.</exception>
        public IDataView LoadFromBinary(IMultiStreamSource fileSource)
        {
            ArgumentNullException.ThrowIfNull(fileSource);
            return BinarySource.Load(fileSource);
        }
    }
}
