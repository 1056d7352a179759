using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What several models of this library check when they are loaded.</summary>
internal static class ModelReading
{
    extension(ModelLoadContext context)
    {
        /// <summary>Reads an array of numbers that must all be finite.</summary>
        /// <param name="name">The array's name.</param>
        /// <param name="expectedShape">The dimensions, −1 for any length.</param>
        /// <exception cref="ModelFormatException">The array is missing, has another shape, or holds NaN or ±∞.</exception>
        public double[] ReadFinite(string name, params ReadOnlySpan<int> expectedShape)
        {
            double[] values = context.ReadArray<double>(name, expectedShape);
            return Array.TrueForAll(values, double.IsFinite)
                ? values
                : throw context.Invalid($"array {name} holds a value that is not finite");
        }

        /// <summary>Reads a number that must be finite.</summary>
        /// <param name="name">The setting's name.</param>
        /// <exception cref="ModelFormatException">The setting is missing, or is NaN or ±∞.</exception>
        public double ReadFiniteNumber(string name)
        {
            double value = context.ReadDouble(name);
            return double.IsFinite(value) ? value : throw context.Invalid($"{name} is not finite");
        }
    }
}
