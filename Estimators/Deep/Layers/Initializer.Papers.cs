using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Which of a weight's two numbers of neighbours its initialiser divides by.</summary>
public enum Fan
{
    /// <summary>fan_in: the variance of activations is kept on the way forward.</summary>
    In,

    /// <summary>fan_out: the variance of gradients is kept on the way back.</summary>
    Out,
}

/// <summary>The initialisers that keep the variance of what goes through layers, by the names of their papers.</summary>
public abstract partial record Initializer
{
    /// <summary>
    /// What the deviation of a weight is multiplied by when this activation follows, so that variance neither grows nor vanishes through layers: 1 for a sigmoid, 5/3
    /// for tanh, √2 for ReLU, √(2 / (1 + a²)) for the leaky one, as is customary; for others 1 / √E[f(z)²] for a standard normal z, which for ReLU gives √2 too.
    /// Without an activation it is 1.
    /// </summary>
    /// <param name="activation">The activation f.</param>
    /// <param name="parameter">Its own number, where it has one.</param>
    /// <exception cref="ArgumentException">The function is not defined for all numbers.</exception>
    public static double GainOf(UnaryFunction activation, double parameter = 0) => activation switch
    {
        UnaryFunction.Sigmoid => 1,
        UnaryFunction.Tanh => 5.0 / 3,
        UnaryFunction.ReLU => Math.Sqrt(2),
        UnaryFunction.LeakyReLU => Math.Sqrt(2 / (1 + parameter * parameter)),
        UnaryFunction.Log or UnaryFunction.Sqrt => throw new ArgumentException($"{activation} is no activation: it is not defined below 0.", nameof(activation)),
        _ => 1 / Math.Sqrt(SecondMoment(activation, parameter)),
    };

    /// <summary>U(−b, b) with b = gain √(6 / (fan_in + fan_out)): activations and gradients keep their variance. X. Glorot, Y. Bengio, AISTATS 2010.</summary>
    /// <param name="Gain">The gain of the activation that follows; 1 for linear, 5/3 for tanh, √2 for ReLU.</param>
    public sealed record XavierUniform(double Gain = 1) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            var (fanIn, fanOut) = Fans(shape);
            FillUniform(values, Gain * Math.Sqrt(6.0 / (fanIn + fanOut)), random);
        }
    }

    /// <summary>N(0, σ²) with σ = gain √(2 / (fan_in + fan_out)). X. Glorot, Y. Bengio, AISTATS 2010.</summary>
    /// <param name="Gain">The gain of the activation that follows; 1 for linear, 5/3 for tanh, √2 for ReLU.</param>
    public sealed record XavierNormal(double Gain = 1) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            var (fanIn, fanOut) = Fans(shape);
            FillNormal(values, Gain * Math.Sqrt(2.0 / (fanIn + fanOut)), random);
        }
    }

    /// <summary>U(−b, b) with b = gain √(3 / fan): activations, or gradients, keep their variance. K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015.</summary>
    /// <param name="Gain">The gain of the activation that follows; √2, the default, for ReLU.</param>
    /// <param name="Fan">Which fan.</param>
    public sealed record KaimingUniform(double Gain = 1.4142135623730951, Fan Fan = Fan.In) : Initializer
    {
        /// <summary>b = 1 / √fan_in, the bound that is customary for fully connected and convolutional layers.</summary>
        public static KaimingUniform Customary { get; } = new(0.5773502691896258);

        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillUniform(values, Gain * Math.Sqrt(3.0 / Count(shape, Fan)), random);
    }

    /// <summary>N(0, σ²) with σ = gain / √fan. K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015.</summary>
    /// <param name="Gain">The gain of the activation that follows; √2, the default, for ReLU.</param>
    /// <param name="Fan">Which fan.</param>
    public sealed record KaimingNormal(double Gain = 1.4142135623730951, Fan Fan = Fan.In) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillNormal(values, Gain / Math.Sqrt(Count(shape, Fan)), random);
    }

    /// <summary>U(−b, b) with b = √(3 / fan_in), a variance of 1 / fan_in. Y. LeCun, L. Bottou, G. Orr, K. Müller, <i>Efficient BackProp</i>, 1998.</summary>
    public sealed record LeCunUniform : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillUniform(values, Math.Sqrt(3.0 / Fans(shape).In), random);
    }

    /// <summary>N(0, 1 / fan_in). Y. LeCun, L. Bottou, G. Orr, K. Müller, <i>Efficient BackProp</i>, 1998.</summary>
    public sealed record LeCunNormal : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random) => FillNormal(values, 1 / Math.Sqrt(Fans(shape).In), random);
    }

    /// <summary>
    /// gain Q, where Q, [out, fan_in], has orthonormal rows, or columns if there are fewer of those, and no direction is preferred: lengths are kept through
    /// many layers. A. Saxe, J. McClelland, S. Ganguli, ICLR 2014.
    /// </summary>
    /// <param name="Gain">The gain of the activation that follows.</param>
    public sealed record Orthogonal(double Gain = 1) : Initializer
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, Shape shape, RandomStream random)
        {
            ArgumentNullException.ThrowIfNull(shape);
            ArgumentNullException.ThrowIfNull(random);
            if (shape.Rank < 2) throw new ArgumentException($"Only a matrix is orthogonal; a parameter of shape {shape} is none.", nameof(shape));
            if (shape.Size == 0) return;
            int rows = shape[0], columns = shape.Size / shape[0], longer = Math.Max(rows, columns), shorter = Math.Min(rows, columns);
            var normal = new Matrix(longer, shorter);
            foreach (ref double value in normal.AsSpan()) value = random.NextGaussian();
            var decomposition = Qr.Factor(normal);
            Matrix q = decomposition.Q, r = decomposition.R;
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    // Q is distributed evenly if the diagonal of R is positive. F. Mezzadri, Notices of the AMS 54, 2007, section 5.
                    var (row, column) = rows >= columns ? (i, j) : (j, i);
                    values[i * columns + j] = (float)(Gain * Math.CopySign(q[row, column], q[row, column] * r[column, column]));
                }
            }
        }
    }

    private static int Count(Shape shape, Fan fan) => fan == Fan.In ? Fans(shape).In : Fans(shape).Out;

    /// <summary>E[f(z)²] for a standard normal z, by the trapezium rule, which for such functions is exact to many digits.</summary>
    private static double SecondMoment(UnaryFunction f, double parameter)
    {
        const double Step = 0.01, End = 10;
        double sum = 0;
        for (double z = -End; z <= End; z += Step)
        {
            double value = ReferenceBackend.Functions.Value(f, z, parameter);
            sum += value * value * Math.Exp(-z * z / 2);
        }

        return sum * Step / Math.Sqrt(2 * Math.PI);
    }
}
