using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Support vector machines with kernels: the function f(x) = ⟨w, φ(x)⟩ + b with the widest margin around it that the rows respect, some of
/// them at a price, in the space of features φ whose inner products the kernel gives.
/// </summary>
/// <remarks>
/// <para><b>Objective.</b> Classification (yᵢ = ±1): min ½ ‖w‖² + C Σ wᵢ max(0, 1 − yᵢ f(xᵢ)). Regression: min ½ ‖w‖² + C Σ wᵢ max(0,
/// |yᵢ − f(xᵢ)| − ε). Both are solved in their dual, <c>min ½ βᵀKβ − zᵀβ + ε ‖β‖₁</c> over bounded coefficients β that sum to 0, by
/// decomposition and sequential minimal optimisation; w = Σ βᵢ φ(xᵢ), and only rows at or beyond the margin, the support vectors, have
/// βᵢ ≠ 0.</para>
/// <para><b>Several classes.</b> One machine for each pair of classes, k (k − 1) / 2 of them, each on the rows of its two; they vote.</para>
/// <para><b>Cost.</b> A kernel value of d operations for n rows and about each support vector: between n² d and n³ in bad cases.
/// A prediction costs d for each support vector.</para>
/// <para><b>Use it</b> for up to some ten thousand rows where the boundary is not a plane. Scale the features first. It gives no
/// probabilities; a calibrator can be put behind it.</para>
/// <para><b>References.</b> Cortes, Vapnik, <i>Support-Vector Networks</i>, Machine Learning 20, 1995; Smola, Schölkopf, <i>A Tutorial on
/// Support Vector Regression</i>, Statistics and Computing 14, 2004; Chang, Lin, <i>LIBSVM: A Library for Support Vector Machines</i>, ACM
/// Transactions on Intelligent Systems and Technology 2, 2011.</para>
/// </remarks>
public static class KernelSvmTrainer
{
    /// <summary>The options of the classifiers.</summary>
    public sealed record Options : KernelSvmOptionsBase
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = Describe(new Options())
            .ClassWeights(o => o.ClassWeights, (o, v) => o with { ClassWeights = v });
    }

    /// <summary>The options of the regression.</summary>
    public sealed record RegressionOptions : KernelSvmOptionsBase
    {
        /// <summary>
        /// ε, how far a prediction may lie from the label at no cost: half the width of the tube around f. In the unit of the label, 0 or
        /// more; default 0.1.
        /// </summary>
        public double Epsilon { get; init; } = 0.1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<RegressionOptions> All { get; } = Describe(new RegressionOptions())
            .Number(nameof(Epsilon), "How far a prediction may lie from the label at no cost.",
                o => o.Epsilon, (o, v) => o with { Epsilon = v }, minimum: 0);
    }

    internal static TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    // f that separates the rows where `positive` from the others.
    internal static SvmSolution Classify(FeatureMatrix rows, Kernel kernel, bool[] positive, ReadOnlySpan<float> weights, KernelSvmOptionsBase options, FitContext context)
    {
        int n = rows.Rows;
        double[] target = new double[n], lower = new double[n], upper = new double[n];
        for (int i = 0; i < n; i++)
        {
            double bound = options.C * (weights.IsEmpty ? 1 : weights[i]);
            (target[i], lower[i], upper[i]) = positive[i] ? (1.0, 0.0, bound) : (-1.0, -bound, 0.0);
        }

        return SvmSolver.Solve(new SvmProblem(Basis(kernel, rows), target, lower, upper, 0, new double[n]), options.Settings, context);
    }

    internal static SvmSolution Regress(TrainingData data, Kernel kernel, RegressionOptions options, FitContext context)
    {
        int n = data.Rows;
        double[] target = new double[n], lower = new double[n], upper = new double[n];
        for (int i = 0; i < n; i++)
            (target[i], lower[i], upper[i]) = (data.Targets[i], -options.C * data.Weight(i), options.C * data.Weight(i));
        return SvmSolver.Solve(
            new SvmProblem(Basis(kernel, data.Features), target, lower, upper, options.Epsilon, new double[n]), options.Settings, context);
    }

    // The rows whose coefficient is not 0.
    internal static SupportVectors Vectors(Kernel kernel, FeatureMatrix rows, double[] beta)
    {
        int[] support = [.. Enumerable.Range(0, beta.Length).Where(i => beta[i] != 0)];
        return new SupportVectors(kernel, rows.Gather(support), [.. support.Select(i => beta[i])], [support.Length]);
    }

    // Lays the rows out; says so when their kernel values do not fit into floats.
    internal static KernelBasis Basis(Kernel kernel, FeatureMatrix rows)
    {
        var basis = new KernelBasis(kernel, rows.Values, rows.Columns);
        if (!basis.IsFinite)
        {
            throw new DataException(
                $"The features are too large for the kernel {kernel}: values of it are beyond 32-bit floats. Normalize the features first.");
        }

        return basis;
    }

    internal static void TellOf(TrainingHistory history, FitContext context)
    {
        if (!history.Converged)
        {
            context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                $"The support vector machine has not converged: {history.StopReason} Normalize the features, or lower C.");
        }
    }
}

/// <summary>A support vector machine for two classes; see <see cref="KernelSvmTrainer"/>.</summary>
public sealed class KernelSvmBinaryTrainer : BinaryTrainer<KernelSvmBinaryModelParameters>
{
    private readonly KernelSvmTrainer.Options _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KernelSvmBinaryTrainer(KernelSvmTrainer.Options? options = null) : base(options ??= new())
    {
        KernelSvmTrainer.Options.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KernelSvmTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KernelSvmTrainer.Options.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({KernelSvmTrainer.Options.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KernelSvmBinaryModelParameters Train(TrainingData data, FitContext context)
    {
        TrainerChecks.CheckClasses(data, _options.LabelColumnName);
        var kernel = _options.Settings.KernelFor(data);
        var solution = KernelSvmTrainer.Classify(data.Features, kernel, [.. data.Classes.ToArray().Select(c => c == 1)], data.Weights, _options, context);
        KernelSvmTrainer.TellOf(solution.History, context);
        return new(KernelSvmTrainer.Vectors(kernel, data.Features, solution.Coefficients), solution.Bias, solution.History);
    }
}

/// <summary>Support vector regression; see <see cref="KernelSvmTrainer"/>.</summary>
public sealed class KernelSvmRegressionTrainer : RegressionTrainer<KernelSvmRegressionModelParameters>
{
    private readonly KernelSvmTrainer.RegressionOptions _options;

    /// <summary>Creates the trainer.</summary>
    /// <param name="options">Its options; the defaults when omitted.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public KernelSvmRegressionTrainer(KernelSvmTrainer.RegressionOptions? options = null) : base(options ??= new())
    {
        KernelSvmTrainer.RegressionOptions.All.Validate(options);
        _options = options;
    }

    /// <inheritdoc/>
    public override TrainerInfo Info => KernelSvmTrainer.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> OptionValues => KernelSvmTrainer.RegressionOptions.All.Values(_options);

    /// <inheritdoc/>
    public override string ToString() => $"KernelSvm({KernelSvmTrainer.RegressionOptions.All.Changes(_options)})";

    /// <inheritdoc/>
    protected override KernelSvmRegressionModelParameters Train(TrainingData data, FitContext context)
    {
        var kernel = _options.Settings.KernelFor(data);
        var solution = KernelSvmTrainer.Regress(data, kernel, _options, context);
        KernelSvmTrainer.TellOf(solution.History, context);
        return new(KernelSvmTrainer.Vectors(kernel, data.Features, solution.Coefficients), solution.Bias, solution.History);
    }
}
