namespace MLPath.MicrosoftML;

/// <summary>The columns of the pieces of a vector.</summary>
internal static class PieceColumns
{
    /// <summary>How many there are: a vector has fewer than 2^Count slots.</summary>
    public const int Count = 22;

    /// <summary>Their names.</summary>
    public static string[] Names { get; } = [.. Enumerable.Range(0, Count).Select(piece => $"{Capsule.Piece}{piece}")];
}

/// <summary>The columns of a mapping that gives a vector in pieces: piece p has 2^p slots. Microsoft.ML reads the size from the attribute.</summary>
/// <typeparam name="T">The raw type of an item.</typeparam>
internal sealed class PieceColumns<T>
{
    [MSData.ColumnName(Capsule.Row), CapsuleRowType]
    public CapsuleRow? Row { get; set; }

    [MSData.ColumnName(Capsule.Piece + "0"), MSData.VectorType(1 << 0)]
    public MSData.VBuffer<T> Piece0;

    [MSData.ColumnName(Capsule.Piece + "1"), MSData.VectorType(1 << 1)]
    public MSData.VBuffer<T> Piece1;

    [MSData.ColumnName(Capsule.Piece + "2"), MSData.VectorType(1 << 2)]
    public MSData.VBuffer<T> Piece2;

    [MSData.ColumnName(Capsule.Piece + "3"), MSData.VectorType(1 << 3)]
    public MSData.VBuffer<T> Piece3;

    [MSData.ColumnName(Capsule.Piece + "4"), MSData.VectorType(1 << 4)]
    public MSData.VBuffer<T> Piece4;

    [MSData.ColumnName(Capsule.Piece + "5"), MSData.VectorType(1 << 5)]
    public MSData.VBuffer<T> Piece5;

    [MSData.ColumnName(Capsule.Piece + "6"), MSData.VectorType(1 << 6)]
    public MSData.VBuffer<T> Piece6;

    [MSData.ColumnName(Capsule.Piece + "7"), MSData.VectorType(1 << 7)]
    public MSData.VBuffer<T> Piece7;

    [MSData.ColumnName(Capsule.Piece + "8"), MSData.VectorType(1 << 8)]
    public MSData.VBuffer<T> Piece8;

    [MSData.ColumnName(Capsule.Piece + "9"), MSData.VectorType(1 << 9)]
    public MSData.VBuffer<T> Piece9;

    [MSData.ColumnName(Capsule.Piece + "10"), MSData.VectorType(1 << 10)]
    public MSData.VBuffer<T> Piece10;

    [MSData.ColumnName(Capsule.Piece + "11"), MSData.VectorType(1 << 11)]
    public MSData.VBuffer<T> Piece11;

    [MSData.ColumnName(Capsule.Piece + "12"), MSData.VectorType(1 << 12)]
    public MSData.VBuffer<T> Piece12;

    [MSData.ColumnName(Capsule.Piece + "13"), MSData.VectorType(1 << 13)]
    public MSData.VBuffer<T> Piece13;

    [MSData.ColumnName(Capsule.Piece + "14"), MSData.VectorType(1 << 14)]
    public MSData.VBuffer<T> Piece14;

    [MSData.ColumnName(Capsule.Piece + "15"), MSData.VectorType(1 << 15)]
    public MSData.VBuffer<T> Piece15;

    [MSData.ColumnName(Capsule.Piece + "16"), MSData.VectorType(1 << 16)]
    public MSData.VBuffer<T> Piece16;

    [MSData.ColumnName(Capsule.Piece + "17"), MSData.VectorType(1 << 17)]
    public MSData.VBuffer<T> Piece17;

    [MSData.ColumnName(Capsule.Piece + "18"), MSData.VectorType(1 << 18)]
    public MSData.VBuffer<T> Piece18;

    [MSData.ColumnName(Capsule.Piece + "19"), MSData.VectorType(1 << 19)]
    public MSData.VBuffer<T> Piece19;

    [MSData.ColumnName(Capsule.Piece + "20"), MSData.VectorType(1 << 20)]
    public MSData.VBuffer<T> Piece20;

    [MSData.ColumnName(Capsule.Piece + "21"), MSData.VectorType(1 << 21)]
    public MSData.VBuffer<T> Piece21;

    /// <summary>A piece.</summary>
    /// <param name="piece">Its number.</param>
    public ref MSData.VBuffer<T> this[int piece]
    {
        get
        {
            switch (piece)
            {
                case 0: return ref Piece0;
                case 1: return ref Piece1;
                case 2: return ref Piece2;
                case 3: return ref Piece3;
                case 4: return ref Piece4;
                case 5: return ref Piece5;
                case 6: return ref Piece6;
                case 7: return ref Piece7;
                case 8: return ref Piece8;
                case 9: return ref Piece9;
                case 10: return ref Piece10;
                case 11: return ref Piece11;
                case 12: return ref Piece12;
                case 13: return ref Piece13;
                case 14: return ref Piece14;
                case 15: return ref Piece15;
                case 16: return ref Piece16;
                case 17: return ref Piece17;
                case 18: return ref Piece18;
                case 19: return ref Piece19;
                case 20: return ref Piece20;
                case 21: return ref Piece21;
                default: throw new ArgumentOutOfRangeException(nameof(piece));
            }
        }
    }
}
