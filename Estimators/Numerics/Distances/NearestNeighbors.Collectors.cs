using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MLPath.Numerics;

// What is done with the products of a block of queries and a tile of points.
public sealed partial class NearestNeighbors
{
    private const uint AllLanes = 0xFF;

    // Eight products + bias.
    private static Vector256<float> Value(ReadOnlySpan<float> products, ReadOnlySpan<float> bias, int i) =>
        Vector256.LoadUnsafe(in products[i]) + Vector256.LoadUnsafe(in bias[i]);

    // A bit for each of eight values.
    private static uint Greater(Vector256<float> value, float limit) => Vector256.GreaterThan(value, Vector256.Create(limit)).ExtractMostSignificantBits();

    /// <summary>What the products of a block of queries are for.</summary>
    private interface ICollector
    {
        int Count { get; }

        /// <summary>Reads what one query and the points from a first one on are apart: products + bias, but for ‖q‖².</summary>
        void Read(int query, int firstPoint, ReadOnlySpan<float> products, ReadOnlySpan<float> bias);
    }

    /// <summary>A block of queries relative to the middle, times −2, and their squared norms ‖q‖²; NaN where one is not finite.</summary>
    private readonly struct Block
    {
        public readonly float[] Queries;
        public readonly double[] Norms;
        public readonly int Count;

        public Block(NearestNeighbors owner, ReadOnlySpan<float> queries)
        {
            int d = owner.Dimensions;
            Count = queries.Length / d;
            Queries = ArrayPool<float>.Shared.Rent(queries.Length);
            Norms = ArrayPool<double>.Shared.Rent(Count);
            for (int query = 0; query < Count; query++)
            {
                var row = queries.Slice(query * d, d);
                var relative = Queries.AsSpan(query * d, d);
                TensorPrimitives.Subtract(row, owner._middle, relative);
                Norms[query] = TensorPrimitives.IsFiniteAll(row) ? SquaredNorm(relative) : double.NaN;
                TensorPrimitives.Multiply(relative, -2f, relative);
            }
        }

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(Queries);
            ArrayPool<double>.Shared.Return(Norms);
        }

        private static double SquaredNorm(ReadOnlySpan<float> x)
        {
            double sum = 0;
            foreach (float value in x) sum += (double)value * value;
            return sum;
        }
    }

    /// <summary>Keeps the k nearest, sorted.</summary>
    private ref struct Nearest : ICollector
    {
        private readonly NearestNeighbors _owner;
        private readonly ReadOnlySpan<float> _queries;
        private readonly int _k;
        private readonly Span<int> _rows;
        private readonly Span<double> _distances;
        private readonly Block _block;
        private readonly float[] _limits;

        public Nearest(NearestNeighbors owner, ReadOnlySpan<float> queries, int k, Span<int> rows, Span<double> distances)
        {
            _owner = owner;
            _k = k;
            _queries = queries;
            _rows = rows;
            _distances = distances;
            _block = new Block(owner, queries);
            _limits = ArrayPool<float>.Shared.Rent(_block.Count);

            // Until there are k, all are near enough. A query that is not finite is settled at once.
            for (int query = 0; query < _block.Count; query++)
            {
                _limits[query] = double.IsNaN(_block.Norms[query]) ? float.NegativeInfinity : float.PositiveInfinity;
                if (double.IsNaN(_block.Norms[query]) && !TensorPrimitives.IsNaNAny(queries.Slice(query * owner.Dimensions, owner.Dimensions)))
                {
                    distances.Slice(query * k, k).Fill(double.PositiveInfinity);
                    for (int i = 0; i < k; i++) rows[(query * k) + i] = i;
                }
            }
        }

        public readonly float[] Queries => _block.Queries;

        public readonly int Count => _block.Count;

        public readonly void Read(int query, int firstPoint, ReadOnlySpan<float> products, ReadOnlySpan<float> bias)
        {
            if (float.IsNegativeInfinity(_limits[query])) return;
            int i = 0;
            for (; i <= products.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var value = Value(products, bias, i);

                // Not greater, so that what is no number for want of range is looked at too.
                for (uint near = ~Greater(value, _limits[query]) & AllLanes; near != 0; near &= near - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(near);
                    Consider(query, firstPoint + i + lane, value[lane]);
                }
            }

            for (; i < products.Length; i++) Consider(query, firstPoint + i, products[i] + bias[i]);
        }

        public readonly void Dispose()
        {
            _block.Dispose();
            ArrayPool<float>.Shared.Return(_limits);
        }

        private readonly void Consider(int query, int point, float value)
        {
            if (value > _limits[query]) return;
            int d = _owner.Dimensions;
            var distances = _distances.Slice(query * _k, _k);
            double distance = SquaredDistance(_queries.Slice(query * d, d), _owner._points.AsSpan(point * d, d));

            // Places without a point hold NaN, which nothing is less than; points come in their order, so that a tie stays behind.
            if (distance >= distances[_k - 1]) return;
            int place = _k - 1;
            for (; place > 0 && !(distances[place - 1] <= distance); place--)
            {
            }

            var rows = _rows.Slice(query * _k, _k);
            distances[place..(_k - 1)].CopyTo(distances[(place + 1)..]);
            rows[place..(_k - 1)].CopyTo(rows[(place + 1)..]);
            (distances[place], rows[place]) = (distance, point);
            if (!double.IsNaN(distances[_k - 1])) _limits[query] = _owner.Limit(_block.Norms[query], distances[_k - 1]);
        }
    }

    /// <summary>Keeps what is within a radius.</summary>
    private ref struct Inside : ICollector
    {
        private readonly NearestNeighbors _owner;
        private readonly ReadOnlySpan<float> _queries;
        private readonly double _squaredRadius;
        private readonly int _firstPoint;
        private readonly Block _block;
        private readonly List<int>[] _found;

        public Inside(NearestNeighbors owner, ReadOnlySpan<float> queries, double radius, int firstPoint)
        {
            (_owner, _squaredRadius, _firstPoint) = (owner, radius * radius, firstPoint);
            _queries = queries;
            _block = new Block(owner, queries);
            _found = [.. Enumerable.Range(0, _block.Count).Select(_ => new List<int>())];
        }

        public readonly float[] Queries => _block.Queries;

        public readonly int Count => _block.Count;

        public readonly void Read(int query, int firstPoint, ReadOnlySpan<float> products, ReadOnlySpan<float> bias)
        {
            double norm = _block.Norms[query];
            if (double.IsNaN(norm)) return;

            // Of what is not greater than the limit, what is not greater than the inner one less 4κ‖p‖² is within for certain.
            float limit = _owner.Limit(norm, _squaredRadius);
            float inner = _owner.Screens(norm)
                ? MathF.BitDecrement((float)(_squaredRadius - norm - (2 * _owner._kappa * norm) - _owner._underflow))
                : float.NaN;
            float doubt = (float)(4.1 * _owner._kappa);
            var found = _found[query];
            int i = Math.Clamp(_firstPoint - firstPoint, 0, products.Length);
            for (; i <= products.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var value = Value(products, bias, i);
                uint near = ~Greater(value, limit) & AllLanes;
                if (near == 0) continue;
                uint certain = ~Greater(value + (Vector256.LoadUnsafe(in bias[i]) * doubt), inner) & AllLanes;
                if (float.IsNaN(inner)) certain = 0;
                for (; near != 0; near &= near - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(near);
                    if ((certain >> lane & 1) != 0 || IsWithin(query, firstPoint + i + lane)) found.Add(firstPoint + i + lane);
                }
            }

            for (; i < products.Length; i++)
            {
                if (!(products[i] + bias[i] > limit) && IsWithin(query, firstPoint + i)) found.Add(firstPoint + i);
            }
        }

        public readonly void AddTo(List<int> rows, Span<int> counts)
        {
            for (int query = 0; query < _found.Length; query++)
            {
                counts[query] = _found[query].Count;
                rows.AddRange(_found[query]);
            }
        }

        public readonly void Dispose() => _block.Dispose();

        private readonly bool IsWithin(int query, int point)
        {
            int d = _owner.Dimensions;
            return SquaredDistance(_queries.Slice(query * d, d), _owner._points.AsSpan(point * d, d)) <= _squaredRadius;
        }
    }
}
