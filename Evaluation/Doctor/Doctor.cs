using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// Looks for the pitfalls that make a result worth less than it looks: leaks, groups, time, scales, classes, overfitting. It is asked by every comparison,
/// evaluation, training and description; here it can be asked alone.
/// </summary>
/// <remarks>
/// Of large tables it looks at 100 000 rows, chosen by a rule that is always the same; rows that occur twice are found among all rows. Its cost is some passes
/// over the rows and one sort for each column, whatever the number of candidates and folds.
/// </remarks>
public static class Doctor
{
    /// <summary>All checks, in the order of the steps of a project: data, division, fit, result.</summary>
    public static IReadOnlyList<DoctorCheck> Checks { get; } =
    [
        new ConstantColumnsCheck(),
        new EmptyColumnsCheck(),
        new IdentifierCheck(),
        new LabelLeakCheck(),
        new InformativeMissingCheck(),
        new ImbalancedClassesCheck(),
        new SmallClassesCheck(),
        new DuplicateCheck(),
        new FittedOutsideCheck(),
        new GroupsIgnoredCheck(),
        new TimeIgnoredCheck(),
        new DistributionShiftCheck(),
        new FewRowsCheck(),
        new UnscaledInputCheck(),
        new OverfittingCheck(),
        new UnderfittingCheck(),
        new BaselineCheck(),
        new NoiseCheck(),
        new CalibrationCheck(),
        new HoldOutCheck(),
    ];

    /// <summary>Examines a table before anything is learned from it.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="labelColumn">The column to predict; null where there is none, or it is not chosen yet.</param>
    /// <param name="task">The task; null to tell by the label.</param>
    /// <param name="options">Which checks are made; all of them when null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The findings, worst first; none for a table without fault.</returns>
    /// <exception cref="SchemaException">There is no such column.</exception>
    /// <exception cref="OptionException">There is no check of a silenced name.</exception>
    public static IReadOnlyList<Finding> Examine(
        IDataView data, string? labelColumn = null, LearningTask? task = null, DoctorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Examine(Table(data, labelColumn, task, trainingData: null, cancellationToken), options);
    }

    /// <summary>Examines a division of a table: rows to learn from, and rows to test on.</summary>
    /// <param name="trainSet">The rows to learn from.</param>
    /// <param name="testSet">The rows to test on.</param>
    /// <param name="labelColumn">The column to predict; null where there is none.</param>
    /// <param name="task">The task; null to tell by the label.</param>
    /// <param name="options">Which checks are made; all of them when null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The findings about the rows to test on, worst first: duplicates, columns that differ, and what a table alone shows.</returns>
    /// <exception cref="SchemaException">There is no such column.</exception>
    /// <exception cref="OptionException">There is no check of a silenced name.</exception>
    public static IReadOnlyList<Finding> ExamineSplit(
        IDataView trainSet, IDataView testSet, string? labelColumn = null, LearningTask? task = null, DoctorOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainSet);
        ArgumentNullException.ThrowIfNull(testSet);
        return Examine(Table(testSet, labelColumn, task, trainSet, cancellationToken), options);
    }

    /// <summary>Examines a training: the rows that were learned from, and the features that the trainer read.</summary>
    /// <param name="data">The rows that were learned from.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="pipeline">What was fitted, which tells what its trainer needs; null where it is not at hand.</param>
    /// <param name="labelColumn">The raw column to predict; null where there is none.</param>
    /// <param name="task">The task; null to tell by the label.</param>
    /// <param name="options">Which checks are made; all of them when null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The findings, worst first.</returns>
    /// <exception cref="SchemaException">There is no such column.</exception>
    /// <exception cref="OptionException">There is no check of a silenced name.</exception>
    public static IReadOnlyList<Finding> ExamineTraining(
        IDataView data, ITransformer model, IEstimator<ITransformer>? pipeline = null, string? labelColumn = null, LearningTask? task = null,
        DoctorOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        Check(data, labelColumn);
        var table = TableSample.Read(data, cancellationToken);
        // Nothing is measured here, whatever the task: that takes other rows.
        var fit = FitObservation.Of(LearningTask.Clustering, pipeline, model, data, label: null, _ => throw new InvalidOperationException(), cancellationToken);
        return Examine(new DoctorSubject
        {
            Data = data,
            Table = table,
            Task = task,
            Label = LabelSample.Of(table, labelColumn, task),
            Read = fit?.Reads,
            Fit = fit,
            CancellationToken = cancellationToken,
        }, options);
    }

    /// <summary>The findings, worst first, those of one severity in the order of the checks.</summary>
    internal static IReadOnlyList<Finding> Examine(DoctorSubject subject, DoctorOptions? options)
    {
        var findings = new List<Finding>();
        foreach (var check in (options ?? DoctorOptions.Default).Checks)
        {
            subject.CancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(check.Examine(subject));
        }

        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    private static DoctorSubject Table(
        IDataView data, string? labelColumn, LearningTask? task, IDataView? trainingData, CancellationToken cancellationToken)
    {
        Check(data, labelColumn);
        var table = TableSample.Read(data, cancellationToken);
        return new DoctorSubject
        {
            Data = data,
            Table = table,
            Task = task,
            Label = LabelSample.Of(table, labelColumn, task),
            TrainingData = trainingData,
            CancellationToken = cancellationToken,
        };
    }

    private static void Check(IDataView data, string? labelColumn)
    {
        if (labelColumn is not null && data.Schema.GetColumnOrNull(labelColumn) is null)
            throw SchemaException.MissingColumn(labelColumn, data.Schema.VisibleNames, "label column");
    }
}
