namespace MLPath.Deep;

/// <summary>Rows chosen by index.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// The chosen rows of a table: [rows, size] at indices [...] is [..., size]. Row i of dx is the sum of dy wherever i was chosen.
    /// </summary>
    /// <param name="table">The table, [rows, size].</param>
    /// <param name="indices">The rows, each from 0; −1 gives zeros and gets no gradient.</param>
    /// <param name="fixedRow">A row that gets no gradient; −1 for none.</param>
    /// <exception cref="ArgumentException">The table is not a matrix, or it has no such row.</exception>
    public static Tensor Rows(Tensor table, IndexTensor indices, int fixedRow = -1)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(indices);
        if (table.Shape.Rank != 2) throw new ArgumentException($"A table has shape [rows, size]; this one has shape {table.Shape}.", nameof(table));
        foreach (int index in indices.Values)
        {
            if (index < -1 || index >= table.Shape[0]) throw new ArgumentException($"Index {index} is outside the table's {table.Shape[0]} rows.", nameof(indices));
        }

        var x = table.Contiguous();
        var y = Make(x.Backend, [.. indices.Shape, x.Shape[1]]);
        x.Backend.Gather(x, indices, y);
        return y.From("rows", [x], dy =>
        {
            if (x.TakesPartOfGradient(out var dx)) x.Backend.ScatterAdd(dy, indices, dx, fixedRow);
        });
    }
}
