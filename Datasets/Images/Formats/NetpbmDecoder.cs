using System.Text;
using MLPath.Data;

namespace MLPath.Datasets.Images;

/// <summary>
/// Reads the Netpbm formats: P1 to P6 (PBM, PGM, PPM, as text and binary) and P7 (PAM), with samples of up to 16 bits, which are put on the scale of
/// 0 to 255. Of a file with several images the first is read.
/// </summary>
internal sealed class NetpbmDecoder : IImageDecoder
{
    public string Name => "Netpbm";

    public bool CanDecode(ReadOnlySpan<byte> header) =>
        header.Length > 3 && header[0] == 'P' && header[1] is >= (byte)'1' and <= (byte)'7' && header[2] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    public MLImage Decode(ReadOnlyMemory<byte> file)
    {
        var reader = new NetpbmReader(file.Span);
        var format = reader.ReadHeader();
        ImageSize.Check(format.Width, format.Height, file.Length);
        long samples = (long)format.Width * format.Height * format.Channels;
        if (format.IsText)
            ImageSize.CheckData(format.IsBitmap ? samples : (2 * samples) - 1, reader.Left); // a digit each, and a space between numbers
        else if (format.IsBitmap)
            ImageSize.CheckData((format.Width + 7L) / 8 * format.Height, reader.Left);
        else
            ImageSize.CheckData(samples * format.SampleBytes, reader.Left);
        byte[] pixels = new byte[format.Width * format.Height * MLImage.PixelBytes];
        Span<byte> pixel = stackalloc byte[4];
        for (int at = 0, x = 0; at < pixels.Length; at += MLImage.PixelBytes)
        {
            for (int c = 0; c < format.Channels; c++)
                pixel[c] = ImageSize.ToByte(reader.ReadSample(format, x), format.Largest);
            x = x + 1 == format.Width ? 0 : x + 1;
            bool color = format.Channels >= 3;
            pixels[at] = pixel[color ? 2 : 0];
            pixels[at + 1] = pixel[color ? 1 : 0];
            pixels[at + 2] = pixel[0];
            pixels[at + 3] = format.Channels is 2 or 4 ? pixel[format.Channels - 1] : (byte)255;
        }

        return new MLImage(format.Width, format.Height, MLPixelFormat.Bgra32, pixels);
    }
}

/// <summary>What the header of a Netpbm file states.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.</param>
/// <param name="Largest">The sample that is white.</param>
/// <param name="IsText">Whether samples are decimal numbers.</param>
/// <param name="IsBitmap">Whether a sample is a bit, of which 1 is black.</param>
internal readonly record struct NetpbmFormat(int Width, int Height, int Channels, int Largest, bool IsText, bool IsBitmap)
{
    public int SampleBytes => Largest > 255 ? 2 : 1;
}

/// <summary>Reads a Netpbm file from its beginning to its end.</summary>
internal ref struct NetpbmReader(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _at = 2;
    private int _bits;

    /// <summary>The bytes that are left.</summary>
    public readonly int Left => _file.Length - _at;

    public NetpbmFormat ReadHeader()
    {
        int kind = _file[1] - '0';
        if (kind == 7)
            return ReadPamHeader();
        int width = ReadNumber("width", MLImage.MaxFilePixels);
        int height = ReadNumber("height", MLImage.MaxFilePixels);
        bool isBitmap = kind is 1 or 4;
        int largest = isBitmap ? 1 : ReadNumber("largest sample", ushort.MaxValue);
        if (largest == 0)
            throw new DataException("its largest sample is 0; it must be at least 1");
        if (kind >= 4)
            SkipOneSpace();
        return new NetpbmFormat(width, height, kind is 3 or 6 ? 3 : 1, largest, IsText: kind <= 3, isBitmap);
    }

    /// <summary>The next sample; for bits, rows begin on a byte of their own.</summary>
    public int ReadSample(NetpbmFormat format, int x)
    {
        int sample;
        if (format.IsBitmap && format.IsText)
            return 1 - ReadBitDigit();
        if (format.IsBitmap)
        {
            if (x % 8 == 0)
                _bits = _file[_at++];
            return 1 - ((_bits >> (7 - (x % 8))) & 1);
        }

        if (format.IsText)
            return ReadNumber("sample", format.Largest);
        sample = _file[_at++];
        if (format.SampleBytes == 2)
            sample = (sample << 8) | _file[_at++];
        return sample <= format.Largest ? sample : throw new DataException($"a sample is {sample}; the largest is stated as {format.Largest}");
    }

    // PAM: lines of a word and a value, up to ENDHDR.
    private NetpbmFormat ReadPamHeader()
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        while (true)
        {
            string word = ReadWord();
            if (word == "ENDHDR")
                break;
            if (word == "TUPLTYPE")
                SkipLine(); // the number of samples says which of them there are
            else if (word is not ("WIDTH" or "HEIGHT" or "DEPTH" or "MAXVAL"))
                throw new DataException($"its header has a line '{word}', which is not known");
            else if (!values.TryAdd(word, ReadNumber(word, word == "MAXVAL" ? ushort.MaxValue : MLImage.MaxFilePixels)))
                throw new DataException($"its header states {word} twice");
        }

        SkipOneSpace();
        int depth = Value("DEPTH");
        if (depth is < 1 or > 4)
            throw new DataException($"it has {depth} samples a pixel; 1 to 4 can be an image");
        int largest = Value("MAXVAL");
        return largest == 0
            ? throw new DataException("its largest sample is 0; it must be at least 1")
            : new NetpbmFormat(Value("WIDTH"), Value("HEIGHT"), depth, largest, IsText: false, IsBitmap: false);

        int Value(string word) => values.TryGetValue(word, out int value) ? value : throw new DataException($"its header does not state {word}");
    }

    private int ReadNumber(string what, int largest)
    {
        SkipSpace();
        long value = 0;
        int start = _at;
        while (_at < _file.Length && _file[_at] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (_file[_at++] - '0');
            if (value > largest)
                throw new DataException($"a {what} is above {largest}, at byte {start}");
        }

        return _at > start ? (int)value : throw new DataException(
            _at == _file.Length ? $"it is cut off: a {what} is missing" : $"there is no number at byte {start}, where a {what} is expected");
    }

    private int ReadBitDigit()
    {
        SkipSpace();
        if (_at == _file.Length)
            throw new DataException("it is cut off: a pixel is missing");
        return _file[_at] is (byte)'0' or (byte)'1' ? _file[_at++] - '0' : throw new DataException($"there is neither 0 nor 1 at byte {_at}");
    }

    private string ReadWord()
    {
        const int Longest = 16;
        SkipSpace();
        int start = _at;
        while (_at < _file.Length && !IsSpace(_file[_at]) && _at - start < Longest)
            _at++;
        return _at > start ? Encoding.ASCII.GetString(_file[start.._at]) : throw new DataException("it is cut off within its header");
    }

    private void SkipSpace()
    {
        while (_at < _file.Length && (IsSpace(_file[_at]) || _file[_at] == '#'))
        {
            if (_file[_at] == '#')
                SkipLine();
            else
                _at++;
        }
    }

    private void SkipLine()
    {
        while (_at < _file.Length && _file[_at] is not ((byte)'\n' or (byte)'\r'))
            _at++;
    }

    private void SkipOneSpace()
    {
        if (_at == _file.Length || !IsSpace(_file[_at]))
            throw new DataException("its header does not end with a space or line end");
        _at++;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}

/// <summary>Writes PPM: P6 with samples of 8 bits. Alpha is dropped.</summary>
internal static class NetpbmEncoder
{
    public static byte[] Encode(MLImage image)
    {
        byte[] header = Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P6\n{image.Width} {image.Height}\n255\n"));
        byte[] file = new byte[header.Length + (image.Width * image.Height * 3)];
        header.CopyTo(file, 0);
        var (red, green, blue) = image.Offsets;
        var pixels = image.Pixels;
        for (int from = 0, to = header.Length; from < pixels.Length; from += MLImage.PixelBytes, to += 3)
            (file[to], file[to + 1], file[to + 2]) = (pixels[from + red], pixels[from + green], pixels[from + blue]);
        return file;
    }
}
