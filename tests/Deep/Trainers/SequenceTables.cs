using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Tables of sequences with columns Features and Label.</summary>
internal static class SequenceTables
{
    /// <summary>Rows of tokens with classes; the tokens from 0, as keys.</summary>
    public static InMemoryDataView Tokens(int vocabulary, int[][] rows, int[] classes, int classCount)
    {
        var tokens = new VectorColumn<uint>(new VectorDataViewType(new KeyDataViewType(vocabulary)));
        foreach (int[] row in rows)
            tokens.AddRow([.. row.Select(token => (uint)token + 1)]);
        return Of(tokens, classes, classCount);
    }

    /// <summary>Rows of time steps with classes.</summary>
    public static InMemoryDataView Steps(float[][] rows, int[] classes, int classCount)
    {
        var steps = new VectorColumn<float>(new VectorDataViewType(NumberDataViewType.Single));
        foreach (float[] row in rows)
            steps.AddRow(row);
        return Of(steps, classes, classCount);
    }

    /// <summary>The recall of a first token: each row has as many tokens, drawn alike, and its class is the first of them.</summary>
    public static InMemoryDataView Recall(int rows, int length, int tokens, ulong seed)
    {
        var random = new RandomStream(seed);
        int[][] sequences = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextInt32(tokens)).ToArray())];
        return Tokens(tokens, sequences, [.. sequences.Select(s => s[0])], tokens);
    }

    /// <summary>Rows of 0 to 9 tokens or steps, for what does not depend on what they are.</summary>
    public static int[][] Ragged(int rows, int vocabulary, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, row % 10).Select(_ => random.NextInt32(vocabulary)).ToArray())];
    }

    private static InMemoryDataView Of(ColumnBuffer features, int[] classes, int classCount)
    {
        var label = new ScalarColumn<uint>(new KeyDataViewType(classCount));
        foreach (int c in classes)
            label.Add((uint)c + 1);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", features.Type);
        schema.AddColumn("Label", label.Type);
        return new InMemoryDataView(schema.ToSchema(), [features, label]);
    }
}
