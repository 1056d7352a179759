using MLPath.Deep;

namespace MLPath.Tests.Deep;

/// <summary>Embeddings, attention, positions and transformer blocks agree with PyTorch forward, backward and after ten steps, on every backend.</summary>
[TestClass]
public sealed class AttentionFiguresTests
{
    private const double Rate = 0.05;

    /// <summary>Every case; those with masks twice: as lengths and order, and as a table of what is forbidden.</summary>
    public static IEnumerable<object[]> Cases =>
        from backend in Backends.All
        from torch in TorchFigures.Of("attention").Concat(TorchFigures.Of("layers").Where(c => c["layer"] == "Embedding"))
        let isMasked = torch.Arrays("inputs").Any(i => i.Name.EndsWith("mask", StringComparison.Ordinal))
        from asTable in isMasked ? [false, true] : new[] { false }
        select new object[] { backend[0], torch, asTable };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Attention_computes_what_PyTorch_does(Backend backend, TorchCase torch, bool asTable)
    {
        ArgumentNullException.ThrowIfNull(torch);
        var (module, compute) = Make(torch, backend, asTable);
        module.SetState(backend, torch.Arrays("parameters").ToDictionary(p => p.Name, p => p.Array.Values));
        var inputs = Inputs(true);
        var (output, weights) = compute(inputs);
        torch.Array("output").AssertEqual(output, "output");
        Assert.AreEqual(torch.Has("attentionWeights"), weights is not null);
        if (weights is not null) torch.Array("attentionWeights").AssertEqual(weights, "weights");
        output.Backward(torch.Array("outputGradient").On(backend));
        foreach (var (name, figure) in torch.Arrays("inputGradients")) figure.AssertEqual(inputs[name].Gradient!, $"gradient of {name}");
        var parameters = module.Parameters().ToDictionary(p => p.Path, p => p.Parameter);
        foreach (var (name, figure) in torch.Arrays("parameterGradients")) figure.AssertEqual(parameters[name].Value.Gradient!, $"gradient of {name}");
        Assert.AreEqual(torch.Arrays("parameters").Count(), parameters.Count);

        var sgd = new Sgd(parameters.Values, Rate);
        for (int step = 0; step < 10 && parameters.Count > 0; step++)
        {
            sgd.ClearGradients();
            compute(Inputs(false)).Output.Backward(torch.Array("outputGradient").On(backend));
            sgd.Step();
        }

        foreach (var (name, figure) in torch.Arrays("afterTenSteps")) figure.AssertEqual(parameters[name].Value, $"{name} after ten steps");

        Dictionary<string, Tensor> Inputs(bool withGradient) => torch.Arrays("inputs")
            .Where(i => !i.Name.EndsWith("mask", StringComparison.Ordinal))
            .ToDictionary(i => i.Name, i => withGradient ? i.Array.On(backend).WithGradient() : i.Array.On(backend));
    }

    private static (Module Module, Func<Dictionary<string, Tensor>, (Tensor Output, Tensor? Weights)> Compute) Make(TorchCase torch, Backend backend, bool asTable)
    {
        var pass = Pass.Scoring;
        switch (torch["layer"])
        {
            case "Embedding":
                var embedding = new Embedding(
                    torch.Integer("num_embeddings"), torch.Integer("embedding_dim"), torch.Options.TryGetProperty("padding_idx", out var index) ? index.GetInt32() : null);
                var tokens = torch.Array("inputs", "x").AsIndices();
                return (embedding, _ => (embedding.Forward(tokens), null));
            case "AdditiveAttention":
                var additive = new AdditiveAttention(torch.Integer("query_size"), torch.Integer("key_size"), torch.Integer("hidden_size"));
                return (additive, x => additive.Forward(x["query"], x["key"], x["value"], Mask("attn_mask", "key_padding_mask")));
            case "ScaledDotProductAttention":
                var product = new DotProductAttention();
                return (product, x => product.Forward(x["query"], x["key"], x["value"], Mask("attn_mask", "key_padding_mask")));
            case "MultiheadAttention":
                var heads = new MultiHeadAttention(torch.Integer("embed_dim"), torch.Integer("num_heads"), bias: torch.Flag("bias"));
                return (heads, x => heads.ForwardWithWeights(x["x"], pass, Mask("attn_mask", "key_padding_mask"), x.GetValueOrDefault("memory")));
            case "SinusoidalPositions":
                var waves = new SinusoidalPositions(torch.Array("inputs", "x").Shape[^1]);
                return (waves, x => (waves.Forward(x["x"], pass), null));
            case "LearnedPositions":
                var learned = new LearnedPositions(torch.Integer("max_length"), torch.Integer("d"));
                return (learned, x => (learned.Forward(x["x"], pass), null));
            case "RotaryPositions":
                var rotary = new RotaryPositions(torch.Array("inputs", "x").Shape[^1]);
                return (rotary, x => (rotary.Forward(x["x"], torch.Integer("offset"), pass), null));
            case "TransformerEncoderLayer":
                var block = EncoderBlock();
                return (block, x => (block.Forward(x["src"], pass, Mask("src_mask", "src_key_padding_mask")), null));
            case "TransformerEncoder":
                var encoder = new TransformerEncoder(torch.Integer("num_layers"), EncoderBlock);
                return (encoder, x => (encoder.Forward(x["src"], pass, Mask("src_mask", "src_key_padding_mask")), null));
            case "TransformerDecoderLayer":
                var decoder = new TransformerDecoderBlock(
                    torch.Integer("d_model"), torch.Integer("nhead"), torch.Integer("dim_feedforward"), torch.Number("dropout"), Activation(), torch.Flag("norm_first"));
                return (decoder, x => (decoder.Forward(x["tgt"], x["memory"], pass, Mask("tgt_mask", null), Mask(null, "memory_key_padding_mask")), null));
            default:
                throw new NotSupportedException(torch["layer"]);
        }

        TransformerEncoderBlock EncoderBlock() => new(
            torch.Integer("d_model"), torch.Integer("nhead"), torch.Integer("dim_feedforward"), torch.Number("dropout"), Activation(), torch.Flag("norm_first"));

        UnaryFunction Activation() => torch.Options.GetProperty("activation").GetString() == "gelu" ? UnaryFunction.Gelu : UnaryFunction.ReLU;

        AttentionMask? Mask(string? order, string? padding)
        {
            var given = torch.Arrays("inputs").ToDictionary(i => i.Name, i => i.Array);
            var later = order is null ? null : given.GetValueOrDefault(order);
            var padded = padding is null ? null : given.GetValueOrDefault(padding);
            if (later is null && padded is null) return null;
            if (!asTable)
            {
                var mask = padded is null ? AttentionMask.None : AttentionMask.Lengths([.. padded.Values.Chunk(padded.Shape[1]).Select(row => row.Count(v => v == 0))]);
                return mask with { IsCausal = later is not null };
            }

            int batch = padded?.Shape[0] ?? 1, keys = (padded ?? later!).Shape[1], queries = later?.Shape[0] ?? 1;
            var forbidden = new bool[batch * queries * keys];
            for (int i = 0; i < forbidden.Length; i++)
            {
                int key = i % keys, query = i / keys % queries, sequence = i / keys / queries;
                forbidden[i] = later?.Values[query * keys + key] == 1 || padded?.Values[sequence * keys + key] == 1;
            }

            return AttentionMask.Forbidden(backend, forbidden, [batch, 1, queries, keys]);
        }
    }
}
