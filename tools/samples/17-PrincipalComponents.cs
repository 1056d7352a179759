using MLPath.Data;

namespace MLPath.Samples;

/// <summary>
/// Principal components are the directions in which points vary most: the eigenvectors of the covariance matrix C = 1/(n − 1) Σ (x − x̄)(x − x̄)ᵀ, with the
/// variances as eigenvalues. Power iteration finds the first: multiply any vector by C again and again, and it turns towards it. What is left of C without it has
/// the second.
/// </summary>
internal static class PrincipalComponents
{
    private static readonly string[] Columns = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"];

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView iris = ml.Data.LoadDataset("iris");
        double[][] columns = [.. Columns.Select(c => iris.GetColumn<float>(c).Select(v => (double)v).ToArray())];
        double[] means = [.. columns.Select(c => c.Average())];
        int n = columns[0].Length, d = columns.Length;
        double[,] covariance = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                covariance[i, j] = Enumerable.Range(0, n).Sum(r => (columns[i][r] - means[i]) * (columns[j][r] - means[j])) / (n - 1);
        }

        var (v, variance) = Strongest(covariance);

        // Without what lies along the first, C − λ v vᵀ, the second direction is the strongest.
        double[,] rest = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                rest[i, j] = covariance[i, j] - (variance * v[i] * v[j]);
        }

        var (second, secondVariance) = Strongest(rest);
        double total = Enumerable.Range(0, d).Sum(i => covariance[i, i]);
        output.WriteLine(FormattableString.Invariant($"   The first direction holds {variance / total:P1} of the variance of the four lengths; it is nearly the size of the petal."));

        var pipeline = ml.Transforms.Concatenate("Features", Columns)
            .Append(ml.Transforms.ProjectToPrincipalComponents("Components", "Features", rank: 2));
        var model = pipeline.Fit(iris).LastTransformer;
        return
        [
            new("variance of the first component", variance, model.ExplainedVariance[0], 1e-4),
            new("its share", variance / total, model.ExplainedVarianceRatio[0], 1e-5),
            new("its weight of PetalLength", v[2], model.Components[2], 1e-4),
            new("variance of the second component", secondVariance, model.ExplainedVariance[1], 1e-4),
            new("its weight of SepalWidth, either sign", Math.Abs(second[1]), Math.Abs(model.Components[4 + 1]), 1e-3),
        ];
    }

    // Power iteration: the eigenvector of greatest eigenvalue, and that.
    private static (double[] Direction, double Variance) Strongest(double[,] matrix)
    {
        int d = matrix.GetLength(0);
        double[] v = [.. Enumerable.Repeat(1.0, d)];
        double length = 0;
        for (int step = 0; step < 200; step++)
        {
            double[] next = [.. Enumerable.Range(0, d).Select(i => Enumerable.Range(0, d).Sum(j => matrix[i, j] * v[j]))];
            length = Math.Sqrt(next.Sum(u => u * u));
            v = [.. next.Select(u => u / length)];
        }

        return (v, length);
    }
}
