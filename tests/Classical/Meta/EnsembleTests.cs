using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class EnsembleTests
{
    private static readonly MLContext ML = new(seed: 3);
    private static readonly ReferenceFigures Voted = MetaFigures.All["voting"];
    private static readonly ReferenceFigures Stacked = MetaFigures.All["stacking"];

    [TestMethod]
    public void Voting_agrees_with_scikit_learn()
    {
        var soft = new VotingMulticlassTrainer(new() { Members = [MetaFigures.Softmax(), new NaiveBayesMulticlassTrainer()], MemberWeights = [2, 1] });
        Samples.AssertClose(MetaFigures.Flat(Voted.Rows("soft")), MetaFigures.Predict(soft.Fit(MetaFigures.Classes)), 2e-5);
        var binary = ML.BinaryClassification.Trainers.Voting(MetaFigures.Logistic(), new NaiveBayesBinaryTrainer());
        Samples.AssertClose(Voted.Vector("softBinary"), MetaFigures.Predict(binary.Fit(MetaFigures.Binary), "Probability"), 2e-5);
        var hard = new VotingMulticlassTrainer(new()
        {
            Members = [MetaFigures.Softmax(), new NaiveBayesMulticlassTrainer()],
            MemberWeights = [2, 1],
            Voting = VotingKind.Hard,
        });
        var labels = TestData.Column<uint>(hard.Fit(MetaFigures.Classes).Transform(MetaFigures.Queries), "PredictedLabel");
        CollectionAssert.AreEqual(Voted.Integers("hard"), labels.Select(l => (int)l - 1).ToArray());
        var numbers = new VotingRegressionTrainer(new() { Members = [new RidgeTrainer(new() { Alpha = 1 }), new OlsTrainer()], MemberWeights = [1, 3] });
        Samples.AssertClose(Voted.Vector("numbers"), MetaFigures.Predict(numbers.Fit(MetaFigures.Numbers)), 1e-5);
    }

    [TestMethod]
    public void Stacking_agrees_with_scikit_learn_on_the_same_folds()
    {
        var folds = new StratifiedKFold("Label", 5, Shuffle: false);
        foreach (bool passed in new[] { false, true })
        {
            var binary = new StackingBinaryTrainer(new()
            {
                Members = [MetaFigures.Logistic(), new NaiveBayesBinaryTrainer()],
                FinalEstimator = MetaFigures.Logistic(),
                Folds = folds,
                PassThrough = passed,
            });
            Samples.AssertClose(Stacked.Vector(passed ? "passed" : "binary"), MetaFigures.Predict(binary.Fit(MetaFigures.Binary), "Probability"), 5e-5);
        }

        var classes = new StackingMulticlassTrainer(new()
        {
            Members = [MetaFigures.Softmax(), new NaiveBayesMulticlassTrainer()],
            FinalEstimator = MetaFigures.Softmax(),
            Folds = folds,
        });
        Samples.AssertClose(MetaFigures.Flat(Stacked.Rows("classes")), MetaFigures.Predict(classes.Fit(MetaFigures.Classes)), 5e-5);
        var numbers = new StackingRegressionTrainer(new()
        {
            Members = [new RidgeTrainer(new() { Alpha = 1 }), new OlsTrainer()],
            FinalEstimator = new RidgeTrainer(new() { Alpha = 1 }),
            Folds = new KFold(5, Shuffle: false),
        });
        Samples.AssertClose(Stacked.Vector("numbers"), MetaFigures.Predict(numbers.Fit(MetaFigures.Numbers)), 2e-5);
    }

    [TestMethod]
    public void A_bag_of_all_rows_is_its_member()
    {
        var tree = new DecisionTreeMulticlassTrainer();
        var bag = ML.MulticlassClassification.Trainers.Bagging(tree, numberOfMembers: 1, replacement: false);
        CollectionAssert.AreEqual(MetaFigures.Predict(tree.Fit(MetaFigures.Classes)), MetaFigures.Predict(bag.Fit(MetaFigures.Classes)));
    }

    [TestMethod]
    public void Bags_differ_by_member_and_seed_and_not_by_threads()
    {
        double[] Fit(int seed, int threads) => MetaFigures.Predict(new BaggingRegressionTrainer(new() { Seed = seed, RowFraction = 0.7, FeatureFraction = 0.67, NumberOfMembers = 5 })
            .Fit(MetaFigures.Numbers, FitContext.Default with { Threads = threads }));
        CollectionAssert.AreEqual(Fit(1, 1), Fit(1, 3));
        CollectionAssert.AreNotEqual(Fit(1, 1), Fit(2, 1));
        var model = (EnsembleRegressionModelParameters)new BaggingRegressionTrainer(new() { FeatureFraction = 0.67, NumberOfMembers = 8 }).Fit(MetaFigures.Numbers).Model;
        Assert.IsTrue(model.Members.Features.All(f => f.Count == 2));
        Assert.IsGreaterThan(1, model.Members.Features.Select(f => string.Join(',', f)).Distinct().Count());
    }

    [TestMethod]
    public void Bagging_of_features_survives_a_file()
    {
        var model = new BaggingBinaryTrainer(new() { FeatureFraction = 0.67, NumberOfMembers = 4 }).Fit(MetaFigures.Binary);
        CollectionAssert.AreEqual(MetaFigures.Predict(model), MetaFigures.Predict(Fits.RoundTrip(model)));
    }

    [TestMethod]
    public void Members_without_probabilities_vote()
    {
        var bag = new BaggingBinaryTrainer(new() { Estimator = new KernelSvmBinaryTrainer(), NumberOfMembers = 4 }).Fit(MetaFigures.Binary);
        foreach (double p in MetaFigures.Predict(bag, "Probability"))
            Assert.AreEqual(Math.Round(4 * p), 4 * p, 1e-6);
        var error = Assert.Throws<OptionException>(() => new VotingBinaryTrainer(new() { Members = [new KernelSvmBinaryTrainer()] }));
        StringAssert.Contains(error.Message, "Hard");
    }

    [TestMethod]
    public void Progress_is_nested_by_member_and_fold()
    {
        var paths = new HashSet<string>();
        var context = FitContext.Default with { Progress = new Heard(p => paths.Add(string.Join('/', p.Path))) };
        new StackingBinaryTrainer(new() { NumberOfFolds = 3 }).Fit(MetaFigures.Binary, context);
        Assert.Contains("", paths);
        Assert.Contains("member 1/fold 3", paths);
        Assert.Contains("final", paths);
    }

    [TestMethod]
    public void Options_that_would_reach_nobody_are_refused()
    {
        IReadOnlyList<ITrainerEstimator<ISingleFeaturePredictionTransformer<IModelParameters>, IModelParameters>> members = [MetaFigures.Logistic()];
        Assert.Throws<OptionException>(() => new VotingBinaryTrainer(new() { Members = members, ClassWeights = ClassWeighting.Balanced }));
        Assert.Throws<OptionException>(() => new VotingBinaryTrainer(new() { Members = members, ExampleWeightColumnName = "Weight" }));
        Assert.Throws<OptionException>(() => new VotingRegressionTrainer(new() { ClassWeights = ClassWeighting.Balanced }));
        Assert.Throws<OptionException>(() => new VotingBinaryTrainer(new() { Members = members, MemberWeights = [1, 2] }));
        Assert.Throws<OptionException>(() => new VotingBinaryTrainer(new() { Members = [] }));
        StringAssert.Contains(Assert.Throws<OptionException>(() => new VotingRegressionTrainer(new() { Members = members })).Message, "numbers");
    }

    [TestMethod]
    public void Members_on_other_columns_are_refused()
    {
        var other = new NaiveBayesBinaryTrainer(new() { FeatureColumnName = "Twin" });
        var data = ML.Transforms.CopyColumns("Twin", "Features").Fit(MetaFigures.Binary).Transform(MetaFigures.Binary);
        var error = Assert.Throws<SchemaException>(() => ML.BinaryClassification.Trainers.Voting(MetaFigures.Logistic(), other).Fit(data));
        StringAssert.Contains(error.Message, "Twin");
    }

    private sealed class Heard(Action<FitProgress> hear) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => hear(value);
    }
}
