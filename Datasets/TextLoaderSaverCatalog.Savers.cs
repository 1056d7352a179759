using MLPath.Data;
using MLPath.Datasets;
using MLPath.Datasets.Text;

namespace MLPath;

public static partial class TextLoaderSaverCatalog
{
    extension(DataOperationsCatalog catalog)
    {
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

        /// <summary>Writes a view as text for a <see cref="TextLoader"/>.</summary>
        /// <param name="data">The view.</param>
        /// <param name="stream">A writable stream, which stays open.</param>
        /// <param name="separatorChar">The character between two fields: tab (the default), blank, comma, semicolon or bar.</param>
        /// <param name="headerRow">Whether a row with names is written: those of scalar columns and of vectors' slots, where there are any.</param>
        /// <param name="schema">
        /// Whether comment lines at the beginning say how the file is loaded, so that <c>LoadFromTextFile</c> needs nothing but the path.
        /// </param>
        /// <param name="keepHidden">Whether columns that others of the same name hide are written too.</param>
        /// <param name="forceDense">Whether zeros of vectors are written always; otherwise rows end sparsely where that is shorter.</param>
        /// <param name="cancellationToken">Ends the writing early.</param>
        /// <remarks>
        /// Reading the file back gives the same values, bit for bit. NaN and missing keys are written as <c>?</c>, keys as their places from 0,
        /// dates in ISO 8601.
        /// </remarks>
        /// <exception cref="ArgumentException">The separator is not possible, or there are no columns.</exception>
        /// <exception cref="SchemaException">
        /// A text file cannot hold a column's type, or a column of vectors of varying length is not the last. Nothing is written then.
        /// </exception>
        public void SaveAsText(
            IDataView data, Stream stream, char separatorChar = '\t', bool headerRow = true, bool schema = true, bool keepHidden = false,
            bool forceDense = false, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            new TextSaver(data, separatorChar, headerRow, schema, keepHidden, forceDense).Write(stream, cancellationToken);
        }

        /// <summary>Writes a view as text for a <see cref="TextLoader"/> to a file, whole or not at all.</summary>
        /// <param name="data">The view.</param>
        /// <param name="path">The file to create or replace; compressed by gzip when its name ends in <c>.gz</c>.</param>
        /// <param name="separatorChar">The character between two fields: tab (the default), blank, comma, semicolon or bar.</param>
        /// <param name="headerRow">Whether a row with names is written.</param>
        /// <param name="schema">Whether comment lines at the beginning say how the file is loaded.</param>
        /// <param name="keepHidden">Whether columns that others of the same name hide are written too.</param>
        /// <param name="forceDense">Whether zeros of vectors are written always.</param>
        /// <param name="cancellationToken">Ends the writing early; the file is then as it was.</param>
        /// <exception cref="ArgumentException">The separator is not possible, or there are no columns.</exception>
        /// <exception cref="SchemaException">
        /// A text file cannot hold a column's type, or a column of vectors of varying length is not the last.
        /// </exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void SaveAsText(
            IDataView data, string path, char separatorChar = '\t', bool headerRow = true, bool schema = true, bool keepHidden = false,
            bool forceDense = false, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            var saver = new TextSaver(data, separatorChar, headerRow, schema, keepHidden, forceDense);
            TextFileSaver.Write(path, stream => saver.Write(stream, cancellationToken));
        }
    }
}
