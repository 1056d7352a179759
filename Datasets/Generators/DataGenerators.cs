using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Datasets;

/// <summary>
/// Makes data of known structure, for examples and for tests of algorithms. Each view has a column <c>Features</c> (a vector of Single)
/// and a column <c>Label</c>, and is a function of the arguments and the seed alone.
/// </summary>
/// <remarks>Values are drawn in double precision and rounded to single. Rows are in random order.</remarks>
public sealed partial class DataGenerators
{
    private readonly int _seed;

    /// <summary>Creates generators.</summary>
    /// <param name="seed">The seed where a call gives none.</param>
    public DataGenerators(int seed) => _seed = seed;

    /// <summary>Round clouds: isotropic normal distributions about centres drawn uniformly from a cube.</summary>
    /// <param name="rows">
    /// Rows, shared equally between the centres, the first ones taking the remainder; at least <paramref name="centers"/>.
    /// </param>
    /// <param name="centers">Clouds, at least 1.</param>
    /// <param name="features">Dimensions, at least 1.</param>
    /// <param name="standardDeviation">Standard deviation of each cloud in each dimension, at least 0.</param>
    /// <param name="centerRange">Centres have coordinates from minus this to this; above 0.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>The points; <c>Label</c> is a key of the cloud with the values "0", "1", ….</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public IDataView Blobs(
        int rows = 100, int centers = 3, int features = 2, double standardDeviation = 1, double centerRange = 10, int? seed = null)
    {
        Require.AtLeast(1, centers);
        Require.AtLeast(1, features);
        Require.Positive(centerRange);
        var random = Stream("blobs", seed).Derive("centers");
        var positions = new double[centers][];
        for (int c = 0; c < centers; c++)
        {
            positions[c] = new double[features];
            for (int j = 0; j < features; j++) positions[c][j] = centerRange * ((2 * random.NextDouble()) - 1);
        }
        return Blobs(positions, rows, standardDeviation, seed);
    }

    /// <summary>Round clouds: isotropic normal distributions about the centres given.</summary>
    /// <param name="centers">The centres, at least one, all of the same dimension.</param>
    /// <param name="rows">
    /// Rows, shared equally between the centres, the first ones taking the remainder; at least one for each centre.
    /// </param>
    /// <param name="standardDeviation">Standard deviation of each cloud in each dimension, at least 0.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>The points; <c>Label</c> is a key of the cloud with the values "0", "1", ….</returns>
    /// <exception cref="ArgumentException">There are no centres, or their dimensions differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another argument is out of its range.</exception>
    public IDataView Blobs(IReadOnlyList<double[]> centers, int rows = 100, double standardDeviation = 1, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(centers);
        if (centers.Count == 0 || centers[0].Length == 0 || centers.Any(c => c.Length != centers[0].Length))
            throw new ArgumentException("Give at least one centre, and all with as many coordinates, at least one.", nameof(centers));
        Require.AtLeast(centers.Count, rows);
        Require.NotNegative(standardDeviation);

        var random = Stream("blobs", seed);
        var points = random.Derive("points");
        var sample = new LabelledSample(rows, centers[0].Length);
        for (int row = 0; row < rows; row++)
        {
            int cloud = row % centers.Count;
            var x = sample.Row(row);
            for (int j = 0; j < x.Length; j++) x[j] = (float)(centers[cloud][j] + (standardDeviation * points.NextGaussian()));
            sample.Labels[row] = cloud;
        }
        return sample.ToView(random, new KeyLabel(centers.Count), "generated blobs");
    }

    /// <summary>Two interleaved half circles in the plane: a shape that no line separates.</summary>
    /// <param name="rows">Rows, half on each moon, the second taking the remainder; at least 2.</param>
    /// <param name="noise">Standard deviation of the normal noise added to both coordinates, at least 0.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>
    /// The points. <c>Label</c> is false on the upper moon, (cos t, sin t), and true on the lower, (1 - cos t, ½ - sin t), for evenly
    /// spaced t from 0 to π.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public IDataView Moons(int rows = 100, double noise = 0, int? seed = null)
    {
        Require.AtLeast(2, rows);
        Require.NotNegative(noise);
        int upper = rows / 2, lower = rows - upper;
        return Curves("moons", rows, noise, seed, row =>
        {
            bool second = row >= upper;
            double t = second ? Spaced(row - upper, lower) : Spaced(row, upper);
            var (sin, cos) = Math.SinCos(t);
            return second ? (1 - cos, 0.5 - sin, 1) : (cos, sin, 0);
        });

        static double Spaced(int i, int count) => count == 1 ? 0 : Math.PI * i / (count - 1);
    }

    /// <summary>Two circles about the origin of the plane, one inside the other.</summary>
    /// <param name="rows">Rows, half on each circle, the inner taking the remainder; at least 2.</param>
    /// <param name="noise">Standard deviation of the normal noise added to both coordinates, at least 0.</param>
    /// <param name="factor">Radius of the inner circle, from 0 to below 1; that of the outer is 1.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>Evenly spaced points. <c>Label</c> is false on the outer circle and true on the inner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public IDataView Circles(int rows = 100, double noise = 0, double factor = 0.8, int? seed = null)
    {
        Require.AtLeast(2, rows);
        Require.NotNegative(noise);
        Require.That(factor is >= 0 and < 1, factor, "at least 0 and below 1");
        int outer = rows / 2, inner = rows - outer;
        return Curves("circles", rows, noise, seed, row =>
        {
            bool second = row >= outer;
            var (sin, cos) = Math.SinCos(2 * Math.PI * (second ? (row - outer) / (double)inner : row / (double)outer));
            return second ? (factor * cos, factor * sin, 1) : (cos, sin, 0);
        });
    }

    private InMemoryDataView Curves(string name, int rows, double noise, int? seed, Func<int, (double X, double Y, int Label)> curve)
    {
        var random = Stream(name, seed);
        var jitter = random.Derive("noise");
        var sample = new LabelledSample(rows, features: 2);
        for (int row = 0; row < rows; row++)
        {
            var (x, y, label) = curve(row);
            sample.Row(row)[0] = (float)(x + (noise * jitter.NextGaussian()));
            sample.Row(row)[1] = (float)(y + (noise * jitter.NextGaussian()));
            sample.Labels[row] = label;
        }
        return sample.ToView(random, new BooleanLabel(), $"generated {name}");
    }

    private RandomStream Stream(string name, int? seed) => new RandomStream((ulong)(seed ?? _seed)).Derive(name);
}
