namespace MLPath.Deep;

/// <summary>What a network reads of some examples: numbers or tokens.</summary>
/// <remarks>
/// Sequences of unequal lengths are padded at their end to the longest of the batch: steps with 0, tokens with −1 (which
/// <see cref="Tensor.Rows"/> turns into zeros without a gradient). How far each one really goes, <see cref="Lengths"/> says; a network must give the same
/// output for a sequence however much padding follows it, so that one row scores as it does among others.
/// </remarks>
public sealed class NetworkBatch
{
    private readonly Tensor? _values;
    private readonly IndexTensor? _tokens;

    /// <summary>Makes a batch of numbers.</summary>
    /// <param name="values">The examples, [rows, ...shape]: [rows, features], [rows, channels, height, width], [rows, time, size].</param>
    /// <param name="lengths">Of sequences, the number of steps of each, from 0 to time; null where none is padded.</param>
    /// <exception cref="ArgumentException">There is not one length for each row.</exception>
    public NetworkBatch(Tensor values, IReadOnlyList<int>? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        (_values, Rows, Lengths) = (values, values.Shape[0], lengths);
        CheckLengths();
    }

    /// <summary>Makes a batch of tokens.</summary>
    /// <param name="tokens">The examples, [rows, time]: tokens from 0; −1 is padding.</param>
    /// <param name="lengths">The number of tokens of each, from 0 to time; null where none is padded.</param>
    /// <exception cref="ArgumentException">There is not one length for each row.</exception>
    public NetworkBatch(IndexTensor tokens, IReadOnlyList<int>? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        (_tokens, Rows, Lengths) = (tokens, tokens.Shape[0], lengths);
        CheckLengths();
    }

    /// <summary>The number of examples.</summary>
    public int Rows { get; }

    /// <summary>Whether it holds tokens; otherwise numbers.</summary>
    public bool HasTokens => _tokens is not null;

    /// <summary>The numbers, [rows, ...shape].</summary>
    /// <exception cref="InvalidOperationException">It holds tokens.</exception>
    public Tensor Values => _values ?? throw new InvalidOperationException("The batch holds tokens, not numbers; the network needs an input of numbers.");

    /// <summary>The tokens, [rows, time], −1 where there is none.</summary>
    /// <exception cref="InvalidOperationException">It holds numbers.</exception>
    public IndexTensor Tokens => _tokens ?? throw new InvalidOperationException("The batch holds numbers, not tokens; the network needs an input of tokens.");

    /// <summary>The number of steps or tokens of each example; null where none is padded.</summary>
    public IReadOnlyList<int>? Lengths { get; }

    private void CheckLengths()
    {
        if (Lengths is not null && Lengths.Count != Rows) throw new ArgumentException($"There are {Lengths.Count} lengths for {Rows} examples.");
    }
}
