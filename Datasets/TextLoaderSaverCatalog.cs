using System.Runtime.CompilerServices;
using MLPath.Datasets;
using MLPath.Datasets.Text;

namespace MLPath;

/// <summary>Reading and writing text files: members of <c>ml.Data</c>.</summary>
public static partial class TextLoaderSaverCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Reads a table from a CSV or TSV file, and finds its form and the type of each column by looking at it: at all cells of the column.
        /// </summary>
        /// <param name="path">
        /// The file: UTF-8 with or without a byte order mark, plain or gzip (recognised by its content), records as in RFC 4180 with LF,
        /// CRLF or CR line ends. A pipe is possible. With <c>*</c> or <c>?</c> in its last part: all files that match, in ordinal order,
        /// as one table; each has its own header, and all have the same columns.
        /// </param>
        /// <param name="options">Separator, header, missing values, forced types, bad rows; the defaults when omitted.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// A view in memory, with as many rows as the file has after its header (possibly none); one that reads the file on each pass where
        /// the values would take more than <see cref="TextFileOptions.InMemoryLimit"/>. A column whose cells are all decimal
        /// numbers or missing (empty, <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>?</c>, <c>null</c>) is Single, with NaN for missing;
        /// infinities are numbers. A column of <c>true</c>, <c>false</c>, <c>yes</c>, <c>no</c> is Boolean, one of ISO 8601 dates or
        /// times is DateTime (converted to UTC where it has an offset), unless cells are missing. Every other column is text, cell by
        /// cell as written.
        /// </returns>
        /// <remarks>
        /// A file that begins with the comment of <c>SaveAsText</c>, <c>#@ TextLoader{</c>, is loaded as that says. Blank lines are skipped. A column without a name is called after its place, <c>Column1</c> for the first. Single precision
        /// keeps seven digits: force <c>Int64</c> or text on long identifiers that must stay exact.
        /// </remarks>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// The file is empty or not text, two columns have the same name, a row has more or fewer fields than the header, a quote is not
        /// closed, or a cell does not fit a forced type. The message gives file, line and column.
        /// </exception>
        /// <exception cref="SchemaException">A type was forced on a column that the file does not have.</exception>
        [OverloadResolutionPriority(1)]
        public IDataView LoadFromTextFile(string path, TextFileOptions? options = null, CancellationToken cancellationToken = default)
        {
            return FileLoading.Inferred([path], options ?? new TextFileOptions(), cancellationToken);
        }

        /// <summary>Reads several files as one table; otherwise as for one file.</summary>
        /// <param name="paths">The files, in the order of reading. Each has its own header, and all have the same columns.</param>
        /// <param name="options">Separator, header, missing values, forced types, bad rows; the defaults when omitted.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="DataException">A file cannot be read as a table, or has other columns than the first.</exception>
        public IDataView LoadFromTextFile(
            IReadOnlyList<string> paths, TextFileOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(paths);
            if (paths.Count == 0) throw new ArgumentException("There are no files to read.", nameof(paths));
            return FileLoading.Inferred(paths, options ?? new TextFileOptions(), cancellationToken);
        }

        /// <summary>
        /// Says how a text file would be loaded: what separates its fields, whether it has a header, the types of its columns, and which of
        /// them is probably the label.
        /// </summary>
        /// <param name="path">The file, as for <c>LoadFromTextFile</c>.</param>
        /// <param name="options">What is known already; the defaults when omitted.</param>
        /// <param name="labelColumnName">The label where it is known; guessed by name or place when omitted.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="DataException">The file cannot be read as a table.</exception>
        /// <exception cref="SchemaException">There is no such label, or a type is forced on a column that the file does not have.</exception>
        public ColumnInference InferColumns(
            string path, TextFileOptions? options = null, string? labelColumnName = null, CancellationToken cancellationToken = default) =>
            FileLoading.Infer([path], options ?? new TextFileOptions(), labelColumnName, cancellationToken);

        /// <summary>
        /// Reads the columns of a known schema from a CSV or TSV file. Nothing but the separator is inferred, so a model meets the
        /// types it was trained on.
        /// </summary>
        /// <param name="path">
        /// The file, as for the overload without a schema. It has a header unless the options say otherwise; without one its fields are in the
        /// order of the schema.
        /// </param>
        /// <param name="expected">
        /// The columns by name, with their types and annotations, in any order in the file. A vector takes one field of the file per
        /// slot, named <c>Column.Slot</c>, or <c>Column[0]</c> where slots have no names, as <c>SaveAsCsv</c> writes them. A key takes
        /// the texts of its values.
        /// </param>
        /// <param name="options">Separator and missing values; the defaults when omitted. Its types must be empty.</param>
        /// <param name="optionalColumns">
        /// The expected columns that the file may lack, such as the label when predicting; they are then not in the view.
        /// </param>
        /// <param name="otherColumnsAsText">
        /// Whether the file's other columns follow, as text exactly as written, such as a customer's number.
        /// </param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>A view, in memory unless it is too large, with the expected columns in the order of the schema.</returns>
        /// <exception cref="ArgumentException">
        /// <see cref="TextFileOptions.Types"/> is not empty, or an optional column is not expected.
        /// </exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// The file cannot be read as a table, or a cell does not fit its column's type: the message gives file, line, column, the text
        /// found and what was expected.
        /// </exception>
        /// <exception cref="SchemaException">The file lacks expected columns, or a text file cannot hold a type.</exception>
        public IDataView LoadFromTextFile(
            string path, DataViewSchema expected, TextFileOptions? options = null, IReadOnlyCollection<string>? optionalColumns = null,
            bool otherColumnsAsText = false, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(expected);
            return FileLoading.Expected(
                [path], expected, options ?? new TextFileOptions(), optionalColumns ?? [], otherColumnsAsText, cancellationToken);
        }
    }
}
