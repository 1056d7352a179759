namespace MLPath.Deep;

/// <summary>Operations on elements, with shapes broadcast as in NumPy.</summary>
public sealed partial class Tensor
{
    /// <summary>a + b. da = dy, db = dy, each summed over the axes along which its operand was repeated.</summary>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    public static Tensor operator +(Tensor a, Tensor b)
    {
        var y = Combine(BinaryFunction.Add, a, b);
        return y.From("add", [a, b], dy =>
        {
            if (a.TakesGradient(out var da, out bool addA)) a.Backend.SumTo(dy, da, 1, addA);
            if (b.TakesGradient(out var db, out bool addB)) b.Backend.SumTo(dy, db, 1, addB);
        });
    }

    /// <summary>a − b. da = dy, db = −dy, each summed over the axes along which its operand was repeated.</summary>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    public static Tensor operator -(Tensor a, Tensor b)
    {
        var y = Combine(BinaryFunction.Subtract, a, b);
        return y.From("subtract", [a, b], dy =>
        {
            if (a.TakesGradient(out var da, out bool addA)) a.Backend.SumTo(dy, da, 1, addA);
            if (b.TakesGradient(out var db, out bool addB)) b.Backend.SumTo(dy, db, -1, addB);
        });
    }

    /// <summary>a b, element by element. da = dy b, db = dy a.</summary>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    public static Tensor operator *(Tensor a, Tensor b)
    {
        var y = Combine(BinaryFunction.Multiply, a, b);
        return y.From("multiply", [a, b], dy =>
        {
            AddProduct(a, BinaryFunction.Multiply, dy, b);
            AddProduct(b, BinaryFunction.Multiply, dy, a);
        });
    }

    /// <summary>a / b, element by element. da = dy / b, db = −dy y / b.</summary>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    public static Tensor operator /(Tensor a, Tensor b)
    {
        var y = Combine(BinaryFunction.Divide, a, b);
        return y.From("divide", [a, b], dy =>
        {
            AddProduct(a, BinaryFunction.Divide, dy, b);
            if (b.RequiresGradient) AddProduct(b, BinaryFunction.Divide, Combine(BinaryFunction.Multiply, dy, Scaled(y, -1, 0)), b);
        });
    }

    /// <summary>x + shift.</summary>
    /// <param name="x">The operand.</param>
    /// <param name="shift">A number.</param>
    public static Tensor operator +(Tensor x, float shift) => x.Affine(1, shift);

    /// <summary>x − shift.</summary>
    /// <param name="x">The operand.</param>
    /// <param name="shift">A number.</param>
    public static Tensor operator -(Tensor x, float shift) => x.Affine(1, -shift);

    /// <summary>scale − x.</summary>
    /// <param name="shift">A number.</param>
    /// <param name="x">The operand.</param>
    public static Tensor operator -(float shift, Tensor x) => x.Affine(-1, shift);

    /// <summary>scale x.</summary>
    /// <param name="x">The operand.</param>
    /// <param name="scale">A number.</param>
    public static Tensor operator *(Tensor x, float scale) => x.Affine(scale, 0);

    /// <summary>scale x.</summary>
    /// <param name="scale">A number.</param>
    /// <param name="x">The operand.</param>
    public static Tensor operator *(float scale, Tensor x) => x.Affine(scale, 0);

    /// <summary>x / divisor.</summary>
    /// <param name="x">The operand.</param>
    /// <param name="divisor">A number.</param>
    public static Tensor operator /(Tensor x, float divisor) => x.Affine(1 / divisor, 0);

    /// <summary>−x.</summary>
    /// <param name="x">The operand.</param>
    public static Tensor operator -(Tensor x) => x.Affine(-1, 0);

    /// <summary>max(a, b), element by element. dy goes to the larger operand, to a where they are equal.</summary>
    /// <param name="a">One operand.</param>
    /// <param name="b">The other.</param>
    public static Tensor Maximum(Tensor a, Tensor b)
    {
        var y = Combine(BinaryFunction.Maximum, a, b);
        return y.From("maximum", [a, b], dy =>
        {
            var smaller = Combine(BinaryFunction.Less, a, b);
            AddProduct(a, BinaryFunction.Multiply, dy, Scaled(smaller, -1, 1));
            AddProduct(b, BinaryFunction.Multiply, dy, smaller);
        });
    }

    /// <summary>scale x + shift. dx = scale dy.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="shift">What is added.</param>
    public Tensor Affine(float scale, float shift)
    {
        var x = this;
        var y = Scaled(x, scale, shift);
        return y.From("affine", [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.SumTo(dy, dx, scale, add);
        });
    }

    /// <summary>f(x), element by element. dx = f′(x) dy.</summary>
    /// <param name="function">f.</param>
    /// <param name="parameter">The function's own number, where it has one; see <see cref="UnaryFunction"/>.</param>
    public Tensor Map(UnaryFunction function, float parameter = 0)
    {
        var x = Contiguous();
        var y = Make(Backend, Shape);
        Backend.Map(function, parameter, x, y);
        return y.From(function.ToString(), [x], dy =>
        {
            if (x.TakesGradient(out var dx, out bool add)) x.Backend.MapGradient(function, parameter, x, y, dy, dx, add);
        });
    }

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Map(UnaryFunction.Exp);

    /// <summary>ln x.</summary>
    public Tensor Log() => Map(UnaryFunction.Log);

    /// <summary>√x.</summary>
    public Tensor Sqrt() => Map(UnaryFunction.Sqrt);

    /// <summary>x².</summary>
    public Tensor Square() => Map(UnaryFunction.Square);

    /// <summary>|x|.</summary>
    public Tensor Abs() => Map(UnaryFunction.Abs);

    /// <summary>max(x, 0).</summary>
    public Tensor ReLU() => Map(UnaryFunction.ReLU);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Map(UnaryFunction.Sigmoid);

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => Map(UnaryFunction.Tanh);

    /// <summary>f(a, b) without a record.</summary>
    private static Tensor Combine(BinaryFunction function, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var y = Make(a.Backend, Shape.Broadcast(a.Shape, b.Shape));
        a.Backend.Combine(function, a.BroadcastView(y.Shape), b.BroadcastView(y.Shape), y, add: false);
        return y;
    }

    private static Tensor Scaled(Tensor x, float scale, float shift)
    {
        x = x.Contiguous();
        var y = Make(x.Backend, x.Shape);
        x.Backend.Affine(scale, shift, x, y);
        return y;
    }

    /// <summary>Adds f(dy, other) to an operand's gradient, summed over the axes along which the operand was repeated.</summary>
    private static void AddProduct(Tensor operand, BinaryFunction function, Tensor dy, Tensor other)
    {
        if (!operand.TakesGradient(out var gradient, out bool add)) return;
        if (operand.Shape.Equals(dy.Shape))
            operand.Backend.Combine(function, dy, other.BroadcastView(dy.Shape), gradient, add);
        else
            operand.Backend.SumTo(Combine(function, dy, other), gradient, 1, add);
    }
}
