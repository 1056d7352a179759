using MLPath.Trainers;

namespace MLPath;

/// <summary>Networks of one's own.</summary>
public static class NetworkCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>A network of one's own for two classes.</summary>
        /// <param name="architecture">Describes the network for the rows it will learn from; it has the given number of outputs.</param>
        /// <param name="options">The options; the defaults when omitted.</param>
        public NetworkBinaryTrainer Network(NetworkTrainer.ArchitectureFactory architecture, NetworkTrainer.Options? options = null) =>
            new(NetworkTrainer.With(architecture, options, catalog.Environment.Seed));
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A network of one's own for several classes.</summary>
        /// <param name="architecture">Describes the network for the rows it will learn from; it has the given number of outputs.</param>
        /// <param name="options">The options; the defaults when omitted.</param>
        public NetworkMulticlassTrainer Network(NetworkTrainer.ArchitectureFactory architecture, NetworkTrainer.Options? options = null) =>
            new(NetworkTrainer.With(architecture, options, catalog.Environment.Seed));
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>A network of one's own that predicts a number.</summary>
        /// <param name="architecture">Describes the network for the rows it will learn from; it has the given number of outputs.</param>
        /// <param name="options">The options; the defaults when omitted.</param>
        public NetworkRegressionTrainer Network(NetworkTrainer.ArchitectureFactory architecture, NetworkTrainer.Options? options = null) =>
            new(NetworkTrainer.With(architecture, options, catalog.Environment.Seed));
    }
}
