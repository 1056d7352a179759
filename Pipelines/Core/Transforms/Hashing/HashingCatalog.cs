using MLPath.Transforms;

namespace MLPath;

/// <summary>The hashes of <c>ml.Transforms.Conversion</c> and <c>ml.Transforms.Categorical</c>.</summary>
public static class HashingCatalog
{
    extension(TransformsCatalog.ConversionTransforms catalog)
    {
        /// <summary>Turns values into keys by hashing.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to hash: text, numbers, Booleans, keys, or vectors of these; the output's name when null.</param>
        /// <param name="numberOfBits">The number of bits of a hash: 1 to 31, at most 24 with inverts. There are 2^bits keys.</param>
        /// <param name="maximumNumberOfInverts">The most values that are kept for each key to tell what it stands for; 0 for none, −1 for all.</param>
        public HashingEstimator Hash(
            string outputColumnName,
            string? inputColumnName = null,
            int numberOfBits = HashingEstimator.DefaultNumberOfBits,
            int maximumNumberOfInverts = 0) =>
            new(new HashingEstimator.ColumnOptions(
                outputColumnName, inputColumnName, numberOfBits, maximumNumberOfInverts: maximumNumberOfInverts));

        /// <summary>Turns values into keys by hashing, each column in its own way.</summary>
        /// <param name="columns">The columns to make, each with its options.</param>
        public HashingEstimator Hash(params HashingEstimator.ColumnOptions[] columns) => new(columns);
    }

    extension(TransformsCatalog.CategoricalTransforms catalog)
    {
        /// <summary>Turns categories into vectors of numbers by hashing, with a slot for each hash.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column of categories; the output's name when null.</param>
        /// <param name="outputKind">What is made of the categories.</param>
        /// <param name="numberOfBits">The number of bits of a hash, 1 to 31: there are 2^bits slots.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the position of a vector's items counts.</param>
        /// <param name="maximumNumberOfInverts">The most values that are kept to name each slot; 0 for none, −1 for all.</param>
        public OneHotHashEncodingEstimator OneHotHashEncoding(
            string outputColumnName,
            string? inputColumnName = null,
            OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
            int numberOfBits = OneHotHashEncodingEstimator.DefaultNumberOfBits,
            uint seed = HashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0) =>
            new([new(outputColumnName, inputColumnName)], outputKind, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts);

        /// <summary>Turns categories of several columns into vectors of numbers by hashing, with a slot for each hash.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="outputKind">What is made of the categories.</param>
        /// <param name="numberOfBits">The number of bits of a hash, 1 to 31: there are 2^bits slots.</param>
        /// <param name="seed">The seed of the hash.</param>
        /// <param name="useOrderedHashing">Whether the position of a vector's items counts.</param>
        /// <param name="maximumNumberOfInverts">The most values that are kept to name each slot; 0 for none, −1 for all.</param>
        public OneHotHashEncodingEstimator OneHotHashEncoding(
            InputOutputColumnPair[] columns,
            OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
            int numberOfBits = OneHotHashEncodingEstimator.DefaultNumberOfBits,
            uint seed = HashingEstimator.DefaultSeed,
            bool useOrderedHashing = true,
            int maximumNumberOfInverts = 0) =>
            new(columns, outputKind, numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts);
    }
}
