using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>Which function of two rows a kernel is.</summary>
public enum KernelFunction
{
    /// <summary>exp(−γ ‖x − y‖²): near rows are alike, far ones are not; fits boundaries of any shape.</summary>
    Rbf,

    /// <summary>x·y: a plane.</summary>
    Linear,

    /// <summary>(γ x·y + c)ᵈ: products of up to d features.</summary>
    Polynomial,

    /// <summary>tanh(γ x·y + c). Not positive semi-definite for every γ and c.</summary>
    Sigmoid,
}

/// <summary>
/// A kernel: how alike two rows are, as the inner product K(x, y) = ⟨φ(x), φ(y)⟩ of their images in a space of features that is never built.
/// </summary>
/// <remarks>
/// Products of many rows are one matrix product and one pass over its elements, in 32-bit floats. K(x, y) depends on x and on the rows that
/// y is one of, never on the other x: one row gives the same bits as a batch.
/// </remarks>
public sealed record Kernel
{
    // What a block of products may take of the second-level cache: 64 × 512 floats, 128 KiB.
    internal const int BlockRows = 256;
    internal const int BlockColumns = 512;

    /// <summary>Creates a kernel.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gamma">γ, above 0 and finite; the linear kernel has none.</param>
    /// <param name="coef0">c, finite; of the polynomial and the sigmoid kernel.</param>
    /// <param name="degree">d, 1 or more; of the polynomial kernel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Kernel(KernelFunction function, double gamma = 1, double coef0 = 0, int degree = 3)
    {
        if (!Enum.IsDefined(function))
            throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such kernel function.");
        if (!(gamma > 0) || !float.IsFinite((float)gamma))
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "γ is above 0, and finite as a 32-bit float.");
        if (!float.IsFinite((float)coef0))
            throw new ArgumentOutOfRangeException(nameof(coef0), coef0, "The constant of a kernel is finite as a 32-bit float.");
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        (Function, Gamma, Coef0, Degree) = (function, gamma, coef0, degree);
    }

    /// <summary>The function.</summary>
    public KernelFunction Function { get; }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <summary>c.</summary>
    public double Coef0 { get; }

    /// <summary>d.</summary>
    public int Degree { get; }

    /// <summary>x·y.</summary>
    public static Kernel Linear { get; } = new(KernelFunction.Linear);

    /// <summary>exp(−γ ‖x − y‖²).</summary>
    /// <param name="gamma">γ, above 0.</param>
    public static Kernel Rbf(double gamma) => new(KernelFunction.Rbf, gamma);

    /// <summary>(γ x·y + c)ᵈ.</summary>
    /// <param name="degree">d, 1 or more.</param>
    /// <param name="gamma">γ, above 0.</param>
    /// <param name="coef0">c.</param>
    public static Kernel Polynomial(int degree, double gamma = 1, double coef0 = 0) => new(KernelFunction.Polynomial, gamma, coef0, degree);

    /// <summary>tanh(γ x·y + c).</summary>
    /// <param name="gamma">γ, above 0.</param>
    /// <param name="coef0">c.</param>
    public static Kernel Sigmoid(double gamma, double coef0 = 0) => new(KernelFunction.Sigmoid, gamma, coef0);

    /// <summary>
    /// The γ that fits the scale of data: 1 / (d · Var), with the variance of all n × d values together; 1 when they are all the same. It is
    /// what scikit-learn calls <c>gamma="scale"</c>.
    /// </summary>
    /// <param name="x">n × d values, row-major.</param>
    /// <param name="columns">d.</param>
    /// <param name="weights">The n weights; empty when all are 1.</param>
    public static double ScaleGamma(ReadOnlySpan<float> x, int columns, ReadOnlySpan<float> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        double total = 0, mean = 0, scatter = 0;
        for (int i = 0; i < x.Length / columns; i++)
        {
            // Chan, Golub and LeVeque's update merges a row's moments with those before it, without cancellation.
            double weight = (weights.IsEmpty ? 1.0 : weights[i]) * columns;
            var (rowMean, rowVariance) = Moments(x.Slice(i * columns, columns));
            double delta = rowMean - mean;
            scatter += weight * (rowVariance + delta * delta * total / (total + weight));
            total += weight;
            mean += delta * weight / total;
        }

        double variance = scatter / total;
        return variance > 0 && double.IsFinite(variance) ? 1 / (columns * variance) : 1;
    }

    /// <summary>K(x, y) in double.</summary>
    /// <param name="x">d values.</param>
    /// <param name="y">d values.</param>
    public double Value(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += Function == KernelFunction.Rbf ? ((double)x[j] - y[j]) * ((double)x[j] - y[j]) : (double)x[j] * y[j];
        return Function switch
        {
            KernelFunction.Rbf => Math.Exp(-Gamma * sum),
            KernelFunction.Linear => sum,
            KernelFunction.Polynomial => Math.Pow(Gamma * sum + Coef0, Degree),
            _ => Math.Tanh(Gamma * sum + Coef0),
        };
    }

    /// <summary>Computes the kernel matrix K(xᵢ, yⱼ) of two sets of rows.</summary>
    /// <param name="x">n × d values, row-major.</param>
    /// <param name="xRows">n.</param>
    /// <param name="y">m × d values, row-major.</param>
    /// <param name="yRows">m.</param>
    /// <param name="columns">d, 1 or more.</param>
    /// <param name="destination">Receives n × m products, row-major; symmetric when both sets are the same.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Looked at before every block of rows.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Matrix(
        ReadOnlyMemory<float> x, int xRows, ReadOnlyMemory<float> y, int yRows, int columns, Memory<float> destination, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        if (x.Length != (long)xRows * columns || y.Length != (long)yRows * columns || destination.Length != (long)xRows * yRows)
            throw new ArgumentException("The rows, or the room for their products, are not of the given shape.");
        var basis = new KernelBasis(this, y.Span, columns);
        ParallelLoop.For(xRows, BlockRows, threads, cancellationToken, (_, start, end) =>
            basis.Products(x.Span[(start * columns)..(end * columns)], end - start, destination.Span[(start * yRows)..]));
    }

    /// <summary>Writes the kernel beside a model's own settings.</summary>
    /// <param name="context">The model's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write("Kernel", Function.ToString());
        context.Write(nameof(Gamma), Gamma);
        context.Write(nameof(Coef0), Coef0);
        context.Write(nameof(Degree), Degree);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The model's place in the file.</param>
    /// <exception cref="ModelFormatException">A part is missing or out of its range.</exception>
    public static Kernel Load(ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string name = context.ReadString("Kernel");
        if (!Enum.TryParse(name, out KernelFunction function) || function.ToString() != name)
            throw context.Invalid($"there is no kernel function {name}");
        try
        {
            return new Kernel(function, context.ReadDouble(nameof(Gamma)), context.ReadDouble(nameof(Coef0)), context.ReadInt32(nameof(Degree)));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw context.Invalid($"{error.ParamName} of its kernel is out of range");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Function switch
    {
        KernelFunction.Linear => "Linear",
        KernelFunction.Rbf => FormattableString.Invariant($"Rbf(γ = {Gamma})"),
        KernelFunction.Polynomial => FormattableString.Invariant($"Polynomial(degree {Degree}, γ = {Gamma}, c = {Coef0})"),
        _ => FormattableString.Invariant($"Sigmoid(γ = {Gamma}, c = {Coef0})"),
    };

    /// <summary>Turns inner products of one row x with rows y into kernel values.</summary>
    /// <param name="products">x·yⱼ; may be <paramref name="destination"/> itself.</param>
    /// <param name="xNorm">‖x‖² (RBF only).</param>
    /// <param name="yNorms">‖yⱼ‖² (RBF only).</param>
    /// <param name="destination">Receives K(x, yⱼ).</param>
    internal void Map(ReadOnlySpan<float> products, float xNorm, ReadOnlySpan<float> yNorms, Span<float> destination)
    {
        switch (Function)
        {
            case KernelFunction.Linear:
                products.CopyTo(destination);
                break;
            case KernelFunction.Rbf:
                Rbf(products, xNorm, yNorms, destination, (float)Gamma);
                break;
            case KernelFunction.Polynomial:
                TensorPrimitives.Multiply(products, (float)Gamma, destination);
                TensorPrimitives.Add(destination, (float)Coef0, destination);
                Power(destination, Degree);
                break;
            default:
                TensorPrimitives.Multiply(products, (float)Gamma, destination);
                TensorPrimitives.Add(destination, (float)Coef0, destination);
                Dense.Tanh(destination, destination);
                break;
        }
    }

    // exp(−γ max(0, ‖x‖² + ‖y‖² − 2 x·y)).
    private static void Rbf(ReadOnlySpan<float> products, float xNorm, ReadOnlySpan<float> yNorms, Span<float> destination, float gamma)
    {
        int width = Vector512<float>.Count, whole = products.Length / width * width;
        var x = Vector512.Create(xNorm);
        var scale = Vector512.Create(-gamma);
        for (int j = 0; j < whole; j += width)
            One(Vector512.Create(products[j..]), Vector512.Create(yNorms[j..])).CopyTo(destination[j..]);
        if (whole == products.Length)
            return;

        // The last ones go through the same instructions, so that a value does not depend on where it stands.
        Span<float> p = stackalloc float[width], y = stackalloc float[width];
        products[whole..].CopyTo(p);
        yNorms[whole..].CopyTo(y);
        One(Vector512.Create<float>(p), Vector512.Create<float>(y)).CopyTo(p);
        p[..(products.Length - whole)].CopyTo(destination[whole..]);

        Vector512<float> One(Vector512<float> product, Vector512<float> norm) =>
            ExpOfNegative(Vector512.Max(Vector512<float>.Zero, x + norm - (product + product)) * scale);
    }

    // eᶻ = 2ᵐ eʳ for z ≤ 0, with m = round(z log₂e) and |r| ≤ ½ ln 2, where the Taylor series up to r⁷/7! errs by less than 1e-8. ln 2 is
    // split into a part with few bits, whose multiples are exact, and the rest. Below −87 the result would not be a normal float any more.
    private static Vector512<float> ExpOfNegative(Vector512<float> z)
    {
        z = Vector512.Max(z, Vector512.Create(-87f));
        var m = Vector512.Round(z * 1.44269504f);
        var r = Vector512.MultiplyAddEstimate(m, Vector512.Create(-0.693359375f), z);
        r = Vector512.MultiplyAddEstimate(m, Vector512.Create(2.12194440e-4f), r);
        var e = Vector512.Create(1f / 5040);
        e = Vector512.MultiplyAddEstimate(e, r, Vector512.Create(1f / 720));
        e = Vector512.MultiplyAddEstimate(e, r, Vector512.Create(1f / 120));
        e = Vector512.MultiplyAddEstimate(e, r, Vector512.Create(1f / 24));
        e = Vector512.MultiplyAddEstimate(e, r, Vector512.Create(1f / 6));
        e = Vector512.MultiplyAddEstimate(e, r, Vector512.Create(0.5f));
        e = Vector512.MultiplyAddEstimate(e, r, Vector512<float>.One);
        e = Vector512.MultiplyAddEstimate(e, r, Vector512<float>.One);
        return e * ((Vector512.ConvertToInt32(m) + Vector512.Create(127)) << 23).AsSingle();
    }

    // xᵈ by repeated multiplication; TensorPrimitives' own power goes through logarithms and loses negative bases.
    private static void Power(Span<float> x, int degree)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float power = 1, square = x[i];
            for (int rest = degree; rest > 0; rest >>= 1)
            {
                if ((rest & 1) != 0)
                    power *= square;
                square *= square;
            }

            x[i] = power;
        }
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<float> row)
    {
        double mean = 0, scatter = 0;
        foreach (float value in row)
            mean += value;
        mean /= row.Length;
        foreach (float value in row)
            scatter += (value - mean) * (value - mean);
        return (mean, scatter / row.Length);
    }
}
