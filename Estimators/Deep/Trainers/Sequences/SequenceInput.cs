using MLPath.Data;

namespace MLPath.Deep;

/// <summary>Rows as sequences: how a column of features becomes time steps.</summary>
internal static class SequenceInput
{
    /// <summary>What networks of sequences read.</summary>
    public const FeatureForms Forms = FeatureForms.Vector | FeatureForms.Shaped | FeatureForms.Tokens | FeatureForms.Sequence;

    /// <summary>The time steps of rows of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stepSize">The numbers of a step where the format does not say: in vectors without a shape.</param>
    /// <param name="longest">The greatest number of steps that are read where rows have their own.</param>
    /// <exception cref="DataException">A vector has no whole steps.</exception>
    public static NetworkInput Of(FeatureFormat format, int stepSize, int longest) => format.Form switch
    {
        FeatureForms.Tokens => NetworkInput.Tokens(longest, format.VocabularySize),
        FeatureForms.Sequence => NetworkInput.Sequences(longest, format.ValuesPerStep),
        FeatureForms.Shaped => NetworkInput.Sequence(format.Shape[0], format.FeatureCount / format.Shape[0]).Of(format),
        _ when format.FeatureCount % stepSize != 0 => throw new DataException(FormattableString.Invariant(
            $"{format.FeatureCount} features are no whole time steps of {stepSize} numbers. Set StepSize to a divisor, such as 1.")),
        _ => NetworkInput.Sequence(format.FeatureCount / stepSize, stepSize),
    };

    /// <summary>The number of steps of each row of a batch. A row without any has one, of padding, so that there is something to compute with.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="time">The steps of the longest row.</param>
    /// <param name="more">Steps that are added to each row.</param>
    /// <returns>[rows].</returns>
    public static IndexTensor Lengths(NetworkBatch batch, int time, int more = 0)
    {
        var lengths = new int[batch.Rows];
        for (int row = 0; row < lengths.Length; row++) lengths[row] = Math.Max(1, batch.Lengths is null ? time : batch.Lengths[row]) + more;
        return new IndexTensor(lengths, [lengths.Length]);
    }
}

/// <summary>One vector out of those of all steps of a row. Padding has no part in it.</summary>
internal static class SequencePool
{
    // So far below every number that a step of padding is never the greatest.
    private const float Lowest = -1e30f;

    /// <summary>The mean over a row's steps: [rows, time, size] becomes [rows, size].</summary>
    public static Tensor Mean(Tensor x, IndexTensor lengths) =>
        (x * OfSteps(x, lengths, length => 1f / length, 0)).Sum([1]);

    /// <summary>The greatest number over a row's steps, place by place: [rows, time, size] becomes [rows, size].</summary>
    public static Tensor Max(Tensor x, IndexTensor lengths)
    {
        int rows = x.Shape[0], time = x.Shape[1], size = x.Shape[2];
        var steps = (x + OfSteps(x, lengths, _ => 0, Lowest)).Permute(0, 2, 1).Reshape([rows, size, 1, time]);
        return steps.MaxPool(new Window(new(1, time), new(1, time), new(0, 0), new(1, 1))).Reshape([rows, size]);
    }

    // [rows, time, 1]: one number for each of a row's own steps, another one for padding.
    private static Tensor OfSteps(Tensor x, IndexTensor lengths, Func<int, float> own, float padding)
    {
        int rows = x.Shape[0], time = x.Shape[1];
        var values = new float[rows * time];
        for (int row = 0; row < rows; row++)
        {
            int length = lengths.Values[row];
            values.AsSpan(row * time, length).Fill(own(length));
            values.AsSpan((row * time) + length, time - length).Fill(padding);
        }

        return Tensor.From(x.Backend, values, [rows, time, 1]);
    }
}
