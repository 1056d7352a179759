using System.Runtime.Intrinsics;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Sums of scaled rows.</summary>
internal static class RowSums
{
    /// <summary>Adds Σₐ cₐ rowₐ to a sum in double, in the order of a: four rows in one pass over the sum.</summary>
    /// <param name="factors">c.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="start">Where in the rows the sum's elements begin.</param>
    /// <param name="sum">What is added to; short enough for the first-level cache.</param>
    public static void Add(ReadOnlySpan<double> factors, ReadOnlySpan<float[]> rows, int start, Span<double> sum)
    {
        int width = Vector512<double>.Count, whole = sum.Length / width * width, a = 0;
        for (; a <= rows.Length - 4; a += 4)
        {
            ReadOnlySpan<float> r0 = rows[a].AsSpan(start, whole), r1 = rows[a + 1].AsSpan(start, whole);
            ReadOnlySpan<float> r2 = rows[a + 2].AsSpan(start, whole), r3 = rows[a + 3].AsSpan(start, whole);
            var (c0, c1) = (Vector512.Create(factors[a]), Vector512.Create(factors[a + 1]));
            var (c2, c3) = (Vector512.Create(factors[a + 2]), Vector512.Create(factors[a + 3]));
            for (int i = 0; i < whole; i += width)
            {
                var s = Vector512.Create<double>(sum[i..]);
                s = Vector512.MultiplyAddEstimate(Widen(r0[i..]), c0, s);
                s = Vector512.MultiplyAddEstimate(Widen(r1[i..]), c1, s);
                s = Vector512.MultiplyAddEstimate(Widen(r2[i..]), c2, s);
                s = Vector512.MultiplyAddEstimate(Widen(r3[i..]), c3, s);
                s.CopyTo(sum[i..]);
            }

            for (int i = whole; i < sum.Length; i++)
            {
                sum[i] = sum[i] + (factors[a] * rows[a][start + i]) + (factors[a + 1] * rows[a + 1][start + i])
                    + (factors[a + 2] * rows[a + 2][start + i]) + (factors[a + 3] * rows[a + 3][start + i]);
            }
        }

        for (; a < rows.Length; a++)
            Dense.Axpy(factors[a], rows[a].AsSpan(start, sum.Length), sum);
    }

    /// <summary>Eight floats as doubles.</summary>
    /// <param name="values">At least eight.</param>
    public static Vector512<double> Widen(ReadOnlySpan<float> values)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Create(values));
        return Vector512.Create(lower, upper);
    }
}
