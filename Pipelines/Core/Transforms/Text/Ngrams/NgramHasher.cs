using System.Globalization;
using System.Text;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Which slot an n-gram has by its hash.</summary>
/// <param name="Shape">Which runs of keys are n-grams.</param>
/// <param name="Bits">The number of bits of a slot's number: there are 2^Bits slots.</param>
/// <param name="Seed">The seed of the hash.</param>
/// <param name="Ordered">Whether the same n-gram of another input column has a hash of its own.</param>
/// <param name="RehashUnigrams">Whether single keys are hashed too, rather than taken for hashes.</param>
internal sealed record NgramHasher(NgramShape Shape, int Bits, uint Seed, bool Ordered, bool RehashUnigrams)
{
    public const int MaximumBits = 30;

    public int SlotCount => 1 << Bits;

    public NgramHasher Check()
    {
        Shape.Check();
        return Bits is >= 1 and <= MaximumBits
            ? this
            : throw new ArgumentOutOfRangeException(nameof(Bits), Bits, $"Slots have from 1 to {MaximumBits} bits.");
    }

    /// <summary>
    /// The slot of an n-gram. Its keys, 4 bytes each, and then their number go through MurmurHash3, whose length is left at 0; a column behind the first
    /// adds its position. The same as ML.NET's.
    /// </summary>
    /// <param name="ngram">The n-gram.</param>
    /// <param name="column">The position of the input column that it is of.</param>
    public int Slot(ReadOnlySpan<uint> ngram, int column)
    {
        uint hash;
        if (ngram.Length == 1 && !RehashUnigrams && Shape.Shortest == 1)
        {
            hash = ngram[0];
        }
        else
        {
            hash = Seed;
            foreach (uint key in ngram)
                hash = MurmurHash3.Round(hash, key);
            hash = MurmurHash3.Finish(MurmurHash3.Round(hash, (uint)ngram.Length), 0);
        }

        if (Ordered)
            hash = MurmurHash3.Finish(column > 0 ? MurmurHash3.Round(hash, (uint)column) : hash, 0);
        return (int)(hash & ((1u << Bits) - 1));
    }

    public void AddTo(SlotCounts counts, ReadOnlySpan<uint> keys, int column)
    {
        var visitor = new Counting(this, counts, column);
        Shape.Visit(keys, ref visitor);
    }

    public void Save(ModelSaveContext context)
    {
        Shape.Save(context, "Ngrams");
        context.Write("Bits", Bits);
        context.Write("Seed", (long)Seed);
        context.Write("Ordered", Ordered);
        context.Write("RehashUnigrams", RehashUnigrams);
    }

    public static NgramHasher Load(ModelLoadContext context)
    {
        long seed = context.ReadInt64("Seed");
        int bits = context.ReadInt32("Bits");
        return seed is >= 0 and <= uint.MaxValue && bits is >= 1 and <= MaximumBits
            ? new(NgramShape.Load(context, "Ngrams"), bits, (uint)seed, context.ReadBoolean("Ordered"), context.ReadBoolean("RehashUnigrams"))
            : throw context.Invalid("its seed or its number of bits is out of range");
    }

    /// <summary>What is not usual, in words.</summary>
    public string Describe()
    {
        string lengths = Shape.AllLengths && Shape.Length > 1 ? $"1 to {Shape.Length} tokens" : Shape.Length == 1 ? "1 token" : $"{Shape.Length} tokens";
        string skips = Shape.Skips > 0 ? $", {Shape.Skips} skipped" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{lengths}{skips}, {SlotCount} slots");
    }

    private readonly struct Counting(NgramHasher hasher, SlotCounts counts, int column) : INgramVisitor
    {
        public void Visit(ReadOnlySpan<uint> ngram) => counts.Add(hasher.Slot(ngram, column));
    }
}

/// <summary>Learns which n-grams have which slots, to name the slots after them.</summary>
/// <param name="hasher">What gives n-grams slots.</param>
/// <param name="maximum">The most n-grams in a slot's name.</param>
internal sealed class SlotInverts(NgramHasher hasher, int maximum)
{
    private readonly SortedDictionary<int, List<string>> _names = [];

    /// <summary>Learns from one row.</summary>
    /// <param name="seen">The n-grams of the column that were learned from before; grows.</param>
    /// <param name="keys">The row's keys.</param>
    /// <param name="column">The position of the input column.</param>
    /// <param name="keyText">What a key stands for.</param>
    /// <param name="keyCount">The number of keys.</param>
    /// <param name="prefix">Stands before the name of the column's n-grams.</param>
    public void Add(NgramTable seen, ReadOnlySpan<uint> keys, int column, Func<uint, string> keyText, ulong keyCount, string prefix)
    {
        var visitor = new Naming(this, seen, column, keyText, keyCount, prefix);
        hasher.Shape.Visit(keys, ref visitor);
    }

    /// <summary>A name for each slot; empty for one that no n-gram has. Several n-grams stand in braces.</summary>
    public VBuffer<ReadOnlyMemory<char>> Finish() => new(
        hasher.SlotCount, _names.Count, [.. _names.Values.Select(n => (n is [var one] ? one : $"{{{string.Join(',', n)}}}").AsMemory())], [.. _names.Keys]);

    private readonly struct Naming(SlotInverts inverts, NgramTable seen, int column, Func<uint, string> keyText, ulong keyCount, string prefix) : INgramVisitor
    {
        public void Visit(ReadOnlySpan<uint> ngram)
        {
            if (seen.Find(ngram) >= 0)
                return;
            seen.Add(ngram);
            int slot = inverts.Hasher.Slot(ngram, column);
            if (!inverts._names.TryGetValue(slot, out var names))
                inverts._names.Add(slot, names = []);
            if (names.Count >= inverts.Maximum)
                return;
            var name = new StringBuilder(prefix);
            NgramVocabulary.AppendName(name, ngram, keyText, keyCount);
            names.Add(name.ToString());
        }
    }

    private NgramHasher Hasher => hasher;

    private int Maximum => maximum;
}
