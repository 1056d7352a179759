using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPath.Transforms;

/// <summary>
/// The forces by which the points of a map drive each other apart: for every point i the sums Σj wij uij (yi − yj) and Σj wij over all others.
/// </summary>
/// <remarks>
/// Points that lie beside each other on Morton's curve are taken together, <see cref="GroupSize"/> of them: one walk through the tree collects
/// what acts on the group (single points that are near, centres of mass of squares that are far), and that list then acts on all points of the
/// group at once, a vector of points at a time. A square of width s at the distance r from the box around the group is far when s &lt; θ r, so that
/// it is far from every point of the group, and does not overlap it. θ = 0 takes every point as it is: the sums are exact.
/// </remarks>
internal sealed class TSneRepulsion
{
    /// <summary>How many points share one list.</summary>
    public const int GroupSize = 32;

    private const int Lanes = 16;
    private const int FoldEvery = 256; // so many terms are added in single precision before the sum is carried on in double

    private readonly TSneTree _tree;
    private readonly int _dimensions;
    private readonly float _inverseSquaredAngle;
    private readonly double _degreesOfFreedom;

    /// <summary>Makes room for the forces on the points of a tree.</summary>
    /// <param name="tree">The tree, built before every use.</param>
    /// <param name="dimensions">1, 2 or 3.</param>
    /// <param name="angle">θ, 0 or more.</param>
    /// <param name="degreesOfFreedom">ν.</param>
    public TSneRepulsion(TSneTree tree, int dimensions, double angle, double degreesOfFreedom)
    {
        (_tree, _dimensions, _degreesOfFreedom) = (tree, dimensions, degreesOfFreedom);
        _inverseSquaredAngle = (float)(1 / (angle * angle));
        Forces = [.. Enumerable.Range(0, dimensions).Select(_ => new float[tree.Count])];
        Affinities = new double[tree.Count];
    }

    /// <summary>For each dimension, Σj wij uij (yi − yj) of the points in the order of the tree.</summary>
    public float[][] Forces { get; }

    /// <summary>Σj≠i wij of the points in the order of the tree.</summary>
    public double[] Affinities { get; }

    /// <summary>Computes the sums of some points.</summary>
    /// <param name="first">The first point, in the order of the tree: a multiple of <see cref="GroupSize"/>.</param>
    /// <param name="last">The point after the last one.</param>
    public void Compute(int first, int last)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(4 * _tree.Count);
        var list = new Interactions(buffer, _tree.Count);
        for (int start = first; start < last; start += GroupSize)
        {
            int end = Math.Min(start + GroupSize, last);
            Collect(ref list, start, end);
            if (_degreesOfFreedom == 1)
                Act(list, start, end, new CauchyTail());
            else
                Act(list, start, end, new StudentTail(_degreesOfFreedom));
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    private void Collect(ref Interactions list, int start, int end)
    {
        var low = new Vector3(float.PositiveInfinity);
        var high = new Vector3(float.NegativeInfinity);
        var (xs, ys, zs) = (_tree.Sorted[0], _tree.Sorted[1], _tree.Sorted[2]);
        for (int i = start; i < end; i++)
        {
            var point = new Vector3(xs[i], ys[i], zs[i]);
            (low, high) = (Vector3.Min(low, point), Vector3.Max(high, point));
        }

        var (middle, half) = ((low + high) / 2, (high - low) / 2);
        list.Count = 0;
        var nodes = _tree.Nodes;
        for (int index = 0; index < nodes.Length;)
        {
            ref readonly var node = ref nodes[index];
            var apart = Vector3.Max(Vector3.Zero, Vector3.Abs(node.Centre - middle) - half);
            if (apart.LengthSquared() > node.Width * node.Width * _inverseSquaredAngle && (node.End <= start || node.Start >= end))
            {
                list.Add(node.Centre, node.Mass);
                index = node.Next;
            }
            else
            {
                if (node.IsLeaf)
                    list.Add(xs, ys, zs, node.Start, node.End);
                index++;
            }
        }
    }

    private void Act<TTail>(Interactions list, int start, int end, TTail tail) where TTail : struct, ITSneTail
    {
        Span<float> points = stackalloc float[3 * GroupSize];
        for (int axis = 0; axis < 3; axis++)
        {
            var padded = points.Slice(axis * GroupSize, GroupSize);
            _tree.Sorted[axis].AsSpan(start, end - start).CopyTo(padded);
            padded[(end - start)..].Fill(padded[0]);
        }

        Span<float> sums = stackalloc float[4 * GroupSize];
        Span<double> affinities = stackalloc double[GroupSize];
        Span<double> forces = stackalloc double[3 * GroupSize];
        for (int from = 0; from < list.Count; from += FoldEvery)
        {
            int to = Math.Min(from + FoldEvery, list.Count);
            for (int at = 0; at < GroupSize; at += 2 * Lanes)
            {
                if (_dimensions <= 2)
                    ActInPlane(list, from, to, points[at..], sums[at..], tail);
                else
                    ActInSpace(list, from, to, points[at..], sums[at..], tail);
            }

            for (int i = 0; i < GroupSize; i++)
                affinities[i] += sums[i];
            for (int i = 0; i < _dimensions * GroupSize; i++)
                forces[i] += sums[GroupSize + i];
        }

        for (int i = start; i < end; i++)
        {
            // The point itself is in the list and adds w(0) = 1.
            Affinities[i] = affinities[i - start] - 1;
            for (int axis = 0; axis < _dimensions; axis++)
                Forces[axis][i] = (float)forces[(axis * GroupSize) + i - start];
        }
    }

    // Two vectors of points at a time: their sums are independent, so that one is computed while the other waits for a division.
    private static void ActInPlane<TTail>(Interactions list, int from, int to, ReadOnlySpan<float> points, Span<float> sums, TTail tail)
        where TTail : struct, ITSneTail
    {
        ref float xs = ref MemoryMarshal.GetReference(list.X);
        ref float ys = ref MemoryMarshal.GetReference(list.Y);
        ref float masses = ref MemoryMarshal.GetReference(list.Mass);
        var (x0, x1) = (Vector512.Create(points), Vector512.Create(points[Lanes..]));
        var (y0, y1) = (Vector512.Create(points[GroupSize..]), Vector512.Create(points[(GroupSize + Lanes)..]));
        Vector512<float> w0 = default, w1 = default, fx0 = default, fx1 = default, fy0 = default, fy1 = default;
        for (nuint e = (uint)from; e < (uint)to; e++)
        {
            var x = Vector512.Create(Unsafe.Add(ref xs, e));
            var y = Vector512.Create(Unsafe.Add(ref ys, e));
            var mass = Vector512.Create(Unsafe.Add(ref masses, e));
            var (dx0, dy0, dx1, dy1) = (x0 - x, y0 - y, x1 - x, y1 - y);
            var (u0, v0) = tail.Of(Vector512.MultiplyAddEstimate(dx0, dx0, dy0 * dy0));
            var (u1, v1) = tail.Of(Vector512.MultiplyAddEstimate(dx1, dx1, dy1 * dy1));
            v0 *= mass;
            v1 *= mass;
            w0 += v0;
            w1 += v1;
            u0 *= v0;
            u1 *= v1;
            fx0 = Vector512.MultiplyAddEstimate(u0, dx0, fx0);
            fx1 = Vector512.MultiplyAddEstimate(u1, dx1, fx1);
            fy0 = Vector512.MultiplyAddEstimate(u0, dy0, fy0);
            fy1 = Vector512.MultiplyAddEstimate(u1, dy1, fy1);
        }

        w0.CopyTo(sums);
        w1.CopyTo(sums[Lanes..]);
        fx0.CopyTo(sums[GroupSize..]);
        fx1.CopyTo(sums[(GroupSize + Lanes)..]);
        fy0.CopyTo(sums[(2 * GroupSize)..]);
        fy1.CopyTo(sums[((2 * GroupSize) + Lanes)..]);
    }

    private static void ActInSpace<TTail>(Interactions list, int from, int to, ReadOnlySpan<float> points, Span<float> sums, TTail tail)
        where TTail : struct, ITSneTail
    {
        for (int lane = 0; lane < 2 * Lanes; lane += Lanes)
        {
            var x0 = Vector512.Create(points[lane..]);
            var y0 = Vector512.Create(points[(GroupSize + lane)..]);
            var z0 = Vector512.Create(points[((2 * GroupSize) + lane)..]);
            Vector512<float> w = default, fx = default, fy = default, fz = default;
            for (int e = from; e < to; e++)
            {
                var (dx, dy, dz) = (x0 - Vector512.Create(list.X[e]), y0 - Vector512.Create(list.Y[e]), z0 - Vector512.Create(list.Z[e]));
                var (u, v) = tail.Of(Vector512.MultiplyAddEstimate(dx, dx, Vector512.MultiplyAddEstimate(dy, dy, dz * dz)));
                v *= list.Mass[e];
                w += v;
                u *= v;
                fx = Vector512.MultiplyAddEstimate(u, dx, fx);
                fy = Vector512.MultiplyAddEstimate(u, dy, fy);
                fz = Vector512.MultiplyAddEstimate(u, dz, fz);
            }

            w.CopyTo(sums[lane..]);
            fx.CopyTo(sums[(GroupSize + lane)..]);
            fy.CopyTo(sums[((2 * GroupSize) + lane)..]);
            fz.CopyTo(sums[((3 * GroupSize) + lane)..]);
        }
    }

    /// <summary>What acts on a group: points, and squares as one point of their mass.</summary>
    private ref struct Interactions(float[] buffer, int points)
    {
        // No point is met twice, and a square stands for at least one: there are never more than points.
        public readonly Span<float> X = buffer.AsSpan(0, points);
        public readonly Span<float> Y = buffer.AsSpan(points, points);
        public readonly Span<float> Z = buffer.AsSpan(2 * points, points);
        public readonly Span<float> Mass = buffer.AsSpan(3 * points, points);
        public int Count;

        public void Add(Vector3 centre, int mass) => (X[Count], Y[Count], Z[Count], Mass[Count++]) = (centre.X, centre.Y, centre.Z, mass);

        public void Add(float[] xs, float[] ys, float[] zs, int start, int end)
        {
            int count = end - start;
            xs.AsSpan(start, count).CopyTo(X[Count..]);
            ys.AsSpan(start, count).CopyTo(Y[Count..]);
            zs.AsSpan(start, count).CopyTo(Z[Count..]);
            Mass.Slice(Count, count).Fill(1);
            Count += count;
        }
    }
}
