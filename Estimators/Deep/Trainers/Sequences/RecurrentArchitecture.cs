using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>What a recurrent network makes of the states of all steps.</summary>
public enum RecurrentPooling
{
    /// <summary>The state after the last step, in two directions beside that of the second one after the first step.</summary>
    Last,

    /// <summary>The mean of the states of all steps.</summary>
    Mean,

    /// <summary>The greatest number of all steps, place by place.</summary>
    Max,
}

/// <summary>
/// The description of a recurrent network: tokens become learned vectors, recurrent layers read the steps one by one, and a linear layer reads what is
/// pooled of their states.
/// </summary>
/// <param name="input">A sequence or tokens.</param>
/// <param name="outputs">The number of outputs, 1 or more.</param>
/// <param name="cell">The kind of the recurrent layers.</param>
public sealed class RecurrentArchitecture(NetworkInput input, int outputs, RecurrentCell cell) : NetworkArchitecture
{
    internal const string Id = "MLPath.RecurrentNetwork";
    private const int MostLayers = 100;

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override NetworkInput Input { get; } = input;

    /// <inheritdoc/>
    public override int Outputs { get; } = outputs;

    /// <summary>The kind of the recurrent layers.</summary>
    public RecurrentCell Cell { get; } = cell;

    /// <summary>The size of a token's vector.</summary>
    public int EmbeddingSize { get; init; } = 32;

    /// <summary>The size of the state.</summary>
    public int Units { get; init; } = 64;

    /// <summary>The number of stacked layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether a second cell reads from the end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The share of vectors, states between layers and pooled states that training leaves out.</summary>
    public double Dropout { get; init; }

    /// <summary>What is made of the states of all steps.</summary>
    public RecurrentPooling Pooling { get; init; }

    /// <summary>For an LSTM, what the bias of the forget gate is at first.</summary>
    public double ForgetBias { get; init; } = 1;

    /// <inheritdoc/>
    public override Network Build() => Input.Kind == NetworkInputKind.Numbers
        ? throw new ArgumentException($"A recurrent network reads sequences or tokens, not {Input}.")
        : new RecurrentNetwork(this);

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Input.Save(context);
        context.Write(nameof(Outputs), Outputs);
        context.WriteEnum(nameof(Cell), Cell);
        context.Write(nameof(EmbeddingSize), EmbeddingSize);
        context.Write(nameof(Units), Units);
        context.Write(nameof(Layers), Layers);
        context.Write(nameof(Bidirectional), Bidirectional);
        context.Write(nameof(Dropout), Dropout);
        context.WriteEnum(nameof(Pooling), Pooling);
        context.Write(nameof(ForgetBias), ForgetBias);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string layers = Layers > 1 ? FormattableString.Invariant($"{Layers} layers of {Units}") : FormattableString.Invariant($"{Units}");
        return FormattableString.Invariant($"{NameOf(Cell)}({Input}, {layers} units{(Bidirectional ? " in two directions" : "")}, {Outputs} output{(Outputs == 1 ? "" : "s")})");
    }

    internal static string NameOf(RecurrentCell cell) => cell switch
    {
        RecurrentCell.Lstm => "Lstm",
        RecurrentCell.Gru => "Gru",
        _ => "Rnn",
    };

    internal static RecurrentArchitecture Load(ModelLoadContext context)
    {
        var made = new RecurrentArchitecture(NetworkInput.Load(context), context.ReadInt32(nameof(Outputs)), context.ReadEnum<RecurrentCell>(nameof(Cell)))
        {
            EmbeddingSize = context.ReadInt32(nameof(EmbeddingSize)),
            Units = context.ReadInt32(nameof(Units)),
            Layers = context.ReadInt32(nameof(Layers)),
            Bidirectional = context.ReadBoolean(nameof(Bidirectional)),
            Dropout = context.ReadDouble(nameof(Dropout)),
            Pooling = context.ReadEnum<RecurrentPooling>(nameof(Pooling)),
            ForgetBias = context.ReadDouble(nameof(ForgetBias)),
        };
        bool isSound = made is { Outputs: >= 1, EmbeddingSize: >= 1, Units: >= 1, Layers: >= 1 and <= MostLayers, Dropout: >= 0 and < 1 }
            && double.IsFinite(made.ForgetBias) && made.Input.Kind != NetworkInputKind.Numbers;
        return isSound ? made : throw context.Invalid("the sizes of its recurrent network make no sense");
    }
}

/// <summary>The network of a <see cref="RecurrentArchitecture"/>.</summary>
internal sealed class RecurrentNetwork : Network
{
    private readonly RecurrentPooling _pooling;
    private readonly Embedding? _embedding;
    private readonly Recurrent _layers;
    private readonly Dropout? _dropout;
    private readonly Linear _head;

    public RecurrentNetwork(RecurrentArchitecture a)
    {
        int size = a.EmbeddingSize;
        if (a.Input.Kind == NetworkInputKind.Tokens) _embedding = AddModule("embedding", new Embedding(a.Input.Vocabulary, size));
        else size = a.Input.Shape[1];
        _layers = AddModule("layers", (Recurrent)(a.Cell switch
        {
            RecurrentCell.Lstm => new Lstm(size, a.Units, a.Layers, a.Bidirectional, a.Dropout, forgetBias: a.ForgetBias),
            RecurrentCell.Gru => new Gru(size, a.Units, a.Layers, a.Bidirectional, a.Dropout),
            RecurrentCell.ReLU => new Rnn(size, a.Units, UnaryFunction.ReLU, a.Layers, a.Bidirectional, a.Dropout),
            _ => new Rnn(size, a.Units, UnaryFunction.Tanh, a.Layers, a.Bidirectional, a.Dropout),
        }));
        if (a.Dropout > 0) _dropout = new Dropout(a.Dropout);
        _head = AddModule("head", new Linear(a.Units * _layers.Directions, a.Outputs));
        _pooling = a.Pooling;
    }

    /// <inheritdoc/>
    public override Tensor Forward(NetworkBatch batch, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(pass);
        var x = _embedding is null ? batch.Values : LeaveOut(_embedding.Forward(batch.Tokens), pass); // [rows, time, size]
        var lengths = SequenceInput.Lengths(batch, x.Shape[1]);
        var states = _layers.Unroll(x, pass, batch.Lengths is null ? null : lengths);
        return _head.Forward(LeaveOut(Pool(states, lengths), pass), pass);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" → ", new Module?[] { _embedding, _layers, _head }.OfType<Module>());

    private Tensor Pool(RecurrentOutput states, IndexTensor lengths) => _pooling switch
    {
        RecurrentPooling.Mean => SequencePool.Mean(states.Output, lengths),
        RecurrentPooling.Max => SequencePool.Max(states.Output, lengths),
        _ => Final(states.FinalHidden),
    };

    // Of the last layer: [rows, hidden × directions].
    private Tensor Final(Tensor hidden)
    {
        int last = (_layers.LayerCount - 1) * _layers.Directions;
        return _layers.IsBidirectional ? Tensor.Concatenate([hidden.Select(0, last), hidden.Select(0, last + 1)], 1) : hidden.Select(0, last);
    }

    private Tensor LeaveOut(Tensor x, Pass pass) => _dropout is null ? x : _dropout.Forward(x, pass);
}
