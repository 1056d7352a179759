using MLPath.Data;
using MLPath.Transforms;

namespace MLPath;

/// <summary>The conversions of <c>ml.Transforms.Conversion</c> between types.</summary>
public static class TypeConversionCatalog
{
    extension(TransformsCatalog.ConversionTransforms catalog)
    {
        /// <summary>Converts values to another type; see <see cref="TypeConvertingEstimator"/> for what becomes what.</summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="inputColumnName">The column to convert, scalars or vectors; the output's name when null.</param>
        /// <param name="outputKind">The type to convert to.</param>
        public TypeConvertingEstimator ConvertType(
            string outputColumnName, string? inputColumnName = null, DataKind outputKind = TypeConvertingEstimator.DefaultOutputKind) =>
            new(new TypeConvertingEstimator.ColumnOptions(outputColumnName, outputKind, inputColumnName));

        /// <summary>Converts values of several columns to another type; see <see cref="TypeConvertingEstimator"/> for what becomes what.</summary>
        /// <param name="columns">The columns to make, and of which.</param>
        /// <param name="outputKind">The type to convert to.</param>
        public TypeConvertingEstimator ConvertType(
            InputOutputColumnPair[] columns, DataKind outputKind = TypeConvertingEstimator.DefaultOutputKind) =>
            new(columns.Select(c => new TypeConvertingEstimator.ColumnOptions(c.OutputColumnName, outputKind, c.InputColumnName)));

        /// <summary>Converts values, each column to its own type; see <see cref="TypeConvertingEstimator"/> for what becomes what.</summary>
        /// <param name="columns">The columns to make, each with its type.</param>
        public TypeConvertingEstimator ConvertType(params TypeConvertingEstimator.ColumnOptions[] columns) => new(columns);
    }
}
