using MLPath.Datasets.Embedded;
using MLPath.Datasets.Text;
using MLPath.Runtime;

namespace MLPath.Datasets;

/// <summary>The small public data sets that travel inside the library, for examples, tests and first steps.</summary>
public static class EmbeddedDatasets
{
    /// <summary>What is known of each set, in order of size.</summary>
    public static IReadOnlyList<DatasetInfo> All { get; } = [Iris.Info, Wine.Info, Diabetes.Info, BreastCancer.Info, Digits.Info];

    /// <summary>Finds a set by its name or an alias, in any case; an underscore counts as a hyphen.</summary>
    /// <param name="name">The name.</param>
    /// <returns>What is known of the set, or null when there is none of that name.</returns>
    public static DatasetInfo? TryFind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string canonical = name.Replace('_', '-');
        return All.FirstOrDefault(info => Names(info).Contains(canonical, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Finds a set by its name or an alias, in any case; an underscore counts as a hyphen.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is no set of that name; the message lists those there are.</exception>
    public static DatasetInfo Find(string name)
    {
        if (TryFind(name) is { } info) return info;
        string hint = NearestName.Hint(name, All.SelectMany(Names));
        string list = NearestName.List("The data sets are", [.. All.Select(i => i.Name)]);
        throw new ArgumentException($"There is no data set '{name}'.{hint} {list}");
    }

    /// <summary>Reads a set into memory: its features, then its label, as <see cref="DatasetInfo.Schema"/> says.</summary>
    /// <param name="name">The name or an alias.</param>
    /// <exception cref="ArgumentException">There is no set of that name.</exception>
    public static IDataView Load(string name)
    {
        var info = Find(name);
        var assembly = typeof(EmbeddedDatasets).Assembly;
        string resource = assembly.GetManifestResourceInfo($"{info.Name}.csv") is null ? $"{info.Name}.csv.gz" : $"{info.Name}.csv";
        TextInput[] inputs = [new TextInput(info.Name, () => assembly.GetManifestResourceStream(resource)!)];
        var options = new TextFileOptions { HasHeader = true };
        var table = FileTables.Expected(
            inputs, TableLayout.Inspect(inputs[0], options), options, info.Schema, optional: [], othersAsText: false);
        return new TableCollector(table, long.MaxValue, info.Name, CancellationToken.None).Collect();
    }

    private static IEnumerable<string> Names(DatasetInfo info) => info.Aliases.Prepend(info.Name);
}
