using MLPath.Data;

namespace MLPath.Calibrators;

/// <summary>Key labels of any width as classes.</summary>
internal static class LabelKeys
{
    /// <summary>The class of a row, from 0; −1 when it is missing.</summary>
    public static int Class(ColumnBuffer labels, int row) => labels switch
    {
        ScalarColumn<uint> keys => (int)keys.Values[row] - 1,
        ScalarColumn<byte> keys => keys.Values[row] - 1,
        ScalarColumn<ushort> keys => keys.Values[row] - 1,
        ScalarColumn<ulong> keys => (int)keys.Values[row] - 1,
        _ => throw new InvalidOperationException("A key has a raw type of whole numbers without a sign."),
    };
}
