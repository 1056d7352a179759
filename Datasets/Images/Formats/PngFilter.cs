using System.Numerics;

namespace MLPath.Datasets.Images;

/// <summary>The five predictions of a byte from its neighbours: left a, above b, above left c (PNG specification, 9.2).</summary>
internal static class PngFilter
{
    public const int Count = 5;

    /// <summary>Turns a filtered row into samples, in place.</summary>
    /// <param name="filter">Which filter.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above, already samples; zeros above the first.</param>
    /// <param name="step">The distance to the left neighbour.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < row.Length; i++)
                    row[i] += row[i - step];
                break;
            case 2:
                UndoUp(row, above);
                break;
            case 3:
                for (int i = 0; i < step; i++)
                    row[i] += (byte)(above[i] / 2);
                for (int i = step; i < row.Length; i++)
                    row[i] += (byte)((row[i - step] + above[i]) / 2);
                break;
            case 4:
                for (int i = 0; i < step; i++)
                    row[i] += above[i];
                for (int i = step; i < row.Length; i++)
                    row[i] += Paeth(row[i - step], above[i], above[i - step]);
                break;
            default:
                throw new DataException($"a row has filter {filter}; there are filters 0 to {Count - 1}");
        }
    }

    /// <summary>Turns samples into a filtered row.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> result)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < step ? 0 : row[i - step];
            int b = above[i];
            int c = i < step ? 0 : above[i - step];
            result[i] = (byte)(row[i] - filter switch
            {
                0 => 0,
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                _ => Paeth(a, b, c),
            });
        }
    }

    // The one filter without a dependency along the row.
    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] += above[i];
    }

    // The neighbour nearest to a + b − c, in the order a, b, c where two are as near.
    private static byte Paeth(int a, int b, int c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - (2 * c));
        return (byte)(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
}
