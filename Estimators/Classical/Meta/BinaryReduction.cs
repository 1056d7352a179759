using MLPath.Calibrators;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options of trainers that tell several classes apart by models of two classes.</summary>
public abstract record BinaryReductionOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// The trainer of each model, with a Boolean label of the same name. Null (the default) is logistic regression on the columns, weights and class
    /// weights of these options; another trainer has its own.
    /// </summary>
    public ITrainerEstimator<ISingleFeaturePredictionTransformer<IBinaryModel>, IBinaryModel>? BinaryEstimator { get; init; }

    /// <summary>Whether rows without a label are negative ones; they are left out otherwise (the default).</summary>
    public bool ImputeMissingLabelsAsNegative { get; init; }

    /// <summary>
    /// What gives probabilities to models that have none, learned from their scores of the rows they were trained on. Null (the default) is Platt's.
    /// </summary>
    public IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? Calibrator { get; init; }

    /// <summary>How many rows a calibrator learns from at most, spread evenly over all; 1 or more. Default 1 000 000 000.</summary>
    public int MaximumCalibrationExampleCount { get; init; } = 1_000_000_000;

    internal BinaryMember Member => BinaryEstimator ?? new LbfgsLogisticRegressionBinaryTrainer(new()
    {
        FeatureColumnName = FeatureColumnName,
        LabelColumnName = LabelColumnName,
        ExampleWeightColumnName = ExampleWeightColumnName,
        ClassWeights = ClassWeights,
    });

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : BinaryReductionOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(BinaryReductionOptionsBase options) => (TOptions)options;
        return new OptionSet<TOptions>(defaults)
            .Boolean(nameof(ImputeMissingLabelsAsNegative), "Whether rows without a label are negative ones, and not left out.",
                o => o.ImputeMissingLabelsAsNegative, (o, v) => As((BinaryReductionOptionsBase)o with { ImputeMissingLabelsAsNegative = v }))
            .Integer(nameof(MaximumCalibrationExampleCount), "How many rows a calibrator learns from at most.",
                o => o.MaximumCalibrationExampleCount, (o, v) => As((BinaryReductionOptionsBase)o with { MaximumCalibrationExampleCount = v }), minimum: 1)
            .ClassWeights(o => o.ClassWeights, (o, v) => As((BinaryReductionOptionsBase)o with { ClassWeights = v }));
    }
}

/// <summary>What one-versus-all and one-versus-one share.</summary>
internal static class BinaryReduction
{
    /// <summary>The input with a label of two classes.</summary>
    public static SchemaShape Schema(SchemaShape input, string label) =>
        input.With(new SchemaShape.Column(label, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));

    /// <summary>Fits a model of two classes, calibrated where it must give probabilities and does not.</summary>
    public static (IBinaryModel Model, string FeatureColumnName) Fit(
        BinaryMember member, IDataView view, BinaryReductionOptionsBase options, bool probabilities, FitContext context)
    {
        var fitted = member.Fit(view, context);
        if (!probabilities || fitted.Model.IsCalibrated)
            return (fitted.Model, fitted.FeatureColumnName);
        var calibrator = options.Calibrator ?? new PlattCalibratorEstimator(options.LabelColumnName, exampleWeightColumnName: options.ExampleWeightColumnName);
        var learned = calibrator.Fit(fitted.Transform(Thinned(view, options.MaximumCalibrationExampleCount, context)), context.Step("calibrator"));
        return (new CalibratedModelParameters([fitted.Model], [learned.Model]), fitted.FeatureColumnName);
    }

    /// <summary>What keeps models from making one; null when nothing does.</summary>
    public static string? Problem(IBinaryModel?[] models, bool probabilities)
    {
        var present = models.OfType<IBinaryModel>().ToList();
        if (present.Count == 0)
            return "at least one model is there";
        if (present.Exists(m => m.FeatureCount != present[0].FeatureCount))
            return "all models read the same number of features";
        if (present.Exists(m => m is IMulticlassModel { ClassCount: not 2 }))
            return "each model tells two classes apart";
        return probabilities && present.Exists(m => !m.IsCalibrated) ? "each model gives probabilities" : null;
    }

    /// <summary>Writes models and which of them are there.</summary>
    public static void Save(ModelSaveContext context, IBinaryModel?[] models)
    {
        context.WriteArray<byte>("Present", [.. models.Select(m => m is null ? (byte)0 : (byte)1)]);
        context.SaveChildren("Models", [.. models.OfType<IBinaryModel>()]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static IBinaryModel?[] Load(ModelLoadContext context)
    {
        byte[] present = context.ReadArray<byte>("Present");
        var models = context.LoadChildren<IBinaryModel>("Models");
        if (present.Count(p => p != 0) != models.Count)
            throw context.Invalid("there are not as many models as it says");
        int next = 0;
        return [.. present.Select(p => p == 0 ? null : models[next++])];
    }

    /// <summary>Lets a row's probabilities add up to 1; where none is positive, all classes that have a model are alike.</summary>
    public static void Normalize(Span<float> row, IBinaryModel?[] models)
    {
        double sum = 0;
        foreach (float p in row)
            sum += p;
        if (sum > 0)
        {
            for (int c = 0; c < row.Length; c++)
                row[c] = (float)(row[c] / sum);
            return;
        }

        int present = models.Count(m => m is not null);
        for (int c = 0; c < row.Length; c++)
            row[c] = models[c] is null ? 0 : 1f / present;
    }

    // Every so-many-th row, so that rows of all parts of the data are among them.
    private static IDataView Thinned(IDataView view, int most, FitContext context)
    {
        long rows = MemberModels.CountRows(view, context);
        return rows <= most
            ? view
            : RowSubset.View(view, [.. Enumerable.Range(0, most).Select(i => (int)(i * rows / most))], "rows to calibrate with");
    }
}
