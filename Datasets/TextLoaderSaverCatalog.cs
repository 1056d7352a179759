using MLPath.Datasets;
using MLPath.Datasets.Text;

namespace MLPath;

/// <summary>Reading and writing text files: members of <c>ml.Data</c>.</summary>
public static class TextLoaderSaverCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Reads a table from a CSV or TSV file with a header, and finds the type of each column by looking at all its cells.
        /// </summary>
        /// <param name="path">
        /// The file: UTF-8 with or without a byte order mark, plain or gzip (recognised by its content), records as in RFC 4180 with LF,
        /// CRLF or CR line ends. A pipe is possible.
        /// </param>
        /// <param name="options">Separator, missing values, forced types; the defaults when omitted.</param>
        /// <param name="cancellationToken">Ends the reading early.</param>
        /// <returns>
        /// A view in memory, with as many rows as the file has after its header (possibly none). A column whose cells are all decimal
        /// numbers or missing (empty, <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>?</c>, <c>null</c>) is Single, with NaN for missing;
        /// infinities are numbers. A column of <c>true</c>, <c>false</c>, <c>yes</c>, <c>no</c> is Boolean, one of ISO 8601 dates or
        /// times is DateTime (converted to UTC where it has an offset), unless cells are missing. Every other column is text, cell by
        /// cell as written.
        /// </returns>
        /// <remarks>
        /// Blank lines are skipped. A column without a name is called after its place, <c>Column1</c> for the first. Single precision
        /// keeps seven digits: force <c>Int64</c> or text on long identifiers that must stay exact.
        /// </remarks>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// The file is empty or not text, two columns have the same name, a row has more or fewer fields than the header, a quote is not
        /// closed, or a cell does not fit a forced type. The message gives file, line and column.
        /// </exception>
        /// <exception cref="SchemaException">A type was forced on a column that the file does not have.</exception>
        public IDataView LoadFromTextFile(string path, TextFileOptions? options = null, CancellationToken cancellationToken = default)
        {
            return FileLoading.Inferred([path], options ?? new TextFileOptions(), cancellationToken);
        }

        /// <summary>
        /// Reads the columns of a known schema from a CSV or TSV file with a header. Nothing is inferred, so a model meets the types it
        /// was trained on.
        /// </summary>
        /// <param name="path">The file, as for the overload without a schema.</param>
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
        /// <returns>A view in memory with the expected columns in the order of the schema.</returns>
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

        /// <summary>Writes a view to a CSV file with a header, whole or not at all.</summary>
        /// <param name="data">The view.</param>
        /// <param name="path">
        /// The file to create or replace, UTF-8 with LF line ends; compressed by gzip when its name ends in <c>.gz</c>.
        /// </param>
        /// <param name="columns">The columns to write, in order; all visible ones when omitted.</param>
        /// <param name="separator">The character between two fields. Default: comma.</param>
        /// <param name="cancellationToken">Ends the writing early; the file is then as it was.</param>
        /// <remarks>
        /// Numbers are written invariantly with as many digits as reading them back exactly takes; NaN and missing keys as empty fields;
        /// keys as the texts they stand for; dates in ISO 8601. A vector becomes one field per slot, named <c>Score.setosa</c>, or
        /// <c>Score[0]</c> where slots have no names. <c>LoadFromTextFile</c> with the view's schema reads the same values back.
        /// </remarks>
        /// <exception cref="ArgumentException">The separator is not possible, or there are no columns.</exception>
        /// <exception cref="SchemaException">
        /// There is no such column, a text file cannot hold its type (vectors of varying length, row identifiers), or two fields would
        /// have the same name.
        /// </exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void SaveAsCsv(
            IDataView data, string path, IReadOnlyList<string>? columns = null, char separator = ',',
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            new TextFileOptions { Separator = separator }.Validate();
            TextFileSaver.Save(data, path, columns, separator, cancellationToken);
        }

        /// <summary>Writes a view as CSV with a header to a stream, which stays open.</summary>
        /// <param name="data">The view.</param>
        /// <param name="stream">A writable stream.</param>
        /// <param name="columns">The columns to write, in order; all visible ones when omitted.</param>
        /// <param name="separator">The character between two fields. Default: comma.</param>
        /// <param name="cancellationToken">Ends the writing early.</param>
        /// <exception cref="ArgumentException">The separator is not possible, or there are no columns.</exception>
        /// <exception cref="SchemaException">
        /// There is no such column, a text file cannot hold its type, or two fields would have the same name. Nothing is written then.
        /// </exception>
        public void SaveAsCsv(
            IDataView data, Stream stream, IReadOnlyList<string>? columns = null, char separator = ',',
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            new TextFileOptions { Separator = separator }.Validate();
            TextFileSaver.Save(data, stream, columns, separator, cancellationToken);
        }
    }
}
