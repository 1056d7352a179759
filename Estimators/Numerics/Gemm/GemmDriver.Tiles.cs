using System.Runtime.CompilerServices;

namespace MLPath.Numerics;

/// <summary>The tile of a height.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    private static void Run(in GemmTile<T> tile, int height, int registers)
    {
        if (registers == 1) RunNarrow<LeavesB>(tile, height);
        else if (tile.Copy is null) RunWide<LeavesB>(tile, height);
        else RunWide<CopiesB>(tile, height);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunWide<TTraffic>(in GemmTile<T> tile, int height)
        where TTraffic : struct, ITraffic
    {
        switch (height)
        {
            case 12: GemmTiles.Wide<V, T, Rows12, TTraffic>(tile); break;
            case 11: GemmTiles.Wide<V, T, Rows11, TTraffic>(tile); break;
            case 10: GemmTiles.Wide<V, T, Rows10, TTraffic>(tile); break;
            case 9: GemmTiles.Wide<V, T, Rows9, TTraffic>(tile); break;
            case 8: GemmTiles.Wide<V, T, Rows8, TTraffic>(tile); break;
            case 7: GemmTiles.Wide<V, T, Rows7, TTraffic>(tile); break;
            case 6: GemmTiles.Wide<V, T, Rows6, TTraffic>(tile); break;
            case 5: GemmTiles.Wide<V, T, Rows5, TTraffic>(tile); break;
            case 3: GemmTiles.Wide<V, T, Rows3, TTraffic>(tile); break;
            case 2: GemmTiles.Wide<V, T, Rows2, TTraffic>(tile); break;
            case 1: GemmTiles.Wide<V, T, Rows1, TTraffic>(tile); break;
            default: GemmTiles.Wide<V, T, Rows4, TTraffic>(tile); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunNarrow<TTraffic>(in GemmTile<T> tile, int height)
        where TTraffic : struct, ITraffic
    {
        switch (height)
        {
            case 20: GemmTiles.Narrow<V, T, Rows20, TTraffic>(tile); break;
            case 19: GemmTiles.Narrow<V, T, Rows19, TTraffic>(tile); break;
            case 18: GemmTiles.Narrow<V, T, Rows18, TTraffic>(tile); break;
            case 17: GemmTiles.Narrow<V, T, Rows17, TTraffic>(tile); break;
            case 16: GemmTiles.Narrow<V, T, Rows16, TTraffic>(tile); break;
            case 12: GemmTiles.Narrow<V, T, Rows12, TTraffic>(tile); break;
            case 11: GemmTiles.Narrow<V, T, Rows11, TTraffic>(tile); break;
            case 10: GemmTiles.Narrow<V, T, Rows10, TTraffic>(tile); break;
            case 9: GemmTiles.Narrow<V, T, Rows9, TTraffic>(tile); break;
            case 8: GemmTiles.Narrow<V, T, Rows8, TTraffic>(tile); break;
            case 7: GemmTiles.Narrow<V, T, Rows7, TTraffic>(tile); break;
            case 6: GemmTiles.Narrow<V, T, Rows6, TTraffic>(tile); break;
            case 5: GemmTiles.Narrow<V, T, Rows5, TTraffic>(tile); break;
            case 3: GemmTiles.Narrow<V, T, Rows3, TTraffic>(tile); break;
            case 2: GemmTiles.Narrow<V, T, Rows2, TTraffic>(tile); break;
            case 1: GemmTiles.Narrow<V, T, Rows1, TTraffic>(tile); break;
            default: GemmTiles.Narrow<V, T, Rows4, TTraffic>(tile); break;
        }
    }
}
