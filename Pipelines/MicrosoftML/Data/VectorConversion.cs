using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>Vectors both ways; dense stays dense, sparse stays sparse.</summary>
internal static class VectorConversion
{
    /// <summary>A vector of Microsoft.ML as one of MLPath; the values are copied.</summary>
    public static VBuffer<T> FromMicrosoft<T>(in MSData.VBuffer<T> source) => source.IsDense
        ? new VBuffer<T>(source.Length, source.GetValues().ToArray())
        : new VBuffer<T>(source.Length, source.GetValues().Length, source.GetValues().ToArray(), source.GetIndices().ToArray());

    /// <summary>Writes a vector of MLPath into one of Microsoft.ML, whose memory is reused.</summary>
    /// <param name="length">The number of slots.</param>
    /// <param name="values">The stored values: one for each slot, or for each of <paramref name="indices"/>.</param>
    /// <param name="indices">The slots of the values of a sparse vector; empty for a dense one.</param>
    /// <param name="destination">The vector to overwrite.</param>
    public static void ToMicrosoft<T>(int length, ReadOnlySpan<T> values, ReadOnlySpan<int> indices, ref MSData.VBuffer<T> destination)
    {
        var editor = MSData.VBufferEditor.Create(ref destination, length, values.Length);
        values.CopyTo(editor.Values);
        if (values.Length < length)
            indices.CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Adds a vector of Microsoft.ML to a column of MLPath.</summary>
    public static void AddRow<T>(VectorColumn<T> column, in MSData.VBuffer<T> value)
    {
        if (value.IsDense)
            column.AddRow(value.GetValues());
        else if (column.Size > 0)
            column.AddRow(value.GetIndices(), value.GetValues());
        else
            column.AddRow(FromMicrosoft(value).DenseValues());
    }
}
