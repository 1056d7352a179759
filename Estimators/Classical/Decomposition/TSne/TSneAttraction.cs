using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Transforms;

/// <summary>
/// The forces by which near rows hold together in the map: for every row i the sums Σj pij uij (yi − yj), and on demand Σj pij ln wij, over the
/// stored elements of P.
/// </summary>
internal sealed class TSneAttraction
{
    private const int Lanes = 16;

    private readonly TSneAffinities _p;
    private readonly double _degreesOfFreedom;
    private readonly int _longest;

    /// <summary>Makes room for the forces.</summary>
    /// <param name="p">P.</param>
    /// <param name="dimensions">The number of dimensions of the map.</param>
    /// <param name="degreesOfFreedom">ν.</param>
    public TSneAttraction(TSneAffinities p, int dimensions, double degreesOfFreedom)
    {
        (_p, _degreesOfFreedom) = (p, degreesOfFreedom);
        int n = p.Starts.Length - 1;
        for (int i = 0; i < n; i++)
            _longest = Math.Max(_longest, p.Starts[i + 1] - p.Starts[i]);
        Forces = [.. Enumerable.Range(0, dimensions).Select(_ => new float[n])];
        LogAffinities = new double[n];
    }

    /// <summary>For each dimension, Σj pij uij (yi − yj) of the rows.</summary>
    public float[][] Forces { get; }

    /// <summary>Σj pij ln wij of the rows, where it was asked for.</summary>
    public double[] LogAffinities { get; }

    /// <summary>Computes the sums of some rows.</summary>
    /// <param name="axes">For each dimension, the n coordinates of the map.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="withLogarithms">Whether <see cref="LogAffinities"/> are wanted.</param>
    public void Compute(float[][] axes, ReadOnlySpan<int> rows, bool withLogarithms)
    {
        // Up to a whole number of vectors; elements beyond a row's end have p = 0.
        int room = (_longest + Lanes - 1) / Lanes * Lanes;
        Span<float> buffer = new float[(axes.Length + 2) * room];
        var p = buffer[..room];
        var squares = buffer.Slice(room, room);
        foreach (int i in rows)
        {
            var columns = _p.Columns.AsSpan(_p.Starts[i]..(_p.Starts[i + 1]));
            int whole = (columns.Length + Lanes - 1) / Lanes * Lanes;
            _p.Values.AsSpan(_p.Starts[i], columns.Length).CopyTo(p);
            p[columns.Length..whole].Clear();
            squares[..whole].Clear();
            for (int axis = 0; axis < axes.Length; axis++)
            {
                var differences = buffer.Slice((axis + 2) * room, whole);
                Gather(axes[axis], i, columns, differences);
                for (int e = 0; e < whole; e += Lanes)
                {
                    var difference = Vector512.Create<float>(differences[e..]);
                    Vector512.MultiplyAddEstimate(difference, difference, Vector512.Create<float>(squares[e..])).CopyTo(squares[e..]);
                }
            }

            if (withLogarithms)
                LogAffinities[i] = SumOfLogarithms(p[..whole], squares);
            float inverse = (float)(1 / _degreesOfFreedom);
            for (int e = 0; e < whole; e += Lanes)
            {
                var u = Vector512.Create<float>(p[e..]) / (Vector512<float>.One + (Vector512.Create<float>(squares[e..]) * inverse));
                u.CopyTo(p[e..]);
            }

            for (int axis = 0; axis < axes.Length; axis++)
                Forces[axis][i] = Sum(p[..whole], buffer.Slice((axis + 2) * room, whole));
        }
    }

    private static void Gather(float[] axis, int i, ReadOnlySpan<int> columns, Span<float> differences)
    {
        ref float y = ref MemoryMarshal.GetArrayDataReference(axis);
        ref float to = ref MemoryMarshal.GetReference(differences);
        float here = axis[i];
        for (int e = 0; e < columns.Length; e++)
            Unsafe.Add(ref to, e) = here - Unsafe.Add(ref y, columns[e]);
        differences[columns.Length..].Clear();
    }

    private static float Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector512<float>.Zero;
        for (int e = 0; e < a.Length; e += Lanes)
            sum = Vector512.MultiplyAddEstimate(Vector512.Create(a[e..]), Vector512.Create(b[e..]), sum);
        return Vector512.Sum(sum);
    }

    // ln w = −(ν + 1)/2 · ln(1 + d²/ν).
    private double SumOfLogarithms(ReadOnlySpan<float> p, ReadOnlySpan<float> squares)
    {
        double sum = 0;
        for (int e = 0; e < p.Length; e++)
            sum += p[e] * Math.Log(1 + (squares[e] / _degreesOfFreedom));
        return -(_degreesOfFreedom + 1) / 2 * sum;
    }
}
