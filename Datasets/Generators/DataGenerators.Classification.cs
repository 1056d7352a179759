using MLPath.Numerics;

namespace MLPath.Datasets;

public sealed partial class DataGenerators
{
    /// <summary>
    /// A classification problem with features that matter, features that repeat them and features that do not matter.
    /// </summary>
    /// <param name="rows">Rows, shared equally between the clusters; at least one for each cluster.</param>
    /// <param name="features">All features: informative, redundant and noise.</param>
    /// <param name="informative">Features in which the clusters differ, at least 1.</param>
    /// <param name="redundant">Features that are linear combinations of the informative ones, at least 0.</param>
    /// <param name="classes">Classes, at least 2.</param>
    /// <param name="clustersPerClass">
    /// Clusters of each class, at least 1. There are at most 2 to the power of <paramref name="informative"/> clusters in all.
    /// </param>
    /// <param name="classSeparation">Half the edge of the cube on whose corners the clusters lie, above 0. More is easier.</param>
    /// <param name="flippedLabels">Share of the rows that get a class drawn at random, from 0 to 1. More is harder.</param>
    /// <param name="seed">The seed; that of the context when omitted.</param>
    /// <returns>
    /// The rows, with slot names <c>Informative0</c>, …, <c>Redundant0</c>, …, <c>Noise0</c>, … <c>Label</c> is a Boolean for two
    /// classes, and otherwise a key with the values "0", "1", ….
    /// </returns>
    /// <remarks>
    /// After I. Guyon, <i>Design of experiments for the NIPS 2003 variable selection benchmark</i> (2003), and in meaning and defaults as
    /// scikit-learn's make_classification: each cluster is a standard normal cloud, given a covariance of its own by a matrix with
    /// entries uniform on [-1, 1), about a corner of the cube [-s, s]ⁿ of the informative features. Unlike there, the features are not
    /// shuffled.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public IDataView Classification(
        int rows = 100, int features = 20, int informative = 2, int redundant = 2, int classes = 2, int clustersPerClass = 2,
        double classSeparation = 1, double flippedLabels = 0.01, int? seed = null)
    {
        Require.AtLeast(1, informative);
        Require.AtLeast(0, redundant);
        long meaningful = (long)informative + redundant;
        Require.That(features >= meaningful, features, $"at least informative + redundant, {meaningful}");
        Require.AtLeast(2, classes);
        Require.AtLeast(1, clustersPerClass);
        long clusters = (long)classes * clustersPerClass;
        Require.That(clusters <= (informative < 62 ? 1L << informative : long.MaxValue), informative,
            $"enough that 2 to its power is at least classes × clusters, {clusters}");
        Require.That(rows >= clusters, rows, $"at least one for each of the {clusters} clusters");
        Require.Positive(classSeparation);
        Require.That(flippedLabels is >= 0 and <= 1, flippedLabels, "from 0 to 1");

        var random = Stream("classification", seed);
        var corners = DistinctCorners(random.Derive("corners"), (int)clusters, informative);
        var shapeStream = random.Derive("shapes");
        var shapes = Enumerable.Range(0, (int)clusters).Select(_ => UniformMatrix(shapeStream, informative, informative)).ToArray();
        var mixture = UniformMatrix(random.Derive("mixture"), informative, redundant);
        var (points, noise, flips) = (random.Derive("points"), random.Derive("noise"), random.Derive("flips"));

        var sample = new LabelledSample(rows, features);
        var z = new double[informative];
        var x = new double[informative];
        for (int row = 0; row < rows; row++)
        {
            int cluster = row % (int)clusters;
            for (int i = 0; i < informative; i++) z[i] = points.NextGaussian();
            for (int j = 0; j < informative; j++) x[j] = (classSeparation * corners[cluster][j]) + Combine(z, shapes[cluster], j);

            var target = sample.Row(row);
            for (int j = 0; j < informative; j++) target[j] = (float)x[j];
            for (int j = 0; j < redundant; j++) target[informative + j] = (float)Combine(x, mixture, j);
            for (int j = informative + redundant; j < features; j++) target[j] = (float)noise.NextGaussian();
            sample.Labels[row] = flips.NextBoolean(flippedLabels) ? flips.NextInt32(classes) : cluster % classes;
        }

        string[] slots =
        [
            .. Enumerable.Range(0, informative).Select(i => $"Informative{i}"),
            .. Enumerable.Range(0, redundant).Select(i => $"Redundant{i}"),
            .. Enumerable.Range(0, features - informative - redundant).Select(i => $"Noise{i}"),
        ];
        return sample.ToView(random, classes == 2 ? new BooleanLabel() : new KeyLabel(classes), "generated classification", slots);
    }

    /// <summary>Different corners of the cube [-1, 1]ⁿ, drawn until new; the first 62 coordinates of any two differ.</summary>
    private static double[][] DistinctCorners(RandomStream random, int count, int n)
    {
        var taken = new HashSet<ulong>();
        var corners = new double[count][];
        for (int k = 0; k < count; k++)
        {
            ulong bits;
            do bits = random.NextUInt64() & ((1UL << Math.Min(n, 62)) - 1);
            while (!taken.Add(bits));
            corners[k] = new double[n];
            for (int j = 0; j < n; j++)
            {
                bool upper = j < 62 ? (bits >> j & 1) == 1 : random.NextBoolean(0.5);
                corners[k][j] = upper ? 1 : -1;
            }
        }
        return corners;
    }

    /// <summary>A matrix of numbers uniform on [-1, 1).</summary>
    private static double[,] UniformMatrix(RandomStream random, int rows, int columns)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) matrix[i, j] = (2 * random.NextDouble()) - 1;
        }
        return matrix;
    }

    /// <summary>Element j of the product of a row vector and a matrix.</summary>
    private static double Combine(double[] vector, double[,] matrix, int j)
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++) sum += vector[i] * matrix[i, j];
        return sum;
    }
}
