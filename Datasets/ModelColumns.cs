using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets;

/// <summary>The columns of a loader in a model file: names and types. How long a vector is follows from the fields that it is read from.</summary>
internal static class ModelColumns
{
    private const string Names = "Names", Kinds = "Kinds", KeyCounts = "KeyCounts", AreVectors = "AreVectors";

    /// <summary>Writes names and types.</summary>
    public static void Write(ModelSaveContext context, IReadOnlyList<(string Name, DataViewType Type)> columns)
    {
        context.Write(Names, [.. columns.Select(c => c.Name)]);
        context.WriteEnums<DataKind>(Kinds, [.. columns.Select(c => DataKinds.Of(c.Type.ItemTypeOrSelf.RawType)!.Value)]);
        // 0 is no key: a key has at least one category.
        context.WriteArray<ulong>(KeyCounts, [.. columns.Select(c => c.Type.ItemTypeOrSelf is KeyDataViewType key ? key.Count : 0)]);
        context.WriteArray<bool>(AreVectors, [.. columns.Select(c => c.Type is VectorDataViewType)]);
    }

    /// <summary>Reads names, the types of items, and which columns are vectors.</summary>
    public static (string Name, PrimitiveDataViewType Item, bool IsVector)[] Read(ModelLoadContext context)
    {
        string[] names = context.ReadStrings(Names);
        var kinds = context.ReadEnums<DataKind>(Kinds);
        if (kinds.Length != names.Length) throw context.Invalid("each column has one name and one kind");
        ulong[] keyCounts = context.ReadArray<ulong>(KeyCounts, names.Length);
        bool[] areVectors = context.ReadArray<bool>(AreVectors, names.Length);
        return [.. names.Select((name, i) => (name, Item(kinds[i].ToDataViewType(), keyCounts[i]), areVectors[i]))];
    }

    /// <summary>Writes some integers for each column.</summary>
    public static void WriteLists(ModelSaveContext context, string name, IReadOnlyList<IReadOnlyList<int>> lists)
    {
        int end = 0;
        context.WriteArray<int>(name, [.. lists.SelectMany(list => list)]);
        context.WriteArray<int>($"{name}.Ends", [.. lists.Select(list => end += list.Count)]);
    }

    /// <summary>Reads what <see cref="WriteLists"/> wrote for so many columns.</summary>
    public static int[][] ReadLists(ModelLoadContext context, string name, int columns)
    {
        int[] all = context.ReadArray<int>(name), ends = context.ReadArray<int>($"{name}.Ends", columns);
        var lists = new int[columns][];
        for (int i = 0, start = 0; i < columns; start = ends[i++])
        {
            if (ends[i] < start || ends[i] > all.Length) throw context.Invalid($"the ends of '{name}' do not increase up to {all.Length}");
            lists[i] = all[start..ends[i]];
        }
        return lists;
    }

    private static PrimitiveDataViewType Item(PrimitiveDataViewType type, ulong keyCount) =>
        keyCount == 0 ? type : new KeyDataViewType(type.RawType, keyCount);
}
