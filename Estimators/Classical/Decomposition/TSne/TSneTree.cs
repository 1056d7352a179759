using System.Numerics;
using System.Numerics.Tensors;

namespace MLPath.Transforms;

/// <summary>
/// The hierarchy of Barnes and Hut over points in one to three dimensions: points sorted along Morton's curve, on which every square (cube) of a
/// quadtree (octree) is a run, and over them the squares that hold more than one point, each with its centre of mass.
/// </summary>
/// <remarks>
/// Nodes stand in the order in which a walk from the root meets them, each with the node that follows when what is below it is left out, so that
/// a walk needs no stack. Squares with one occupied child are passed over. J. Barnes, P. Hut, <i>A hierarchical O(N log N) force-calculation
/// algorithm</i>, Nature 324 (1986).
/// </remarks>
internal sealed class TSneTree
{
    /// <summary>A square of so few points is not divided.</summary>
    public const int LeafSize = 8;

    private const int DigitBits = 10;

    private readonly int _dimensions;
    private readonly int _bitsPerAxis;
    private ulong[] _codes;
    private ulong[] _otherCodes;
    private int[] _otherOrder;
    private readonly Node[] _nodes;

    /// <summary>Makes room for points.</summary>
    /// <param name="count">n.</param>
    /// <param name="dimensions">1, 2 or 3.</param>
    public TSneTree(int count, int dimensions)
    {
        (Count, _dimensions) = (count, dimensions);
        _bitsPerAxis = dimensions == 3 ? 16 : 24;
        (_codes, _otherCodes) = (new ulong[count], new ulong[count]);
        (Order, _otherOrder) = (new int[count], new int[count]);
        Sorted = [new float[count], new float[count], new float[count]];
        _nodes = new Node[Math.Max(1, 2 * count)];
    }

    /// <summary>n, the number of points.</summary>
    public int Count { get; }

    /// <summary>The points in the order of the curve.</summary>
    public int[] Order { get; private set; }

    /// <summary>Three arrays of coordinates in that order; zeros beyond the dimensions.</summary>
    public float[][] Sorted { get; }

    /// <summary>The nodes, in the order of a walk.</summary>
    public ReadOnlySpan<Node> Nodes => _nodes.AsSpan(0, NodeCount);

    /// <summary>The number of nodes.</summary>
    public int NodeCount { get; private set; }

    /// <summary>Builds the hierarchy.</summary>
    /// <param name="axes">For each dimension, n coordinates, finite.</param>
    public void Build(float[][] axes)
    {
        Encode(axes);
        Sort();
        for (int axis = 0; axis < _dimensions; axis++)
        {
            var (from, to) = (axes[axis], Sorted[axis]);
            for (int i = 0; i < to.Length; i++)
                to[i] = from[Order[i]];
        }

        NodeCount = 0;
        Add(0, Count);
    }

    // Morton's code of a point: the bits of its whole coordinates on a grid over all points, one of each axis in turn.
    private void Encode(float[][] axes)
    {
        double side = 0;
        Span<float> low = stackalloc float[3];
        for (int axis = 0; axis < _dimensions; axis++)
        {
            low[axis] = TensorPrimitives.Min<float>(axes[axis]);
            side = Math.Max(side, (double)TensorPrimitives.Max<float>(axes[axis]) - low[axis]);
        }

        uint most = (1u << _bitsPerAxis) - 1;
        double scale = side > 0 ? most / side : 0;
        for (int i = 0; i < Count; i++)
        {
            ulong code = 0;
            for (int axis = 0; axis < _dimensions; axis++)
            {
                ulong whole = Math.Min(most, (uint)(((double)axes[axis][i] - low[axis]) * scale));
                code |= (_dimensions == 3 ? SpreadByThree(whole) : _dimensions == 2 ? SpreadByTwo(whole) : whole) << axis;
            }

            _codes[i] = code;
            Order[i] = i;
        }
    }

    // Puts a 0 between any two bits.
    private static ulong SpreadByTwo(ulong x)
    {
        x = (x | (x << 16)) & 0x0000_FFFF_0000_FFFF;
        x = (x | (x << 8)) & 0x00FF_00FF_00FF_00FF;
        x = (x | (x << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        x = (x | (x << 2)) & 0x3333_3333_3333_3333;
        return (x | (x << 1)) & 0x5555_5555_5555_5555;
    }

    // Puts two 0s between any two bits.
    private static ulong SpreadByThree(ulong x)
    {
        x = (x | (x << 32)) & 0x001F_0000_0000_FFFF;
        x = (x | (x << 16)) & 0x001F_0000_FF00_00FF;
        x = (x | (x << 8)) & 0x100F_00F0_0F00_F00F;
        x = (x | (x << 4)) & 0x10C3_0C30_C30C_30C3;
        return (x | (x << 2)) & 0x1249_2492_4924_9249;
    }

    // By counting, digit by digit from the least: stable, so that points of one code stay in their order.
    private void Sort()
    {
        Span<int> starts = stackalloc int[1 << DigitBits];
        for (int shift = 0; shift < _bitsPerAxis * _dimensions; shift += DigitBits)
        {
            starts.Clear();
            foreach (ulong code in _codes)
                starts[(int)(code >> shift) & ((1 << DigitBits) - 1)]++;
            int start = 0;
            for (int digit = 0; digit < starts.Length; digit++)
                (starts[digit], start) = (start, start + starts[digit]);
            for (int i = 0; i < _codes.Length; i++)
            {
                int at = starts[(int)(_codes[i] >> shift) & ((1 << DigitBits) - 1)]++;
                (_otherCodes[at], _otherOrder[at]) = (_codes[i], Order[i]);
            }

            (_codes, _otherCodes) = (_otherCodes, _codes);
            (Order, _otherOrder) = (_otherOrder, Order);
        }
    }

    // Adds the least square around a run of points and, before it returns, all squares within.
    private ref readonly Node Add(int start, int end)
    {
        int index = NodeCount++;
        var node = new Node { Start = start, End = end };
        ulong different = _codes[start] ^ _codes[end - 1];
        if (end - start <= LeafSize || different == 0)
        {
            node.OfPoints(Sorted, _dimensions);
            node.IsLeaf = true;
        }
        else
        {
            int shift = BitOperations.Log2(different) / _dimensions * _dimensions;
            for (int from = start; from < end;)
            {
                int to = EndOfChild(from, end, shift);
                node.Join(Add(from, to));
                from = to;
            }

            node.Finish();
        }

        node.Next = NodeCount;
        _nodes[index] = node;
        return ref _nodes[index];
    }

    private int EndOfChild(int start, int end, int shift)
    {
        ulong child = _codes[start] >> shift;
        int last = end;
        while (start + 1 < last)
        {
            int middle = (start + last) / 2;
            if (_codes[middle] >> shift == child)
                start = middle;
            else
                last = middle;
        }

        return start + 1;
    }

    /// <summary>A square: a run of points, their centre of mass and the width of the box around them.</summary>
    public struct Node
    {
        private Vector3 _low;
        private Vector3 _high;

        /// <summary>The centre of mass.</summary>
        public Vector3 Centre;

        /// <summary>The longest side of the box around the points.</summary>
        public float Width;

        /// <summary>The first point, in the order of the curve.</summary>
        public int Start;

        /// <summary>The point after the last one.</summary>
        public int End;

        /// <summary>The node that follows in a walk when those below this one are left out.</summary>
        public int Next;

        /// <summary>Whether it has points but no nodes below.</summary>
        public bool IsLeaf;

        /// <summary>The number of points.</summary>
        public readonly int Mass => End - Start;

        /// <summary>Sums up the points of the run.</summary>
        public void OfPoints(float[][] axes, int dimensions)
        {
            for (int axis = 0; axis < dimensions; axis++)
            {
                var points = axes[axis].AsSpan(Start, Mass);
                float low = points[0], high = points[0];
                double sum = 0;
                foreach (float point in points)
                {
                    (low, high) = (Math.Min(low, point), Math.Max(high, point));
                    sum += point;
                }

                (_low[axis], _high[axis], Centre[axis]) = (low, high, (float)(sum / Mass));
            }

            Measure();
        }

        /// <summary>Takes in a child; the first one has the node's start.</summary>
        public void Join(in Node child)
        {
            bool first = child.Start == Start;
            _low = first ? child._low : Vector3.Min(_low, child._low);
            _high = first ? child._high : Vector3.Max(_high, child._high);
            Centre += child.Mass * child.Centre;
        }

        /// <summary>After all children: turns the sum into the centre.</summary>
        public void Finish()
        {
            Centre /= Mass;
            Measure();
        }

        private void Measure()
        {
            var sides = _high - _low;
            Width = Math.Max(sides.X, Math.Max(sides.Y, sides.Z));
        }
    }
}
