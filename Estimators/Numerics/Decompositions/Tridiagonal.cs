using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

/// <summary>
/// The reduction of a symmetric matrix to tridiagonal form, T = Qᵀ A Q with Q = Hₙ₋₁ … H₂ H₁ (Golub and Van Loan, algorithm 8.3.1, from the
/// last row up, so that what is left is always a leading block of rows that begin at column 0).
/// </summary>
/// <remarks>
/// Each step must apply a rank-2 update to the leading block and multiply the updated block by the next reflection's vector. Both happen in
/// one pass over the lower triangle: the row that gives the next vector is updated first. Rows are padded with zeros to a whole number of
/// SIMD vectors, so that a row needs no tail.
/// </remarks>
internal sealed class Tridiagonal
{
    /// <summary>The number of doubles that one SIMD operation takes.</summary>
    public const int Lanes = 8;

    private const int Group = 4; // rows of one pass; divides Lanes, so that the diagonal of a group lies in one vector

    private readonly int _stride;
    private readonly ArraySegment<double> _rows; // the lower triangle; row i becomes the vector of Hᵢ, with v[i - 1] = 1
    private readonly double[] _taus;

    public Tridiagonal(int order)
    {
        Order = order;
        _stride = (order + Lanes - 1) / Lanes * Lanes;
        _rows = AlignedMemory.Zeros<double>(checked(_stride * _stride));
        _taus = new double[order];
        Diagonal = new double[order];
        OffDiagonal = new double[order];
    }

    /// <summary>n, the order of the matrix.</summary>
    public int Order { get; }

    /// <summary>T[i, i], for i from 0 to n - 1.</summary>
    public double[] Diagonal { get; }

    /// <summary>T[i, i + 1], for i from 0 to n - 2.</summary>
    public double[] OffDiagonal { get; }

    /// <summary>Row i of the lower triangle, columns 0 to i, to be filled before <see cref="Reduce"/>.</summary>
    public Span<double> Row(int i) => _rows.AsSpan().Slice(i * _stride, i + 1);

    /// <summary>Hᵢ, which acts on the components 0 … i - 1; i from 1 to n - 1.</summary>
    public Reflection Reflection(int i) => new(0, _taus[i], _rows.AsMemory().Slice(i * _stride, i));

    /// <summary>Reduces the matrix.</summary>
    public void Reduce(Action? checkpoint)
    {
        // The update A ← A - v wᵀ - w vᵀ that the last step left to be done, and the next reflection's vector u and product p = A u.
        Span<double> v = AlignedMemory.Zeros<double>(_stride), w = AlignedMemory.Zeros<double>(_stride);
        Span<double> u = AlignedMemory.Zeros<double>(_stride), p = AlignedMemory.Zeros<double>(_stride);
        for (int i = Order - 1; i >= 1; i--)
        {
            checkpoint?.Invoke();
            var row = Row(i);
            Dense.Axpy(-v[i], w[..(i + 1)], row);
            Dense.Axpy(-w[i], v[..(i + 1)], row);
            Diagonal[i] = row[i];
            var x = row[..i];
            (OffDiagonal[i - 1], double tau) = Householder.MakeReflection(x, i - 1);
            _taus[i] = tau;

            // Zeros from i on make the padding, and the finished rows in the last group, stay as they are.
            v[i] = w[i] = u[i] = 0;
            x.CopyTo(u);
            p.Clear();
            UpdateAndMultiply(i, v, w, u, p);
            p[i..].Clear();

            // H A H = A - u wᵀ - w uᵀ, with p = τ A u and w = p - (τ pᵀu / 2) u.
            Dense.Scale(tau, p);
            Dense.Axpy(-tau / 2 * Dense.Dot(p, u), u, p);
            if (tau == 0) u.Clear();
            Swap(ref v, ref u);
            Swap(ref w, ref p);
        }

        if (Order > 0) Diagonal[0] = Row(0)[0] - 2 * v[0] * w[0];
    }

    private static void Swap(ref Span<double> x, ref Span<double> y)
    {
        var kept = x;
        x = y;
        y = kept;
    }

    /// <summary>A ← A - v wᵀ - w vᵀ on the lower triangle of the leading block, and p ← p + A u with the updated, symmetric block.</summary>
    private void UpdateAndMultiply(int size, Span<double> v, Span<double> w, Span<double> u, Span<double> p)
    {
        ref double pv = ref MemoryMarshal.GetReference(v);
        ref double pw = ref MemoryMarshal.GetReference(w);
        ref double pu = ref MemoryMarshal.GetReference(u);
        ref double pp = ref MemoryMarshal.GetReference(p);
        ref double rows = ref MemoryMarshal.GetReference(_rows.AsSpan());
        for (int first = 0; first < size; first += Group)
        {
            ref double a0 = ref Unsafe.Add(ref rows, first * _stride);
            ref double a1 = ref Unsafe.Add(ref a0, _stride);
            ref double a2 = ref Unsafe.Add(ref a1, _stride);
            ref double a3 = ref Unsafe.Add(ref a2, _stride);
            var (v0, v1, v2, v3) = (Vector512.Create(-v[first]), Vector512.Create(-v[first + 1]), Vector512.Create(-v[first + 2]), Vector512.Create(-v[first + 3]));
            var (w0, w1, w2, w3) = (Vector512.Create(-w[first]), Vector512.Create(-w[first + 1]), Vector512.Create(-w[first + 2]), Vector512.Create(-w[first + 3]));
            var (u0, u1, u2, u3) = (Vector512.Create(u[first]), Vector512.Create(u[first + 1]), Vector512.Create(u[first + 2]), Vector512.Create(u[first + 3]));
            Vector512<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;

            // Left of the diagonal, an element is met twice: as a[r, j] u[j] for p[r] and as a[r, j] u[r] for p[j].
            nuint diagonal = (nuint)(first / Lanes * Lanes);
            for (nuint j = 0; j < diagonal; j += Lanes)
            {
                var (vj, wj) = (Vector512.LoadUnsafe(ref pv, j), Vector512.LoadUnsafe(ref pw, j));
                var (uj, pj) = (Vector512.LoadUnsafe(ref pu, j), Vector512.LoadUnsafe(ref pp, j));
                var x0 = Update(ref a0, j, v0, w0, vj, wj);
                var x1 = Update(ref a1, j, v1, w1, vj, wj);
                var x2 = Update(ref a2, j, v2, w2, vj, wj);
                var x3 = Update(ref a3, j, v3, w3, vj, wj);
                sum0 = Vector512.MultiplyAddEstimate(x0, uj, sum0);
                sum1 = Vector512.MultiplyAddEstimate(x1, uj, sum1);
                sum2 = Vector512.MultiplyAddEstimate(x2, uj, sum2);
                sum3 = Vector512.MultiplyAddEstimate(x3, uj, sum3);
                pj = Vector512.MultiplyAddEstimate(x0, u0, pj);
                pj = Vector512.MultiplyAddEstimate(x1, u1, pj);
                pj = Vector512.MultiplyAddEstimate(x2, u2, pj);
                pj = Vector512.MultiplyAddEstimate(x3, u3, pj);
                pj.StoreUnsafe(ref pp, j);
            }

            // The vector with the diagonal of the four rows: what lies right of it belongs to no row, and the diagonal counts once.
            {
                nuint j = diagonal;
                int at = first - (int)diagonal;
                var (vj, wj) = (Vector512.LoadUnsafe(ref pv, j), Vector512.LoadUnsafe(ref pw, j));
                var (uj, pj) = (Vector512.LoadUnsafe(ref pu, j), Vector512.LoadUnsafe(ref pp, j));
                var x0 = Until(at, Update(ref a0, j, v0, w0, vj, wj));
                var x1 = Until(at + 1, Update(ref a1, j, v1, w1, vj, wj));
                var x2 = Until(at + 2, Update(ref a2, j, v2, w2, vj, wj));
                var x3 = Until(at + 3, Update(ref a3, j, v3, w3, vj, wj));
                sum0 = Vector512.MultiplyAddEstimate(x0, uj, sum0);
                sum1 = Vector512.MultiplyAddEstimate(x1, uj, sum1);
                sum2 = Vector512.MultiplyAddEstimate(x2, uj, sum2);
                sum3 = Vector512.MultiplyAddEstimate(x3, uj, sum3);
                pj = Vector512.MultiplyAddEstimate(Until(at - 1, x0), u0, pj);
                pj = Vector512.MultiplyAddEstimate(Until(at, x1), u1, pj);
                pj = Vector512.MultiplyAddEstimate(Until(at + 1, x2), u2, pj);
                pj = Vector512.MultiplyAddEstimate(Until(at + 2, x3), u3, pj);
                pj.StoreUnsafe(ref pp, j);
            }

            p[first] += Vector512.Sum(sum0);
            p[first + 1] += Vector512.Sum(sum1);
            p[first + 2] += Vector512.Sum(sum2);
            p[first + 3] += Vector512.Sum(sum3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Update(
        ref double row, nuint j, Vector512<double> minusV, Vector512<double> minusW, Vector512<double> v, Vector512<double> w)
    {
        var x = Vector512.LoadUnsafe(ref row, j);
        x = Vector512.MultiplyAddEstimate(minusV, w, x);
        x = Vector512.MultiplyAddEstimate(minusW, v, x);
        x.StoreUnsafe(ref row, j);
        return x;
    }

    /// <summary>The lanes 0 … last of a vector; zeros in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Until(int last, Vector512<double> x) =>
        Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)last)), x, Vector512<double>.Zero);
}
