namespace MLPath.Deep;

/// <summary>Numbers that depend on the position alone, computed once for as many positions as were asked for so far. Safe for several threads.</summary>
/// <param name="rowShape">The shape of one position's numbers.</param>
/// <param name="value">The number of a position at a place in its row.</param>
internal sealed class PositionTable(Shape rowShape, Func<int, int, double> value)
{
    private Tensor? _table;

    /// <summary>The numbers of positions from <paramref name="first"/> on: [count, row...].</summary>
    public Tensor Get(Backend backend, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var table = Volatile.Read(ref _table);
        if (table is null || !ReferenceEquals(table.Backend, backend) || table.Shape[0] < first + count) Volatile.Write(ref _table, table = Make(backend, first + count));
        return table.Narrow(0, first, count);
    }

    private Tensor Make(Backend backend, int positions)
    {
        var table = Tensor.Lasting(backend, [positions, .. rowShape]);
        var values = new float[table.Shape.Size];
        for (int i = 0; i < values.Length; i++) values[i] = (float)value(i / rowShape.Size, i % rowShape.Size);
        backend.Write(values, table);
        return table;
    }
}
