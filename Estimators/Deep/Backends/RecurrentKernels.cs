using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Deep;

/// <summary>The recurrent cells on sixteen units of one row at a time, each step beside its derivative. Formulas: <see cref="Backend.Recur"/>.</summary>
internal static class RecurrentKernels
{
    /// <summary>A cell.</summary>
    public interface ICell
    {
        /// <summary>Computes the gates, h and c of some units from p and u.</summary>
        static abstract void Step(ref StepRow row, int unit);

        /// <summary>Computes the derivatives of p and u from that of h and c, and those of the h and c before.</summary>
        static abstract void StepGradient(ref StepRow row, ref GradientRow gradient, int unit);
    }

    /// <summary>What one step of one row reads and writes, [hidden] or [gates × hidden] numbers each.</summary>
    public ref struct StepRow
    {
        /// <summary>p without its bias, then the gates.</summary>
        public Units Gates;

        /// <summary>u without its bias.</summary>
        public Units Products;

        /// <summary>The bias that is added to p, with u's where the two are only summed.</summary>
        public Units Bias;

        /// <summary>GRU: the bias of uₙ.</summary>
        public Units CandidateBias;

        /// <summary>h before the step, then h.</summary>
        public Units H;

        /// <summary>LSTM: c before the step, then c.</summary>
        public Units C;

        /// <summary>LSTM: c before the step; GRU: uₙ.</summary>
        public Units Kept;
    }

    /// <summary>The derivatives of one step of one row.</summary>
    public ref struct GradientRow
    {
        /// <summary>With respect to h, as far as it comes through the output.</summary>
        public Units Output;

        /// <summary>With respect to h, as far as it comes through the u of the next step.</summary>
        public Units Back;

        /// <summary>With respect to h, as far as it comes otherwise; then the same for the h before.</summary>
        public Units Carry;

        /// <summary>LSTM: with respect to c, then to the c before.</summary>
        public Units C;

        /// <summary>With respect to p.</summary>
        public Units Projected;

        /// <summary>With respect to u.</summary>
        public Units Products;
    }

    /// <summary>Numbers of a row, read and written sixteen at a time, or as many as the row has left.</summary>
    public readonly ref struct Units(Span<float> values, int hidden)
    {
        private readonly ref float _start = ref MemoryMarshal.GetReference(values);

        /// <summary>Sixteen units of a gate, from one of them on.</summary>
        public Vector512<float> this[int gate, int unit]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => unit <= hidden - Vector512<float>.Count
                ? Vector512.LoadUnsafe(ref _start, (nuint)(gate * hidden + unit))
                : Part(gate, unit);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            set
            {
                if (unit <= hidden - Vector512<float>.Count) value.StoreUnsafe(ref _start, (nuint)(gate * hidden + unit));
                else SetPart(gate, unit, value);
            }
        }

        private Vector512<float> Part(int gate, int unit)
        {
            Span<float> lanes = stackalloc float[Vector512<float>.Count];
            lanes.Clear();
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _start, gate * hidden + unit), hidden - unit).CopyTo(lanes);
            return Vector512.Create<float>(lanes);
        }

        private void SetPart(int gate, int unit, Vector512<float> value)
        {
            Span<float> lanes = stackalloc float[Vector512<float>.Count];
            value.CopyTo(lanes);
            lanes[..(hidden - unit)].CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _start, gate * hidden + unit), hidden - unit));
        }
    }

    /// <summary>h = f(p + u).</summary>
    public readonly struct PlainCell<TKernel> : ICell
        where TKernel : struct, Kernels.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(ref StepRow row, int unit) =>
            row.H[0, unit] = row.Gates[0, unit] = TKernel.Value(row.Gates[0, unit] + row.Products[0, unit] + row.Bias[0, unit], default);

        // The slope of both functions is known from their value: 1 − h², or 1 where h is above 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StepGradient(ref StepRow row, ref GradientRow gradient, int unit)
        {
            var h = row.Gates[0, unit];
            var dh = gradient.Output[0, unit] + gradient.Back[0, unit] + gradient.Carry[0, unit];
            gradient.Projected[0, unit] = gradient.Products[0, unit] = TKernel.Slope(h, h, default) * dh;
            gradient.Carry[0, unit] = default;
        }
    }

    /// <summary>c = f c₍t−1₎ + i g; h = o tanh(c).</summary>
    public readonly struct LstmCell : ICell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(ref StepRow row, int unit)
        {
            var i = Sigmoid(row.Gates[0, unit] + row.Products[0, unit] + row.Bias[0, unit]);
            var f = Sigmoid(row.Gates[1, unit] + row.Products[1, unit] + row.Bias[1, unit]);
            var g = Tanh(row.Gates[2, unit] + row.Products[2, unit] + row.Bias[2, unit]);
            var o = Sigmoid(row.Gates[3, unit] + row.Products[3, unit] + row.Bias[3, unit]);
            var before = row.C[0, unit];
            var c = Cell(f, before, i, g);
            (row.Gates[0, unit], row.Gates[1, unit], row.Gates[2, unit], row.Gates[3, unit]) = (i, f, g, o);
            row.Kept[0, unit] = before;
            row.C[0, unit] = c;
            row.H[0, unit] = o * Tanh(c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StepGradient(ref StepRow row, ref GradientRow gradient, int unit)
        {
            Vector512<float> one = Vector512<float>.One, before = row.Kept[0, unit];
            Vector512<float> i = row.Gates[0, unit], f = row.Gates[1, unit], g = row.Gates[2, unit], o = row.Gates[3, unit];
            var dh = gradient.Output[0, unit] + gradient.Back[0, unit] + gradient.Carry[0, unit];
            var squashed = Tanh(Cell(f, before, i, g));
            var dc = gradient.C[0, unit] + dh * o * (one - squashed * squashed);
            gradient.Projected[0, unit] = gradient.Products[0, unit] = dc * g * i * (one - i);
            gradient.Projected[1, unit] = gradient.Products[1, unit] = dc * before * f * (one - f);
            gradient.Projected[2, unit] = gradient.Products[2, unit] = dc * i * (one - g * g);
            gradient.Projected[3, unit] = gradient.Products[3, unit] = dh * squashed * o * (one - o);
            gradient.C[0, unit] = dc * f;
            gradient.Carry[0, unit] = default;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Cell(Vector512<float> f, Vector512<float> before, Vector512<float> i, Vector512<float> g) => f * before + i * g;
    }

    /// <summary>n = tanh(pₙ + r uₙ); h = (1 − z) n + z h₍t−1₎.</summary>
    public readonly struct GruCell : ICell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(ref StepRow row, int unit)
        {
            var r = Sigmoid(row.Gates[0, unit] + row.Products[0, unit] + row.Bias[0, unit]);
            var z = Sigmoid(row.Gates[1, unit] + row.Products[1, unit] + row.Bias[1, unit]);
            var product = row.Products[2, unit] + row.CandidateBias[0, unit];
            var n = Tanh(row.Gates[2, unit] + row.Bias[2, unit] + r * product);
            (row.Gates[0, unit], row.Gates[1, unit], row.Gates[2, unit]) = (r, z, n);
            row.Kept[0, unit] = product;
            row.H[0, unit] = n + z * (row.H[0, unit] - n);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StepGradient(ref StepRow row, ref GradientRow gradient, int unit)
        {
            Vector512<float> one = Vector512<float>.One, r = row.Gates[0, unit], z = row.Gates[1, unit], n = row.Gates[2, unit];
            var dh = gradient.Output[0, unit] + gradient.Back[0, unit] + gradient.Carry[0, unit];
            var dn = dh * (one - z) * (one - n * n);
            gradient.Projected[0, unit] = gradient.Products[0, unit] = dn * row.Kept[0, unit] * r * (one - r);
            gradient.Projected[1, unit] = gradient.Products[1, unit] = dh * (row.H[0, unit] - n) * z * (one - z);
            gradient.Projected[2, unit] = dn;
            gradient.Products[2, unit] = dn * r;
            gradient.Carry[0, unit] = dh * z;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => Kernels.Sigmoid.Value(x, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Tanh(Vector512<float> x) => Kernels.Tanh.Value(x, default);
}
