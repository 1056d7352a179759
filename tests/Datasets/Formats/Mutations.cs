using MLPath.Numerics;

namespace MLPath.Tests.Datasets.Formats;

/// <summary>Damages files in many ways, the same ones in every run, and requires that each is read or refused in words.</summary>
internal static class Mutations
{
    /// <summary>More than any small file needs, and far less than what a lying length could ask for.</summary>
    private const long MostBytesAllocated = 48L << 20;

    private static readonly byte[][] s_extremes =
    [
        [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0x00, 0x00, 0x00, 0x00], [0x40, 0x00, 0x00, 0x00],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ];

    /// <summary>Loads and reads mutated copies of a file.</summary>
    /// <param name="count">How many.</param>
    /// <param name="original">The file.</param>
    /// <param name="load">Makes a view of a file.</param>
    /// <param name="pieces">Pieces of the format's syntax to put in at random places.</param>
    public static void Check(int count, byte[] original, Func<string, IDataView> load, params string[] pieces)
    {
        using var files = new TestFiles();
        byte[][] inserts = [.. s_extremes, .. pieces.Select(System.Text.Encoding.UTF8.GetBytes)];
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Mutate(original, new RandomStream(7).Derive(i), inserts);
            string path = files.Write(bytes, "mutated.bin");
            long before = GC.GetTotalAllocatedBytes();
            try
            {
                ReadAll(load(path));
            }
            catch (DataException error)
            {
                refused++;
                StringAssert.Contains(error.Message, "mutated.bin", $"Mutation {i}.");
            }
            catch (Exception other)
            {
                Assert.Fail($"Mutation {i} ({Convert.ToHexString(bytes)[..Math.Min(400, 2 * bytes.Length)]}): {other}");
            }
            long allocated = GC.GetTotalAllocatedBytes() - before;
            Assert.IsLessThan(MostBytesAllocated, allocated, $"Mutation {i} of {bytes.Length} bytes.");
        }
        Assert.IsGreaterThan(count / 10, refused);
    }

    /// <summary>One mutated copy: one to three changes.</summary>
    public static byte[] Mutate(byte[] original, RandomStream random, byte[][] inserts)
    {
        var bytes = original.ToList();
        int changes = 1 + random.NextInt32(3);
        for (int c = 0; c < changes && bytes.Count > 0; c++)
        {
            int at = random.NextInt32(bytes.Count);
            int length = Math.Min(1 + random.NextInt32(16), bytes.Count - at);
            switch (random.NextInt32(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextInt32(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextInt32(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, inserts[random.NextInt32(inserts.Length)]);
                    break;
                default:
                    byte[] piece = inserts[random.NextInt32(inserts.Length)];
                    for (int k = 0; k < piece.Length && at + k < bytes.Count; k++) bytes[at + k] = piece[k];
                    break;
            }
        }
        return [.. bytes];
    }

    private static void ReadAll(IDataView view)
    {
        using var cursor = view.GetBatchCursor(view.Schema);
        while (cursor.MoveNext())
        {
            foreach (var column in view.Schema) Assert.AreEqual(cursor.Current.Count, cursor.Current[column.Index].Count);
        }
    }
}
