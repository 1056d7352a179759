using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>The rows of meta.json, and trainers as scikit-learn's script has them.</summary>
internal static class MetaFigures
{
    public static ReferenceFigures All { get; } = ReferenceFigures.Load("meta");

    public static double[][] X => All.Rows("x");

    public static string[] Names { get; } = ["a", "b", "c"];

    public static InMemoryDataView Binary { get; } = TestData.Binary(X, [.. All.Integers("binary").Select(c => c == 1)]);

    public static InMemoryDataView Classes { get; } = TestData.Multiclass(X, All.Integers("classes"), Names);

    public static InMemoryDataView Numbers { get; } = TestData.Regression(X, All.Vector("target"));

    public static InMemoryDataView Queries { get; } = TestData.Unlabelled(All.Rows("queries"));

    public static LbfgsLogisticRegressionBinaryTrainer Logistic(ClassWeighting classWeights = ClassWeighting.Uniform, string? weight = null) => new(new()
    {
        L1Regularization = 0,
        L2Regularization = 1,
        OptimizationTolerance = 1e-7f,
        LossTolerance = 0,
        ClassWeights = classWeights,
        ExampleWeightColumnName = weight,
    });

    public static LbfgsMaximumEntropyMulticlassTrainer Softmax(ClassWeighting classWeights = ClassWeighting.Uniform, string? weight = null) => new(new()
    {
        L1Regularization = 0,
        L2Regularization = 1,
        OptimizationTolerance = 1e-7f,
        LossTolerance = 0,
        ClassWeights = classWeights,
        ExampleWeightColumnName = weight,
    });

    /// <summary>What a fitted trainer says of the queries: one number, or k, for each.</summary>
    public static double[] Predict(ITransformer model, string column = "Score", IDataView? queries = null)
    {
        var scored = model.Transform(queries ?? Queries);
        return scored.Schema[column].Type is VectorDataViewType
            ? [.. TestData.Vectors(scored, column).SelectMany(row => row.Select(v => (double)v))]
            : [.. TestData.Column<float>(scored, column).Select(v => (double)v)];
    }

    public static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];
}
