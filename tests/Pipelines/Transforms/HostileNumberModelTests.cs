using MLPath.Data;
using MLPath.Runtime;
using MLPath.Tests.Models;
using Files = MLPath.Tests.Models.Models;

namespace MLPath.Tests.Transforms;

/// <summary>Files that name a normaliser, a conversion, a hash or a selection but do not hold one: each is refused with words, none crashes.</summary>
[TestClass]
public sealed class HostileNumberModelTests
{
    [TestMethod]
    public void Bins_must_increase_to_infinity_in_every_slot()
    {
        const double End = double.PositiveInfinity;
        Refuses("MLPath.Normalize", "do not increase to infinity", c => Bins(c, [1, 2], [2]));
        Refuses("MLPath.Normalize", "do not increase to infinity", c => Bins(c, [2, 1, End], [3]));
        Refuses("MLPath.Normalize", "do not increase to infinity", c => Bins(c, [double.NaN, End], [2]));
        Refuses("MLPath.Normalize", "does not have its bins", c => Bins(c, [End], [2]));
        Refuses("MLPath.Normalize", "does not have its bins", c => Bins(c, [End], [0, 1]));
        Refuses("MLPath.Normalize", "bins of no slot", c => Bins(c, [End, End], [1]));
        Refuses("MLPath.Normalize", "does not have the parameters of Single", c => Bins(c, [End, End], [1, 1]));
        Refuses("MLPath.Normalize", "does not have the parameters of Single", c => Bins(c, [], []));
    }

    [TestMethod]
    public void Row_norms_must_have_a_scale()
    {
        foreach (float scale in (float[])[0, float.NaN])
        {
            Refuses("MLPath.NormalizeRows", "scale", c =>
            {
                Columns(c);
                c.Write("Norm", "L2");
                c.Write("EnsureZeroMean", false);
                c.Write("Scale", scale);
            });
        }
    }

    [TestMethod]
    public void Conversions_must_have_types()
    {
        Refuses("MLPath.ConvertType", "one type for each", c => Convert(c, [], [""]));
        Refuses("MLPath.ConvertType", "is 'Complex'", c => Convert(c, ["Complex"], [""]));
        Refuses("MLPath.ConvertType", "'Byte' with x keys", c => Convert(c, ["Byte"], ["x"]));
        Refuses("MLPath.ConvertType", "from 1 to 255", c => Convert(c, ["Byte"], ["999"]));
        Refuses("MLPath.ConvertType", "not as Single", c => Convert(c, ["Single"], ["3"]));
    }

    [TestMethod]
    public void Hashes_must_have_bits_and_texts_for_their_keys()
    {
        Refuses("MLPath.Hash", "from 1 to 31 bits", c => Hash(c, 40, 0));
        Refuses("MLPath.Hash", "at most 24 bits", c => Hash(c, 31, -1));
        Refuses("MLPath.Hash", "do not belong to its keys", c => Hash(c, 4, -1, [16], ["a"]));
        Refuses("MLPath.Hash", "do not belong to its keys", c => Hash(c, 4, -1, [3, 3], ["a", "b"]));
        Refuses("MLPath.Hash", "do not belong to its keys", c => Hash(c, 4, -1, [-1], ["a"]));
        Refuses("MLPath.Hash", "do not belong to its keys", c => Hash(c, 4, -1, [1, 2], ["a"]));
        Refuses("MLPath.OneHotHashEncoding", "child 'Hashing' is missing", c => c.WriteEnum("OutputKind", MLPath.Transforms.OneHotEncodingEstimator.OutputKind.Bag));
    }

    [TestMethod]
    public void Selections_must_name_slots_once()
    {
        Refuses("MLPath.SelectSlots", "do not increase", c => Slots(c, [1, 1], 3));
        Refuses("MLPath.SelectSlots", "no such slot", c => Slots(c, [3], 3));
        Refuses("MLPath.SelectSlots", "no such slot", c => Slots(c, [-1], 3));
        Refuses("MLPath.SelectSlots", "made of no slot", c => Slots(c, [], 0));
    }

    [TestMethod]
    public void Tables_must_map_each_value_to_one()
    {
        Refuses("MLPath.MapValue", "maps '1' twice", c => Table(c, [1, 1], [1, 2]));
        Refuses("MLPath.MapValue", "each to one", c => Table(c, [1, 2], [1]));
        Refuses("MLPath.MapValue", "each to one", c => Table(c, [], []));
        Refuses("MLPath.MapValue", "does not lie within the values", c => Table(c, [1], [1, 2], size: 2, ends: [3]));
        Refuses("MLPath.MapValue", "has 2 values", c => Table(c, [1], [1], size: 2, ends: [1]));
        Refuses("MLPath.MapValue", "negative size", c => Table(c, [1], [1], size: -1, ends: [1]));
        Refuses("MLPath.MapValue", "not as Single", c => Table(c, [1], [1], keyCount: 3));
    }

    private static void Columns(ModelSaveContext context)
    {
        context.Write("Outputs", ["a"]);
        context.Write("Inputs", ["a"]);
    }

    private static void Bins(ModelSaveContext context, double[] bounds, int[] counts)
    {
        Columns(context);
        context.Write("Description", "");
        context.Write("Kinds", ["Bin"]);
        context.Write("Types", ["Single"]);
        context.Write("Column0.FixZero", true);
        context.WriteArray<double>("Column0.UpperBounds", bounds);
        context.WriteArray<int>("Column0.BinCounts", counts);
    }

    private static void Convert(ModelSaveContext context, string[] kinds, string[] counts)
    {
        Columns(context);
        context.Write("Kinds", kinds);
        context.Write("KeyCounts", counts);
    }

    private static void Hash(ModelSaveContext context, int bits, int inverts, int[]? keys = null, string[]? texts = null)
    {
        Columns(context);
        context.WriteArray<int>("Bits", [bits]);
        context.WriteArray<uint>("Seeds", [1]);
        context.WriteArray<bool>("Ordered", [false]);
        context.WriteArray<bool>("Combine", [false]);
        context.WriteArray<int>("MaximumNumbersOfInverts", [inverts]);
        if (keys is null)
            return;
        context.WriteArray<int>("Column0.Keys", keys);
        context.WriteValues<ReadOnlyMemory<char>>("Column0.Texts", TextDataViewType.Instance, Tables.Words(texts!));
    }

    private static void Slots(ModelSaveContext context, int[] slots, int size)
    {
        Columns(context);
        context.Write("Description", "");
        context.WriteArray<int>("Column0.Slots", slots);
        context.WriteArray<double>("Column0.Scores", new double[size]);
    }

    private static void Table(ModelSaveContext context, int[] keys, float[] values, int? size = null, int[]? ends = null, int? keyCount = null)
    {
        Columns(context);
        context.WriteValues<int>("Keys", NumberDataViewType.Int32, keys);
        context.WriteValues<float>("Values", NumberDataViewType.Single, values);
        if (keyCount is { } count)
            context.Write("KeyCount", count);
        if (size is not { } slots)
            return;
        context.Write("VectorSize", slots);
        context.WriteArray<int>("Ends", ends!);
    }

    private static void Refuses(string id, string words, Action<ModelSaveContext> save) => StringAssert.Contains(
        Assert.ThrowsExactly<ModelFormatException>(() => Files.Load(Files.Save(new Probe(id, save)), new MLContext().Components)).Message, words);
}
