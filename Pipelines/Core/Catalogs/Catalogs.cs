using MLPath.Runtime;

namespace MLPath;

/// <summary>Where data come from, and what is done to their rows: <c>ml.Data</c>. Libraries add to it by extension members.</summary>
/// <param name="environment">What all catalogs share.</param>
public sealed class DataOperationsCatalog(MLEnvironment environment)
{
    /// <summary>What all catalogs share.</summary>
    public MLEnvironment Environment { get; } = environment;

    /// <summary>The two parts of a split.</summary>
    /// <param name="trainSet">The rows to learn from.</param>
    /// <param name="testSet">The rows to test on.</param>
    public readonly struct TrainTestData(IDataView trainSet, IDataView testSet)
    {
        /// <summary>The rows to learn from.</summary>
        public IDataView TrainSet { get; } = trainSet;

        /// <summary>The rows to test on.</summary>
        public IDataView TestSet { get; } = testSet;
    }
}

/// <summary>Changes to columns: <c>ml.Transforms</c>. Libraries add to it by extension members.</summary>
public sealed class TransformsCatalog
{
    /// <summary>Creates the catalog.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public TransformsCatalog(MLEnvironment environment)
    {
        Environment = environment;
        Categorical = new CategoricalTransforms(environment);
        Conversion = new ConversionTransforms(environment);
        FeatureSelection = new FeatureSelectionTransforms(environment);
        Text = new TextTransforms(environment);
    }

    /// <summary>What all catalogs share.</summary>
    public MLEnvironment Environment { get; }

    /// <summary>Encodings of categories.</summary>
    public CategoricalTransforms Categorical { get; }

    /// <summary>Conversions between types.</summary>
    public ConversionTransforms Conversion { get; }

    /// <summary>Choice of the features worth keeping.</summary>
    public FeatureSelectionTransforms FeatureSelection { get; }

    /// <summary>Features from text.</summary>
    public TextTransforms Text { get; }

    /// <summary>Encodings of categories: <c>ml.Transforms.Categorical</c>.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class CategoricalTransforms(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }

    /// <summary>Conversions between types: <c>ml.Transforms.Conversion</c>.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class ConversionTransforms(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }

    /// <summary>Choice of the features worth keeping: <c>ml.Transforms.FeatureSelection</c>.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class FeatureSelectionTransforms(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }

    /// <summary>Features from text: <c>ml.Transforms.Text</c>.</summary>
    /// <param name="environment">What all catalogs share.</param>
    public sealed class TextTransforms(MLEnvironment environment)
    {
        /// <summary>What all catalogs share.</summary>
        public MLEnvironment Environment { get; } = environment;
    }
}

/// <summary>Saving and loading models, and predicting with them: <c>ml.Model</c>. Libraries add to it by extension members.</summary>
/// <param name="environment">What all catalogs share.</param>
public sealed class ModelOperationsCatalog(MLEnvironment environment)
{
    /// <summary>What all catalogs share.</summary>
    public MLEnvironment Environment { get; } = environment;
}
