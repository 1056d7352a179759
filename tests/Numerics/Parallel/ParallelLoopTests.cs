using MLPath.Numerics;

namespace MLPath.Tests.Numerics;

[TestClass]
public sealed class ParallelLoopTests
{
    [TestMethod]
    [DataRow(0, 4, 0)]
    [DataRow(1, 4, 1)]
    [DataRow(4, 4, 1)]
    [DataRow(5, 4, 2)]
    [DataRow(int.MaxValue, int.MaxValue, 1)]
    [DataRow(int.MaxValue, 1, int.MaxValue)]
    public void Chunks_cover_the_range(int count, int chunkSize, int expected) =>
        Assert.AreEqual(expected, ParallelLoop.ChunkCount(count, chunkSize));

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(16)]
    public void Every_element_is_visited_once_in_its_fixed_chunk(int threads)
    {
        var chunkOf = new int[1003];
        Array.Fill(chunkOf, -1);
        var visits = new int[1003];
        ParallelLoop.For(1003, 10, threads, CancellationToken.None, (chunk, start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                chunkOf[i] = chunk;
                Interlocked.Increment(ref visits[i]);
            }
        });

        Assert.IsTrue(visits.All(v => v == 1));
        for (int i = 0; i < chunkOf.Length; i++) Assert.AreEqual(i / 10, chunkOf[i]);
    }

    [TestMethod]
    public void The_last_chunk_of_the_longest_range_does_not_overflow()
    {
        var ends = new List<int>();
        ParallelLoop.For(int.MaxValue, 1 << 30, 1, CancellationToken.None, (_, _, end) => ends.Add(end));
        CollectionAssert.AreEqual(new[] { 1 << 30, int.MaxValue }, ends);
    }

    [TestMethod]
    public void Reductions_are_bit_identical_at_any_number_of_threads()
    {
        var stream = new RandomStream(1);
        double[] values = Enumerable.Range(0, 100_000).Select(_ => stream.NextGaussian() * Math.Exp(20 * stream.NextGaussian())).ToArray();
        double Sum(int threads) => ParallelLoop.Reduce(
            values.Length, 333, threads, CancellationToken.None, (start, end) => values[start..end].Sum(), (a, b) => a + b, 0.0);

        double expected = Sum(1);
        foreach (int threads in new[] { 2, 3, 8, 64 }) Assert.AreEqual(expected, Sum(threads));
    }

    [TestMethod]
    public void Reductions_combine_in_chunk_order()
    {
        string Join(int count) => ParallelLoop.Reduce(
            count, 2, 4, CancellationToken.None, (start, end) => $"[{start},{end})", (a, b) => a + b, "seed");
        Assert.AreEqual("seed[0,2)[2,4)[4,5)", Join(5));
        Assert.AreEqual("seed", Join(0));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void The_exception_of_the_lowest_failing_chunk_surfaces_as_itself(int threads)
    {
        for (int repeat = 0; repeat < 50; repeat++)
        {
            var failure = Assert.ThrowsExactly<InvalidOperationException>(() =>
                ParallelLoop.For(100, 1, threads, CancellationToken.None, (chunk, _, _) =>
                {
                    if (chunk == 3) Thread.SpinWait(2000);
                    if (chunk >= 3) throw new InvalidOperationException($"chunk {chunk}");
                }));
            Assert.AreEqual("chunk 3", failure.Message);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Cancellation_stops_the_loop_and_names_its_token(int threads)
    {
        using var source = new CancellationTokenSource();
        int ran = 0;
        var exception = Assert.ThrowsExactly<OperationCanceledException>(() =>
            ParallelLoop.For(1_000_000, 1, threads, source.Token, (_, _, _) =>
            {
                if (Interlocked.Increment(ref ran) == 10) source.Cancel();
            }));
        Assert.AreEqual(source.Token, exception.CancellationToken);
        Assert.IsLessThan(1_000_000, ran);
    }

    [TestMethod]
    public void A_cancelled_token_runs_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsExactly<OperationCanceledException>(() => ParallelLoop.For(0, 1, 4, cancelled, (_, _, _) => Assert.Fail()));
        Assert.ThrowsExactly<OperationCanceledException>(() => ParallelLoop.For(9, 1, 4, cancelled, (_, _, _) => Assert.Fail()));
    }

    [TestMethod]
    public void Loops_nest()
    {
        int total = 0;
        ParallelLoop.For(16, 1, 8, CancellationToken.None, (_, _, _) =>
            ParallelLoop.For(16, 1, 8, CancellationToken.None, (_, _, _) =>
                ParallelLoop.For(16, 1, 8, CancellationToken.None, (_, _, _) => Interlocked.Increment(ref total))));
        Assert.AreEqual(16 * 16 * 16, total);
    }

    [TestMethod]
    public void Bad_arguments_are_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ParallelLoop.ChunkCount(-1, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ParallelLoop.For(1, 0, 1, CancellationToken.None, (_, _, _) => { }));
    }
}
