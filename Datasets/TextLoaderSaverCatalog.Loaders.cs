using System.Diagnostics.CodeAnalysis;
using MLPath.Data;

namespace MLPath;

public static partial class TextLoaderSaverCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Creates a loader of text files with given columns.</summary>
        /// <param name="columns">The columns.</param>
        /// <param name="separatorChar">The character between two fields. Default: tab.</param>
        /// <param name="hasHeader">Whether the first line of each file gives names, which become the slot names of vectors.</param>
        /// <param name="dataSample">A file to look at, for the header and for columns that go to the end of the rows.</param>
        /// <param name="allowQuoting">Whether values may stand in double quotes.</param>
        /// <param name="trimWhitespace">Whether blanks at the end of lines are dropped.</param>
        /// <param name="allowSparse">Whether rows may be sparse; see <see cref="TextLoader.Options.AllowSparse"/>.</param>
        /// <exception cref="ArgumentException">Columns overlap, have no fields, or a setting is not possible.</exception>
        public TextLoader CreateTextLoader(
            TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource? dataSample = null,
            bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false)
        {
            ArgumentNullException.ThrowIfNull(columns);
            return new(Settings(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);
        }

        /// <summary>Creates a loader of text files.</summary>
        /// <param name="options">The settings.</param>
        /// <param name="dataSample">A file to look at, for the header and for columns that go to the end of the rows.</param>
        /// <exception cref="ArgumentException">Columns overlap, have no fields, or a setting is not possible.</exception>
        public TextLoader CreateTextLoader(TextLoader.Options options, IMultiStreamSource? dataSample = null) => new(options, dataSample);

        /// <summary>Creates a loader of text files whose columns are the members of a type.</summary>
        /// <typeparam name="TInput">
        /// The type of a row: each public member is a column, read from the fields that <see cref="LoadColumnAttribute"/> gives; see also
        /// <see cref="ColumnNameAttribute"/>, <see cref="KeyTypeAttribute"/> and <see cref="NoColumnAttribute"/>.
        /// </typeparam>
        /// <param name="separatorChar">The character between two fields. Default: tab.</param>
        /// <param name="hasHeader">Whether the first line of each file gives names, which become the slot names of vectors.</param>
        /// <param name="dataSample">A file to look at, for the header and for columns that go to the end of the rows.</param>
        /// <param name="allowQuoting">Whether values may stand in double quotes.</param>
        /// <param name="trimWhitespace">Whether blanks at the end of lines are dropped.</param>
        /// <param name="allowSparse">Whether rows may be sparse; see <see cref="TextLoader.Options.AllowSparse"/>.</param>
        /// <exception cref="SchemaException">A member does not say which field it is read from, or that does not fit its type.</exception>
        public TextLoader CreateTextLoader<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>(
            char separatorChar = '\t', bool hasHeader = false, IMultiStreamSource? dataSample = null, bool allowQuoting = false, bool trimWhitespace = false,
            bool allowSparse = false) =>
            new(Settings(RowTypeColumns.Of<TInput>(), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

        /// <summary>Creates a loader of text files whose columns are the members of a type.</summary>
        /// <typeparam name="TInput">
        /// The type of a row: each public member is a column, read from the fields that <see cref="LoadColumnAttribute"/> gives; see also
        /// <see cref="ColumnNameAttribute"/>, <see cref="KeyTypeAttribute"/> and <see cref="NoColumnAttribute"/>.
        /// </typeparam>
        /// <param name="options">The settings, without columns.</param>
        /// <param name="dataSample">A file to look at, for the header and for columns that go to the end of the rows.</param>
        /// <exception cref="SchemaException">A member does not say which field it is read from, or that does not fit its type.</exception>
        public TextLoader CreateTextLoader<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>(
            TextLoader.Options options, IMultiStreamSource? dataSample = null) =>
            new(WithColumns(options, RowTypeColumns.Of<TInput>()), dataSample);

        /// <summary>Loads a text file with given columns.</summary>
        /// <param name="path">The file; its last part may have the wildcards <c>*</c> and <c>?</c>.</param>
        /// <param name="columns">The columns.</param>
        /// <param name="separatorChar">The character between two fields. Default: tab.</param>
        /// <param name="hasHeader">Whether the first line of each file gives names, which become the slot names of vectors.</param>
        /// <param name="allowQuoting">Whether values may stand in double quotes.</param>
        /// <param name="trimWhitespace">Whether blanks at the end of lines are dropped.</param>
        /// <param name="allowSparse">Whether rows may be sparse; see <see cref="TextLoader.Options.AllowSparse"/>.</param>
        /// <returns>A view that reads the file on each pass.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="ArgumentException">Columns overlap, have no fields, or a setting is not possible.</exception>
        public IDataView LoadFromTextFile(
            string path, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false,
            bool allowSparse = false)
        {
            ArgumentNullException.ThrowIfNull(columns);
            return Load(path, Settings(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));
        }

        /// <summary>Loads a text file.</summary>
        /// <param name="path">The file; its last part may have the wildcards <c>*</c> and <c>?</c>.</param>
        /// <param name="options">The settings.</param>
        /// <returns>A view that reads the file on each pass.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="ArgumentException">Columns overlap, have no fields, or a setting is not possible.</exception>
        public IDataView LoadFromTextFile(string path, TextLoader.Options options) => Load(path, options);

        /// <summary>Loads a text file whose columns are the members of a type.</summary>
        /// <typeparam name="TInput">
        /// The type of a row: each public member is a column, read from the fields that <see cref="LoadColumnAttribute"/> gives; see also
        /// <see cref="ColumnNameAttribute"/>, <see cref="KeyTypeAttribute"/> and <see cref="NoColumnAttribute"/>.
        /// </typeparam>
        /// <param name="path">The file; its last part may have the wildcards <c>*</c> and <c>?</c>.</param>
        /// <param name="separatorChar">The character between two fields. Default: tab.</param>
        /// <param name="hasHeader">Whether the first line of each file gives names, which become the slot names of vectors.</param>
        /// <param name="allowQuoting">Whether values may stand in double quotes.</param>
        /// <param name="trimWhitespace">Whether blanks at the end of lines are dropped.</param>
        /// <param name="allowSparse">Whether rows may be sparse; see <see cref="TextLoader.Options.AllowSparse"/>.</param>
        /// <returns>A view that reads the file on each pass.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="SchemaException">A member does not say which field it is read from, or that does not fit its type.</exception>
        public IDataView LoadFromTextFile<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>(
            string path, char separatorChar = '\t', bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false,
            bool allowSparse = false) =>
            Load(path, Settings(RowTypeColumns.Of<TInput>(), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

        /// <summary>Loads a text file whose columns are the members of a type.</summary>
        /// <typeparam name="TInput">
        /// The type of a row: each public member is a column, read from the fields that <see cref="LoadColumnAttribute"/> gives; see also
        /// <see cref="ColumnNameAttribute"/>, <see cref="KeyTypeAttribute"/> and <see cref="NoColumnAttribute"/>.
        /// </typeparam>
        /// <param name="path">The file; its last part may have the wildcards <c>*</c> and <c>?</c>.</param>
        /// <param name="options">The settings, without columns.</param>
        /// <returns>A view that reads the file on each pass.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="SchemaException">A member does not say which field it is read from, or that does not fit its type.</exception>
        public IDataView LoadFromTextFile<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>(
            string path, TextLoader.Options options) => Load(path, WithColumns(options, RowTypeColumns.Of<TInput>()));
    }

    private static IDataView Load(string path, TextLoader.Options options)
    {
        var source = new MultiFileSource(path);
        return new TextLoader(options, source).Load(source);
    }

    private static TextLoader.Options Settings(
        TextLoader.Column[] columns, char separatorChar, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
        {
            Columns = columns,
            Separators = [separatorChar],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };

    private static TextLoader.Options WithColumns(TextLoader.Options options, TextLoader.Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Columns = columns };
    }
}
