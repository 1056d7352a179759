using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>The data sets: which there are, and how those that are absent are made. They are seeded, so that they are the same everywhere.</summary>
internal static class CoreSets
{
    private static readonly Dictionary<string, Action<Writer>> s_recipes = new Dictionary<string, Action<Writer>>
    {
        ["blobs_100000x32_k50"] = w => PointSets.Blobs(w, n: 100_000, d: 32, k: 50, seed: 1, spread: 1.2),
        ["blobs_20000x784_k10"] = w => PointSets.Blobs(w, n: 20_000, d: 784, k: 10, seed: 2, spread: 0.25),
        ["lowrank_50000x256_r16"] = w => PointSets.LowRank(w, n: 50_000, d: 256, rank: 16, seed: 3),
        ["binary_200000x50"] = w => TableSets.Binary(w, n: 200_000, tests: 50_000, d: 50, seed: 4),
        ["regression_200000x50"] = w => TableSets.Regression(w, n: 200_000, tests: 50_000, d: 50, seed: 5),
        ["digits_60000x784_c10"] = w => DigitSet.Make(w, n: 60_000, tests: 10_000, seed: 6),
        ["knnsvm_20000x64"] = w => PointSets.Classes(w, n: 20_000, tests: 5_000, d: 64, seed: 7),
        ["small_5000x64"] = w => PointSets.WithOutliers(w, n: 5_000, d: 64, seed: 8),
        ["scores_1000000"] = w => TableSets.Scores(w, n: 1_000_000, seed: 10),
        [NetworkSets.Tokens] = w => NetworkSets.MakeTokens(w, n: 1_000_000, seed: 11),
        [NetworkSets.Networks] = NetworkSets.MakeNetworks,
    };

    /// <summary>Makes a set where the folder's manifest does not name it.</summary>
    public static void Ensure(string folder, string set, TextWriter log)
    {
        Directory.CreateDirectory(folder);
        string manifest = Path.Combine(folder, CoreData.ManifestFile);
        var root = File.Exists(manifest) ? JsonNode.Parse(File.ReadAllText(manifest))!.AsObject() : [];
        var arrays = Child(root, "arrays");
        if (Child(root, "sets").ContainsKey(set) && arrays.All(a => !IsPartOf(a.Key, set) || File.Exists(Path.Combine(folder, a.Key))))
            return;
        log.WriteLine($"Making {set} in {folder}.");
        var writer = new Writer(folder, set);
        s_recipes[set](writer);
        foreach (var (file, description) in writer.Arrays) arrays[file] = description;
        Child(root, "sets")[set] = writer.Description;
        File.WriteAllText(manifest, root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static bool IsPartOf(string file, string set) => file.StartsWith(set, StringComparison.Ordinal) && file[set.Length] is '_' or '.';

    private static JsonObject Child(JsonObject root, string name)
    {
        if (root[name] is not JsonObject child) root[name] = child = [];
        return child;
    }

    /// <summary>Writes the arrays of one set: raw, little-endian, row-major.</summary>
    internal sealed class Writer(string folder, string set)
    {
        public Dictionary<string, JsonObject> Arrays { get; } = [];

        /// <summary>What the set is, in the manifest.</summary>
        public JsonObject Description { get; } = [];

        /// <summary>Writes features, rows × columns.</summary>
        public void Features(string part, ReadOnlySpan<float> values, int columns) => Write($"{part}_X.f32", values, "float32", [values.Length / columns, columns]);

        public void Numbers(string part, ReadOnlySpan<float> values) => Write($"{part}.f32", values, "float32", [values.Length]);

        public void Classes(string part, ReadOnlySpan<int> values) => Write($"{part}.i32", values, "int32", [values.Length]);

        public void Matrix(string part, ReadOnlySpan<float> values, int columns) => Write($"{part}.f32", values, "float32", [values.Length / columns, columns]);

        public void Bytes(string part, ReadOnlySpan<byte> values) => Write($"{part}.u8", values, "uint8", [values.Length]);

        private void Write<T>(string suffix, ReadOnlySpan<T> values, string type, int[] shape) where T : unmanaged
        {
            var bytes = MemoryMarshal.AsBytes(values);
            string file = set + suffix;
            using (var stream = File.Create(Path.Combine(folder, file))) stream.Write(bytes);
            Arrays[file] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(length => JsonValue.Create(length))]),
                ["bytes"] = bytes.Length,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            };
        }
    }
}

/// <summary>Random numbers in bulk.</summary>
internal static class Draw
{
    public static float[] Normal(RandomStream random, int count, double deviation = 1)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)(deviation * random.NextGaussian());
        return values;
    }

    public static int[] Classes(RandomStream random, int count, int k)
    {
        var classes = new int[count];
        for (int i = 0; i < count; i++) classes[i] = random.NextInt32(k);
        return classes;
    }
}
