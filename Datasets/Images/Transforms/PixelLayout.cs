using MLPath.Runtime;
using static MLPath.Transforms.Image.ImagePixelExtractingEstimator;

namespace MLPath.Transforms.Image;

/// <summary>Which slot of a vector holds which colour of which pixel.</summary>
/// <param name="Colors">The colours there are.</param>
/// <param name="Order">Their order.</param>
/// <param name="Interleaved">Whether the colours of a pixel stand together; otherwise one colour of all pixels stands before the next.</param>
internal readonly record struct PixelLayout(ColorBits Colors, ColorsOrder Order, bool Interleaved)
{
    /// <summary>The number of colours.</summary>
    public int Planes => System.Numerics.BitOperations.PopCount((uint)Colors);

    /// <summary>The dimensions of a vector: colours × height × width, or height × width × colours.</summary>
    public int[] Dimensions(int height, int width) => Interleaved ? [height, width, Planes] : [Planes, height, width];

    /// <summary>Where a colour of pixel p is: at offset + p × step; −1 for a colour that is not there.</summary>
    public (int Offset, int Step) Slots(ColorBits color, int pixels)
    {
        int place = 0;
        foreach (char letter in Order.ToString())
        {
            var next = letter switch
            {
                'A' => ColorBits.Alpha,
                'R' => ColorBits.Red,
                'G' => ColorBits.Green,
                _ => ColorBits.Blue,
            };
            if (next == color)
                return !Colors.HasFlag(color) ? (-1, 0) : Interleaved ? (place, Planes) : (place * pixels, 1);
            if (Colors.HasFlag(next))
                place++;
        }

        return (-1, 0);
    }

    /// <summary>Refuses colours and orders that there are not.</summary>
    public PixelLayout Checked(string colorsName, string orderName)
    {
        if (Colors == 0 || (Colors & ~ColorBits.All) != 0)
            throw new ArgumentOutOfRangeException(colorsName, Colors, "Name at least one of Alpha, Red, Green and Blue.");
        return Enum.IsDefined(Order) ? this : throw new ArgumentOutOfRangeException(orderName, Order, "There is no such order of colours.");
    }

    public void Save(ModelSaveContext context)
    {
        context.Write("Colors", [.. s_single.Where(HasColor).Select(c => c.ToString())]);
        context.WriteEnum("Order", Order);
        context.Write("Interleaved", Interleaved);
    }

    public static PixelLayout Load(ModelLoadContext context)
    {
        ColorBits colors = 0;
        foreach (string name in context.ReadStrings("Colors"))
            colors |= Array.Find(s_single, c => c.ToString() == name) is var color and not 0 ? color : throw context.Invalid($"'{name}' is not a colour");
        return new PixelLayout(colors, context.ReadEnum<ColorsOrder>("Order"), context.ReadBoolean("Interleaved")).Checked("Colors", "Order");
    }

    /// <summary>In words, what differs from the default.</summary>
    public override string ToString() =>
        $"{(Colors == ColorBits.Rgb ? "Rgb" : Colors == ColorBits.All ? "All" : string.Join("+", s_single.Where(HasColor)))} in order {Order}{(Interleaved ? ", interleaved" : "")}";

    private static readonly ColorBits[] s_single = [ColorBits.Alpha, ColorBits.Red, ColorBits.Green, ColorBits.Blue];

    private bool HasColor(ColorBits color) => Colors.HasFlag(color);
}
