using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Samples;

/// <summary>
/// A derivative is the limit of (f(x + h) − f(x)) / h. By rules it is exact: (u v)′ = u′ v + u v′, and the chain rule (f∘g)′ = f′(g) g′. A program that computes f
/// can compute f′ as well, if every operation remembers its operands: walking back from the result, each passes ∂L/∂y on to its operands as
/// ∂L/∂y ∂y/∂x. One walk gives the derivatives by all variables at once: this is backpropagation.
/// </summary>
internal static class DerivativesAndGradients
{
    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var backend = new CpuBackend();

        // Difference quotients of f(x) = x² tanh(x) at 0.7: the error falls with h, or with h² if taken on both sides, until rounding grows as 1/h.
        const double X = 0.7;
        double exact = 2 * X * Math.Tanh(X) + X * X * (1 - Math.Tanh(X) * Math.Tanh(X));
        output.WriteLine(FormattableString.Invariant($"   f(x) = x² tanh x, f′({X}) = {exact:0.000000}. Errors of difference quotients:"));
        foreach (double h in new[] { 1e-1, 1e-3, 1e-5, 1e-8, 1e-12 })
        {
            double oneSided = (F(X + h) - F(X)) / h, central = (F(X + h) - F(X - h)) / (2 * h);
            output.WriteLine(FormattableString.Invariant($"     h = {h:0e+00}   one-sided {Math.Abs(oneSided - exact):0.0e+00}   on both sides {Math.Abs(central - exact):0.0e+00}"));
        }

        double quotient = (F(X + 1e-5) - F(X - 1e-5)) / 2e-5;
        var x = Tensor.From(backend, [(float)X], [1]).WithGradient();
        (x * x * x.Tanh()).Sum().Backward();

        // A variable that is used twice gets both parts.
        var scalar = new Scalar(X);
        (scalar * scalar * scalar.Tanh()).Backward();

        // A network of two layers on four points, by scalars: the same loops as for numbers.
        double[][] points = [[2, 3], [3, -1], [0.5, 1], [1, -0.5]];
        double[] truth = [1, -1, -1, 1];
        const int Hidden = 3;
        var random = new RandomStream(1);
        Scalar[][] w = [.. Enumerable.Range(0, Hidden).Select(_ => new[] { Draw(random), Draw(random) })];
        Scalar[] b = [.. Enumerable.Range(0, Hidden).Select(_ => new Scalar(0.1))], v = [.. Enumerable.Range(0, Hidden).Select(_ => Draw(random))];
        var loss = new Scalar(0);
        foreach (var (point, y) in points.Zip(truth))
        {
            var sum = new Scalar(0);
            for (int j = 0; j < Hidden; j++)
                sum += v[j] * ((w[j][0] * new Scalar(point[0])) + (w[j][1] * new Scalar(point[1])) + b[j]).Tanh();
            var error = sum + new Scalar(-y);
            loss += error * error * new Scalar(1.0 / points.Length);
        }

        loss.Backward();

        // The same by tensors: matrices in place of loops.
        Tensor W = Parameter(w.SelectMany(row => row), [Hidden, 2]), c = Parameter(b, [Hidden]), u = Parameter(v, [1, Hidden]);
        var inputs = Tensor.From(backend, [.. points.SelectMany(p => p.Select(value => (float)value))], [points.Length, 2]);
        var targets = Tensor.From(backend, [.. truth.Select(value => (float)value)], [points.Length, 1]);
        var total = Loss.MeanSquaredError(Tensor.Linear(Tensor.Linear(inputs, W, c).Tanh(), u, null), targets);
        total.Backward();
        output.WriteLine(FormattableString.Invariant($"   A network of {Hidden * 4} parameters: one walk back gives all of its derivatives."));
        return
        [
            new("f′, rules and backpropagation", exact, x.Gradient!.Item(), 1e-6),
            new("f′, difference and backpropagation", quotient, x.Gradient.Item(), 1e-6),
            new("f′, by scalars", scalar.Gradient, x.Gradient.Item(), 1e-6),
            new("loss of the network", loss.Value, total.Item(), 1e-5),
            .. v.Select((s, j) => new SideBySide($"∂loss/∂v{j + 1}", s.Gradient, u.Gradient!.ToArray()[j], 1e-5)),
            .. w.SelectMany((row, j) => row.Select((s, i) => new SideBySide($"∂loss/∂w{j + 1}{i + 1}", s.Gradient, W.Gradient!.ToArray()[(2 * j) + i], 1e-5))),
            new("∂loss/∂b1", b[0].Gradient, c.Gradient!.ToArray()[0], 1e-5),
        ];

        double F(double at) => at * at * Math.Tanh(at);

        // Rounded to what a tensor holds, so that both sides begin alike.
        static Scalar Draw(RandomStream random) => new((float)random.NextGaussian());

        Tensor Parameter(IEnumerable<Scalar> values, Shape shape) => Tensor.From(backend, [.. values.Select(s => (float)s.Value)], shape).WithGradient();
    }

    /// <summary>A number that remembers how it was computed.</summary>
    private sealed class Scalar(double value, params Scalar[] operands)
    {
        private Action _passOn = () => { };

        public double Value { get; } = value;

        /// <summary>∂result/∂this, after <see cref="Backward"/> of the result.</summary>
        public double Gradient { get; private set; }

        // ∂(a + b)/∂a = 1
        public static Scalar operator +(Scalar a, Scalar b)
        {
            var y = new Scalar(a.Value + b.Value, a, b);
            y._passOn = () =>
            {
                a.Gradient += y.Gradient;
                b.Gradient += y.Gradient;
            };
            return y;
        }

        // ∂(a b)/∂a = b
        public static Scalar operator *(Scalar a, Scalar b)
        {
            var y = new Scalar(a.Value * b.Value, a, b);
            y._passOn = () =>
            {
                a.Gradient += y.Gradient * b.Value;
                b.Gradient += y.Gradient * a.Value;
            };
            return y;
        }

        // tanh′ = 1 − tanh²
        public Scalar Tanh()
        {
            var y = new Scalar(Math.Tanh(Value), this);
            y._passOn = () => Gradient += y.Gradient * (1 - (y.Value * y.Value));
            return y;
        }

        /// <summary>Walks back: each number passes its derivative on after all that used it have passed theirs.</summary>
        public void Backward()
        {
            var order = new List<Scalar>();
            Visit(this, order, []);
            Gradient = 1;
            foreach (var number in order.AsEnumerable().Reverse())
                number._passOn();
        }

        private static void Visit(Scalar number, List<Scalar> order, HashSet<Scalar> seen)
        {
            if (!seen.Add(number))
                return;
            foreach (var operand in number.Operands)
                Visit(operand, order, seen);
            order.Add(number);
        }

        private Scalar[] Operands { get; } = operands;
    }
}
