using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Tests.Classical;

[TestClass]
public sealed class BinaryReductionTests
{
    private static readonly MLContext ML = new(seed: 3);

    [TestMethod]
    public void One_versus_all_agrees_with_scikit_learn()
    {
        var trainer = ML.MulticlassClassification.Trainers.OneVersusAll(MetaFigures.Logistic());
        Samples.AssertClose(MetaFigures.Flat(MetaFigures.All.Rows("ova")), MetaFigures.Predict(trainer.Fit(MetaFigures.Classes)), 2e-5);
    }

    [TestMethod]
    public void Coupled_probabilities_balance_the_pairs()
    {
        var trainer = ML.MulticlassClassification.Trainers.PairwiseCoupling(MetaFigures.Logistic());
        var model = trainer.Fit(MetaFigures.Classes).Model;
        var queries = TestData.Matrix(MetaFigures.All.Rows("queries"));
        int n = queries.Rows;
        float[] p = new float[3 * n], scores = new float[n];
        model.Score(queries, p);
        double[][] r = [.. model.SubModelParameters.Select(m =>
        {
            float[] first = new float[n];
            m!.Score(queries, scores, first);
            return first.Select(v => (double)v).ToArray();
        })];
        (int I, int J)[] pairs = [(0, 1), (0, 2), (1, 2)];
        for (int row = 0; row < n; row++)
        {
            Assert.AreEqual(1, p[3 * row] + p[(3 * row) + 1] + p[(3 * row) + 2], 1e-6);
            // The stationary condition of the Kullback–Leibler distance: every class is given what the pairs want for it.
            double[] wanted = new double[3], given = new double[3];
            for (int pair = 0; pair < 3; pair++)
            {
                var (i, j) = pairs[pair];
                double mu = p[(3 * row) + i] / ((double)p[(3 * row) + i] + p[(3 * row) + j]);
                wanted[i] += r[pair][row];
                wanted[j] += 1 - r[pair][row];
                given[i] += mu;
                given[j] += 1 - mu;
            }

            Samples.AssertClose(wanted, given, 1e-4);
        }
    }

    [TestMethod]
    public void Two_classes_are_their_pair()
    {
        int[] classes = MetaFigures.All.Integers("binary");
        var data = TestData.Multiclass(MetaFigures.X, [.. classes.Select(c => 1 - c)], 2);
        double[] p = MetaFigures.Predict(ML.MulticlassClassification.Trainers.PairwiseCoupling(MetaFigures.Logistic()).Fit(data));
        double[] expected = MetaFigures.Predict(MetaFigures.Logistic().Fit(MetaFigures.Binary), "Probability");
        Samples.AssertClose(expected, p.Where((_, i) => i % 2 == 0), 1e-6);
    }

    [TestMethod]
    public void Classes_without_rows_are_not_predicted()
    {
        var data = TestData.Multiclass(MetaFigures.X, MetaFigures.All.Integers("classes").Select(c => c == 0 ? 0 : c + 1).ToArray(), 5);
        foreach (var combination in Enum.GetValues<PairCombination>())
        {
            var fitted = new PairwiseCouplingTrainer(new() { Combination = combination }).Fit(data);
            double[] p = MetaFigures.Predict(Fits.RoundTrip(fitted));
            CollectionAssert.AreEqual(MetaFigures.Predict(fitted), p);
            Assert.IsTrue(p.Where((_, i) => i % 5 is 1 or 4).All(v => v == 0));
        }

        foreach (bool useProbabilities in new[] { true, false })
        {
            var fitted = new OneVersusAllTrainer(new() { UseProbabilities = useProbabilities }).Fit(data);
            Assert.IsNull(fitted.Model.SubModelParameters[1]);
            var labels = TestData.Column<uint>(Fits.RoundTrip(fitted).Transform(MetaFigures.Queries), "PredictedLabel");
            Assert.IsTrue(labels.All(l => l is 1 or 3 or 4));
        }
    }

    [TestMethod]
    public void Models_without_probabilities_are_calibrated()
    {
        var model = ML.MulticlassClassification.Trainers.OneVersusAll(new KernelSvmBinaryTrainer(), maximumCalibrationExampleCount: 40).Fit(MetaFigures.Classes).Model;
        Assert.IsTrue(model.SubModelParameters.All(m => m is CalibratedModelParameters));
        var raw = ML.MulticlassClassification.Trainers.OneVersusAll(new KernelSvmBinaryTrainer(), useProbabilities: false).Fit(MetaFigures.Classes);
        Assert.IsTrue(raw.Model.SubModelParameters.All(m => m is KernelSvmBinaryModelParameters));
        var isotonic = ML.MulticlassClassification.Trainers.OneVersusAll(new KernelSvmBinaryTrainer(), calibrator: ML.BinaryClassification.Calibrators.Isotonic());
        Assert.IsInstanceOfType<Calibrators.IsotonicCalibrator>(((CalibratedModelParameters)isotonic.Fit(MetaFigures.Classes).Model.SubModelParameters[0]!).Calibrators[0]);
    }

    [TestMethod]
    public void Missing_labels_are_left_out_or_negative()
    {
        int[] classes = [.. MetaFigures.All.Integers("classes").Select((c, i) => i % 4 == 0 ? -1 : c)];
        var data = TestData.Multiclass(MetaFigures.X, classes, MetaFigures.Names);
        int[] kept = [.. Enumerable.Range(0, classes.Length).Where(i => i % 4 != 0)];
        var without = TestData.Multiclass([.. kept.Select(i => MetaFigures.X[i])], [.. kept.Select(i => classes[i])], MetaFigures.Names);
        var trainers = ML.MulticlassClassification.Trainers;
        CollectionAssert.AreEqual(
            MetaFigures.Predict(trainers.OneVersusAll(MetaFigures.Logistic()).Fit(without)), MetaFigures.Predict(trainers.OneVersusAll(MetaFigures.Logistic()).Fit(data)));
        var imputed = (IBinaryModel)trainers.OneVersusAll(MetaFigures.Logistic(), imputeMissingLabelsAsNegative: true).Fit(data).Model.SubModelParameters[1]!;
        var alone = Fits.Model(MetaFigures.Logistic(), TestData.Binary(MetaFigures.X, [.. classes.Select(c => c == 1)]));
        CollectionAssert.AreEqual(alone.Weights.ToArray(), ((LinearBinaryModelParameters)imputed).Weights.ToArray());
    }

    [TestMethod]
    public void One_class_is_an_error_and_fits_can_be_cancelled()
    {
        var one = TestData.Multiclass(MetaFigures.X, [.. MetaFigures.X.Select(_ => 1)], 3);
        StringAssert.Contains(Assert.Throws<DataException>(() => new OneVersusAllTrainer().Fit(one)).Message, "c1");
        Assert.IsGreaterThan(6, Fits.AssertCancellable(new PairwiseCouplingTrainer(), MetaFigures.Classes));
    }

    [TestMethod]
    public void Damaged_models_are_refused()
    {
        var model = new OneVersusAllTrainer().Fit(MetaFigures.Classes).Model;
        Assert.Throws<ModelFormatException>(() => new FakeModel("MLPath.OneVersusAll", context =>
        {
            context.Write("UseProbabilities", true);
            context.WriteArray<byte>("Present", [1, 1, 1]);
            context.SaveChildren("Models", [model.SubModelParameters[0]!]);
        }).Load());
        Assert.Throws<ModelFormatException>(() => new FakeModel("MLPath.Ensemble", context =>
        {
            context.WriteEnum("Voting", VotingKind.Soft);
            context.Write("FeatureCount", 3);
            context.WriteArray<double>("Weights", [-1]);
            context.WriteArray<int>("FeatureCounts", [0]);
            context.WriteArray<int>("Features", []);
            context.SaveChildren("Members", [model.SubModelParameters[0]!]);
        }).Load());
        Assert.Throws<ArgumentException>(() => new PairwiseCouplingModelParameters(3, model.SubModelParameters, [1, 1]));
    }
}
