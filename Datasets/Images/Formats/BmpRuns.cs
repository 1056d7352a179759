using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Reads the run lengths of a bitmap, RLE8 and RLE4: pairs of a count and a colour (two colours that take turns in RLE4); count 0 begins an end of
/// line (0), the end (1), a jump (2) or that many pixels in a row. Pixels that are jumped over have colour 0.
/// </summary>
internal ref struct BmpRuns(BmpHeader header, ReadOnlySpan<byte> data, Span<byte> pixels)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly Span<byte> _pixels = pixels;
    private readonly bool _halves = header.Compression == BmpCompression.Rle4;
    private int _at;
    private int _x;
    private int _row;

    public void Read()
    {
        for (int i = 0; i < _pixels.Length; i += MLImage.PixelBytes)
            header.WriteColor(0, _pixels.Slice(i, MLImage.PixelBytes));
        while (true)
        {
            int count = Next();
            int value = Next();
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                    Put(_halves ? Half(value, i) : value);
            }
            else if (value == 0)
            {
                (_x, _row) = (0, _row + 1);
            }
            else if (value == 1)
            {
                return;
            }
            else if (value == 2)
            {
                _x += Next();
                _row += Next();
            }
            else
            {
                ReadPixels(value);
            }
        }
    }

    private void ReadPixels(int count)
    {
        int start = _at, value = 0;
        for (int i = 0; i < count; i++)
        {
            if (!_halves || i % 2 == 0)
                value = Next();
            Put(_halves ? Half(value, i) : value);
        }

        if ((_at - start) % 2 != 0)
            Next(); // pixels in a row fill whole words
    }

    private static int Half(int value, int i) => i % 2 == 0 ? value >> 4 : value & 15;

    private int Next() => _at < _data.Length ? _data[_at++] : throw new DataException("it is cut off: its runs have no end");

    private void Put(int color)
    {
        if (_x >= header.Width || _row >= header.Height)
            throw new DataException($"a run goes beyond its {header.Width}×{header.Height} pixels");
        header.WriteColor(color, _pixels.Slice(((header.Line(_row) * header.Width) + _x++) * MLImage.PixelBytes, MLImage.PixelBytes));
    }
}
