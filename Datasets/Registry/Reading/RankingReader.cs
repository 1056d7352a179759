using System.Globalization;
using MLPath.Data;

namespace MLPath.Datasets.Registry.Reading;

/// <summary>Reads documents in the format of LIBSVM beside a file that gives the number of documents of each query.</summary>
internal static class RankingReader
{
    /// <summary>The reader; the description's columns are the query (a key), the features (a vector) and the label.</summary>
    /// <param name="name">The files' name before <c>.train</c>, <c>.test</c> and <c>.query</c>.</param>
    public static DatasetReader Of(string name) => content =>
    {
        string file = content.Part == DatasetPart.Test ? $"{name}.test" : $"{name}.train";
        var source = new MultiFileSource(content.PathOf(file));
        var schema = content.Info.Schema;
        var loader = SvmLightLoader.Numbered(((VectorDataViewType)schema[1].Type).Size, zeroBased: false, numberOfRows: null, source);
        var table = InMemoryDataView.Load(loader.Load(source), content.CancellationToken);
        var query = new ScalarColumn<uint>((KeyDataViewType)schema[0].Type);
        uint[] queries = Queries(content.PathOf($"{file}.query"), table.RowCount, schema[0].Type.KeyCount);
        query.Alias(queries, 0, queries.Length);
        return content.View([query, table.GetColumn(table.Schema["Features"].Index), table.GetColumn(table.Schema["Label"].Index)]);
    };

    private static uint[] Queries(string path, int rows, ulong most)
    {
        var queries = new List<uint>(rows);
        uint query = 0;
        foreach (string line in File.ReadLines(path).Where(l => !string.IsNullOrWhiteSpace(l)))
        {
            if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size > rows - queries.Count || query == most)
                throw new DataException($"{path}, query {query + 1}: '{line}' is not the number of documents of one of {most} queries at most.");
            queries.AddRange(Enumerable.Repeat(++query, size));
        }
        return queries.Count == rows
            ? [.. queries]
            : throw new DataException($"{path} has queries for {queries.Count} documents; there are {rows}.");
    }
}
