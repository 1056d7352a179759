using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <summary>Each function beside its derivative.</summary>
    internal static class Functions
    {
        private const double CubicShare = 0.044715; // GELU by tanh

        /// <summary>f(x).</summary>
        public static double Value(UnaryFunction function, double x, double a) => function switch
        {
            UnaryFunction.Exp => Math.Exp(x),
            UnaryFunction.Log => Math.Log(x),
            UnaryFunction.Sqrt => Math.Sqrt(x),
            UnaryFunction.Square => x * x,
            UnaryFunction.Abs => Math.Abs(x),
            UnaryFunction.ReLU => Math.Max(x, 0),
            UnaryFunction.LeakyReLU => x > 0 ? x : a * x,
            UnaryFunction.Elu => x > 0 ? x : a * (Math.Exp(x) - 1),
            UnaryFunction.Gelu => x * Φ(x),
            UnaryFunction.GeluTanh => x * (1 + Math.Tanh(Inner(x))) / 2,
            UnaryFunction.SiLU => x * Dense.Sigmoid(x),
            UnaryFunction.Sigmoid => Dense.Sigmoid(x),
            UnaryFunction.Tanh => Math.Tanh(x),
            UnaryFunction.Softplus => Dense.Softplus(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
        };

        /// <summary>f′(x).</summary>
        public static double Derivative(UnaryFunction function, double x, double a) => function switch
        {
            UnaryFunction.Exp => Math.Exp(x),
            UnaryFunction.Log => 1 / x,
            UnaryFunction.Sqrt => 0.5 / Math.Sqrt(x),
            UnaryFunction.Square => 2 * x,
            UnaryFunction.Abs => Math.Sign(x),
            UnaryFunction.ReLU => x > 0 ? 1 : 0,
            UnaryFunction.LeakyReLU => x > 0 ? 1 : a,
            UnaryFunction.Elu => x > 0 ? 1 : a * Math.Exp(x),
            UnaryFunction.Gelu => Φ(x) + x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI),
            UnaryFunction.GeluTanh => (1 + Math.Tanh(Inner(x))) / 2 + x / 2 * (1 - Square(Math.Tanh(Inner(x)))) * InnerSlope(x),
            UnaryFunction.SiLU => Dense.Sigmoid(x) * (1 + x * (1 - Dense.Sigmoid(x))),
            UnaryFunction.Sigmoid => Dense.Sigmoid(x) * (1 - Dense.Sigmoid(x)),
            UnaryFunction.Tanh => 1 - Square(Math.Tanh(x)),
            UnaryFunction.Softplus => Dense.Sigmoid(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
        };

        /// <summary>f(a, b).</summary>
        public static double Value(BinaryFunction function, double a, double b) => function switch
        {
            BinaryFunction.Add => a + b,
            BinaryFunction.Subtract => a - b,
            BinaryFunction.Multiply => a * b,
            BinaryFunction.Divide => a / b,
            BinaryFunction.Maximum => Math.Max(a, b),
            BinaryFunction.Less => a < b ? 1 : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
        };

        private static double Φ(double x) => NormalDistribution.Standard.CumulativeProbability(x);

        private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + CubicShare * x * x * x);

        private static double InnerSlope(double x) => Math.Sqrt(2 / Math.PI) * (1 + 3 * CubicShare * x * x);

        private static double Square(double x) => x * x;
    }
}
