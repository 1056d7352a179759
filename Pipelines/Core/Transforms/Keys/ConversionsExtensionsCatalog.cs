using MLPath.Transforms;

namespace MLPath;

/// <summary>The conversions of <c>ml.Transforms.Conversion</c> to and from keys.</summary>
public static class ConversionsExtensionsCatalog
{
    extension(TransformsCatalog.ConversionTransforms catalog)
    {
        /// <summary>Gives each different value of a column a key; missing and unseen values become key 0.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of values; the output's name when null.</param>
        /// <param name="maximumNumberOfKeys">The most keys; values that occur later are missing. At least 1.</param>
        /// <param name="keyOrdinality">The order of the keys.</param>
        /// <param name="addKeyValueAnnotationsAsText">Whether the keys stand for texts, whatever the type of the values.</param>
        /// <param name="keyData">A view of one column whose values get the keys; the data themselves when null.</param>
        public ValueToKeyMappingEstimator MapValueToKey(
            string outputColumnName,
            string? inputColumnName = null,
            int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            bool addKeyValueAnnotationsAsText = false,
            IDataView? keyData = null) =>
            new([new(outputColumnName, inputColumnName)], maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

        /// <summary>Gives each different value of each column a key; missing and unseen values become key 0.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="maximumNumberOfKeys">The most keys of a column; values that occur later are missing. At least 1.</param>
        /// <param name="keyOrdinality">The order of the keys.</param>
        /// <param name="addKeyValueAnnotationsAsText">Whether the keys stand for texts, whatever the type of the values.</param>
        /// <param name="keyData">A view of one column whose values get the keys, for all columns; the data themselves when null.</param>
        public ValueToKeyMappingEstimator MapValueToKey(
            InputOutputColumnPair[] columns,
            int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximumNumberOfKeys,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            bool addKeyValueAnnotationsAsText = false,
            IDataView? keyData = null) =>
            new(columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

        /// <summary>Replaces values by others, after a table; a value that is not in it becomes missing.</summary>
        /// <typeparam name="TInputType">The type of the values to replace: <see cref="string"/>, a number, <see cref="bool"/>, a date or time.</typeparam>
        /// <typeparam name="TOutputType">The type of the values that replace them.</typeparam>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="keyValuePairs">The table: each value to replace once.</param>
        /// <param name="inputColumnName">The column of values; the output's name when null.</param>
        /// <param name="treatValuesAsKeyType">
        /// Whether keys replace the values: unsigned integers are the keys' numbers; of other types each different value gets a key, which stands for it.
        /// </param>
        public ValueMappingEstimator MapValue<TInputType, TOutputType>(
            string outputColumnName,
            IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs,
            string? inputColumnName = null,
            bool treatValuesAsKeyType = false) =>
            ValueMappingEstimator.Create(new InputOutputColumnPair(outputColumnName, inputColumnName), [.. keyValuePairs], treatValuesAsKeyType);

        /// <summary>Replaces values by vectors, after a table; a value that is not in it becomes a vector of missing items, or of none.</summary>
        /// <typeparam name="TInputType">The type of the values to replace: <see cref="string"/>, a number, <see cref="bool"/>, a date or time.</typeparam>
        /// <typeparam name="TOutputType">The type of the items of the vectors that replace them.</typeparam>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="keyValuePairs">The table: each value to replace once.</param>
        /// <param name="inputColumnName">The column of values; the output's name when null.</param>
        public ValueMappingEstimator MapValue<TInputType, TOutputType>(
            string outputColumnName, IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs, string? inputColumnName = null) =>
            ValueMappingEstimator.CreateOfVectors(new InputOutputColumnPair(outputColumnName, inputColumnName), [.. keyValuePairs]);

        /// <summary>Replaces values by others, after a table in two columns of a view; a value that is not in it becomes missing.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="lookupMap">The view, which is read once, now.</param>
        /// <param name="keyColumn">Its column of the values to replace, each once.</param>
        /// <param name="valueColumn">Its column of the values, keys or vectors that replace them.</param>
        /// <param name="inputColumnName">The column of values; the output's name when null.</param>
        public ValueMappingEstimator MapValue(
            string outputColumnName,
            IDataView lookupMap,
            DataViewSchema.Column keyColumn,
            DataViewSchema.Column valueColumn,
            string? inputColumnName = null) =>
            new([new(outputColumnName, inputColumnName)], lookupMap, keyColumn, valueColumn);

        /// <summary>Turns keys back into what they stand for; a missing key becomes a missing value.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of keys; the output's name when null.</param>
        public KeyToValueMappingEstimator MapKeyToValue(string outputColumnName, string? inputColumnName = null) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Turns keys back into what they stand for; a missing key becomes a missing value.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        public KeyToValueMappingEstimator MapKeyToValue(InputOutputColumnPair[] columns) => new(columns);

        /// <summary>Turns keys into vectors with a slot for each category.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of keys; the output's name when null.</param>
        /// <param name="outputCountVector">Whether a vector's keys are counted in one row of slots; otherwise each has a row of its own.</param>
        public KeyToVectorMappingEstimator MapKeyToVector(string outputColumnName, string? inputColumnName = null, bool outputCountVector = false) =>
            new([new(outputColumnName, inputColumnName)], outputCountVector);

        /// <summary>Turns keys into vectors with a slot for each category.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="outputCountVector">Whether a vector's keys are counted in one row of slots; otherwise each has a row of its own.</param>
        public KeyToVectorMappingEstimator MapKeyToVector(InputOutputColumnPair[] columns, bool outputCountVector = false) =>
            new(columns, outputCountVector);

        /// <summary>Turns keys into vectors of binary digits.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of keys; the output's name when null.</param>
        public KeyToBinaryVectorMappingEstimator MapKeyToBinaryVector(string outputColumnName, string? inputColumnName = null) =>
            new(new InputOutputColumnPair(outputColumnName, inputColumnName));

        /// <summary>Turns keys into vectors of binary digits.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        public KeyToBinaryVectorMappingEstimator MapKeyToBinaryVector(InputOutputColumnPair[] columns) => new(columns);
    }
}
