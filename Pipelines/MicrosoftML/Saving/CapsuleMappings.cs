namespace MLPath.MicrosoftML;

/// <summary>The mappings of scalars between columns and the row under way.</summary>
internal static class ScalarMapping<T>
{
    public static void Take(TakenColumns<T> source, RowColumn made)
    {
        source.Row!.Take(source.Value);
        made.Row = source.Row.Next;
    }

    public static void Give(RowColumn source, GivenColumns<T> made)
    {
        made.Value = source.Row!.Give<T>();
        made.Row = source.Row.Next;
    }
}

/// <summary>The mappings of vectors between columns and the row under way.</summary>
internal static class VectorMapping<T>
{
    public static void Take(TakenColumns<MSData.VBuffer<T>> source, RowColumn made)
    {
        source.Row!.TakeVector(source.Value);
        made.Row = source.Row.Next;
    }

    public static void Give(RowColumn source, GivenColumns<MSData.VBuffer<T>> made)
    {
        var value = made.Value;
        var given = source.Row!.GiveVector<T>();
        VectorConversion.ToMicrosoft(given.RowLength(0), given.RowValues(0), given.RowIndices(0), ref value);
        (made.Value, made.Row) = (value, source.Row.Next);
    }

    public static void GivePieces(RowColumn source, PieceColumns<T> made)
    {
        var values = source.Row!.GiveDense<T>();
        foreach (int piece in CapsuleBuilder.Pieces(values.Length))
        {
            int size = 1 << piece;
            VectorConversion.ToMicrosoft(size, values[..size], default, ref made[piece]);
            values = values[size..];
        }

        made.Row = source.Row.Next;
    }
}
