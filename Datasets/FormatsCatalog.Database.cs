using System.Diagnostics.CodeAnalysis;
using MLPath.Data;

namespace MLPath;

public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Makes a loader of columns from databases.</summary>
        /// <param name="columns">The columns: names, types, and the fields that they are read from.</param>
        /// <exception cref="ArgumentException">There is no column, or one has no name, a type that is not possible, or wrong ranges.</exception>
        public DatabaseLoader CreateDatabaseLoader(params DatabaseLoader.Column[] columns) =>
            DatabaseLoader.Create(new DatabaseLoader.Options { Columns = columns });

        /// <summary>Makes a loader of columns from databases.</summary>
        /// <param name="options">The columns.</param>
        /// <exception cref="ArgumentException">There is no column, or one has no name, a type that is not possible, or wrong ranges.</exception>
        public DatabaseLoader CreateDatabaseLoader(DatabaseLoader.Options options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return DatabaseLoader.Create(options);
        }

        /// <summary>Makes a loader of the members of a type from databases.</summary>
        /// <typeparam name="TInput">
        /// A type whose public fields and properties are columns. A member is read from the field of its column's name, unless
        /// <see cref="LoadColumnNameAttribute"/> or <see cref="LoadColumnAttribute"/> says otherwise.
        /// </typeparam>
        /// <exception cref="SchemaException">A member cannot be a column, or has both attributes.</exception>
        public DatabaseLoader CreateDatabaseLoader<
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] TInput>() =>
            DatabaseLoader.Create<TInput>();

        /// <summary>Loads all fields that a command to a database gives, by the database's own types.</summary>
        /// <param name="source">The database and the command, which is run now for its fields only, and again in each pass.</param>
        /// <returns>
        /// A column for each field: numbers of every kind are Single, with NaN for NULL; Booleans, dates, times and texts are what they are.
        /// For other types make a loader with <c>CreateDatabaseLoader</c>.
        /// </returns>
        /// <exception cref="SchemaException">The command gives no fields, or one of a type that no column holds.</exception>
        /// <remarks>Exceptions of the provider come as they are. See <see cref="DatabaseLoader"/> for conversions and NULL.</remarks>
        public IDataView LoadFromDatabase(DatabaseSource source)
        {
            ArgumentNullException.ThrowIfNull(source);
            return DatabaseLoader.Infer(source).Load(source);
        }
    }
}
