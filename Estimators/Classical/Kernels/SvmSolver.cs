using System.Runtime.InteropServices;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Solves a <see cref="SvmProblem"/> by decomposition: round by round a working set of some hundred coefficients is chosen, its rows of the
/// kernel matrix are computed by one matrix product, and the problem is solved for them with all others fixed, by sequential minimal
/// optimisation within the cache (<see cref="SvmWorkingSet"/>).
/// </summary>
/// <remarks>
/// <para><b>Optimality.</b> With s = z − Kβ, raising βᵢ lowers the objective at rate uᵢ = sᵢ − ε (sᵢ + ε below 0), and lowering it raises the
/// objective at rate lᵢ = sᵢ − ε above 0 (sᵢ + ε else). β is optimal when max u over those that may go up exceeds min l over those that may go down by no
/// more than the tolerance; b lies between.</para>
/// <para><b>Working set.</b> The greatest u and the least l, which hold the pair that violates optimality most, so that every round makes
/// progress; the rest of the places are given to those of the last round, free ones first, which keeps rounds from undoing each
/// other.</para>
/// <para><b>Shrinking.</b> Coefficients that stand at a bound and cannot be part of any violating pair are left out for a while: a solver of
/// the others takes over, and when it is done their part of Kβ is made good by one pass. That pass is paid for by the work done before, so
/// that shrinking can at most double the whole.</para>
/// <para><b>Reference.</b> Joachims, <i>Making Large-Scale SVM Learning Practical</i>, 1999; Zanghirati, Zanni, <i>A Parallel Solver for Large
/// Quadratic Programs in Training Support Vector Machines</i>, Parallel Computing 29, 2003; the pairs are those of Fan, Chen and Lin, 2005.</para>
/// </remarks>
internal sealed class SvmSolver
{
    private const int WorkingSetSize = 512;

    // Of a working set, so many are chosen anew in each round.
    private const int NewPerRound = 256;

    // Fewer rows of the kernel matrix than this are never kept, however little memory is allowed.
    private const int LeastCachedRows = 64;

    // A round solves for its set to this part of the violation that it met: more would be undone by the next rounds.
    private const double Thoroughness = 0.1;

    // What part of its interval a coefficient may miss a bound by, through sums of steps.
    private const double Rounding = 1e-10;

    private const int ChunkRows = 1024;

    // A problem of fewer rows than this many working sets is solved as it is.
    private const int LeastSetsToShrink = 4;

    // What a row of the working set costs in a round, as a part of computing it: most are in the cache, and only added up.
    private const int ReuseFactor = 4;

    private readonly SvmProblem _problem;
    private readonly SvmSettings _settings;
    private readonly FitContext _context;
    private readonly Work _work;
    private readonly KernelRowCache _cache;
    private readonly SvmWorkingSet _set;
    private readonly double[] _beta;
    private readonly double[] _products; // Kβ
    private readonly double[] _rates; // n, for choosing
    private readonly int[] _candidates; // n, for choosing
    private readonly bool[] _chosen;
    private readonly int _size;
    private long _spent; // kernel values paid for since the start or the last shrinking

    private SvmSolver(SvmProblem problem, SvmSettings settings, FitContext context, Work work, KernelRowCache cache, double[] products)
    {
        (_problem, _settings, _context, _work, _cache, _products) = (problem, settings, context, work, cache, products);
        int n = problem.Basis.Count;
        _size = Math.Min(WorkingSetSize, cache.Capacity);
        _set = new SvmWorkingSet(_size);
        _beta = [.. problem.Start];
        _rates = new double[n];
        _candidates = new int[n];
        _chosen = new bool[n];
    }

    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">The tolerance, the most steps and the memory for the kernel matrix.</param>
    /// <param name="context">Progress, cancellation and threads.</param>
    public static SvmSolution Solve(SvmProblem problem, SvmSettings settings, FitContext context)
    {
        int n = problem.Basis.Count;
        var work = new Work();
        var solver = new SvmSolver(problem, settings, context, work, new KernelRowCache(problem.Basis, Capacity(settings, n)), new double[n]);
        solver.AddStart();
        string reason = solver.Run();
        var (up, down) = solver.Violation();
        bool converged = up - down <= settings.OptimizationTolerance;
        return new SvmSolution(
            solver._beta, solver.Bias(up, down), new TrainingHistory(work.Losses.Count, converged, reason, work.Losses), work.Shrinkings);
    }

    private static int Capacity(SvmSettings settings, int n) =>
        (int)Math.Clamp(settings.CacheSizeMegabytes * (1 << 20) / (sizeof(float) * (double)n), Math.Min(LeastCachedRows, n), n);

    // Round by round to the end; says why it ended.
    private string Run()
    {
        int[] set = [];
        bool moved = true;
        while (true)
        {
            _context.Checkpoint();
            var (up, down) = Violation();
            if (Reason(up - down, moved) is { } reason)
                return reason;
            if (ActiveRows(up, down) is { } active)
            {
                SolveFor(active);
                (set, _spent) = ([], 0);
                continue;
            }

            set = Choose(set, up, down);
            _cache.Require(set, _context);
            _set.Load(_problem, set, _beta, _products, _cache);
            double tolerance = Math.Max(_settings.OptimizationTolerance / 2, Thoroughness * (up - down));
            _work.Steps += _set.Solve(tolerance, _settings.MaximumNumberOfIterations - _work.Steps, _context);
            moved = Take(set);
            _spent += (long)set.Length * _beta.Length / ReuseFactor;
            _work.Losses.Add(_work.Objective);
            _context.Report(_work.Losses.Count, loss: _work.Objective);
        }
    }

    // Why the work ends here; null when it does not.
    private string? Reason(double violation, bool moved)
    {
        if (violation <= _settings.OptimizationTolerance)
            return "The conditions of optimality hold within the tolerance.";
        if (_work.Steps >= _settings.MaximumNumberOfIterations)
            return "The most steps were taken.";
        return moved ? null : "Steps have become too small for the precision of the kernel.";
    }

    // u: the rate at which raising a coefficient lowers the objective.
    private double Up(int row) => _problem.Target[row] - _products[row] - (_beta[row] >= 0 ? _problem.Epsilon : -_problem.Epsilon);

    // l: the rate at which lowering a coefficient raises it.
    private double Down(int row) => _problem.Target[row] - _products[row] - (_beta[row] > 0 ? _problem.Epsilon : -_problem.Epsilon);

    private bool MayRise(int row) => _beta[row] < _problem.Upper[row];

    private bool MayFall(int row) => _beta[row] > _problem.Lower[row];

    // The greatest u and the least l; their difference is the violation of optimality.
    private (double Up, double Down) Violation()
    {
        double up = double.NegativeInfinity, down = double.PositiveInfinity;
        for (int row = 0; row < _beta.Length; row++)
        {
            if (MayRise(row))
                up = Math.Max(up, Up(row));
            if (MayFall(row))
                down = Math.Min(down, Down(row));
        }

        return (up, down);
    }

    private int[] Choose(int[] last, double up, double down)
    {
        Array.Clear(_chosen);
        var set = new List<int>(_size);
        int anew = last.Length == 0 ? _size : Math.Min(NewPerRound, _size);
        int count = 0;
        for (int row = 0; row < _beta.Length; row++)
        {
            if (MayRise(row) && Up(row) > down)
                (_candidates[count], _rates[count++]) = (row, Up(row));
        }

        AddGreatest(set, count, anew / 2);
        count = 0;
        for (int row = 0; row < _beta.Length; row++)
        {
            if (MayFall(row) && Down(row) < up && !_chosen[row])
                (_candidates[count], _rates[count++]) = (row, -Down(row));
        }

        AddGreatest(set, count, anew - set.Count);
        AddWhere(set, last, row => _beta[row] != 0 && MayRise(row) && MayFall(row));
        AddWhere(set, last, _ => true);
        return [.. set];
    }

    private void AddWhere(List<int> set, int[] rows, Func<int, bool> condition)
    {
        foreach (int row in rows)
        {
            if (set.Count < _size && !_chosen[row] && condition(row))
            {
                _chosen[row] = true;
                set.Add(row);
            }
        }
    }

    // Adds the candidates of greatest rate.
    private void AddGreatest(List<int> set, int count, int most)
    {
        Selection.MoveGreatestFirst(_rates.AsSpan(0, count), _candidates.AsSpan(0, count), most);
        foreach (int row in _candidates.AsSpan(0, Math.Min(count, most)))
        {
            _chosen[row] = true;
            set.Add(row);
        }
    }

    // Takes over the set's coefficients. False when none has changed.
    private bool Take(int[] set)
    {
        var (rows, changes) = Changes(set, _set.Coefficients);

        // The objective changes by Σ δₐ (½ (Kβ before + Kβ after)ₐ − zₐ) + ε Δ|βₐ|.
        double change = 0;
        for (int a = 0; a < rows.Count; a++)
        {
            double before = _beta[rows[a]], after = before + changes[a];
            change += (changes[a] * ((_products[rows[a]] / 2) - _problem.Target[rows[a]])) + (_problem.Epsilon * (Math.Abs(after) - Math.Abs(before)));
        }

        AddProducts(rows, changes);
        for (int a = 0; a < rows.Count; a++)
            change += changes[a] * _products[rows[a]] / 2;
        for (int a = 0; a < set.Length; a++)
            _beta[set[a]] = _set.Coefficients[a];
        _work.Objective += change;
        return rows.Count > 0;
    }

    // Which of some rows' coefficients are new, and by how much.
    private (List<int> Rows, List<double> Changes) Changes(int[] set, ReadOnlySpan<double> coefficients)
    {
        var rows = new List<int>(set.Length);
        var changes = new List<double>(set.Length);
        for (int a = 0; a < set.Length; a++)
        {
            if (coefficients[a] == _beta[set[a]])
                continue;
            rows.Add(set[a]);
            changes.Add(coefficients[a] - _beta[set[a]]);
        }

        return (rows, changes);
    }

    // The rows to go on with; null when it does not pay to leave the others out.
    private int[]? ActiveRows(double up, double down)
    {
        int n = _beta.Length, support = 0;
        if (_spent == 0 || n < LeastSetsToShrink * _size)
            return null;
        var active = new List<int>();
        for (int row = 0; row < n; row++)
        {
            if ((MayRise(row) && Up(row) >= down) || (MayFall(row) && Down(row) <= up))
            {
                active.Add(row);
                support += _beta[row] != 0 ? 1 : 0;
            }
        }

        return active.Count <= n / 2 && (long)support * (n - active.Count) <= _spent ? [.. active] : null;
    }

    // Solves for some rows with the others fixed, then makes good what the others' Kβ missed.
    private void SolveFor(int[] active)
    {
        _work.Shrinkings++;
        double[] Of(double[] values) => [.. active.Select(row => values[row])];
        var basis = _problem.Basis.Subset(active);
        var problem = new SvmProblem(basis, Of(_problem.Target), Of(_problem.Lower), Of(_problem.Upper), _problem.Epsilon, Of(_beta));
        var cache = _cache.MoveTo(basis, active, Capacity(_settings, active.Length));
        var solver = new SvmSolver(problem, _settings, _context, _work, cache, Of(_products));
        solver.Run();

        var (rows, changes) = Changes(active, solver._beta);
        for (int a = 0; a < active.Length; a++)
            (_beta[active[a]], _products[active[a]]) = (solver._beta[a], solver._products[a]);
        AddToOthers(active, rows, changes);
    }

    // Kβ ← Kβ + Σ changeₐ K(xₐ, ·) for all rows but the active ones.
    private void AddToOthers(int[] active, List<int> rows, List<double> changes)
    {
        int[] others = [.. Enumerable.Range(0, _beta.Length).Except(active)];
        var basis = _problem.Basis.Subset(others);
        var products = new double[others.Length];
        for (int start = 0; start < rows.Count; start += Kernel.BlockRows)
        {
            _context.Checkpoint();
            int count = Math.Min(Kernel.BlockRows, rows.Count - start);
            var part = _problem.Basis.Subset(CollectionsMarshal.AsSpan(rows).Slice(start, count));
            double[] factors = [.. changes.GetRange(start, count)];
            ParallelLoop.For(others.Length, Kernel.BlockColumns, _context.Threads, _context.CancellationToken, (_, first, end) =>
                basis.AddProducts(part, factors, first, products.AsSpan(first, end - first)));
        }

        for (int i = 0; i < others.Length; i++)
            _products[others[i]] += products[i];
    }

    // Kβ ← Kβ + Σ changeₐ K(xₐ, ·), for rows that the cache holds.
    private void AddProducts(List<int> rows, List<double> changes)
    {
        float[][] kernel = [.. rows.Select(row => _cache[row])];
        double[] factors = [.. changes];
        ParallelLoop.For(_products.Length, ChunkRows, _context.Threads, _context.CancellationToken, (_, start, end) =>
            RowSums.Add(factors, kernel, start, _products.AsSpan(start, end - start)));
    }

    // Kβ and the objective of a start that is not 0.
    private void AddStart()
    {
        int[] rows = [.. Enumerable.Range(0, _beta.Length).Where(row => _beta[row] != 0)];
        foreach (int[] part in rows.Chunk(_size))
        {
            _cache.Require(part, _context);
            AddProducts([.. part], [.. part.Select(row => _beta[row])]);
        }

        // ½ βᵀKβ − zᵀβ + ε ‖β‖₁.
        foreach (int row in rows)
            _work.Objective += (_beta[row] * ((_products[row] / 2) - _problem.Target[row])) + (_problem.Epsilon * Math.Abs(_beta[row]));
    }

    // b is the rate of every coefficient that is free to move both ways; without one, the middle of what is allowed.
    private double Bias(double up, double down)
    {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < _beta.Length; row++)
        {
            if (IsFree(row))
            {
                sum += Up(row);
                count++;
            }
        }

        return count > 0 ? sum / count : (Finite(up, down) + Finite(down, up)) / 2;
    }

    // Whether a coefficient lies inside its interval and away from 0, by more than rounding.
    private bool IsFree(int row)
    {
        double distance = Math.Min(_problem.Upper[row] - _beta[row], _beta[row] - _problem.Lower[row]);
        double least = Rounding * (_problem.Upper[row] - _problem.Lower[row]);
        return distance > least && Math.Abs(_beta[row]) > least;
    }

    private static double Finite(double value, double other) => double.IsFinite(value) ? value : double.IsFinite(other) ? other : 0;

    // What a solver shares with those that it shrinks to.
    private sealed class Work
    {
        public List<double> Losses { get; } = [];

        public long Steps { get; set; }

        public double Objective { get; set; }

        public int Shrinkings { get; set; }
    }
}
