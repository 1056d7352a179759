namespace MLPath.Deep;

/// <summary>The network of a <see cref="TransformerArchitecture"/>.</summary>
internal sealed class TransformerNetwork : Network
{
    private readonly TransformerPooling _pooling;
    private readonly bool _readsFeatures;
    private readonly Module _start;
    private readonly Parameter? _classToken;
    private readonly Layer? _positions;
    private readonly Dropout? _dropout;
    private readonly TransformerEncoder _encoder;
    private readonly Linear _head;

    public TransformerNetwork(TransformerArchitecture a)
    {
        _readsFeatures = a.ReadsFeatures;
        _pooling = _readsFeatures ? TransformerPooling.ClassToken : a.Pooling;
        _start = a.Input.Kind switch
        {
            NetworkInputKind.Tokens => AddModule("embedding", new Embedding(a.Input.Vocabulary, a.Size)),
            NetworkInputKind.Sequence => AddModule("projection", new Linear(a.Input.Shape[1], a.Size)),
            _ => AddModule("features", new FeatureTokens(a.Input.Shape.Size, a.Size)),
        };
        if (_pooling == TransformerPooling.ClassToken)
            _classToken = AddParameter("class_token", [1, 1, a.Size], new Initializer.Uniform(1 / Math.Sqrt(a.Size)));
        int more = _classToken is null ? 0 : 1;
        _positions = _readsFeatures ? null : a.Positions switch
        {
            SequencePositions.Sinusoidal => AddModule("positions", new SinusoidalPositions(a.Size)),
            SequencePositions.Learned => AddModule("positions", new LearnedPositions(a.Input.Shape[0] + more, a.Size)),
            _ => null,
        };
        if (a.Dropout > 0) _dropout = new Dropout(a.Dropout);
        bool isRotary = !_readsFeatures && a.Positions == SequencePositions.Rotary;
        _encoder = AddModule("encoder", new TransformerEncoder(
            a.Blocks,
            () => new(a.Size, a.Heads, a.FeedForward, a.Dropout, UnaryFunction.Gelu, a.PreNorm, rotary: isRotary ? new RotaryPositions(a.Size / a.Heads) : null),
            finalNorm: a.PreNorm));
        _head = AddModule("head", new Linear(a.Size, a.Outputs));
    }

    /// <inheritdoc/>
    public override Tensor Forward(NetworkBatch batch, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(pass);
        var x = _start is Embedding embedding ? embedding.Forward(batch.Tokens) : ((Layer)_start).Forward(batch.Values, pass); // [rows, time, size]
        int more = 0;
        if (_classToken is not null)
        {
            more = 1;
            x = Tensor.Concatenate([Tensor.Full(x.Backend, x.Shape.With(1, 1), 0) + _classToken.Value, x], 1);
        }

        var lengths = SequenceInput.Lengths(batch, x.Shape[1] - more, more);
        if (_positions is not null) x = _positions.Forward(x, pass);
        if (_dropout is not null && !_readsFeatures) x = _dropout.Forward(x, pass);
        x = _encoder.Forward(x, pass, batch.Lengths is null ? null : new AttentionMask { KeyLengths = lengths });
        return _head.Forward(Pool(x, lengths), pass);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" → ", new Module?[] { _start, _positions, _encoder, _head }.OfType<Module>());

    // Of features as in FT-Transformer: what the head reads goes through a ReLU.
    private Tensor Pool(Tensor x, IndexTensor lengths) => _pooling switch
    {
        TransformerPooling.Mean => SequencePool.Mean(x, lengths),
        TransformerPooling.Max => SequencePool.Max(x, lengths),
        _ => _readsFeatures ? x.Select(1, 0).ReLU() : x.Select(1, 0),
    };
}

/// <summary>
/// Features as tokens: Tⱼ = xⱼ Wⱼ + bⱼ, a vector of its own for each feature, as long as the feature is great. [rows, d] becomes [rows, d, size].
/// </summary>
/// <remarks>
/// Y. Gorishniy, I. Rubachev, V. Khrulkov, A. Babenko, <i>Revisiting Deep Learning Models for Tabular Data</i>, NeurIPS 2021, section 3.3. W and b are first
/// drawn from U(−1/√size, 1/√size).
/// </remarks>
public sealed class FeatureTokens : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="features">d, 1 or more.</param>
    /// <param name="size">The size of a token's vector, 1 or more.</param>
    public FeatureTokens(int features, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var uniform = new Initializer.Uniform(1 / Math.Sqrt(size));
        (Weight, Bias) = (AddParameter("weight", [features, size], uniform), AddParameter("bias", [features, size], uniform));
    }

    /// <summary>W, [d, size].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [d, size].</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"FeatureTokens({Weight.Shape[0]}, {Weight.Shape[1]})");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 2 || x.Shape[1] != Weight.Shape[0]) throw new ArgumentException($"{this} takes [rows, {Weight.Shape[0]}], not {x.Shape}.", nameof(x));
        return (x.Reshape([.. x.Shape, 1]) * Weight.Value) + Bias.Value;
    }
}
