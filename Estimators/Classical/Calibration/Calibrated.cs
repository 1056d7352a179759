using System.Buffers;
using MLPath.Calibrators;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>How scores become probabilities.</summary>
public enum CalibrationMethod
{
    /// <summary>A sigmoid; see <see cref="PlattCalibratorEstimator"/>.</summary>
    Platt,

    /// <summary>Any monotone function; see <see cref="IsotonicCalibratorEstimator"/>.</summary>
    Isotonic,
}

/// <summary>
/// A calibrated classifier of two classes: a trainer whose scores become probabilities by a calibrator that learned from rows the model had not
/// seen.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> The rows are divided into folds; for each, the trainer learns from the others and the calibrator from that fold. The
/// probability is the mean of the pairs'; without <see cref="Options.Ensemble"/> there is one model of all rows, and one calibrator of all scores
/// out of fold.</para>
/// <para><b>Cost.</b> As many fits as folds (and one more without the ensemble).</para>
/// <para><b>Use it</b> with trainers that give no probabilities, such as support vector machines, or bad ones, such as naive Bayes.</para>
/// <para><b>Reference.</b> Niculescu-Mizil, Caruana, <i>Predicting good probabilities with supervised learning</i>, ICML 2005. It is scikit-learn's
/// CalibratedClassifierCV.</para>
/// </remarks>
public sealed class CalibratedBinaryTrainer : MetaBinaryTrainer<CalibratedModelParameters>
{
    private readonly Options _options;
    private readonly BinaryMember _member;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public CalibratedBinaryTrainer(Options? options = null) : base((options ??= new()).LabelColumnName, [options.Member])
    {
        Options.All.Validate(options);
        if (options.Estimator is not null && options.ClassWeights != ClassWeighting.Uniform)
            throw new OptionException("ClassWeights serves the default trainer; set it in the options of the trainer that is given.");
        (_options, _member) = (options, options.Member);
    }

    /// <summary>The options of <see cref="CalibratedBinaryTrainer"/>.</summary>
    public sealed record Options : TrainerInputBaseWithWeight
    {
        /// <summary>
        /// The trainer. Null (the default) is Gaussian naive Bayes on the columns, weights and class weights of these options; a trainer that is given
        /// has its own. The weights of these options are the calibrators' in any case.
        /// </summary>
        public ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel>? Estimator { get; init; }

        /// <summary>How scores become probabilities. Default <see cref="CalibrationMethod.Platt"/>; isotonic with a thousand rows or more.</summary>
        public CalibrationMethod Method { get; init; }

        /// <summary>How many folds the rows are divided into at random, with the classes in their proportions; 2 or more. Default 5.</summary>
        public int NumberOfFolds { get; init; } = 5;

        /// <summary>Another division into folds; null (the default) for folds at random.</summary>
        public FoldStrategy? Folds { get; init; }

        /// <summary>Whether the mean of the folds' models predicts (the default), or one model of all rows.</summary>
        public bool Ensemble { get; init; } = true;

        /// <summary>The seed of the folds; null (the default) takes that of the context.</summary>
        public int? Seed { get; init; }

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Choice(nameof(Method), "How scores become probabilities.", o => o.Method, (o, v) => o with { Method = v })
            .Integer(nameof(NumberOfFolds), "How many folds the rows are divided into.", o => o.NumberOfFolds, (o, v) => o with { NumberOfFolds = v }, minimum: 2)
            .Boolean(nameof(Ensemble), "Whether the mean of the folds' models predicts, or one model of all rows.", o => o.Ensemble, (o, v) => o with { Ensemble = v })
            .Seed(o => o.Seed, (o, v) => o with { Seed = v })
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });

        internal BinaryMember Member => Estimator ?? new NaiveBayesBinaryTrainer(new()
        {
            FeatureColumnName = FeatureColumnName,
            LabelColumnName = LabelColumnName,
            ExampleWeightColumnName = ExampleWeightColumnName,
            ClassWeights = ClassWeights,
        });
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => MemberModels.Info(Members, probabilities: true, weightsAreRepetitions: false);

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"Calibrated({Words}; {Options.All.Changes(_options)})";

    private protected override (CalibratedModelParameters Model, string FeatureColumnName) Learn(IDataView input, FitContext context)
    {
        var plan = MetaOptions.Folds(input, _options.Folds, LabelColumnName, _options.NumberOfFolds, _options.Seed, context);
        var columns = new CalibrationColumns(LabelColumnName, PredictionColumns.Score, _options.ExampleWeightColumnName);
        var (models, calibrators, samples) = (new List<IBinaryModel>(), new List<ICalibrator>(), new List<CalibrationSample>());
        string features = "";
        int total = plan.Splits.Count + (_options.Ensemble ? 0 : 1);
        foreach (var split in plan.Splits)
        {
            var fold = context.Step(FormattableString.Invariant($"fold {split.Fold + 1}"));
            var views = plan.Apply(input, split);
            var fitted = _member.Fit(views.TrainSet, fold);
            features = fitted.FeatureColumnName;
            var sample = columns.Read(fitted.Transform(views.TestSet), fold);
            samples.Add(sample);
            if (_options.Ensemble)
            {
                models.Add(fitted.Model);
                calibrators.Add(Calibrator(sample, fold.Step("calibrator")));
            }

            context.Report(samples.Count, total);
        }

        if (!_options.Ensemble)
        {
            var all = new CalibrationSample(
                [.. samples.SelectMany(s => s.Scores)], [.. samples.SelectMany(s => s.Positive)], [.. samples.SelectMany(s => s.Weights)]);
            calibrators.Add(Calibrator(all, context.Step("calibrator")));
            models.Add(_member.Fit(input, context.Step("all rows")).Model);
            context.Report(total, total);
        }

        return (new(models, calibrators), features);
    }

    private ICalibrator Calibrator(CalibrationSample sample, FitContext context) => _options.Method == CalibrationMethod.Platt
        ? new PlattCalibratorEstimator().Learn(sample, context)
        : new IsotonicCalibratorEstimator().Learn(sample, context);
}

/// <summary>Models of two classes, each with a calibrator of its scores; the mean of their probabilities predicts.</summary>
public sealed class CalibratedModelParameters : IBinaryModel
{
    internal const string Id = "MLPath.Calibrated";

    private readonly IBinaryModel[] _models;
    private readonly ICalibrator[] _calibrators;

    /// <summary>Creates a model.</summary>
    /// <param name="models">The models, at least one.</param>
    /// <param name="calibrators">As many calibrators of their scores.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public CalibratedModelParameters(IReadOnlyList<IBinaryModel> models, IReadOnlyList<ICalibrator> calibrators)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(calibrators);
        (_models, _calibrators) = ([.. models], [.. calibrators]);
        if (Problem(_models, _calibrators) is { } problem)
            throw new ArgumentException($"The models do not fit: {problem}.", nameof(models));
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<IBinaryModel> SubModels => _models;

    /// <summary>The calibrators of their scores.</summary>
    public IReadOnlyList<ICalibrator> Calibrators => _calibrators;

    /// <inheritdoc/>
    public bool IsCalibrated => true;

    /// <inheritdoc/>
    public int FeatureCount => _models[0].FeatureCount;

    /// <inheritdoc/>
    public FeatureFormat InputFormat => _models[0].InputFormat;

    /// <inheritdoc/>
    public bool ScoresSparse => Array.TrueForAll(_models, m => m.ScoresSparse);

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        context.SaveChildren("Models", _models);
        context.SaveChildren("Calibrators", _calibrators);
    }

    /// <inheritdoc/>
    /// <remarks>A score is 2 p − 1, from −1 to 1.</remarks>
    public void Score(FeatureMatrix features, Span<float> scores, Span<float> probabilities)
    {
        int n = features.Rows;
        float[] rented = ArrayPool<float>.Shared.Rent(n);
        double[] sums = ArrayPool<double>.Shared.Rent(n);
        var sum = sums.AsSpan(0, n);
        sum.Clear();
        for (int m = 0; m < _models.Length; m++)
        {
            _models[m].Score(features, scores, _models[m].IsCalibrated ? rented.AsSpan(0, n) : []);
            for (int row = 0; row < n; row++)
                sum[row] += _calibrators[m].PredictProbability(scores[row]);
        }

        for (int row = 0; row < n; row++)
        {
            probabilities[row] = (float)(sum[row] / _models.Length);
            scores[row] = (2 * probabilities[row]) - 1;
        }

        ArrayPool<float>.Shared.Return(rented);
        ArrayPool<double>.Shared.Return(sums);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Calibrated({_models.Length} models, {FeatureCount} features)");

    internal static CalibratedModelParameters Load(ModelLoadContext context)
    {
        IBinaryModel[] models = [.. context.LoadChildren<IBinaryModel>("Models")];
        ICalibrator[] calibrators = [.. context.LoadChildren<ICalibrator>("Calibrators")];
        return Problem(models, calibrators) is { } problem ? throw context.Invalid(problem) : new(models, calibrators);
    }

    private static string? Problem(IBinaryModel[] models, ICalibrator[] calibrators)
    {
        if (models.Length == 0 || models.Length != calibrators.Length)
            return "there is at least one model, with a calibrator for each";
        if (Array.Exists(models, m => m is IMulticlassModel { ClassCount: not 2 }))
            return "each model tells two classes apart";
        return Array.TrueForAll(models, m => m.FeatureCount == models[0].FeatureCount) ? null : "all models read the same number of features";
    }
}
