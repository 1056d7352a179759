using System.Globalization;
using MLPath.Runtime;

namespace MLPath.Transforms.Text;

/// <summary>Receives the n-grams of a row, one after the other.</summary>
internal interface INgramVisitor
{
    void Visit(ReadOnlySpan<uint> ngram);
}

/// <summary>Which runs of a row's keys are its n-grams.</summary>
/// <param name="Length">The number of keys of the longest ones.</param>
/// <param name="Skips">The most keys that may be left out between the first and the last of an n-gram.</param>
/// <param name="AllLengths">Whether shorter n-grams, from single keys on, count as well.</param>
internal readonly record struct NgramShape(int Length, int Skips, bool AllLengths)
{
    /// <summary>The most keys from the first of an n-gram to the last, left-out ones included.</summary>
    public const int MaximumSpan = 10;

    /// <summary>The number of keys of the shortest n-grams.</summary>
    public int Shortest => AllLengths ? 1 : Length;

    /// <summary>The number of lengths that are made.</summary>
    public int Lengths => Length - Shortest + 1;

    public NgramShape Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Skips);
        if (Length > MaximumSpan - Skips)
        {
            throw new ArgumentOutOfRangeException(nameof(Length), Length, string.Create(CultureInfo.InvariantCulture,
                $"n-grams of length {Length} with {Skips} skips span more than {MaximumSpan} tokens."));
        }

        return this;
    }

    /// <summary>Gives a visitor every n-gram of a row: those that begin with the first key, then with the second, …; of each the shorter first.</summary>
    /// <typeparam name="TVisitor">The visitor; a struct, so that the call is direct.</typeparam>
    /// <param name="keys">The row's keys.</param>
    /// <param name="visitor">The visitor.</param>
    public void Visit<TVisitor>(ReadOnlySpan<uint> keys, ref TVisitor visitor) where TVisitor : struct, INgramVisitor
    {
        if (Skips == 0 || Length == 1)
        {
            for (int start = 0; start <= keys.Length - Shortest; start++)
            {
                int longest = Math.Min(Length, keys.Length - start);
                for (int length = Shortest; length <= longest; length++)
                    visitor.Visit(keys.Slice(start, length));
            }

            return;
        }

        Span<uint> ngram = stackalloc uint[MaximumSpan];
        for (int start = 0; start < keys.Length; start++)
        {
            ngram[0] = keys[start];
            if (Shortest == 1)
                visitor.Visit(ngram[..1]);
            Extend(keys[start..], ngram, filled: 1, skipped: 0, ref visitor);
        }
    }

    // The n-grams whose first keys stand in `ngram`, after `skipped` skips: each of the next keys in reach, and what can follow it.
    private void Extend<TVisitor>(ReadOnlySpan<uint> keys, Span<uint> ngram, int filled, int skipped, ref TVisitor visitor)
        where TVisitor : struct, INgramVisitor
    {
        for (int skip = skipped; skip <= Skips && filled + skip < keys.Length; skip++)
        {
            ngram[filled] = keys[filled + skip];
            if (filled + 1 >= Shortest)
                visitor.Visit(ngram[..(filled + 1)]);
            if (filled + 1 < Length)
                Extend(keys, ngram, filled + 1, skip, ref visitor);
        }
    }

    public void Save(ModelSaveContext context, string name)
    {
        context.Write($"{name}.Length", Length);
        context.Write($"{name}.Skips", Skips);
        context.Write($"{name}.AllLengths", AllLengths);
    }

    public static NgramShape Load(ModelLoadContext context, string name)
    {
        var shape = new NgramShape(context.ReadInt32($"{name}.Length"), context.ReadInt32($"{name}.Skips"), context.ReadBoolean($"{name}.AllLengths"));
        return shape is { Length: >= 1 and <= MaximumSpan, Skips: >= 0 and < MaximumSpan } && shape.Length + shape.Skips <= MaximumSpan
            ? shape
            : throw context.Invalid($"'{name}' is not a length of n-grams");
    }
}
