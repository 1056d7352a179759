using MLPath.Datasets;

namespace MLPath;

/// <summary>Data sets by name and generated data: members of <c>ml.Data</c>.</summary>
public static class DatasetsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Reads one of the data sets that travel inside the library; see <see cref="EmbeddedDatasets.All"/>.</summary>
        /// <param name="name">
        /// <c>iris</c>, <c>wine</c>, <c>diabetes</c>, <c>breast-cancer</c> or <c>digits</c>, in any case, or an alias.
        /// </param>
        /// <returns>
        /// The features as Single columns (digits: one vector, <c>Pixels</c>), then the label: text for classes, Single for a number.
        /// </returns>
        /// <exception cref="ArgumentException">There is no set of that name; the message lists those there are.</exception>
        public IDataView LoadDataset(string name) => EmbeddedDatasets.Load(name);

        /// <summary>Makes data of known structure: clouds, moons, circles, classifications, regressions.</summary>
        public DataGenerators Generate => new(catalog.Environment.Seed);
    }
}
