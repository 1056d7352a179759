using MLPath.Numerics;

namespace MLPath.Bench;

/// <summary>
/// Drawn digits, 28 × 28 pixels of k / 255. A digit is a line through control points on a unit square (y down); each image shakes the points,
/// turns, stretches, shears and shifts the line, and draws it with a pen of its own width, in noise.
/// </summary>
internal static class DigitSet
{
    private const int Side = 28, Points = 28;

    private static readonly (double X, double Y)[][] s_lines =
    [
        [(.5, .1), (.25, .25), (.22, .5), (.25, .75), (.5, .9), (.75, .75), (.78, .5), (.75, .25), (.5, .1)],
        [(.35, .25), (.52, .1), (.52, .5), (.52, .9)],
        [(.25, .3), (.35, .13), (.62, .12), (.74, .3), (.6, .52), (.25, .88), (.78, .88)],
        [(.27, .15), (.6, .1), (.72, .28), (.5, .47), (.74, .65), (.62, .88), (.25, .84)],
        [(.62, .9), (.62, .1), (.22, .62), (.82, .62)],
        [(.74, .12), (.32, .12), (.28, .46), (.58, .42), (.75, .63), (.6, .88), (.25, .85)],
        [(.65, .1), (.35, .35), (.25, .65), (.42, .9), (.7, .8), (.7, .58), (.45, .5), (.27, .65)],
        [(.22, .12), (.78, .12), (.55, .5), (.42, .9)],
        [(.5, .48), (.28, .3), (.5, .1), (.72, .3), (.5, .48), (.25, .7), (.5, .9), (.75, .7), (.5, .48)],
        [(.72, .35), (.55, .5), (.3, .42), (.3, .2), (.55, .1), (.72, .3), (.7, .6), (.6, .9)],
    ];

    public static void Make(CoreSets.Writer writer, int n, int tests, ulong seed)
    {
        const int d = Side * Side;
        var random = new RandomStream(seed);
        int[] y = Draw.Classes(random, n + tests, s_lines.Length);
        var x = new float[(n + tests) * d];
        ParallelLoop.For(y.Length, chunkSize: 500, Environment.ProcessorCount, CancellationToken.None, (_, start, end) =>
        {
            for (int i = start; i < end; i++) DrawDigit(random.Derive(i), s_lines[y[i]], x.AsSpan(i * d, d));
        });
        writer.Features("", x.AsSpan(0, n * d), d);
        writer.Classes("_y", y.AsSpan(0, n));
        writer.Features("_test", x.AsSpan(n * d), d);
        writer.Classes("_test_y", y.AsSpan(n));
        var about = writer.Description;
        (about["kind"], about["n"], about["n_test"], about["d"], about["classes"], about["seed"]) = ("multiclass images 28x28 (k/255)", n, tests, d, 10, seed);
    }

    private static void DrawDigit(RandomStream random, (double X, double Y)[] line, Span<float> image)
    {
        var line2 = Array.ConvertAll(line, p => (X: p.X + (.045 * random.NextGaussian()), Y: p.Y + (.045 * random.NextGaussian())));
        double angle = .22 * random.NextGaussian(), shear = .22 * random.NextGaussian();
        double width = .6 + (.42 * random.NextDouble()), height = .7 + (.32 * random.NextDouble());
        double right = .5 + (.045 * random.NextGaussian()), down = .5 + (.045 * random.NextGaussian());
        var points = Array.ConvertAll(Along(line, line2), p => (
            X: right + (Math.Cos(angle) * width * (p.X - .5)) + ((shear - (Math.Sin(angle) * height)) * (p.Y - .5)),
            Y: down + (Math.Sin(angle) * width * (p.X - .5)) + (Math.Cos(angle) * height * (p.Y - .5))));
        double pen = .022 + (.02 * random.NextDouble()), ink = .75 + (.25 * random.NextDouble());
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            double px = ((pixel % Side) + .5) / Side, py = ((pixel / Side) + .5) / Side, nearest = double.PositiveInfinity;
            foreach (var (x, y) in points) nearest = Math.Min(nearest, ((x - px) * (x - px)) + ((y - py) * (y - py)));
            double value = ink * Math.Exp(-nearest / (2 * pen * pen));
            if (random.NextBoolean(.35)) value += .08 * random.NextGaussian();
            image[pixel] = (float)Math.Round(Math.Clamp(value, 0, 1) * 255) / 255;
        }
    }

    /// <summary>Points on the shaken line, at equal distances along the drawn one.</summary>
    private static (double X, double Y)[] Along((double X, double Y)[] drawn, (double X, double Y)[] shaken)
    {
        double[] length = new double[drawn.Length];
        for (int i = 1; i < length.Length; i++)
            length[i] = length[i - 1] + double.Hypot(drawn[i].X - drawn[i - 1].X, drawn[i].Y - drawn[i - 1].Y);
        return [.. Enumerable.Range(0, Points).Select(p =>
        {
            double at = length[^1] * p / (Points - 1);
            int i = Math.Clamp(Array.FindLastIndex(length, l => l <= at), 0, length.Length - 2);
            double t = (at - length[i]) / (length[i + 1] - length[i]);
            return (shaken[i].X + (t * (shaken[i + 1].X - shaken[i].X)), shaken[i].Y + (t * (shaken[i + 1].Y - shaken[i].Y)));
        })];
    }
}
