using MLPath.Calibrators;
using MLPath.Data;
using MLPath.Trainers;

namespace MLPath;

/// <summary>The trainers that are made of trainers.</summary>
public static class MetaCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="members">The trainers, on the same column of features.</param>
        public VotingBinaryTrainer Voting(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel>[] members) =>
            catalog.Voting(new VotingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="options">The options.</param>
        public VotingBinaryTrainer Voting(VotingTrainer.Options options) => new(options);

        /// <summary>Several trainers, and a final linear one that learns how to combine their predictions.</summary>
        /// <param name="members">The trainers, on column Features.</param>
        public StackingBinaryTrainer Stacking(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel>[] members) =>
            catalog.Stacking(new StackingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers, and a final one that learns how to combine their predictions.</summary>
        /// <param name="options">The options.</param>
        public StackingBinaryTrainer Stacking(StackingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="estimator">The trainer.</param>
        /// <param name="numberOfMembers">How many models are learned, 1 or more.</param>
        /// <param name="rowFraction">The rows of a bag as a part of all rows, above 0 and at most 1.</param>
        /// <param name="replacement">Whether rows are drawn with replacement.</param>
        /// <param name="featureFraction">The features that a model sees as a part of all, above 0 and at most 1.</param>
        public BaggingBinaryTrainer Bagging(
            ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel> estimator, int numberOfMembers = 10, double rowFraction = 1, bool replacement = true,
            double featureFraction = 1) => catalog.Bagging(new BaggingTrainer.Options
            {
                Estimator = estimator,
                LabelColumnName = LabelOf([estimator]),
                NumberOfMembers = numberOfMembers,
                RowFraction = rowFraction,
                Replacement = replacement,
                FeatureFraction = featureFraction,
            });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="options">The options.</param>
        public BaggingBinaryTrainer Bagging(BaggingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>A model of two classes for each class, that class or any other; the surest wins.</summary>
        /// <param name="binaryEstimator">The trainer of each model, with a Boolean label of the same name.</param>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="imputeMissingLabelsAsNegative">Whether rows without a label are negative ones, and not left out.</param>
        /// <param name="calibrator">What gives probabilities to models that have none; null for Platt's.</param>
        /// <param name="maximumCalibrationExampleCount">How many rows a calibrator learns from at most.</param>
        /// <param name="useProbabilities">Whether scores are probabilities, or the models' own scores.</param>
        public OneVersusAllTrainer OneVersusAll(
            ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel> binaryEstimator, string labelColumnName = "Label",
            bool imputeMissingLabelsAsNegative = false, IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
            int maximumCalibrationExampleCount = 1_000_000_000, bool useProbabilities = true) => new(new OneVersusAllTrainer.Options
            {
                BinaryEstimator = binaryEstimator,
                LabelColumnName = labelColumnName,
                ImputeMissingLabelsAsNegative = imputeMissingLabelsAsNegative,
                Calibrator = calibrator,
                MaximumCalibrationExampleCount = maximumCalibrationExampleCount,
                UseProbabilities = useProbabilities,
            });

        /// <summary>A model of two classes for each class, that class or any other; the surest wins.</summary>
        /// <param name="options">The options.</param>
        public OneVersusAllTrainer OneVersusAll(OneVersusAllTrainer.Options options) => new(options);

        /// <summary>One-versus-one: a model for each pair of classes, coupled into probabilities of all.</summary>
        /// <param name="binaryEstimator">The trainer of each model, with a Boolean label of the same name.</param>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="imputeMissingLabelsAsNegative">Whether rows without a label are of each pair's second class, and not left out.</param>
        /// <param name="calibrator">What gives probabilities to models that have none; null for Platt's.</param>
        /// <param name="maximumCalibrationExampleCount">How many rows a calibrator learns from at most.</param>
        public PairwiseCouplingTrainer PairwiseCoupling(
            ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel> binaryEstimator, string labelColumnName = "Label",
            bool imputeMissingLabelsAsNegative = false, IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null,
            int maximumCalibrationExampleCount = 1_000_000_000) => new(new PairwiseCouplingTrainer.Options
            {
                BinaryEstimator = binaryEstimator,
                LabelColumnName = labelColumnName,
                ImputeMissingLabelsAsNegative = imputeMissingLabelsAsNegative,
                Calibrator = calibrator,
                MaximumCalibrationExampleCount = maximumCalibrationExampleCount,
            });

        /// <summary>One-versus-one: a model for each pair of classes, coupled into probabilities of all.</summary>
        /// <param name="options">The options.</param>
        public PairwiseCouplingTrainer PairwiseCoupling(PairwiseCouplingTrainer.Options options) => new(options);

        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="members">The trainers, on the same column of features.</param>
        public VotingMulticlassTrainer Voting(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IMulticlassModel>, IMulticlassModel>[] members) =>
            catalog.Voting(new VotingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="options">The options.</param>
        public VotingMulticlassTrainer Voting(VotingTrainer.Options options) => new(options);

        /// <summary>Several trainers, and a final linear one that learns how to combine their predictions.</summary>
        /// <param name="members">The trainers, on column Features.</param>
        public StackingMulticlassTrainer Stacking(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IMulticlassModel>, IMulticlassModel>[] members) =>
            catalog.Stacking(new StackingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers, and a final one that learns how to combine their predictions.</summary>
        /// <param name="options">The options.</param>
        public StackingMulticlassTrainer Stacking(StackingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="estimator">The trainer.</param>
        /// <param name="numberOfMembers">How many models are learned, 1 or more.</param>
        /// <param name="rowFraction">The rows of a bag as a part of all rows, above 0 and at most 1.</param>
        /// <param name="replacement">Whether rows are drawn with replacement.</param>
        /// <param name="featureFraction">The features that a model sees as a part of all, above 0 and at most 1.</param>
        public BaggingMulticlassTrainer Bagging(
            ITrainerEstimator<ISingleFeaturePredictionTransformer<IMulticlassModel>, IMulticlassModel> estimator, int numberOfMembers = 10, double rowFraction = 1, bool replacement = true,
            double featureFraction = 1) => catalog.Bagging(new BaggingTrainer.Options
            {
                Estimator = estimator,
                LabelColumnName = LabelOf([estimator]),
                NumberOfMembers = numberOfMembers,
                RowFraction = rowFraction,
                Replacement = replacement,
                FeatureFraction = featureFraction,
            });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="options">The options.</param>
        public BaggingMulticlassTrainer Bagging(BaggingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    extension(RegressionCatalog.RegressionTrainers catalog)
    {
        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="members">The trainers, on the same column of features.</param>
        public VotingRegressionTrainer Voting(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IRegressionModel>, IRegressionModel>[] members) =>
            catalog.Voting(new VotingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers whose models decide together.</summary>
        /// <param name="options">The options.</param>
        public VotingRegressionTrainer Voting(VotingTrainer.Options options) => new(options);

        /// <summary>Several trainers, and a final linear one that learns how to combine their predictions.</summary>
        /// <param name="members">The trainers, on column Features.</param>
        public StackingRegressionTrainer Stacking(params ITrainerEstimator<ISingleFeaturePredictionTransformer<IRegressionModel>, IRegressionModel>[] members) =>
            catalog.Stacking(new StackingTrainer.Options { Members = members, LabelColumnName = LabelOf(members) });

        /// <summary>Several trainers, and a final one that learns how to combine their predictions.</summary>
        /// <param name="options">The options.</param>
        public StackingRegressionTrainer Stacking(StackingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="estimator">The trainer.</param>
        /// <param name="numberOfMembers">How many models are learned, 1 or more.</param>
        /// <param name="rowFraction">The rows of a bag as a part of all rows, above 0 and at most 1.</param>
        /// <param name="replacement">Whether rows are drawn with replacement.</param>
        /// <param name="featureFraction">The features that a model sees as a part of all, above 0 and at most 1.</param>
        public BaggingRegressionTrainer Bagging(
            ITrainerEstimator<ISingleFeaturePredictionTransformer<IRegressionModel>, IRegressionModel> estimator, int numberOfMembers = 10, double rowFraction = 1, bool replacement = true,
            double featureFraction = 1) => catalog.Bagging(new BaggingTrainer.Options
            {
                Estimator = estimator,
                LabelColumnName = LabelOf([estimator]),
                NumberOfMembers = numberOfMembers,
                RowFraction = rowFraction,
                Replacement = replacement,
                FeatureFraction = featureFraction,
            });

        /// <summary>The mean of models of one trainer, each learned from other rows and features.</summary>
        /// <param name="options">The options.</param>
        public BaggingRegressionTrainer Bagging(BaggingTrainer.Options options) => new(options with { Seed = options.Seed ?? catalog.Environment.Seed });
    }

    // The label that the members learn, where they say so.
    private static string LabelOf(IReadOnlyList<AnyMember> members) => members.FirstOrDefault(m => m.LabelColumnName is not null)?.LabelColumnName ?? "Label";
}
