using MLPath.Datasets;
using MLPath.Datasets.Formats.JsonLines;
using MLPath.Runtime;

namespace MLPath;

public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Reads a file of JSON lines, one object a line, and finds the type of each column by looking at all rows.</summary>
        /// <param name="path">The file: UTF-8, plain or gzip. Blank lines are passed over.</param>
        /// <param name="options">Forced types; none when omitted.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// A column for each property, in the order in which they first occur; those of nested objects have their path as name,
        /// <c>address.city</c>. A property that a row lacks, and null, is missing. Numbers are Single, with NaN for missing. Booleans, and
        /// strings that are all ISO 8601 dates or times (converted to UTC where they have an offset), are Boolean and DateTime where no row
        /// lacks them, and text otherwise, because these types have no missing value. Arrays of numbers (or null) are vectors of Single,
        /// arrays of strings vectors of text: of known size where all rows have one of the same length, otherwise ragged, where missing is
        /// empty. Everything else, mixed types too, is text: strings as they are, other values as the file writes them.
        /// </returns>
        /// <remarks>The file is read once now, to check it and to find the columns, and again in each pass.</remarks>
        /// <exception cref="ArgumentException">A type cannot be forced.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// A line is not a JSON object, has a property twice, or a value does not fit a forced type; the message gives file, line and place.
        /// </exception>
        /// <exception cref="SchemaException">A type was forced on a column that the file does not have.</exception>
        public IDataView LoadFromJsonLinesFile(string path, JsonLinesOptions? options = null, CancellationToken cancellationToken = default) =>
            JsonLinesDataView.Load(path, options ?? new JsonLinesOptions(), cancellationToken);

        /// <summary>Writes a view as JSON lines: an object for each row, with a property for each visible column.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="stream">Where to, as UTF-8; it stays open.</param>
        /// <param name="cancellationToken">Ends the writing early.</param>
        /// <remarks>
        /// NaN and missing keys are null. Keys are the texts of their values, or numbers from 1 where they have none. Dates are ISO 8601,
        /// durations <c>d.hh:mm:ss.fffffff</c>, vectors arrays with all their slots.
        /// </remarks>
        /// <exception cref="DataException">A number is infinite, which JSON cannot hold.</exception>
        /// <exception cref="SchemaException">A column is of a type with a structure of its own, such as images.</exception>
        public void SaveAsJsonLines(IDataView data, Stream stream, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            JsonLinesSaver.Save(data, stream, cancellationToken);
        }

        /// <summary>Writes a view as JSON lines to a file, which is written whole or not at all.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="path">The file to create or replace.</param>
        /// <param name="cancellationToken">Ends the writing early, and leaves the file as it was.</param>
        /// <exception cref="DataException">A number is infinite, which JSON cannot hold.</exception>
        /// <exception cref="SchemaException">A column is of a type with a structure of its own, such as images.</exception>
        /// <exception cref="IOException">The path is a folder, or the disk refuses.</exception>
        public void SaveAsJsonLines(IDataView data, string path, CancellationToken cancellationToken = default) =>
            AtomicFile.Write(path, stream => catalog.SaveAsJsonLines(data, stream, cancellationToken));
    }
}
