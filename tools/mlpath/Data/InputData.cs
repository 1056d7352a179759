using MLPath.Datasets;
using MLPath.Runtime;

namespace MLPath.Tool.Data;

/// <summary>The table that a command works on, and what is known of it in advance.</summary>
/// <param name="View">The rows, in memory.</param>
/// <param name="Known">The description of an embedded set; null for a file.</param>
internal sealed record InputData(IDataView View, DatasetInfo? Known)
{
    /// <summary>
    /// Loads an embedded set or a file. A name that both have means the set; a path that looks like one (with a folder or an extension) means
    /// the file.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">The name or the path.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DataException">There is no such set or file, or it cannot be read, or it has no rows.</exception>
    public static InputData Load(MLContext ml, string data, CancellationToken cancellationToken)
    {
        bool isPath = data.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.HasExtension(data);
        var known = isPath && File.Exists(data) ? null : EmbeddedDatasets.TryFind(data);
        if (known is not null)
            return new InputData(ml.Data.LoadDataset(known.Name), known);
        if (!isPath && !File.Exists(data))
            throw new DataException(NeitherSetNorFile(data));
        var view = Read(data, () => ml.Data.LoadFromTextFile(data, cancellationToken: cancellationToken));
        return view.GetRowCount() == 0
            ? throw new DataException($"{data} has a header and no rows.")
            : new InputData(view, null);
    }

    /// <summary>Reads a file, so that one which is missing or locked is bad data.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FileNotFoundException)
        {
            throw new DataException($"There is no file '{path}'.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read '{path}': {error.Message}", error);
        }
    }

    private static string NeitherSetNorFile(string data)
    {
        var names = EmbeddedDatasets.All.Select(i => i.Name).ToList();
        string hint = NearestName.Find(data, names) is { } near ? $" Did you mean '{near}'?" : "";
        return $"There is no file '{data}', and no embedded data set of that name.{hint} {NearestName.List("The sets are", names)}";
    }
}
