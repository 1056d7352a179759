using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>Functions of elements: one loop over vectors for every function of <see cref="Kernels"/>.</summary>
public sealed partial class CpuBackend
{
    private static int Lanes => Vector512<float>.Count;

    /// <inheritdoc/>
    public override void Map(UnaryFunction function, float a, Tensor x, Tensor y)
    {
        switch (function)
        {
            case UnaryFunction.Exp: Map<Kernels.Exp>(a, x, y); break;
            case UnaryFunction.Log: Map<Kernels.Log>(a, x, y); break;
            case UnaryFunction.Sqrt: Map<Kernels.Sqrt>(a, x, y); break;
            case UnaryFunction.Square: Map<Kernels.Square>(a, x, y); break;
            case UnaryFunction.Abs: Map<Kernels.Abs>(a, x, y); break;
            case UnaryFunction.ReLU: Map<Kernels.ReLU>(a, x, y); break;
            case UnaryFunction.LeakyReLU: Map<Kernels.LeakyReLU>(a, x, y); break;
            case UnaryFunction.Elu: Map<Kernels.Elu>(a, x, y); break;
            case UnaryFunction.Gelu: Map<Kernels.Gelu>(a, x, y); break;
            case UnaryFunction.GeluTanh: Map<Kernels.GeluTanh>(a, x, y); break;
            case UnaryFunction.SiLU: Map<Kernels.SiLU>(a, x, y); break;
            case UnaryFunction.Sigmoid: Map<Kernels.Sigmoid>(a, x, y); break;
            case UnaryFunction.Tanh: Map<Kernels.Tanh>(a, x, y); break;
            case UnaryFunction.Softplus: Map<Kernels.Softplus>(a, x, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function.");
        }
    }

    /// <inheritdoc/>
    public override void MapGradient(UnaryFunction function, float a, Tensor x, Tensor y, Tensor dy, Tensor dx, bool add)
    {
        switch (function)
        {
            case UnaryFunction.Exp: MapGradient<Kernels.Exp>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Log: MapGradient<Kernels.Log>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Sqrt: MapGradient<Kernels.Sqrt>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Square: MapGradient<Kernels.Square>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Abs: MapGradient<Kernels.Abs>(a, x, y, dy, dx, add); break;
            case UnaryFunction.ReLU: MapGradient<Kernels.ReLU>(a, x, y, dy, dx, add); break;
            case UnaryFunction.LeakyReLU: MapGradient<Kernels.LeakyReLU>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Elu: MapGradient<Kernels.Elu>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Gelu: MapGradient<Kernels.Gelu>(a, x, y, dy, dx, add); break;
            case UnaryFunction.GeluTanh: MapGradient<Kernels.GeluTanh>(a, x, y, dy, dx, add); break;
            case UnaryFunction.SiLU: MapGradient<Kernels.SiLU>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Sigmoid: MapGradient<Kernels.Sigmoid>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Tanh: MapGradient<Kernels.Tanh>(a, x, y, dy, dx, add); break;
            case UnaryFunction.Softplus: MapGradient<Kernels.Softplus>(a, x, y, dy, dx, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function.");
        }
    }

    /// <inheritdoc/>
    public override void Combine(BinaryFunction function, Tensor a, Tensor b, Tensor y, bool add)
    {
        switch (function)
        {
            case BinaryFunction.Add: Combine<Kernels.Add>(a, b, y, add); break;
            case BinaryFunction.Subtract: Combine<Kernels.Subtract>(a, b, y, add); break;
            case BinaryFunction.Multiply: Combine<Kernels.Multiply>(a, b, y, add); break;
            case BinaryFunction.Divide: Combine<Kernels.Divide>(a, b, y, add); break;
            case BinaryFunction.Maximum: Combine<Kernels.Maximum>(a, b, y, add); break;
            case BinaryFunction.Less: Combine<Kernels.Less>(a, b, y, add); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function.");
        }
    }

    private void Map<TKernel>(float a, Tensor x, Tensor y)
        where TKernel : struct, Kernels.IUnary => ForElements(y.Shape.Size, (start, length) =>
    {
        ReadOnlySpan<float> from = Span(x).Slice(start, length);
        var to = Span(y).Slice(start, length);
        var parameter = Vector512.Create(a);
        for (int i = 0; i < length; i += Lanes) StoreUpTo(TKernel.Value(LoadUpTo(from, i), parameter), to, i);
    });

    private void MapGradient<TKernel>(float a, Tensor x, Tensor y, Tensor dy, Tensor dx, bool add)
        where TKernel : struct, Kernels.IUnary => ForElements(dx.Shape.Size, (start, length) =>
    {
        ReadOnlySpan<float> argument = Span(x).Slice(start, length), value = Span(y).Slice(start, length), upper = Span(dy).Slice(start, length);
        var to = Span(dx).Slice(start, length);
        var parameter = Vector512.Create(a);
        for (int i = 0; i < length; i += Lanes)
        {
            var slope = TKernel.Slope(LoadUpTo(argument, i), LoadUpTo(value, i), parameter) * LoadUpTo(upper, i);
            StoreUpTo(add ? LoadUpTo(to, i) + slope : slope, to, i);
        }
    });

    private void Combine<TKernel>(Tensor a, Tensor b, Tensor y, bool add)
        where TKernel : struct, Kernels.IBinary
    {
        if (y.Shape.Size == 0) return;
        if (a.IsContiguous && b.IsContiguous && y.IsContiguous)
        {
            ForElements(y.Shape.Size, (start, length) => CombineRow<TKernel>(Memory(a), a.Offset + start, 1, Memory(b), b.Offset + start, 1, Memory(y), y.Offset + start, length, add));
            return;
        }

        // Along a row each operand goes on by one element, or stays; other steps are rare, and are taken element by element.
        var rows = new StridedRows(a, b, y);
        float[] left = Memory(a), right = Memory(b), to = Memory(y);
        int stepA = rows.Steps[0], stepB = rows.Steps[1], stepY = rows.Steps[2];
        bool isPlain = stepY == 1 && stepA is 0 or 1 && stepB is 0 or 1;
        ForRows(rows, row =>
        {
            int startA = rows.Start(0, row), startB = rows.Start(1, row), startY = rows.Start(2, row);
            if (isPlain)
            {
                CombineRow<TKernel>(left, startA, stepA, right, startB, stepB, to, startY, rows.Length, add);
                return;
            }

            for (int i = 0; i < rows.Length; i++)
                CombineRow<TKernel>(left, startA + i * stepA, 1, right, startB + i * stepB, 1, to, startY + i * stepY, 1, add);
        });
    }

    private static void CombineRow<TKernel>(float[] a, int startA, int stepA, float[] b, int startB, int stepB, float[] y, int startY, int length, bool add)
        where TKernel : struct, Kernels.IBinary
    {
        // An operand that stays is a vector of its one element throughout.
        ReadOnlySpan<float> left = a.AsSpan(startA, stepA == 1 ? length : 1), right = b.AsSpan(startB, stepB == 1 ? length : 1);
        var to = y.AsSpan(startY, length);
        Vector512<float> constantA = Vector512.Create(left[0]), constantB = Vector512.Create(right[0]);
        for (int i = 0; i < length; i += Lanes)
        {
            var value = TKernel.Value(stepA == 1 ? LoadUpTo(left, i) : constantA, stepB == 1 ? LoadUpTo(right, i) : constantB);
            StoreUpTo(add ? LoadUpTo(to, i) + value : value, to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ReadOnlySpan<float> from, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)at);

    /// <summary>Sixteen elements, or those that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadUpTo(ReadOnlySpan<float> from, int at) => at <= from.Length - Lanes ? Load(from, at) : LoadPart(from[at..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpTo(Vector512<float> value, Span<float> to, int at)
    {
        if (at <= to.Length - Lanes) value.CopyTo(to[at..]);
        else StorePart(value, to[at..]);
    }

    private static Vector512<float> LoadPart(ReadOnlySpan<float> from)
    {
        Span<float> lanes = stackalloc float[Lanes];
        from.CopyTo(lanes);
        lanes[from.Length..].Fill(1);
        return Vector512.Create<float>(lanes);
    }

    private static void StorePart(Vector512<float> value, Span<float> to)
    {
        Span<float> lanes = stackalloc float[Lanes];
        value.CopyTo(lanes);
        lanes[..to.Length].CopyTo(to);
    }
}
