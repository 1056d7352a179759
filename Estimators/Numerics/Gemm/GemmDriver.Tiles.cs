namespace MLPath.Numerics;

/// <summary>The tile of a height.</summary>
internal static unsafe partial class GemmDriver<V, T>
{
    private static void Run(in GemmTile<T> tile, int height, int registers)
    {
        if (registers == 1) RunNarrow(tile, height);
        else if (tile.Copy is null) RunWide<LeavesB>(tile, height);
        else RunWide<CopiesB>(tile, height);
    }

    private static void RunWide<TCopy>(in GemmTile<T> tile, int height)
        where TCopy : struct, ICopying
    {
        switch (height)
        {
            case 12: GemmTiles.Wide<V, T, Rows12, TCopy>(tile); break;
            case 11: GemmTiles.Wide<V, T, Rows11, TCopy>(tile); break;
            case 10: GemmTiles.Wide<V, T, Rows10, TCopy>(tile); break;
            case 9: GemmTiles.Wide<V, T, Rows9, TCopy>(tile); break;
            case 8: GemmTiles.Wide<V, T, Rows8, TCopy>(tile); break;
            case 6: GemmTiles.Wide<V, T, Rows6, TCopy>(tile); break;
            case 3: GemmTiles.Wide<V, T, Rows3, TCopy>(tile); break;
            case 2: GemmTiles.Wide<V, T, Rows2, TCopy>(tile); break;
            case 1: GemmTiles.Wide<V, T, Rows1, TCopy>(tile); break;
            default: GemmTiles.Wide<V, T, Rows4, TCopy>(tile); break;
        }
    }

    private static void RunNarrow(in GemmTile<T> tile, int height)
    {
        switch (height)
        {
            case 20: GemmTiles.Narrow<V, T, Rows20>(tile); break;
            case 19: GemmTiles.Narrow<V, T, Rows19>(tile); break;
            case 18: GemmTiles.Narrow<V, T, Rows18>(tile); break;
            case 17: GemmTiles.Narrow<V, T, Rows17>(tile); break;
            case 16: GemmTiles.Narrow<V, T, Rows16>(tile); break;
            case 12: GemmTiles.Narrow<V, T, Rows12>(tile); break;
            case 11: GemmTiles.Narrow<V, T, Rows11>(tile); break;
            case 10: GemmTiles.Narrow<V, T, Rows10>(tile); break;
            case 9: GemmTiles.Narrow<V, T, Rows9>(tile); break;
            case 8: GemmTiles.Narrow<V, T, Rows8>(tile); break;
            case 6: GemmTiles.Narrow<V, T, Rows6>(tile); break;
            case 3: GemmTiles.Narrow<V, T, Rows3>(tile); break;
            case 2: GemmTiles.Narrow<V, T, Rows2>(tile); break;
            case 1: GemmTiles.Narrow<V, T, Rows1>(tile); break;
            default: GemmTiles.Narrow<V, T, Rows4>(tile); break;
        }
    }
}
