using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Datasets.Text;

/// <summary>Damaged files give rows or an error that explains, never another exception.</summary>
[TestClass]
public sealed class HostileTextTests : IDisposable
{
    private readonly DataOperationsCatalog _data = new(new MLEnvironment(seed: 0));
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void Mutated_files_load_or_explain()
    {
        var random = new RandomStream(77);
        byte[] good = Encoding.UTF8.GetBytes("name,x,flag,day,note\n" + string.Concat(Enumerable.Range(0, 30).Select(
            i => $"row {i},{i * 1.5},{(i % 2 == 0 ? "yes" : "no")},2024-01-{1 + (i % 28):D2},\"a, \"\"b\"\"\n{i}\"\n")));
        int loaded = 0;
        for (int trial = 0; trial < 800; trial++)
        {
            string path = _files.Write(Mutate(good, random));
            var options = new TextFileOptions
            {
                ChunkSize = random.NextInt32(1, 300),
                Threads = random.NextInt32(1, 4),
                BadRows = (BadRows)random.NextInt32(3),
                InMemoryLimit = random.NextBoolean(0.3) ? 0 : 1 << 20,
            };
            loaded += Try(() => InMemoryDataView.Load(_data.LoadFromTextFile(path, options)).RowCount) ? 1 : 0;
            Try(() => InMemoryDataView.Load(_data.LoadFromTextFile(path, new TextLoader.Options
            {
                Columns = [new("N", DataKind.String, 0), new("X", DataKind.Single, 1), new("All", DataKind.String, [new() { Min = 2, VariableEnd = true }])],
                Separators = [','],
                AllowQuoting = random.NextBoolean(0.5),
                ReadMultilines = random.NextBoolean(0.5),
                AllowSparse = random.NextBoolean(0.5),
                BadRows = (BadRows)random.NextInt32(3),
            })).RowCount);
        }
        Assert.IsGreaterThan(300, loaded, "damage that leaves a table leaves it readable");
    }

    [TestMethod]
    public void A_quote_that_never_closes_ends_in_an_error_not_in_memory()
    {
        string path = _files.Write("a,b\n1,\"" + new string('x', 3_000_000) + "\n");
        var error = Assert.ThrowsExactly<DataException>(() => _data.LoadFromTextFile(path));
        StringAssert.Contains(error.Message, "line 2: the file ends inside a quoted value that starts here");
    }

    private static byte[] Mutate(byte[] good, RandomStream random)
    {
        var bytes = new List<byte>(good);
        byte[] nasty = [(byte)'"', (byte)',', (byte)'\n', (byte)'\r', 0, 0xFF, 0xC3, (byte)':', (byte)'9', (byte)' '];
        for (int mutation = random.NextInt32(1, 5); mutation > 0; mutation--)
        {
            int at = random.NextInt32(bytes.Count);
            switch (random.NextInt32(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.NextInt32(8)); break;
                case 1: bytes.Insert(at, nasty[random.NextInt32(nasty.Length)]); break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.NextInt32(1, 40))); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat((byte)'7', random.NextInt32(1, 5000))); break;
                default: bytes.InsertRange(at, bytes.Take(random.NextInt32(200)).ToArray()); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'x');
        }
        return [.. bytes];
    }

    private static bool Try(Func<int> load)
    {
        try
        {
            load();
            return true;
        }
        catch (DataException error)
        {
            StringAssert.Contains(error.Message, "data.csv");
            return false;
        }
    }
}
