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
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation) => (Mean, StandardDeviation) = (mean, standardDeviation);

        /// <summary>The means, 0 for slots that were constant in training.</summary>
        public TData Mean { get; }

        /// <summary>The standard deviations (dividing by n), 0 for slots that were constant in training.</summary>
        public TData StandardDeviation { get; }

        /// <summary>Whether the logarithm is taken first: it is not.</summary>
        public bool UseLog => false;
    }
}
