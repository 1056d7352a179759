using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>What parameters are before they are learned.</summary>
/// <remarks>
/// fan_in is the number of inputs that meet in one output of the layer, fan_out the number of outputs that one input reaches: columns and rows of a
/// weight [out, in]; times the size of the window for a convolution [out, in, height, width].
/// </remarks>
public abstract partial record Initializer
{
    /// <summary>All 0.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All 1.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>Fills the numbers of one parameter.</summary>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="random">The source of randomness.</param>
    public abstract void Fill(Span<float> values, Shape shape, RandomStream random);

    /// <summary>fan_in and fan_out of a weight.</summary>
    /// <param name="shape">Its shape: [out, in] or [out, in, window...]; a vector counts as one output.</param>
    protected static (int In, int Out) Fans(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank < 2) return (Math.Max(1, shape.Size), 1);
        int window = shape[2..].Size;
        return (shape[1] * window, shape[0] * window);
    }

    /// <summary>Fills with numbers from U(−bound, bound).</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="random">The source of randomness.</param>
    protected static void FillUniform(Span<float> values, double bound, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref float value in values) value = (float)(bound * (2 * random.NextDouble() - 1));
    }

    /// <summary>Fills with numbers from N(0, deviation²).</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="random">The source of randomness.</param>
    protected static void FillNormal(Span<float> values, double deviation, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref float value in values) value = (float)(deviation * random.NextGaussian());
    }

    /// <summary>One number for all.</summary>
    /// <param name="Value">The number.</param>
    public sealed record Constant(float Value) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => values.Fill(Value);
    }

    /// <summary>U(−bound, bound).</summary>
    /// <param name="Bound">The bound, above 0.</param>
    public sealed record Uniform(double Bound) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillUniform(values, Bound, random);
    }

    /// <summary>N(0, deviation²).</summary>
    /// <param name="Deviation">The standard deviation, above 0.</param>
    public sealed record Normal(double Deviation) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillNormal(values, Deviation, random);
    }

    /// <summary>N(0, deviation²) without what lies more than two deviations from 0, which is drawn again.</summary>
    /// <param name="Deviation">The standard deviation of the whole distribution, above 0; what is left has 0.88 of it.</param>
    public sealed record TruncatedNormal(double Deviation) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            ArgumentNullException.ThrowIfNull(random);
            foreach (ref float value in values)
            {
                double z;
                do z = random.NextGaussian();
                while (Math.Abs(z) > 2);
                value = (float)(Deviation * z);
            }
        }
    }
}
