using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>What networks start from on both sides: a text to learn, first weights, and the order of the examples.</summary>
internal static class NetworkSets
{
    public const string Tokens = "tokens_1000000_v65", Networks = "networks";

    public const int TokenCount = 65, Units = 128, SequenceLength = 64, Sequences = 64;

    private const int Rows = 60_000, Steps = 100;

    /// <summary>A text of 65 symbols in which the two before make a few likely.</summary>
    public static void MakeTokens(CoreSets.Writer writer, int n, ulong seed)
    {
        var random = new RandomStream(seed);
        int[] likely = Draw.Classes(random, TokenCount * TokenCount * 4, TokenCount);
        var text = new byte[n];
        int a = 0, b = 0;
        for (int i = 0; i < n; i++)
        {
            int percent = random.NextInt32(100), any = random.NextInt32(TokenCount);
            int choice = percent switch { < 50 => 0, < 75 => 1, < 88 => 2, _ => 3 };
            int next = percent >= 95 ? any : likely[(((a * TokenCount) + b) * 4) + choice];
            text[i] = (byte)next;
            (a, b) = (b, next);
        }
        writer.Bytes("", text);
        var about = writer.Description;
        (about["kind"], about["n"], about["vocab"], about["seed"]) = ("char tokens", n, TokenCount, seed);
    }

    /// <summary>Weights in PyTorch's order and layout; each between ± 1 / √(the inputs of a unit), as its layers begin.</summary>
    public static void MakeNetworks(CoreSets.Writer writer)
    {
        var random = new RandomStream(12);
        writer.Numbers("_mlp", [.. Layer("mlp.0", 784, 128), .. Layer("mlp.1", 128, 10)]);
        writer.Numbers("_cnn", [.. Layer("cnn.0", 9, 16), .. Layer("cnn.1", 16 * 9, 32), .. Layer("cnn.2", 32 * 7 * 7, 10)]);
        var lstm = Uniform("lstm", Units, 4 * Units * (Units + Units + 2));
        writer.Numbers("_lstm", [.. Draw.Normal(random.Derive("embedding"), TokenCount * Units), .. lstm, .. Layer("output", Units, TokenCount)]);
        writer.Classes("_order", random.Derive("order").Permutation(Rows));
        writer.Classes("_starts", Draw.Classes(random.Derive("starts"), Steps * Sequences, 1_000_000 - SequenceLength - 1));
        writer.Description["kind"] = "first weights of networks, and the order of examples";

        float[] Layer(string name, int inputs, int outputs) => Uniform(name, inputs, (inputs + 1) * outputs);

        float[] Uniform(string name, int inputs, int count)
        {
            var stream = random.Derive(name);
            double bound = 1 / Math.Sqrt(inputs);
            return [.. Enumerable.Range(0, count).Select(_ => (float)(bound * ((2 * stream.NextDouble()) - 1)))];
        }
    }
}
