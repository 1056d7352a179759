namespace MLPath.Deep;

/// <summary>
/// The innermost rows of tensors of one shape and different strides, in row-major order: what is left of any layout is a loop over rows with a
/// constant distance between neighbours. Axes that lie in order in all tensors are joined to longer rows.
/// </summary>
internal sealed class StridedRows
{
    private readonly int[] _lengths;
    private readonly int[][] _strides;

    /// <summary>Looks at the layouts.</summary>
    /// <param name="tensors">Tensors of one shape.</param>
    public StridedRows(params ReadOnlySpan<Tensor> tensors)
    {
        var shape = tensors[0].Shape;
        var lengths = new List<int>();
        var strides = new List<int>[tensors.Length];
        for (int t = 0; t < tensors.Length; t++) strides[t] = [];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (shape[axis] == 1) continue;
            bool joins = lengths.Count > 0;
            for (int t = 0; t < tensors.Length && joins; t++) joins = tensors[t].Strides[axis] == strides[t][^1] * lengths[^1];
            if (joins)
            {
                lengths[^1] *= shape[axis];
                continue;
            }

            lengths.Add(shape[axis]);
            for (int t = 0; t < tensors.Length; t++) strides[t].Add(tensors[t].Strides[axis]);
        }

        Length = lengths.Count == 0 ? 1 : lengths[0];
        Steps = [.. strides.Select(s => s.Count == 0 ? 1 : s[0])];
        _lengths = [.. lengths.Skip(1)];
        _strides = [.. strides.Select(s => s.Skip(1).ToArray())];
        Count = shape.Size == 0 ? 0 : shape.Size / Length;
        Offsets = new int[tensors.Length];
        for (int t = 0; t < tensors.Length; t++) Offsets[t] = tensors[t].Offset;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The elements of a row.</summary>
    public int Length { get; }

    /// <summary>For each tensor, the distance between neighbours in a row.</summary>
    public int[] Steps { get; }

    /// <summary>Where each tensor begins.</summary>
    private int[] Offsets { get; }

    /// <summary>Where a row begins in a tensor.</summary>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="row">Which row.</param>
    public int Start(int tensor, int row)
    {
        int start = Offsets[tensor];
        int[] strides = _strides[tensor];
        for (int axis = 0; axis < _lengths.Length; axis++)
        {
            start += row % _lengths[axis] * strides[axis];
            row /= _lengths[axis];
        }

        return start;
    }
}
