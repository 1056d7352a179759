using MLPath.Runtime;

namespace MLPath;

/// <summary>
/// The start of every program: catalogs of data, transforms, trainers, metrics and models, with all of MLPath's components registered.
/// Safe for use by many threads.
/// </summary>
/// <example>
/// <code>
/// var ml = new MLContext(seed: 42);
/// var iris = ml.Data.LoadDataset("iris");
/// </code>
/// </example>
public sealed class MLContext : MLEnvironment
{
    /// <summary>Creates a context.</summary>
    /// <param name="seed">
    /// The seed of everything random that its catalogs make. The same seed gives the same results, bit for bit; without one it is 0, so that results
    /// repeat by default.
    /// </param>
    public MLContext(int? seed = null) : base(seed ?? 0)
    {
        Components.Add(PipelineComponents.All);
        Components.Add(DatasetsComponents.All);
        Components.Add(ClassicalComponents.All);
        Components.Add(DeepComponents.All);
        Algorithms.Add(ClassicalAlgorithms.All);
        Algorithms.Add(DeepAlgorithms.All);
        Algorithms.AddSteps(ClassicalAlgorithms.Steps);
        Algorithms.AddSteps(DeepAlgorithms.Steps);
        Data = new DataOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
        BinaryClassification = new BinaryClassificationCatalog(this);
        MulticlassClassification = new MulticlassClassificationCatalog(this);
        Regression = new RegressionCatalog(this);
        Clustering = new ClusteringCatalog(this);
        AnomalyDetection = new AnomalyDetectionCatalog(this);
        Ranking = new RankingCatalog(this);
        Model = new ModelOperationsCatalog(this);
    }

    /// <summary>Where data come from, and what is done to their rows.</summary>
    public DataOperationsCatalog Data { get; }

    /// <summary>Changes to columns.</summary>
    public TransformsCatalog Transforms { get; }

    /// <summary>Telling two classes apart.</summary>
    public BinaryClassificationCatalog BinaryClassification { get; }

    /// <summary>Telling several classes apart.</summary>
    public MulticlassClassificationCatalog MulticlassClassification { get; }

    /// <summary>Predicting numbers.</summary>
    public RegressionCatalog Regression { get; }

    /// <summary>Finding groups without labels.</summary>
    public ClusteringCatalog Clustering { get; }

    /// <summary>Finding rows that are unlike the others, without labels.</summary>
    public AnomalyDetectionCatalog AnomalyDetection { get; }

    /// <summary>Ordering the rows of each group by how relevant they are.</summary>
    public RankingCatalog Ranking { get; }

    /// <summary>Saving and loading models, and predicting with them.</summary>
    public ModelOperationsCatalog Model { get; }
}
