using System.Buffers.Text;
using System.Text;
using MLPath.Numerics;

namespace MLPath.Acceptance.Tests;

/// <summary>
/// Tables of any length with 20 columns: 18 numbers, one column of categories, and an answer that is linear in them but for noise. A row is a
/// function of seed and place alone.
/// </summary>
internal static class LargeTable
{
    /// <summary>The number of columns, the answer included.</summary>
    public const int Columns = Numbers + 2;

    private const int Numbers = 18;
    private const int MostBytesPerRow = 256;
    private const int Millionths = 1_000_000;

    private static readonly string[] Regions = ["north", "east", "south", "west", "centre"];

    /// <summary>Writes a table whose answer is a number, column <c>amount</c>: R² of the best model is about 0.97.</summary>
    public static void WriteAmounts(string path, long rows, ulong seed) => Write(path, rows, seed, isNumber: true);

    /// <summary>Writes a table whose answer is yes or no, column <c>bought</c>.</summary>
    public static void WritePurchases(string path, long rows, ulong seed) => Write(path, rows, seed, isNumber: false);

    private static void Write(string path, long rows, ulong seed, bool isNumber)
    {
        var random = new RandomStream(seed);
        byte[][] regions = [.. Regions.Select(Encoding.UTF8.GetBytes)];
        var buffer = new byte[1 << 20];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        int used = Header(isNumber, buffer);
        for (long row = 0; row < rows; row++)
        {
            if (buffer.Length - used < MostBytesPerRow)
            {
                file.Write(buffer, 0, used);
                used = 0;
            }

            // The weights 1, −2, 3, … let the answer depend on all columns, unequally.
            int region = random.NextInt32(regions.Length);
            double answer = 4 * region;
            for (int j = 0; j < Numbers; j++)
            {
                int value = random.NextInt32(-Millionths, Millionths + 1);
                answer += (j % 2 == 0 ? 1 : -1) * (1 + (j % 5)) * (value / (double)Millionths);
                used += Number(value, buffer.AsSpan(used));
            }

            regions[region].CopyTo(buffer, used);
            used += regions[region].Length;
            buffer[used++] = (byte)',';
            answer += 4 * (random.NextDouble() - 0.5);
            if (isNumber)
            {
                used += Number((int)Math.Round(answer * Millionths), buffer.AsSpan(used));
                buffer[used - 1] = (byte)'\n';
            }
            else
            {
                used += Encoding.UTF8.GetBytes(answer > 8 ? "yes\n" : "no\n", buffer.AsSpan(used));
            }
        }

        file.Write(buffer, 0, used);
    }

    private static int Header(bool isNumber, byte[] buffer) => Encoding.UTF8.GetBytes(
        string.Join(',', [.. Enumerable.Range(1, Numbers).Select(j => $"x{j}"), "region", isNumber ? "amount" : "bought"]) + "\n", buffer);

    // A number of millionths as a decimal with six places, and a comma.
    private static int Number(int millionths, Span<byte> target)
    {
        int at = 0;
        if (millionths < 0)
            target[at++] = (byte)'-';
        uint size = (uint)Math.Abs(millionths);
        Utf8Formatter.TryFormat(size / Millionths, target[at..], out int whole);
        at += whole;
        target[at++] = (byte)'.';
        Utf8Formatter.TryFormat(size % Millionths, target[at..], out int places, new('D', 6));
        at += places;
        target[at++] = (byte)',';
        return at;
    }
}
