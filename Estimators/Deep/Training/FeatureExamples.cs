using System.Buffers;
using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>The rows of a feature matrix, dense, sparse or of their own lengths, as a network reads them.</summary>
public sealed class FeatureExamples : IExamples
{
    private readonly FeatureMatrix _features;
    private readonly IAugmentation? _augmentation;

    /// <summary>Shows rows as examples; nothing is copied.</summary>
    /// <param name="features">n × d, or n rows of tokens or time steps.</param>
    /// <param name="input">How a row is read.</param>
    /// <param name="augmentation">What changes examples in training; null for nothing.</param>
    /// <exception cref="ArgumentException">The rows are not what the input reads, or tokens are to be augmented.</exception>
    public FeatureExamples(FeatureMatrix features, NetworkInput input, IAugmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(input);
        bool hasTokens = features.Format.Form == FeatureForms.Tokens;
        if (features.Columns != input.FeatureCount || hasTokens != (input.Kind == NetworkInputKind.Tokens))
            throw new ArgumentException($"A network that reads {input} cannot read {features.Format}.", nameof(features));
        if (augmentation is not null && input.Kind == NetworkInputKind.Tokens)
            throw new ArgumentException("Tokens are not augmented: they are no numbers.", nameof(augmentation));
        (_features, Input, _augmentation) = (features, input, augmentation);
    }

    /// <summary>How a row is read.</summary>
    public NetworkInput Input { get; }

    /// <inheritdoc/>
    public int Count => _features.Rows;

    /// <inheritdoc/>
    public NetworkBatch Read(Backend backend, ReadOnlySpan<int> rows, RandomStream? augmentation = null)
    {
        if (Input.Kind == NetworkInputKind.Tokens) return ReadTokens(rows);
        if (Input.FeatureCount == 0) return ReadSequences(backend, rows, augmentation);
        int d = Input.FeatureCount, count = checked(rows.Length * d);
        float[] rented = ArrayPool<float>.Shared.Rent(count);
        try
        {
            var values = rented.AsSpan(0, count);
            for (int i = 0; i < rows.Length; i++) CopyRow(rows[i], values.Slice(i * d, d));
            return Input.Kind == NetworkInputKind.Sequence
                ? ReadPadded(backend, values, rows.Length, augmentation)
                : ReadNumbers(backend, values, rows.Length, augmentation);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private NetworkBatch ReadNumbers(Backend backend, Span<float> values, int rows, RandomStream? random)
    {
        Augment(values, rows, Input.Shape, random);
        return new NetworkBatch(Tensor.From(backend, values, [rows, .. Input.Shape]));
    }

    // Vectors of one size, whose last steps may be missing.
    private NetworkBatch ReadPadded(Backend backend, Span<float> values, int rows, RandomStream? random)
    {
        int time = Input.Shape[0], size = Input.Shape[1], longest = 1;
        int[]? lengths = null;
        for (int i = 0; i < rows; i++)
        {
            var sequence = values.Slice(i * time * size, time * size);
            int length = time;
            while (length > 0 && IsMissing(sequence.Slice((length - 1) * size, size))) length--;
            longest = Math.Max(longest, length);
            if (length == time) continue;
            lengths ??= Full(rows, time);
            lengths[i] = length;
            sequence[(length * size)..].Clear();
        }

        // Steps that no sequence reaches are left out: the others move together.
        if (lengths is not null && longest < time)
        {
            for (int i = 1; i < rows; i++) values.Slice(i * time * size, longest * size).CopyTo(values[(i * longest * size)..]);
        }
        else
        {
            longest = time;
        }

        values = values[..(rows * longest * size)];
        Augment(values, rows, [longest, size], random);
        return new NetworkBatch(Tensor.From(backend, values, [rows, longest, size]), lengths);
    }

    // Rows of their own lengths, padded with 0 to the longest of them.
    private NetworkBatch ReadSequences(Backend backend, ReadOnlySpan<int> rows, RandomStream? random)
    {
        int size = Input.Shape[1], longest = 1;
        int[] lengths = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            lengths[i] = Math.Min(_features.StoredValues(rows[i]).Length / size, Input.Shape[0]);
            longest = Math.Max(longest, lengths[i]);
        }

        int count = checked(rows.Length * longest * size);
        float[] rented = ArrayPool<float>.Shared.Rent(count);
        try
        {
            var values = rented.AsSpan(0, count);
            values.Clear();
            for (int i = 0; i < rows.Length; i++) _features.StoredValues(rows[i])[..(lengths[i] * size)].CopyTo(values[(i * longest * size)..]);
            Augment(values, rows.Length, [longest, size], random);
            return new NetworkBatch(Tensor.From(backend, values, [rows.Length, longest, size]), OrNull(lengths, longest));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private NetworkBatch ReadTokens(ReadOnlySpan<int> rows)
    {
        int longest = 1;
        int[] lengths = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            lengths[i] = Math.Min(_features.Tokens(rows[i]).Length, Input.Shape[0]);
            longest = Math.Max(longest, lengths[i]);
        }

        int[] tokens = new int[checked(rows.Length * longest)];
        Array.Fill(tokens, -1);
        for (int i = 0; i < rows.Length; i++) _features.Tokens(rows[i])[..lengths[i]].CopyTo(tokens.AsSpan(i * longest));
        return new NetworkBatch(new IndexTensor(tokens, [rows.Length, longest]), OrNull(lengths, longest));
    }

    private static int[]? OrNull(int[] lengths, int longest) => Array.TrueForAll(lengths, length => length == longest) ? null : lengths;

    private void Augment(Span<float> values, int rows, Shape shape, RandomStream? random)
    {
        if (_augmentation is null || random is null) return;
        for (int i = 0; i < rows; i++) _augmentation.Apply(values.Slice(i * shape.Size, shape.Size), shape, random.Derive(i));
    }

    private void CopyRow(int row, Span<float> values)
    {
        if (_features.IsDense)
        {
            _features.Row(row).CopyTo(values);
            return;
        }

        values.Clear();
        var stored = _features.StoredValues(row);
        var indices = _features.StoredIndices(row);
        for (int i = 0; i < stored.Length; i++) values[indices[i]] = stored[i];
    }

    private static bool IsMissing(ReadOnlySpan<float> step)
    {
        foreach (float value in step)
        {
            if (!float.IsNaN(value)) return false;
        }

        return true;
    }

    private static int[] Full(int count, int value)
    {
        int[] values = new int[count];
        Array.Fill(values, value);
        return values;
    }
}
