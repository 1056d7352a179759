using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MLPath.Data;

namespace MLPath;

/// <summary>Objects as data, data as objects, and the choice and order of rows: members of <c>ml.Data</c>.</summary>
public static class DataOperationsCatalogExtensions
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Shows objects as a table: each public field or property is a column. Nothing is read yet; each pass enumerates the objects anew,
        /// so they must give the same rows each time. For many passes over a sequence that is costly to enumerate, add <c>Cache</c>.
        /// </summary>
        /// <typeparam name="TRow">A class, record or struct; see <see cref="RowWriter{TRow}"/> for what its members may be.</typeparam>
        /// <param name="data">The objects.</param>
        /// <param name="schemaDefinition">Which members are columns; all when omitted.</param>
        /// <exception cref="SchemaException">A member cannot be a column; the message names it and what it may be.</exception>
        public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(
            IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            if (data is IEnumerable<IReadOnlyDictionary<string, object?>>)
            {
                throw new ArgumentException(
                    "Dictionaries do not say which columns there are. Give their schema: LoadFromEnumerable(data, schema).", nameof(data));
            }

            var writer = new RowWriter<TRow>(schemaDefinition);
            if (writer.Schema.Count == 0 || typeof(TRow) == typeof(string))
            {
                throw new SchemaException(
                    $"{typeof(TRow).Name} has no members to be columns. Give objects with a public property for each column: data.Select(x => new {{ X = x }}).");
            }

            return new EnumerableDataView<TRow>(
                data, writer.Schema, columns => writer.Open(columns), $"objects of type {typeof(TRow).Name}");
        }

        /// <summary>
        /// Shows objects as a table with the columns of a given schema, its types (sizes of vectors, counts of keys) and its annotations.
        /// </summary>
        /// <typeparam name="TRow">
        /// A class, record or struct that has a member for each column, or a dictionary from column names to values.
        /// </typeparam>
        /// <param name="data">The objects.</param>
        /// <param name="schema">The columns.</param>
        /// <exception cref="SchemaException">A column has no member, or one that does not fit.</exception>
        public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(
            IEnumerable<TRow> data, DataViewSchema schema)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(schema);
            if (data is IEnumerable<IReadOnlyDictionary<string, object?>> dictionaries)
                return catalog.LoadFromEnumerable(dictionaries, schema);
            var definition = SchemaDefinition.Within(typeof(TRow), schema);
            foreach (string name in schema.VisibleNames)
            {
                if (definition[name] is null)
                {
                    var members = RowMember.Of(typeof(TRow)).Select(m => m.Name);
                    throw SchemaException.MissingColumn(name, members, $"member of {typeof(TRow).Name} for column");
                }
            }

            return catalog.LoadFromEnumerable(data, definition);
        }

        /// <summary>Shows dictionaries from column names to values as a table.</summary>
        /// <param name="data">
        /// The rows. A name that a row lacks, or null, is a missing value; names that are no columns are ignored. Numbers may be of any
        /// numeric type that can hold the column's values, dates ISO 8601 texts, vectors any sequences, keys what they stand for.
        /// </param>
        /// <param name="schema">The columns.</param>
        /// <remarks>
        /// A value that its column cannot hold, or a missing one of a type without missing values, is a <see cref="DataException"/> of the
        /// pass that meets it.
        /// </remarks>
        public IDataView LoadFromEnumerable(IEnumerable<IReadOnlyDictionary<string, object?>> data, DataViewSchema schema)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(schema);
            var visible = new DataViewSchema.Builder();
            visible.AddColumns(schema.Where(c => !c.IsHidden));
            var writer = new DictionaryRowWriter(visible.ToSchema(), absentIsMissing: true);
            return new EnumerableDataView<IReadOnlyDictionary<string, object?>>(data, writer.Schema, writer.Open, "dictionaries");
        }

        /// <summary>Reads a view as objects, lazily, anew at each enumeration.</summary>
        /// <typeparam name="TRow">
        /// A class, record or struct whose settable members receive the columns of their names; see <see cref="RowReader{TRow}"/>.
        /// </typeparam>
        /// <param name="data">The view.</param>
        /// <param name="reuseRowObject">Whether one object is given out again and again, each time with the next row's values.</param>
        /// <param name="ignoreMissingColumns">
        /// Whether a member may have no column, so that it keeps its initial value; an error otherwise.
        /// </param>
        /// <param name="schemaDefinition">Which members receive which columns; all, by name, when omitted.</param>
        /// <exception cref="SchemaException">A member has no column, or one that it cannot hold.</exception>
        public IEnumerable<TRow> CreateEnumerable<[DynamicallyAccessedMembers(RowMember.NeededToCreate)] TRow>(
            IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
            where TRow : new()
        {
            ArgumentNullException.ThrowIfNull(data);
            return Rows(data, new RowReader<TRow>(data.Schema, schemaDefinition, ignoreMissingColumns), reuseRowObject);
        }

        /// <summary>Holds columns in memory from the first pass that reads them, for data that are read several times.</summary>
        /// <param name="input">The view.</param>
        /// <param name="columnsToPrefetch">
        /// Columns to read in the first pass whether it needs them or not; all columns that any pass needs are held in any case.
        /// </param>
        public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
        {
            ArgumentNullException.ThrowIfNull(input);
            var prefetched = columnsToPrefetch.Select(name => input.Schema[name]).ToList();
            return input as InMemoryDataView ?? (IDataView)new CachedDataView(input, prefetched);
        }

        /// <summary>The first rows.</summary>
        /// <param name="input">The view.</param>
        /// <param name="count">How many, 0 or more; all where there are fewer.</param>
        public IDataView TakeRows(IDataView input, long count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            return RowRange.Take(input, count);
        }

        /// <summary>All rows but the first.</summary>
        /// <param name="input">The view.</param>
        /// <param name="count">How many to leave out, 0 or more; none is left where there are fewer.</param>
        public IDataView SkipRows(IDataView input, long count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            return RowRange.Skip(input, count);
        }

        /// <summary>The rows in a random order, the same one in each pass.</summary>
        /// <param name="input">The view.</param>
        /// <param name="seed">The seed; that of the context when omitted.</param>
        /// <param name="shufflePoolSize">
        /// How many rows are mixed at a time when <paramref name="shuffleSource"/> is false, at least 1; default 1000.
        /// </param>
        /// <param name="shuffleSource">
        /// Whether each order of all rows is equally likely, which needs the columns that a pass reads to be held in memory during the
        /// pass. False for data larger than memory: rows are then mixed with those near them.
        /// </param>
        public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
        {
            ArgumentNullException.ThrowIfNull(input);
            ArgumentOutOfRangeException.ThrowIfLessThan(shufflePoolSize, 1);
            int chosen = seed ?? catalog.Environment.Seed;
            return shuffleSource
                ? RowSampling.Shuffle(input, chosen)
                : new PoolShuffledDataView(input, shufflePoolSize, chosen,
                    new LineageStep(string.Create(CultureInfo.InvariantCulture, $"ShuffleRows(seed {chosen}, pool of {shufflePoolSize})")));
        }

        /// <summary>The rows whose number in a column lies in a range.</summary>
        /// <param name="input">The view.</param>
        /// <param name="columnName">A column of numbers. A missing number lies in no range.</param>
        /// <param name="lowerBound">The least number that is kept.</param>
        /// <param name="upperBound">Numbers below it are kept, itself not; no bound when it is infinite.</param>
        public IDataView FilterRowsByColumn(
            IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
        {
            ArgumentNullException.ThrowIfNull(input);
            return RowFilters.ByRange(input, columnName, lowerBound, upperBound);
        }

        /// <summary>The rows whose key lies in a part of the key's range; that of key k of n is at (k − ½)/n.</summary>
        /// <param name="input">The view.</param>
        /// <param name="columnName">A key column. A missing key lies in no part.</param>
        /// <param name="lowerBound">The least part that is kept, from 0 to 1.</param>
        /// <param name="upperBound">Parts below it are kept, from 0 to 1.</param>
        public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
        {
            ArgumentNullException.ThrowIfNull(input);
            return RowFilters.ByKeyFraction(input, columnName, lowerBound, upperBound);
        }

        /// <summary>The rows without a missing value in some columns: NaN in numbers, 0 in keys; in vectors, in any slot.</summary>
        /// <param name="input">The view.</param>
        /// <param name="columns">The columns, at least one, of types that have a missing value.</param>
        public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
        {
            ArgumentNullException.ThrowIfNull(input);
            return RowFilters.ByMissing(input, columns);
        }

        /// <summary>
        /// As many rows as there are, drawn with replacement, in the order of the data: about 63 in 100 rows are there, some of them
        /// several times (Efron, 1979).
        /// </summary>
        /// <param name="input">The view.</param>
        /// <param name="seed">The seed; that of the context when omitted.</param>
        /// <param name="complement">
        /// Whether to give the rows that were not drawn instead, each once: those that a model learned from the sample has not seen.
        /// </param>
        public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
        {
            ArgumentNullException.ThrowIfNull(input);
            return RowSampling.Bootstrap(input, seed ?? catalog.Environment.Seed, complement);
        }
    }

    private static IEnumerable<TRow> Rows<[DynamicallyAccessedMembers(RowMember.NeededToCreate)] TRow>(
        IDataView data, RowReader<TRow> reader, bool reuse)
        where TRow : new()
    {
        TRow? row = default;
        bool first = true;
        using var cursor = data.GetBatchCursor(reader.Columns);
        while (cursor.MoveNext())
        {
            for (int i = 0; i < cursor.Current.Count; i++)
            {
                if (first || !reuse)
                    row = new TRow();
                first = false;
                reader.Read(cursor.Current, i, ref row!);
                yield return row;
            }
        }
    }
}
