using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>How a product is cut, by its shape and by how its factors lie.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    // A tile that is one register wide has more rows.
    private const int NarrowRows = 16;
    private const int MostNarrowRows = 20;

    /// <summary>A tile's rows of A and C, before it meets strips of B.</summary>
    private struct RowTile
    {
        public GemmTile<T> Tile;

        /// <summary>The rows' first elements in C, and in A those of the rows that come next.</summary>
        public T* C, Next;

        /// <summary>The rows that the tile computes, and how many of them C has.</summary>
        public int Height, Count;

        /// <summary>Whether it is the first to read a strip of B.</summary>
        public bool LaysOut;
    }

    /// <summary>What is laid out, copied or read where it lies, and how much of it at a time.</summary>
    private readonly struct Plan
    {
        // Strips of B that are laid out together: 512 columns of floats, 1 MiB; half as many beside rows of A.
        private const int StripsPerGroup = 16;

        // Rows of a transposed A are laid out 768 KiB at a time. With few strips that would not pay, nor where A spans so few bytes that all of
        // it is near.
        private static int TilesPerBlock => 128 / sizeof(T);
        private const int FewStrips = 4;
        private const int NearA = 1 << 20;

        // B of so many elements is farther than the second-level cache.
        private const int FarB = 1 << 18;

        /// <summary>The most tiles that few rows are cut into.</summary>
        public const int MostTiles = 4;

        // Rows of A that lie a multiple of so many bytes apart, or nearly, share a few places in the first-level cache, and are copied elsewhere.
        private const int Collision = 4096;
        private const int NearCollision = 256;

        public Plan(in GemmProblem<T> problem)
        {
            bool hasManyStrips = problem.N > FewStrips * 2 * V.Count;
            HasFewRows = problem.M <= MostTiles * V.TileRows;
            // Where C is no wider than a register; and where a narrow tile has all its rows, so that B is read once.
            // A little more rows are one tile where B comes from afar: that it is read once counts for more than what a step takes.
            bool hasOneTile = problem.M is > 12 and <= NarrowRows || (problem.M is > NarrowRows and <= MostNarrowRows && (long)problem.N * problem.K > FarB);
            bool isNarrow = V.TileRows == 12 && (problem.N <= V.Count || hasOneTile);
            StripWidth = isNarrow ? V.Count : 2 * V.Count;
            TileRows = isNarrow ? hasOneTile ? Math.Max(problem.M, NarrowRows) : NarrowRows : V.TileRows;
            int columnStrips = (problem.N + StripWidth - 1) / StripWidth;
            Fetched = columnStrips == 1 ? Gemm.DepthOf(problem.K) : 2 * StripWidth;
            PacksA = problem.StepA != 1 && hasManyStrips && !HasFewRows && problem.K * problem.StepA * sizeof(T) > NearA;
            int strips = Math.Min(columnStrips, PacksA ? StripsPerGroup / 2 : StripsPerGroup);
            Group = HasFewRows ? problem.N : strips * StripWidth;
            KeptColumns = HasFewRows ? StripWidth : Group;
            nint apart = problem.RowA * sizeof(T) % Collision;
            CopiesA = problem.StepA == 1 && hasManyStrips && Math.Min(apart, Collision - apart) < NearCollision;
            BlockRows = PacksA ? TilesPerBlock * TileRows : problem.M;
            int kept = PacksA ? BlockRows : HasFewRows ? MostTiles * TileRows : TileRows;
            KeptRows = Math.Min(kept, problem.M + TileRows);
            PacksB = problem.ColumnB != 1 || (problem.M > TileRows && !(HasFewRows && problem.N <= FewColumns));
            Overlaps = MayOverlap(problem);
        }

        /// <summary>Whether all rows meet a strip of B before the next: then it need not be kept.</summary>
        public bool HasFewRows { get; }

        /// <summary>The columns of a strip of B.</summary>
        public int StripWidth { get; }

        /// <summary>The rows of the largest tile.</summary>
        public int TileRows { get; }

        /// <summary>The steps of the next rows that are fetched beside each strip: all of them beside the only one, twice its width beside one of many.</summary>
        public int Fetched { get; }

        /// <summary>The columns of B that all rows of A meet before the next ones.</summary>
        public int Group { get; }

        /// <summary>The columns of B that are kept laid out.</summary>
        public int KeptColumns { get; }

        /// <summary>Whether rows of A are laid out tile by tile: where they are columns in memory, which are too far apart to be read there.</summary>
        public bool PacksA { get; }

        /// <summary>Whether a tile's rows of A are copied beside each other.</summary>
        public bool CopiesA { get; }

        /// <summary>The rows of A that are multiplied by all of B before the next ones.</summary>
        public int BlockRows { get; }

        /// <summary>The rows of A that are kept laid out or copied.</summary>
        public int KeptRows { get; }

        /// <summary>Whether strips of B are laid out. One tile of rows reads B once, and few tiles a B of few columns: where it lies.</summary>
        public bool PacksB { get; }

        /// <inheritdoc cref="MayOverlap"/>
        public bool Overlaps { get; }
    }

    /// <summary>
    /// Whether tiles at the lower and right edge may be moved back inside and so overlap others, which is harmless where both write the same
    /// numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayOverlap(in GemmProblem<T> problem) =>
        V.TileRows == 12 && problem.M >= 4 && problem.N >= V.Count && problem.K <= Gemm.Depth && problem.Alpha == T.One && problem.Beta == T.Zero;
}
