using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Adds up vectors over all rows, in parallel and always in the same order: rows are cut into chunks by their number and the vector's
/// length alone, each chunk sums its rows in order, and the chunks' sums are added in order. The buffers are kept for the next sum.
/// </summary>
/// <param name="rows">n, at least 1.</param>
/// <param name="length">The length of the vector.</param>
/// <param name="mostChunks">The most chunks, at least 1: fewer where adding up the sums would cost as much as summing the rows.</param>
internal sealed class RowSum(int rows, int length, int mostChunks = RowSum.MaxChunks)
{
    /// <summary>The most rows that are handed over at once.</summary>
    public const int BlockRows = 256;

    // All buffers together hold at most 2²⁴ numbers (128 MiB), unless one vector alone is larger.
    private const int MaxNumbers = 1 << 24;
    private const int MaxChunks = 64;

    private readonly int _chunkRows = ChunkRows(rows, length, mostChunks);
    private readonly double[]?[] _sums = new double[ParallelLoop.ChunkCount(rows, ChunkRows(rows, length, mostChunks))][];

    /// <summary>n, the number of rows.</summary>
    public int Rows => rows;

    /// <summary>The length of the vector.</summary>
    public int Length => length;

    /// <summary>Adds rows [start, end) to a sum.</summary>
    public delegate void BlockAction(int start, int end, Span<double> sum);

    /// <summary>Sums all rows.</summary>
    /// <param name="context">Threads and cancellation, which is looked at before every block.</param>
    /// <param name="add">Adds at most <see cref="BlockRows"/> rows; is called from several threads.</param>
    /// <returns>The sum, valid until the next call.</returns>
    public Span<double> Compute(FitContext context, BlockAction add)
    {
        context.Checkpoint();
        ParallelLoop.For(rows, _chunkRows, context.Threads, context.CancellationToken, (chunk, start, end) =>
        {
            double[] sum = _sums[chunk] ??= new double[length];
            Array.Clear(sum);
            for (int block = start; block < end; block += BlockRows)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                add(block, Math.Min(end, block + BlockRows), sum);
            }
        });
        for (int chunk = 1; chunk < _sums.Length; chunk++)
            Dense.Axpy(1, _sums[chunk]!, _sums[0]);
        return _sums[0];
    }

    /// <summary>The rows of a chunk, a multiple of <see cref="BlockRows"/>, whose sums of some length fit in memory together.</summary>
    public static int ChunkRows(int rows, int length, int mostChunks)
    {
        int chunks = Math.Clamp(MaxNumbers / Math.Max(1, length), 1, mostChunks);
        int blocks = ParallelLoop.ChunkCount(rows, BlockRows);
        return BlockRows * ParallelLoop.ChunkCount(blocks, chunks);
    }
}
