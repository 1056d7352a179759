using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Trains the lasso and the elastic net: brings the problem to W times its objective, ½ Σ wᵢ (yᵢ − w · xᵢ − b)² + λ₁ ‖w‖₁ + ½ λ₂ ‖w‖² with
/// λ₁ = W α ρ and λ₂ = W α (1 − ρ), whose centred rows have no intercept, and solves it by coordinate descent.
/// </summary>
internal sealed class ElasticNetSolver
{
    private readonly CentredDesign _design;
    private readonly ElasticNetOptionsBase _options;
    private readonly FitContext _context;
    private readonly double[] _products; // Xᵀy, d
    private readonly double[] _gram;     // XᵀX, d × d; empty in the residual form
    private readonly double[] _features; // Xᵀ, d × n; empty in the Gram form
    private readonly double[] _target;   // y, n; empty in the Gram form
    private readonly double _targetSquares;

    private ElasticNetSolver(CentredDesign design, ElasticNetOptionsBase options, FitContext context)
    {
        (_design, _options, _context, _products) = (design, options, context, new double[design.Features]);
        if (design.HasScatter || design.Features <= design.Rows)
        {
            (_features, _target) = ([], []);
            _gram = Gram(design.Scatter(context), design, _products, out _targetSquares);
            return;
        }

        _gram = [];
        (_features, _target) = Rows(design, context);
        _targetSquares = Dense.Dot(_target, _target);
        Dense.MatVec(_features, design.Features, _target.Length, _target, _products);
    }

    /// <summary>What the lasso and the elastic net need and give.</summary>
    public static TrainerInfo Info { get; } = new(NeedsNormalization: true, SupportsWeights: true);

    /// <summary>Learns a model.</summary>
    public static ElasticNetModelParameters Train(TrainingStream rows, ElasticNetOptionsBase options, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        var design = CentredDesign.Of(rows, withGram: true, context);
        if (options.Alpha > 0)
            design.Moments.WarnAboutScales(rows.FeatureNames, context);
        var solver = new ElasticNetSolver(design, options, context);
        var path = solver.Path();
        if (options is { Alpha: 0, EnforceNonNegativity: false })
        {
            var exact = LeastSquares.Ordinary(design, design.TriangularFactor(context), rows.FeatureNames, context);
            return new(exact.Weights, exact.Bias, 0, path, new TrainingHistory(0, true, "Without a penalty the solution is exact.", []));
        }

        return solver.Model(path);
    }

    private ElasticNetModelParameters Model(IReadOnlyList<RegularizationPathPoint> path)
    {
        double scale = 1 / _design.Moments.TotalWeight;
        var result = Minimize(_options.Alpha, [], (sweep, value) => _context.Report(sweep, _options.MaximumNumberOfIterations, value * scale));
        if (!result.Converged)
        {
            _context.Diagnose(DiagnosisSeverity.Warning, "not-converged",
                $"The training stopped at its limit of {_options.MaximumNumberOfIterations} sweeps. Raise MaximumNumberOfIterations, " +
                "Tolerance or Alpha, or bring the features to one scale.");
        }

        string reason = result.StopReason switch
        {
            StopReason.DualityGap => "The duality gap is as small as the tolerance asks.",
            StopReason.PrecisionLimit => "The weights move by rounding alone.",
            _ => "The limit of sweeps was reached.",
        };
        var history = new TrainingHistory(result.Iterations, result.Converged, reason, [.. result.LossCurve.Skip(1).Select(v => v * scale)]);
        return new(result.Solution, Bias(result.Solution), result.DualityGap * scale, path, history);
    }

    // Each solution is where the next one starts from.
    private RegularizationPathPoint[] Path()
    {
        var path = new RegularizationPathPoint[_options.PathLength];
        if (path.Length == 0)
            return path;
        double largest = 0;
        foreach (double product in _products)
            largest = Math.Max(largest, _options.EnforceNonNegativity ? product : Math.Abs(product));
        double first = largest / (_design.Moments.TotalWeight * _options.L1Part);
        double[] weights = new double[_design.Features];
        for (int i = 0; i < path.Length; i++)
        {
            _context.Checkpoint();
            double alpha = first * Math.Pow(_options.PathRatio, path.Length == 1 ? 0 : i / (path.Length - 1.0));
            var result = Minimize(alpha, weights, null);
            weights = result.Solution;
            path[i] = new(alpha, weights, Bias(weights), result.DualityGap / _design.Moments.TotalWeight);
        }

        return path;
    }

    private OptimizationResult Minimize(double alpha, ReadOnlySpan<double> start, Action<int, double>? completed)
    {
        double total = _design.Moments.TotalWeight;
        double l1 = alpha * _options.L1Part * total, l2 = alpha * (1 - _options.L1Part) * total;
        var settings = new CoordinateDescent.Options
        {
            Tolerance = _options.Tolerance,
            MaxIterations = _options.MaximumNumberOfIterations,
            NonNegative = _options.EnforceNonNegativity,
        };
        return _features.Length == 0
            ? CoordinateDescent.MinimizeGram(_gram, _products, _targetSquares, l1, l2, settings, start, completed, _context.CancellationToken)
            : CoordinateDescent.Minimize(_features, _target, l1, l2, settings, start, completed, _context.CancellationToken);
    }

    private double Bias(double[] weights) => _design.TargetMean - Dense.Dot(weights, _design.Moments.Means);

    // The parts of the scatter matrix. What rounding leaves of a constant feature is taken for the 0 that it is.
    private static double[] Gram(ScatterMatrix scatter, CentredDesign design, double[] products, out double targetSquares)
    {
        int d = design.Features;
        var deviations = design.Moments.Deviations;
        var gram = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            if (deviations[i] == 0)
                continue;
            var row = scatter.Products.Slice(i * (d + 1), d + 1);
            products[i] = row[d];
            for (int j = 0; j < d; j++)
                gram[(i * d) + j] = deviations[j] == 0 ? 0 : row[j];
        }

        targetSquares = scatter.Squares(d);
        return gram;
    }

    // The centred and weighted rows, feature by feature; constant features are zeros.
    private static (double[] Features, double[] Target) Rows(CentredDesign design, FitContext context)
    {
        int n = (int)design.Rows, d = design.Features, columns = d + 1, filled = 0;
        var rows = new double[n * columns];
        foreach (var block in design.Blocks(context))
        {
            context.Checkpoint();
            design.CopyRows(block, 0, block.Rows, rows.AsSpan(filled * columns), scaled: false);
            filled += block.Rows;
        }

        var transposed = new double[columns * n];
        Dense.Transpose(rows, n, columns, transposed);
        return (transposed[..(d * n)], transposed[(d * n)..]);
    }
}
