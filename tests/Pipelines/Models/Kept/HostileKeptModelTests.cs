using MLPath.Data;
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
    /// <summary>What loading takes however small the file is: the JSON of manifest, schema and settings as objects, hashes, and messages.</summary>
    private const long ConstantBytes = 256 << 10;

    private static readonly (KeptCase Case, byte[] File, IReadOnlyList<string> Predictions)[] s_kept =
    [
        .. KeptModelTests.Paths().Select(path =>
        {
            var kept = KeptCase.Of(Path.GetFileNameWithoutExtension(path));
            var file = File.ReadAllBytes(path);
            return (kept, file, kept.Predict(Load(file)));
        }),
    ];

    [TestMethod]
    public void Print()
    {
        foreach (var (kept, file, _) in s_kept)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Load(file);
            Console.Error.WriteLine($"{kept.Name} {file.Length} {GC.GetAllocatedBytesForCurrentThread() - before}");
        }
    }

    private static ITransformer Load(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        return s_ml.Model.Load(stream, out _);
    }
    private static readonly MLContext s_ml = new();
}
