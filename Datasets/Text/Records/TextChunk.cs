namespace MLPath.Datasets.Text;

/// <summary>A piece of a text file that consists of whole records, the last one ended by a line break.</summary>
internal sealed class TextChunk
{
    /// <summary>Readable bytes before and behind the text, so that vectors may be loaded across its ends.</summary>
    public const int Padding = 64;

    /// <summary>The memory; the text lies in <see cref="Start"/>..<see cref="End"/> of it.</summary>
    public byte[] Buffer { get; private set; } = new byte[2 * Padding];

    /// <summary>The first byte.</summary>
    public int Start { get; set; } = Padding;

    /// <summary>One past the last byte.</summary>
    public int End { get; set; } = Padding;

    /// <summary>The file's name, for messages.</summary>
    public string File { get; set; } = "";

    /// <summary>The physical line, from 1, on which the text starts.</summary>
    public long Line { get; set; }

    /// <summary>The share of all text that ends with this piece, from 0 to 1; 0 where it is not known.</summary>
    public double Progress { get; set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Text => Buffer.AsSpan(Start, End - Start);

    /// <summary>How many bytes of text fit.</summary>
    public int Capacity => Buffer.Length - (2 * Padding);

    /// <summary>The physical line of a position of the buffer.</summary>
    public long LineOf(int position) => Line + LineBreaks.Count(Buffer.AsSpan(Start, position - Start));

    /// <summary>Makes room for some bytes, keeping the first ones.</summary>
    public void Reserve(int capacity, int kept)
    {
        if (Capacity >= capacity) return;
        var larger = new byte[capacity + (2 * Padding)];
        Buffer.AsSpan(Padding, kept).CopyTo(larger.AsSpan(Padding));
        Buffer = larger;
    }
}
