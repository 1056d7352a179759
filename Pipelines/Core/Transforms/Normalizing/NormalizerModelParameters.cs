using System.Collections.Immutable;

namespace MLPath.Transforms;

public sealed partial class NormalizingTransformer
{
    /// <summary>What a normaliser learned of one column.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase() { }
    }

    /// <summary>The parameters of (x − offset) · scale.</summary>
    /// <typeparam name="TData">float or double for a scalar; an ImmutableArray of these, one for each slot, for a vector.</typeparam>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset) => (Scale, Offset) = (scale, offset);

        /// <summary>The scales, 0 for slots that were constant in training.</summary>
        public TData Scale { get; }

        /// <summary>The offsets, 0 where zero stays zero.</summary>
        public TData Offset { get; }
    }

    /// <summary>The parameters of Φ((x − mean) / standard deviation).</summary>
    /// <typeparam name="TData">float or double for a scalar; an ImmutableArray of these, one for each slot, for a vector.</typeparam>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog) =>
            (Mean, StandardDeviation, UseLog) = (mean, standardDeviation, useLog);

        /// <summary>The means, 0 for slots that were constant in training.</summary>
        public TData Mean { get; }

        /// <summary>The standard deviations (dividing by n), 0 for slots that were constant in training.</summary>
        public TData StandardDeviation { get; }

        /// <summary>Whether mean and standard deviation are those of the logarithm, and it is taken first: Φ((ln x − mean) / standard deviation).</summary>
        public bool UseLog { get; }
    }

    /// <summary>The parameters of (number of the bin, from 0) / density − offset.</summary>
    /// <typeparam name="TData">float or double for a scalar; an ImmutableArray of these, one for each slot, for a vector.</typeparam>
    public sealed class BinNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal BinNormalizerModelParameters(ImmutableArray<TData> upperBounds, TData density, TData offset) =>
            (UpperBounds, Density, Offset) = (upperBounds, density, offset);

        /// <summary>The greatest number of each bin, ∞ for the last one: of a scalar's bins, or a list for each slot of a vector.</summary>
        public ImmutableArray<TData> UpperBounds { get; }

        /// <summary>The number of bins less 1; 1 for a single bin.</summary>
        public TData Density { get; }

        /// <summary>What is subtracted so that 0 stays 0; 0 otherwise.</summary>
        public TData Offset { get; }
    }
}
