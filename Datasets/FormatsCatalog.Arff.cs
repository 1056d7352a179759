using MLPath.Datasets.Formats.Arff;
using MLPath.Runtime;

namespace MLPath;

public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Reads a file in Weka's ARFF format, which states the types of its columns.</summary>
        /// <param name="path">The file: UTF-8, plain or gzip.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// A column for each attribute: <c>numeric</c>, <c>real</c> and <c>integer</c> are Single; a list of values is a key with these
        /// values; <c>string</c> is text; <c>date</c> is DateTime (in UTC where its format has an offset), or text where dates are missing,
        /// because DateTime has no missing value. Where rows have weights, <c>{w}</c> behind a row, a column <c>Weight</c> follows (or
        /// <c>InstanceWeight</c>, where an attribute has that name), with 1 for rows without. A missing value, <c>?</c>, is NaN, key 0 or the
        /// empty text. A sparse row means 0 by an attribute that it leaves out, the first value of a list, 1970-01-01, or the empty text.
        /// </returns>
        /// <remarks>
        /// The file is read once now, to check it, and again in each pass. Dates follow the pattern of the file as of Java's
        /// SimpleDateFormat, with English names; the default is <c>yyyy-MM-dd'T'HH:mm:ss</c>. Relational attributes are not supported.
        /// </remarks>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// The file is not ARFF, or a value is not of its attribute's type; the message gives file, line, the text found and what was expected.
        /// </exception>
        public IDataView LoadFromArffFile(string path, CancellationToken cancellationToken = default) =>
            ArffDataView.Load(path, cancellationToken);

        /// <summary>Writes a view in Weka's ARFF format.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="stream">Where to, as UTF-8; it stays open.</param>
        /// <param name="relationName">The name of the relation. Default: "data".</param>
        /// <param name="cancellationToken">Ends the writing early.</param>
        /// <remarks>
        /// Numbers are numeric, keys and Booleans lists of values (keys without values by their numbers), text, durations, dates with offset
        /// and row identifiers strings, dates without offset dates to the millisecond. A vector becomes an attribute for each slot, named
        /// <c>Column.Slot</c>, or <c>Column[0]</c> where slots have no names. NaN, key 0 and the empty text are <c>?</c>.
        /// </remarks>
        /// <exception cref="SchemaException">A column is a ragged vector, or of a type with a structure of its own, such as images.</exception>
        /// <exception cref="DataException">A number is infinite, which ARFF cannot hold.</exception>
        public void SaveAsArff(IDataView data, Stream stream, string relationName = "data", CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(relationName);
            ArffSaver.Save(data, stream, relationName, cancellationToken);
        }

        /// <summary>Writes a view in Weka's ARFF format to a file, which is written whole or not at all.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="path">The file to create or replace.</param>
        /// <param name="relationName">The name of the relation. Default: "data".</param>
        /// <param name="cancellationToken">Ends the writing early, and leaves the file as it was.</param>
        /// <exception cref="SchemaException">A column is a ragged vector, or of a type with a structure of its own, such as images.</exception>
        /// <exception cref="DataException">A number is infinite, which ARFF cannot hold.</exception>
        /// <exception cref="IOException">The path is a folder, or the disk refuses.</exception>
        public void SaveAsArff(IDataView data, string path, string relationName = "data", CancellationToken cancellationToken = default) =>
            AtomicFile.Write(path, stream => catalog.SaveAsArff(data, stream, relationName, cancellationToken));
    }
}
