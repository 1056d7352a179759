using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Tests.Models;

/// <summary>
/// Whatever happens to the file of a real model, loading it gives the model or an error with words, and allocates at most twice the file's size
/// beside a constant.
/// </summary>
[TestClass]
public sealed class HostileKeptModelTests
{
    /// <summary>What loading takes however small the file is: manifest, schema and settings as objects, hashing, messages.</summary>
    private const long ConstantBytes = 192 << 10;

    private const int RawMutations = 2_000;
    private const int ForgedMutations = 1_000;

    private static readonly MLContext s_ml = new();

    private static readonly Kept[] s_kept = [.. KeptModelTests.Paths().Select(path => new Kept(path))];

    [TestMethod]
    public void A_byte_that_changes_a_cut_or_an_insertion_is_noticed_or_changes_nothing()
    {
        var random = new RandomStream(20_240_611);
        int refused = 0;
        for (int i = 0; i < RawMutations; i++)
        {
            var kept = s_kept[random.NextInt32(s_kept.Length)];
            var (file, what) = Mutate(kept.File, random);
            what = $"{i}: {kept.Case}: {what}";
            if (Load(file, what) is not { } model)
                refused++;
            else
                CollectionAssert.AreEqual(kept.Predictions.ToArray(), kept.Case.Predict(model).ToArray(), what);
        }

        Assert.IsGreaterThan(RawMutations / 2, refused);
    }

    /// <summary>With true hashes, so that manifest, settings, array headers, values and every loader are reached.</summary>
    [TestMethod]
    public void A_forged_byte_gives_a_model_or_words()
    {
        var random = new RandomStream(8_131_972);
        int loaded = 0;
        for (int i = 0; i < ForgedMutations; i++)
        {
            var kept = s_kept[random.NextInt32(s_kept.Length)];
            var zip = ModelZip.Open(kept.File);
            var (name, bytes) = zip.Entries[random.NextInt32(zip.Entries.Count)];
            if (bytes.Length == 0 || name == "manifest.sha256")
                continue;
            (zip[name], string what) = Mutate(bytes, random);
            try
            {
                _ = name == "manifest.json" ? zip.RehashManifest() : zip.Rehash();
            }
            catch (System.Text.Json.JsonException)
            {
                zip.RehashManifest();
            }

            string forged = $"{i}: {kept.Case}, {name}: {what}";
            if (Load(zip.Pack(), forged) is not { } model)
                continue;
            loaded++;
            try
            {
                // What a forged model predicts is its forger's affair; that it predicts, or says that the columns do not fit, is ours.
                kept.Case.Predict(model);
            }
            catch (Exception error)
            {
                Assert.IsTrue(error is SchemaException or DataException, $"{forged}: {error}");
            }
        }

        Assert.IsGreaterThan(ForgedMutations / 20, loaded);
    }

    private static (byte[] File, string What) Mutate(byte[] file, RandomStream random)
    {
        // Half of the positions lie in the first or the last parts, where lengths and names are.
        int range = random.NextInt32(4) switch { 0 => Math.Min(200, file.Length), 1 => -Math.Min(1_500, file.Length), _ => file.Length };
        int at = range > 0 ? random.NextInt32(range) : file.Length + range + random.NextInt32(-range);
        byte value = (byte)random.NextInt32(256);
        byte[] copy = [.. file];
        switch (random.NextInt32(6))
        {
            case 0:
                return (file[..at], $"cut to {at} bytes");
            case 1:
                return ([.. file[..at], value, .. file[at..]], $"{value} inserted at {at}");
            case 2:
                copy.AsSpan(at, Math.Min(4, copy.Length - at)).Fill(0xFF);
                return (copy, $"four bytes at {at} are 255");
            case 3:
                copy[at] ^= (byte)(1 << (value % 8));
                return (copy, $"bit {value % 8} of byte {at} flipped");
            default:
                copy[at] = value;
                return (copy, $"byte {at} is {value}");
        }
    }

    private static ITransformer? Load(byte[] file, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ITransformer? model = null;
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            model = s_ml.Model.Load(stream, out _);
        }
        catch (ModelFormatException error)
        {
            Assert.IsGreaterThan(20, error.Message.Length, what);
        }
        catch (Exception error) when (error is not UnitTestAssertException)
        {
            Assert.Fail($"{what}: {error}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsLessThanOrEqualTo((2 * file.Length) + ConstantBytes, allocated, what);
        return model;
    }

    private sealed class Kept
    {
        public Kept(string path)
        {
            Case = KeptCase.Of(Path.GetFileNameWithoutExtension(path));
            File = System.IO.File.ReadAllBytes(path);
            // Tables that a component makes once for the whole process, of characters or stop words, are not the file's.
            using (var stream = new MemoryStream(File, writable: false))
                s_ml.Model.Load(stream, out _);
            Predictions = Case.Predict(Load(File, path)!);
        }

        public KeptCase Case { get; }

        public byte[] File { get; }

        public IReadOnlyList<string> Predictions { get; }
    }
}
