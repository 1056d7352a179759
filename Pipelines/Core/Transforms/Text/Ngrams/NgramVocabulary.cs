using System.Text;
using MLPath.Runtime;
using static MLPath.Transforms.Text.NgramExtractingEstimator;

namespace MLPath.Transforms.Text;

/// <summary>The n-grams that have slots, and how the number of times that a row has one becomes the slot's value.</summary>
/// <param name="shape">Which runs of keys are n-grams.</param>
/// <param name="table">The n-grams, by slot.</param>
/// <param name="weighting">What a slot's value is.</param>
/// <param name="sublinear">Whether 1 + ln c stands for a count c.</param>
/// <param name="inverseFrequencies">The inverse document frequency of each n-gram; null where the weighting has none.</param>
internal sealed class NgramVocabulary(
    NgramShape shape, NgramTable table, WeightingCriteria weighting, bool sublinear, double[]? inverseFrequencies)
{
    /// <summary>The number of n-grams.</summary>
    public int Count => table.Count;

    /// <summary>The number of slots; one that stays 0 where no n-gram was found, because a vector has at least one.</summary>
    public int SlotCount => Math.Max(1, table.Count);

    /// <summary>Counts the n-grams of a row.</summary>
    /// <param name="keys">The row's keys.</param>
    /// <param name="counts">What to add to.</param>
    /// <param name="firstSlot">The slot of the first n-gram.</param>
    public void AddTo(SlotCounts counts, ReadOnlySpan<uint> keys, int firstSlot = 0)
    {
        var visitor = new Counting(table, counts, firstSlot);
        shape.Visit(keys, ref visitor);
    }

    /// <summary>Turns counts into values, in place.</summary>
    /// <param name="slots">The slots of the counts.</param>
    /// <param name="values">The counts.</param>
    /// <param name="firstSlot">The slot of the first n-gram.</param>
    public void Weigh(ReadOnlySpan<int> slots, Span<float> values, int firstSlot = 0)
    {
        if (weighting == WeightingCriteria.Tf && !sublinear)
            return;
        for (int i = 0; i < values.Length; i++)
        {
            double frequency = weighting == WeightingCriteria.Idf ? 1 : sublinear ? 1 + Math.Log(values[i]) : values[i];
            values[i] = (float)(inverseFrequencies is null ? frequency : frequency * inverseFrequencies[slots[i] - firstSlot]);
        }
    }

    /// <summary>The n-grams as texts, "the|house"; a missing key is <c>*</c>.</summary>
    /// <param name="keyText">What a key stands for.</param>
    /// <param name="keyCount">The number of keys.</param>
    /// <param name="prefix">Stands before each.</param>
    public IEnumerable<string> Names(Func<uint, string> keyText, ulong keyCount, string prefix = "")
    {
        if (table.Count == 0)
            yield return "";
        var name = new StringBuilder();
        for (int slot = 0; slot < table.Count; slot++)
        {
            name.Clear().Append(prefix);
            AppendName(name, table[slot], keyText, keyCount);
            yield return name.ToString();
        }
    }

    public static void AppendName(StringBuilder name, ReadOnlySpan<uint> ngram, Func<uint, string> keyText, ulong keyCount)
    {
        for (int i = 0; i < ngram.Length; i++)
        {
            if (i > 0)
                name.Append('|');
            name.Append(ngram[i] == 0 || ngram[i] > keyCount ? "*" : keyText(ngram[i]));
        }
    }

    public void Save(ModelSaveContext context, string name)
    {
        shape.Save(context, name);
        context.WriteEnum($"{name}.Weighting", weighting);
        context.Write($"{name}.Sublinear", sublinear);
        var keys = new List<uint>();
        var lengths = new byte[table.Count];
        for (int i = 0; i < table.Count; i++)
        {
            keys.AddRange(table[i]);
            lengths[i] = (byte)table[i].Length;
        }

        context.WriteArray<uint>($"{name}.Keys", [.. keys]);
        context.WriteArray<byte>($"{name}.Lengths", lengths);
        if (inverseFrequencies is not null)
            context.WriteArray<double>($"{name}.InverseDocumentFrequencies", inverseFrequencies);
    }

    public static NgramVocabulary Load(ModelLoadContext context, string name)
    {
        var shape = NgramShape.Load(context, name);
        var weighting = context.ReadEnum<WeightingCriteria>($"{name}.Weighting");
        uint[] keys = context.ReadArray<uint>($"{name}.Keys");
        byte[] lengths = context.ReadArray<byte>($"{name}.Lengths");
        if (lengths.Sum(l => (long)l) != keys.Length || Array.Exists(lengths, l => l < shape.Shortest || l > shape.Length))
            throw context.Invalid($"the lengths of '{name}' are not those of its n-grams");
        var table = new NgramTable();
        int start = 0;
        foreach (byte length in lengths)
        {
            var ngram = keys.AsSpan(start, length);
            if (table.Find(ngram) >= 0)
                throw context.Invalid($"'{name}' has an n-gram twice");
            table.Add(ngram);
            start += length;
        }

        double[]? inverse = weighting == WeightingCriteria.Tf ? null : context.ReadArray<double>($"{name}.InverseDocumentFrequencies", lengths.Length);
        return inverse is null || Array.TrueForAll(inverse, double.IsFinite)
            ? new(shape, table, weighting, context.ReadBoolean($"{name}.Sublinear"), inverse)
            : throw context.Invalid($"an inverse document frequency of '{name}' is not finite");
    }

    private readonly struct Counting(NgramTable table, SlotCounts counts, int firstSlot) : INgramVisitor
    {
        public void Visit(ReadOnlySpan<uint> ngram)
        {
            if (table.Find(ngram) is >= 0 and var slot)
                counts.Add(firstSlot + slot);
        }
    }
}
