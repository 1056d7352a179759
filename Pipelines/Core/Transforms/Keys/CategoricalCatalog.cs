using MLPath.Transforms;

namespace MLPath;

/// <summary>The encodings of <c>ml.Transforms.Categorical</c>.</summary>
public static class CategoricalCatalog
{
    extension(TransformsCatalog.CategoricalTransforms catalog)
    {
        /// <summary>Turns the categories of a column into vectors of numbers, with a slot for each.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of categories; the output's name when null.</param>
        /// <param name="outputKind">What is made of the categories.</param>
        /// <param name="maximumNumberOfKeys">The most categories; those that occur later count as missing. At least 1.</param>
        /// <param name="keyOrdinality">The order of the slots.</param>
        /// <param name="keyData">A view of one column with the categories; the data themselves when null.</param>
        public OneHotEncodingEstimator OneHotEncoding(
            string outputColumnName,
            string? inputColumnName = null,
            OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
            int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            IDataView? keyData = null) =>
            new([new(outputColumnName, inputColumnName)], outputKind, maximumNumberOfKeys, keyOrdinality, keyData);

        /// <summary>Turns the categories of several columns, each with its own, into vectors of numbers, in one pass.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="outputKind">What is made of the categories.</param>
        /// <param name="maximumNumberOfKeys">The most categories of a column; those that occur later count as missing. At least 1.</param>
        /// <param name="keyOrdinality">The order of the slots.</param>
        /// <param name="keyData">A view of one column with the categories, for all columns; the data themselves when null.</param>
        public OneHotEncodingEstimator OneHotEncoding(
            InputOutputColumnPair[] columns,
            OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
            int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            IDataView? keyData = null) =>
            new(columns, outputKind, maximumNumberOfKeys, keyOrdinality, keyData);
    }
}
