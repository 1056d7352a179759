namespace MLPath.Deep;

/// <summary>The functions of one number that a backend computes, with their derivatives. a is the function's own number.</summary>
public enum UnaryFunction
{
    /// <summary>eˣ.</summary>
    Exp,

    /// <summary>ln x.</summary>
    Log,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>x².</summary>
    Square,

    /// <summary>|x|; its derivative at 0 is 0.</summary>
    Abs,

    /// <summary>max(x, 0); its derivative at 0 is 0.</summary>
    ReLU,

    /// <summary>x where x is above 0, a x elsewhere. A. Maas, A. Hannun, A. Ng, ICML 2013.</summary>
    LeakyReLU,

    /// <summary>x where x is above 0, a (eˣ − 1) elsewhere. D. Clevert, T. Unterthiner, S. Hochreiter, ICLR 2016.</summary>
    Elu,

    /// <summary>x Φ(x), with the distribution function Φ of the normal distribution. D. Hendrycks, K. Gimpel, 2016.</summary>
    Gelu,

    /// <summary>The same with Φ(x) ≈ ½ (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    GeluTanh,

    /// <summary>x σ(x), also called swish. S. Elfwing, E. Uchibe, K. Doya, 2018.</summary>
    SiLU,

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,
}

/// <summary>The functions of two numbers that a backend computes.</summary>
public enum BinaryFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>The larger.</summary>
    Maximum,

    /// <summary>1 where a is less than b, else 0.</summary>
    Less,
}
