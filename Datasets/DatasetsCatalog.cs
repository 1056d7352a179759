using MLPath.Datasets;

namespace MLPath;

/// <summary>Data sets by name and generated data: members of <c>ml.Data</c>.</summary>
public static class DatasetsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>
        /// Reads a data set by its name; see <see cref="DatasetRegistry.All"/>, or <c>mlpath datasets</c> on the command line.
        /// </summary>
        /// <param name="name">The name or an alias, in any case: <c>iris</c>, <c>titanic</c>, <c>mnist</c>.</param>
        /// <param name="part">
        /// The part of a set that is published in two, such as <c>mnist</c>. Default: the training part, which is all of any other set.
        /// </param>
        /// <param name="download">
        /// Whether a public set that is not on this machine is downloaded, as <see cref="DatasetRegistry.Get"/> does. Default: false, so
        /// that reading data never depends on the network by surprise.
        /// </param>
        /// <param name="cancellationToken">Ends downloading and reading early.</param>
        /// <returns>
        /// The columns of <see cref="DatasetInfo.Schema"/>: the features with their types, then the label, text for classes and Single for
        /// a number. A missing number is NaN, a missing text empty.
        /// </returns>
        /// <exception cref="ArgumentException">There is no set of that name (the message gives the nearest), or it has no test part.</exception>
        /// <exception cref="DataException">
        /// The set is public and not on this machine: the message says how to get it. Or its files are not what they should be.
        /// </exception>
        /// <exception cref="IOException">A download was asked for and is not possible.</exception>
        public IDataView LoadDataset(
            string name, DatasetPart part = DatasetPart.Train, bool download = false, CancellationToken cancellationToken = default)
        {
            var info = DatasetRegistry.Find(name);
            var store = DatasetStore.FromEnvironment();
            if (download && store.Locate(info) == DatasetLocation.Nowhere) DatasetRegistry.Get(name, progress: null, cancellationToken);
            return store.Load(info, part, cancellationToken);
        }

        /// <summary>Makes data of known structure: clouds, moons, circles, classifications, regressions.</summary>
        public DataGenerators Generate => new(catalog.Environment.Seed);
    }
}
