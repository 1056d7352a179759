using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What a trainer learned: immutable, safe for use by many threads, saved in model files.</summary>
public interface IModelParameters : ICanSaveModel
{
    /// <summary>d, the number of features it was trained on; 0 where rows have their own lengths.</summary>
    int FeatureCount { get; }

    /// <summary>What it was trained on and scores. The default is a vector of <see cref="FeatureCount"/> features.</summary>
    FeatureFormat InputFormat => FeatureFormat.Vector(FeatureCount);

    /// <summary>Whether its scoring reads sparse rows as they are; otherwise it is given dense ones.</summary>
    bool ScoresSparse => false;
}

/// <summary>A model that tells two classes apart.</summary>
public interface IBinaryModel : IModelParameters
{
    /// <summary>Whether it gives probabilities.</summary>
    bool IsCalibrated { get; }

    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n scores; positive speaks for the positive class, and above 0 exactly where the probability is above ½.</param>
    /// <param name="probabilities">Receives n probabilities of the positive class; empty when the model gives none.</param>
    void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities);
}

/// <summary>A model that tells k classes apart.</summary>
public interface IMulticlassModel : IModelParameters
{
    /// <summary>k, the number of classes.</summary>
    int ClassCount { get; }

    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n × k scores, row-major: probabilities where the model gives them; the greatest of a row wins, the first one in a tie.</param>
    void Score(FeatureMatrix features, Span<float> scores);
}

/// <summary>A model that predicts a number.</summary>
public interface IRegressionModel : IModelParameters
{
    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n predictions, in the unit of the label.</param>
    void Score(FeatureMatrix features, Span<float> scores);
}

/// <summary>A model that assigns rows to k clusters.</summary>
public interface IClusteringModel : IModelParameters
{
    /// <summary>k, the number of clusters.</summary>
    int ClusterCount { get; }

    /// <summary>
    /// A row whose least score exceeds it belongs to no cluster, and its predicted label is missing (key 0). +∞, the default, where every row
    /// belongs to a cluster.
    /// </summary>
    float LargestScore => float.PositiveInfinity;

    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n × k scores, row-major: squared distances to the clusters, or what the model says instead; the least of a row wins, the first one in a tie.</param>
    void Score(FeatureMatrix features, Span<float> scores);
}

/// <summary>A model that assigns rows to k clusters with probabilities.</summary>
public interface IProbabilisticClusteringModel : IClusteringModel
{
    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n × k scores, as <see cref="IClusteringModel.Score"/> gives them.</param>
    /// <param name="probabilities">Receives n × k probabilities of the clusters, row-major; each row adds up to 1.</param>
    void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities);
}

/// <summary>A model that says how unlike the rows it was trained on a row is.</summary>
public interface IAnomalyModel : IModelParameters
{
    /// <summary>
    /// Rows that score above it are predicted to be anomalies, unless <c>ml.AnomalyDetection.ChangeModelThreshold</c> sets another value. ½ for
    /// models whose scores lie between 0 and 1, as in ML.NET; what was learned for others.
    /// </summary>
    float DefaultThreshold => 0.5f;

    /// <summary>Scores rows.</summary>
    /// <param name="features">n × d, or n rows of another <see cref="IModelParameters.InputFormat"/>.</param>
    /// <param name="scores">Receives n scores: the greater, the more of an anomaly.</param>
    void Score(FeatureMatrix features, Span<float> scores);
}

/// <summary>How an iterative trainer's work went.</summary>
public interface ITrainingHistory
{
    /// <summary>The number of iterations done.</summary>
    int Iterations { get; }

    /// <summary>Whether it met its own criterion before the limit.</summary>
    bool Converged { get; }

    /// <summary>Why it stopped, in words.</summary>
    string StopReason { get; }

    /// <summary>The training loss after each iteration.</summary>
    IReadOnlyList<double> Losses { get; }
}
