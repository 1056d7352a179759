using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPath.Numerics;

/// <summary>
/// Sixty-four rows side by side: feature j of row r lies at 64 j + r, so that rows lie in the lanes of vectors, and a sum over features, or a search
/// over centres, goes down the lanes and never across them. Rows are as wide as a panel; wider ones are worked on panel by panel.
/// </summary>
internal sealed class RowTile
{
    /// <summary>The number of rows of a tile.</summary>
    public const int Rows = 64;

    /// <summary>How many features are worked on at a time: a panel of them is 32 KiB, which the first-level cache holds beside the centres.</summary>
    public const int PanelColumns = 128;

    [ThreadStatic]
    private static RowTile? s_ofThread;

    private readonly float[] _panel;
    private readonly int _panelStart;
    private float[] _scores = [];
    private int _scoresStart;

    private RowTile() => _panel = Aligned(Rows * PanelColumns, out _panelStart);

    /// <summary>The tile of the calling thread.</summary>
    public static RowTile OfThread => s_ofThread ??= new RowTile();

    /// <summary>The squared length of each row.</summary>
    public float[] SquaredLengths { get; } = new float[Rows];

    /// <summary>Where each of the 64 rows begins in the data.</summary>
    public int[] Offsets { get; } = new int[Rows];

    /// <summary>The panel's values.</summary>
    public ref float Panel => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_panel), _panelStart);

    /// <summary>The scores, that of centre c and row r at 64 c + r.</summary>
    public ref float Scores => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_scores), _scoresStart);

    /// <summary>Makes room for the scores of some centres.</summary>
    public void Reserve(int centres)
    {
        if (_scores.Length < (centres + 1) * Rows)
            _scores = Aligned(centres * Rows, out _scoresStart);
    }

    /// <summary>Says which rows follow: some of a matrix, the last one again where there are fewer than 64.</summary>
    public void Choose(ReadOnlySpan<int> rows, int columns)
    {
        for (int r = 0; r < Rows; r++)
            Offsets[r] = rows[Math.Min(r, rows.Length - 1)] * columns;
    }

    /// <summary>Says which rows follow: consecutive ones, the last one again where there are fewer than 64.</summary>
    public void Choose(int first, int count, int columns)
    {
        for (int r = 0; r < Rows; r++)
            Offsets[r] = (first + Math.Min(r, count - 1)) * columns;
    }

    /// <summary>Loads one panel of the rows, less the origin, and adds to their squared lengths (which the first panel sets to 0).</summary>
    /// <param name="data">The matrix.</param>
    /// <param name="origin">What is subtracted from every row.</param>
    /// <param name="from">The panel's first feature.</param>
    /// <param name="width">The panel's number of features.</param>
    public void Load(ReadOnlySpan<float> data, ReadOnlySpan<float> origin, int from, int width)
    {
        ref float panel = ref Panel;
        ref float start = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), from);
        ref float zero = ref Unsafe.Add(ref MemoryMarshal.GetReference(origin), from);
        for (int r = 0; r < Rows; r += 4)
        {
            ref float row0 = ref Unsafe.Add(ref start, Offsets[r]);
            ref float row1 = ref Unsafe.Add(ref start, Offsets[r + 1]);
            ref float row2 = ref Unsafe.Add(ref start, Offsets[r + 2]);
            ref float row3 = ref Unsafe.Add(ref start, Offsets[r + 3]);
            ref float lanes = ref Unsafe.Add(ref panel, r);
            nuint j = 0;
            if (Sse.IsSupported)
            {
                // Four rows by four features are turned in registers.
                for (; j + 4 <= (nuint)width; j += 4)
                {
                    var o = Vector128.LoadUnsafe(ref zero, j);
                    var (a, b) = (Vector128.LoadUnsafe(ref row0, j) - o, Vector128.LoadUnsafe(ref row1, j) - o);
                    var (c, d) = (Vector128.LoadUnsafe(ref row2, j) - o, Vector128.LoadUnsafe(ref row3, j) - o);
                    GemmPacking.TransposeFour(a, b, c, d, out var lanes0, out var lanes1, out var lanes2, out var lanes3);
                    lanes0.StoreUnsafe(ref lanes, j * Rows);
                    lanes1.StoreUnsafe(ref lanes, (j + 1) * Rows);
                    lanes2.StoreUnsafe(ref lanes, (j + 2) * Rows);
                    lanes3.StoreUnsafe(ref lanes, (j + 3) * Rows);
                }
            }

            for (; j < (nuint)width; j++)
            {
                float o = Unsafe.Add(ref zero, j);
                Unsafe.Add(ref lanes, j * Rows) = Unsafe.Add(ref row0, j) - o;
                Unsafe.Add(ref lanes, j * Rows + 1) = Unsafe.Add(ref row1, j) - o;
                Unsafe.Add(ref lanes, j * Rows + 2) = Unsafe.Add(ref row2, j) - o;
                Unsafe.Add(ref lanes, j * Rows + 3) = Unsafe.Add(ref row3, j) - o;
            }
        }

        if (from == 0)
            Array.Clear(SquaredLengths);
        AddSquares(ref panel, width, ref MemoryMarshal.GetArrayDataReference(SquaredLengths));
    }

    private static void AddSquares(ref float panel, int width, ref float squares)
    {
        for (nuint lane = 0; lane < Rows; lane += 4 * (nuint)Vector<float>.Count)
        {
            nuint w = (nuint)Vector<float>.Count;
            var (s0, s1) = (Vector.LoadUnsafe(ref squares, lane), Vector.LoadUnsafe(ref squares, lane + w));
            var (s2, s3) = (Vector.LoadUnsafe(ref squares, lane + 2 * w), Vector.LoadUnsafe(ref squares, lane + 3 * w));
            for (nuint at = lane; at < (nuint)width * Rows; at += Rows)
            {
                var (x0, x1) = (Vector.LoadUnsafe(ref panel, at), Vector.LoadUnsafe(ref panel, at + w));
                var (x2, x3) = (Vector.LoadUnsafe(ref panel, at + 2 * w), Vector.LoadUnsafe(ref panel, at + 3 * w));
                s0 = Vector.MultiplyAddEstimate(x0, x0, s0);
                s1 = Vector.MultiplyAddEstimate(x1, x1, s1);
                s2 = Vector.MultiplyAddEstimate(x2, x2, s2);
                s3 = Vector.MultiplyAddEstimate(x3, x3, s3);
            }

            s0.StoreUnsafe(ref squares, lane);
            s1.StoreUnsafe(ref squares, lane + w);
            s2.StoreUnsafe(ref squares, lane + 2 * w);
            s3.StoreUnsafe(ref squares, lane + 3 * w);
        }
    }

    // An array that stays where it is, and the element at which a cache line begins: loads of 64 bytes then touch one line.
    private static float[] Aligned(int length, out int start)
    {
        var memory = AlignedMemory.Zeros<float>(length);
        start = memory.Offset;
        return memory.Array!;
    }
}
