using System.Data;
using System.Text;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;
using MLPath.Tests.Datasets.Formats;
using MLPath.Tests.Models;

namespace MLPath.Tests.Datasets.Models;

/// <summary>Files in which a loader is forged, hashes included: each gives a loader that reads or refuses, or an error in words.</summary>
[TestClass]
public sealed class HostileLoaderFileTests : IDisposable
{
    /// <summary>Some mebibytes for buffers of the file that is read; nothing in proportion to a number in the model.</summary>
    private const long MostBytesAllocated = 24L << 20;

    private readonly MLContext _ml = new(seed: 1);
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void A_forged_text_loader_is_refused_or_reads()
    {
        var loader = _ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = [new("K", DataKind.UInt32, [new(0)], new KeyCount(3)), new("F", DataKind.Single, 1, 4), new("V", DataKind.Int32, [new() { Min = 5, VariableEnd = true }])],
            HasHeader = true,
            AllowSparse = true,
            Separators = [' '],
            MaxRows = 100,
        }, new MultiFileSource(_files.Write("a b c d e f\n", "sample.txt")));
        string data = _files.Write("a b c d e f\n1 2 3 4 5 6 7\n0 1 4 0:1 2:3\n", "data.txt");
        Forge(Save(loader), path =>
        {
            _ml.Model.LoadWithDataLoader(path, out var restored);
            return restored.Load(data);
        });
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_forged_SVMlight_loader_is_refused_or_reads(bool named)
    {
        var sample = new MultiFileSource(_files.Write("1 1:1 2:5 30:1\n", "sample.txt"));
        var loader = named ? _ml.Data.CreateSvmLightLoaderWithFeatureNames(dataSample: sample) : _ml.Data.CreateSvmLightLoader(dataSample: sample);
        Forge(Save(loader), path =>
        {
            _ml.Model.LoadWithDataLoader(path, out var restored);
            return restored.Load(_files["sample.txt"]);
        });
    }

    [TestMethod]
    public void A_forged_database_loader_is_refused_or_reads()
    {
        using var table = new DataTable();
        table.Columns.Add("x", typeof(int));
        table.Columns.Add("y", typeof(double));
        table.Rows.Add(1, 2.5);
        var source = new DatabaseSource(new Formats.Database.TableProvider(table), "", "x");
        var loader = _ml.Data.CreateDatabaseLoader(
            new DatabaseLoader.Column("K", DbType.UInt32, [new DatabaseLoader.Range("x")], new KeyCount(3)), new DatabaseLoader.Column("F", DbType.Single, 0, 1));
        Forge(Save(loader), path =>
        {
            _ml.Model.LoadWithDataLoader(path, out IDataLoader<DatabaseSource> restored);
            return restored.Load(source);
        });
    }

    [TestMethod]
    [DataRow("\"Separators\": \" \"", "\"Separators\": \"\"", "Separators")]
    [DataRow("\"Separators\": \" \"", "\"Separators\": \"x\"", "Separators")]
    [DataRow("\"DecimalMarker\": \".\"", "\"DecimalMarker\": \"..\"", "one character")]
    [DataRow("\"BadRows\": \"Error\"", "\"BadRows\": \"7\"", "one of Error, Skip, Missing")]
    [DataRow("\"Single\"", "\"Singular\"", "one of SByte")]
    [DataRow("\"Names\": [", "\"Names\": [\"one more\",", "one name and one kind")]
    [DataRow("\"HasHeader\": false,", "\"HasHeader\": false, \"InputSize\": 2,", "rows cannot have")]
    [DataRow("\"HasHeader\": false,", "\"HasHeader\": false, \"InputSize\": 0,", "rows cannot have")]
    [DataRow("\"HasHeader\": false,", "\"HasHeader\": false, \"MaxRows\": -1,", "MaxRows")]
    public void What_a_text_loader_cannot_be_is_refused_in_words(string from, string to, string expected)
    {
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("F", DataKind.Single, 0, 4)], separatorChar: ' ');
        var zip = ModelZip.Open(Save(loader)).Replace("model/Loader/settings.json", from, to);
        using var stream = new MemoryStream(zip.Rehash().Pack());
        var error = Assert.ThrowsExactly<ModelFormatException>(() => _ml.Model.LoadWithDataLoader(stream, out _));
        Assert.Contains("MLPath.TextLoader", error.Message);
        Assert.Contains(expected, error.Message);
    }

    private byte[] Save<TSource>(IDataLoader<TSource> loader)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(null, loader, stream);
        return stream.ToArray();
    }

    private void Forge(byte[] file, Func<string, IDataView> load)
    {
        byte[][] inserts =
        [
            .. ((string[])["0", "-1", "2147483647", "99999999999", "null", "\"\"", "[]", "true", "\"\\u0000\"", ","]).Select(Encoding.UTF8.GetBytes),
            [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x40], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ];
        string[] names = [.. ModelZip.Open(file).Entries.Select(e => e.Name).Where(name => name.StartsWith("model/Loader/", StringComparison.Ordinal))];
        Assert.IsNotEmpty(names);
        int refused = 0, read = 0;
        for (int i = 0; i < 300; i++)
        {
            var random = new RandomStream(5).Derive(i);
            var zip = ModelZip.Open(file);
            string name = names[random.NextInt32(names.Length)];
            zip[name] = Mutations.Mutate(zip[name], random, inserts);
            string path = _files.Write(zip.Rehash().Pack(), "forged.mlpath");
            long before = GC.GetTotalAllocatedBytes();
            try
            {
                var view = load(path);
                DataFingerprint.Compute(view);
                read++;
            }
            catch (Exception error) when (error is ModelFormatException or DataException or SchemaException)
            {
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"Mutation {i} of {name}: {error}\n{Encoding.UTF8.GetString(zip[name])}");
            }
            Assert.IsLessThan(MostBytesAllocated, GC.GetTotalAllocatedBytes() - before, $"Mutation {i} of {name}.");
        }
        Assert.IsGreaterThan(30, refused);
        Assert.IsGreaterThan(0, read);
    }
}
