using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

/// <summary>Parameters in a file that make no model are an error of the file, for every linear model, baseline and naive Bayes.</summary>
[TestClass]
public sealed class HostileModelTests
{
    [TestMethod]
    public void Parameters_that_make_no_model_are_refused()
    {
        AssertRefused("MLPath.LinearBinary", c => Linear(c, [1, double.NaN], 0));
        AssertRefused("MLPath.LinearBinary", c => Linear(c, [], 0));
        AssertRefused("MLPath.LinearBinary", c => Linear(c, [1], double.PositiveInfinity));
        AssertRefused("MLPath.LinearBinary", c => Linear(c, [1], 0));
        AssertRefused("MLPath.LinearBinary", c => History(c, -1));
        AssertRefused("MLPath.LinearRegression", c => Linear(c, [double.NegativeInfinity], 0));
        AssertRefused("MLPath.Ols", c => Linear(c, [1], 0));
        AssertRefused("MLPath.Ols", c => Statistics(c, [1, 2, 3]));
        AssertRefused("MLPath.MaximumEntropy", c => Softmax(c, [1, 2], [0]));
        AssertRefused("MLPath.MaximumEntropy", c => Softmax(c, [1, 2], [double.NegativeInfinity, double.NegativeInfinity]));
        AssertRefused("MLPath.MaximumEntropy", c => Softmax(c, [1, 2], [0, double.PositiveInfinity]));
        AssertRefused("MLPath.MaximumEntropy", c => Softmax(c, [1, double.NaN], [0, 0]));
        AssertRefused("MLPath.LinearMargin", c => Linear(c, [1, double.NaN], 0));
        AssertRefused("MLPath.LinearMargin", c => History(c, -1));
        AssertRefused("MLPath.LinearRegressionIterative", c => Linear(c, [1], 0));
        AssertRefused("MLPath.LinearMulticlass", c => Softmax(c, [1, 2], [0]));
        AssertRefused("MLPath.LinearMulticlass", c => Softmax(c, [1, 2], [0, double.NegativeInfinity]));
        AssertRefused("MLPath.LinearMulticlass", c => Softmax(c, [1, double.NaN], [0, 0]));
        AssertRefused("MLPath.Prior", c => Prior(c, 0, [1]));
        AssertRefused("MLPath.Prior", c => Prior(c, 1, [0.5, 0.4]));
        AssertRefused("MLPath.Prior", c => Prior(c, 1, [1.5, -0.5]));
        AssertRefused("MLPath.Mean", c => { c.Write("FeatureCount", 1); c.Write("Mean", double.NaN); });
        AssertRefused("MLPath.Mean", c => { c.Write("FeatureCount", 0); c.Write("Mean", 1.0); });
        AssertRefused("MLPath.OneCluster", c => c.WriteArray<double>("Center", []));
        AssertRefused("MLPath.NaiveBayes", c => Bayes(c, [1], [1], [-1]));
        AssertRefused("MLPath.NaiveBayes", c => Bayes(c, [0.3], [1], [1]));
        AssertRefused("MLPath.NaiveBayes", c => Bayes(c, [double.NaN], [1], [1]));
    }

    [TestMethod]
    public void The_same_parameters_without_the_damage_load()
    {
        Assert.IsInstanceOfType<LinearBinaryModelParameters>(new FakeModel("MLPath.LinearBinary", c => History(c, 3)).Load());
        Assert.IsInstanceOfType<LinearRegressionModelParameters>(new FakeModel("MLPath.LinearRegression", c => Linear(c, [1], 0)).Load());
        Assert.IsFalse(((LinearBinaryModelParameters)new FakeModel("MLPath.LinearMargin", c => History(c, 3)).Load()).IsCalibrated);
        Assert.IsInstanceOfType<ITrainingHistory>(new FakeModel("MLPath.LinearRegressionIterative", c => History(c, 3)).Load());
        Assert.IsInstanceOfType<LinearMulticlassModelParameters>(new FakeModel("MLPath.LinearMulticlass", c => Softmax(c, [1, 2], [0, 0])).Load());
        Assert.IsInstanceOfType<OlsModelParameters>(new FakeModel("MLPath.Ols", c => Statistics(c, [1, 2])).Load());
        Assert.IsInstanceOfType<MaximumEntropyModelParameters>(
            new FakeModel("MLPath.MaximumEntropy", c => Softmax(c, [1, 2], [0, double.NegativeInfinity])).Load());
        Assert.IsInstanceOfType<PriorModelParameters>(new FakeModel("MLPath.Prior", c => Prior(c, 1, [0.5, 0.5])).Load());
        Assert.IsInstanceOfType<NaiveBayesModelParameters>(new FakeModel("MLPath.NaiveBayes", c => Bayes(c, [1], [1], [0])).Load());
    }

    private static void AssertRefused(string id, Action<ModelSaveContext> save)
    {
        var error = Assert.ThrowsExactly<ModelFormatException>(() => new FakeModel(id, save).Load());
        Assert.Contains(id, error.Message);
    }

    private static void Linear(ModelSaveContext context, double[] weights, double bias)
    {
        context.WriteArray<double>("Weights", weights);
        context.Write("Bias", bias);
    }

    private static void History(ModelSaveContext context, int iterations)
    {
        Linear(context, [1], 0);
        new TrainingHistory(iterations, true, "", []).Save(context);
    }

    private static void Statistics(ModelSaveContext context, double[] errors)
    {
        Linear(context, [1], 0);
        context.Write("RSquared", 1.0);
        context.Write("RSquaredAdjusted", double.NaN);
        foreach (string name in new[] { "StandardErrors", "TValues", "PValues" })
            context.WriteArray<double>(name, errors);
    }

    private static void Softmax(ModelSaveContext context, double[] weights, double[] biases)
    {
        context.WriteArray<double>("Weights", weights, biases.Length, weights.Length / biases.Length);
        context.WriteArray<double>("Biases", biases);
        TrainingHistory.None.Save(context);
    }

    private static void Prior(ModelSaveContext context, int featureCount, double[] probabilities)
    {
        context.Write("FeatureCount", featureCount);
        context.WriteArray<double>("Probabilities", probabilities);
    }

    private static void Bayes(ModelSaveContext context, double[] priors, double[] means, double[] variances)
    {
        context.WriteArray<double>("Priors", priors);
        context.WriteArray<double>("Means", means, priors.Length, means.Length / priors.Length);
        context.WriteArray<double>("Variances", variances, priors.Length, variances.Length / priors.Length);
    }
}
