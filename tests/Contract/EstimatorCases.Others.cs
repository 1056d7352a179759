using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Contract.Tests;

/// <content>Transforms of expressions, custom mappings, random features and times.</content>
internal static partial class EstimatorCases
{
    private static IEnumerable<EstimatorCase> Others()
    {
        var t = ML.Transforms;
        yield return Transform("Expression of numbers", () => t.Expression("Out", "(n, f, b) => with(h = n / 2; b ? max(h, 0) + log(f ^ 2 + 1) : h)", "Number", "Features", "Flag"));
        yield return Transform("Expression of texts", () => t.Expression("Out", "(t, g) => concat(upper(t), \"|\", text(g ?? -1))", "Text", "Gaps"));
        yield return Transform("ApproximatedKernelMap", () => t.ApproximatedKernelMap("Out", "Features", rank: 6));
        yield return Transform("ApproximatedKernelMap, Laplacian, both bases", () => t.ApproximatedKernelMap("Features", rank: 3, useCosAndSinBases: true, generator: new LaplacianKernel()));
        yield return Transform("VectorWhiten", () => t.VectorWhiten("Out", "Features"));
        yield return Transform("VectorWhiten by PCA", () => t.VectorWhiten("Features", kind: WhiteningKind.PrincipalComponentAnalysis, rank: 2));
        yield return new EstimatorCase("FeaturizeDateTime", () => t.FeaturizeDateTime("Out", "Time", cyclic: true), Times);
        yield return new EstimatorCase("FeaturizeDateTime of durations", () => t.FeaturizeDateTime("Span"), Times);
    }

    private static InMemoryDataView Times()
    {
        var times = new ScalarColumn<DateTime>(DateTimeDataViewType.Instance);
        var spans = new ScalarColumn<TimeSpan>(TimeSpanDataViewType.Instance);
        for (int row = 0; row < ContractData.Rows; row++)
        {
            times.Add(row % 9 == 0 ? default : new DateTime(2023, 11, 5).AddHours(row * 77.7));
            spans.Add(TimeSpan.FromMinutes((row - 20) * 1234.5));
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Time", times.Type);
        schema.AddColumn("Span", spans.Type);
        return new InMemoryDataView(schema.ToSchema(), [times, spans]);
    }
}
