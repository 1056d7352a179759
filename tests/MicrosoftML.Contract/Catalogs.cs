using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Where everything of Microsoft.ML is found.</summary>
public sealed class MLContext
{
    public MLContext(int? seed = null)
    {
    }

    public BinaryClassificationCatalog BinaryClassification { get; } = new();

    public MulticlassClassificationCatalog MulticlassClassification { get; } = new();

    public RegressionCatalog Regression { get; } = new();

    public ClusteringCatalog Clustering { get; } = new();

    public RankingCatalog Ranking { get; } = new();

    public AnomalyDetectionCatalog AnomalyDetection { get; } = new();

    public ForecastingCatalog Forecasting { get; } = new();

    public TransformsCatalog Transforms { get; } = new();

    public ModelOperationsCatalog Model { get; } = new();
}

/// <summary>Two classes.</summary>
public sealed class BinaryClassificationCatalog
{
    internal BinaryClassificationCatalog()
    {
    }

    public BinaryClassificationTrainers Trainers { get; } = new();

    /// <summary>Trainers for two classes.</summary>
    public sealed class BinaryClassificationTrainers
    {
        internal BinaryClassificationTrainers()
        {
        }
    }
}

/// <summary>Several classes.</summary>
public sealed class MulticlassClassificationCatalog
{
    internal MulticlassClassificationCatalog()
    {
    }

    public MulticlassClassificationTrainers Trainers { get; } = new();

    /// <summary>Trainers for several classes.</summary>
    public sealed class MulticlassClassificationTrainers
    {
        internal MulticlassClassificationTrainers()
        {
        }
    }
}

/// <summary>Numbers.</summary>
public sealed class RegressionCatalog
{
    internal RegressionCatalog()
    {
    }

    public RegressionTrainers Trainers { get; } = new();

    /// <summary>Trainers for numbers.</summary>
    public sealed class RegressionTrainers
    {
        internal RegressionTrainers()
        {
        }
    }
}

/// <summary>Groups.</summary>
public sealed class ClusteringCatalog
{
    internal ClusteringCatalog()
    {
    }

    public ClusteringTrainers Trainers { get; } = new();

    /// <summary>Trainers for groups.</summary>
    public sealed class ClusteringTrainers
    {
        internal ClusteringTrainers()
        {
        }
    }
}

/// <summary>Orders within groups.</summary>
public sealed class RankingCatalog
{
    internal RankingCatalog()
    {
    }

    public RankingTrainers Trainers { get; } = new();

    /// <summary>Trainers for orders within groups.</summary>
    public sealed class RankingTrainers
    {
        internal RankingTrainers()
        {
        }
    }
}

/// <summary>Rows unlike the others.</summary>
public sealed class AnomalyDetectionCatalog
{
    internal AnomalyDetectionCatalog()
    {
    }

    public AnomalyDetectionTrainers Trainers { get; } = new();

    /// <summary>Trainers for rows unlike the others.</summary>
    public sealed class AnomalyDetectionTrainers
    {
        internal AnomalyDetectionTrainers()
        {
        }
    }
}

/// <summary>Series.</summary>
public sealed class ForecastingCatalog
{
    internal ForecastingCatalog()
    {
    }

    public Forecasters Trainers { get; } = new();

    /// <summary>Trainers for series.</summary>
    public sealed class Forecasters
    {
        internal Forecasters()
        {
        }
    }
}

/// <summary>Transforms.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog()
    {
    }

    public ConversionTransforms Conversion { get; } = new();

    /// <summary>Transforms that change types.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms()
        {
        }
    }
}

/// <summary>Transforms of whole columns.</summary>
public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        throw Engine.Needed;

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        throw Engine.Needed;

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) => throw Engine.Needed;
}

/// <summary>Transforms by a function of the user's.</summary>
public static class CustomMappingCatalog
{
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
        this TransformsCatalog catalog, Action<TSrc, TDst> mapAction, string contractName,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new() => throw Engine.Needed;
}

/// <summary>Transforms that change values.</summary>
public static class ConversionsExtensionsCatalog
{
    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
        IDataView lookupMap, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn, string inputColumnName = null) => throw Engine.Needed;

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false, IDataView keyData = null) => throw Engine.Needed;
}

/// <summary>Model files.</summary>
public sealed class ModelOperationsCatalog
{
    internal ModelOperationsCatalog()
    {
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream) => throw Engine.Needed;

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema) => throw Engine.Needed;
}
