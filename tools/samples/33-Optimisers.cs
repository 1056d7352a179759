using MLPath.Deep;

namespace MLPath.Samples;

/// <summary>
/// Ways down a ravine, L = ½ (x² + 50 y²): steep across, flat along. The plain step θ ← θ − η g must be small enough for the steep side and so crawls
/// along the flat one. Momentum adds up what steps have in common, v ← μ v + g, and cancels the zigzag. RMSProp divides each number's step by the root of its
/// gradient's running mean square, s ← α s + (1 − α) g², so that both sides look alike; Adam does both, with m and s corrected for their start
/// from 0. A schedule begins carefully, goes far, and lands gently.
/// </summary>
internal static class Optimisers
{
    private const int Steps = 60;
    private static readonly double[] s_start = [-2, 1], s_curvature = [1, 50];

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"   L = ½ (x² + {s_curvature[1]} y²) from ({s_start[0]}, {s_start[1]}), loss after steps 10, 30 and {Steps}:"));
        double[] v = [0, 0], s = [0, 0], m = [0, 0], square = [0, 0];
        return
        [
            .. Compare(output, "SGD, η = 0.03", 0.03, p => new Sgd(p, 0.03), (θ, g, _, η) => θ - (η * g)),
            .. Compare(output, "momentum, μ = 0.9", 0.03, p => new Sgd(p, 0.03, 0.9), (θ, g, i, η) =>
            {
                v[i] = (0.9 * v[i]) + g;
                return θ - (η * v[i]);
            }),
            .. Compare(output, "RMSProp, η = 0.05", 0.05, p => new RmsProp(p, 0.05, 0.9), (θ, g, i, η) =>
            {
                s[i] = (0.9 * s[i]) + (0.1 * g * g);
                return θ - (η * g / (Math.Sqrt(s[i]) + 1e-8));
            }),
            .. CompareAdam(output, "Adam, η = 0.2", m, square, null),
            .. CompareAdam(output, "Adam with warm-up and cosine", [0, 0], [0, 0], new WarmUpCosineSchedule(WarmUp: 6, Steps)),
            .. Rates(output),
        ];
    }

    private static IEnumerable<SideBySide> CompareAdam(TextWriter output, string name, double[] m, double[] s, Schedule? schedule)
    {
        var t = new int[2];
        return Compare(output, name, 0.2, p => new Adam(p, 0.2), (θ, g, i, η) =>
        {
            t[i]++;
            m[i] = (0.9 * m[i]) + (0.1 * g);
            s[i] = (0.999 * s[i]) + (0.001 * g * g);
            double mean = m[i] / (1 - Math.Pow(0.9, t[i])), square = s[i] / (1 - Math.Pow(0.999, t[i]));
            return θ - (η * mean / (Math.Sqrt(square) + 1e-8));
        }, schedule);
    }

    /// <summary>Goes down by a rule for one number, and by an optimiser.</summary>
    private static IEnumerable<SideBySide> Compare(
        TextWriter output, string name, double rate, Func<IEnumerable<Parameter>, Optimizer> make, Func<double, double, int, double, double> rule, Schedule? schedule = null)
    {
        double[] θ = [.. s_start];
        var losses = new List<double>();
        for (int step = 0; step < Steps; step++)
        {
            double η = schedule is null ? rate : WarmUpThenCosine(step, rate);
            for (int i = 0; i < 2; i++)
                θ[i] = rule(θ[i], s_curvature[i] * θ[i], i, η);
            losses.Add(((s_curvature[0] * θ[0] * θ[0]) + (s_curvature[1] * θ[1] * θ[1])) / 2);
        }

        output.WriteLine(FormattableString.Invariant($"     {name,-34} {losses[9]:0.0e+00}  {losses[29]:0.0e+00}  {losses[^1]:0.0e+00}"));

        var backend = new CpuBackend();
        var point = new Point();
        point.SetState(backend, new Dictionary<string, float[]> { ["theta"] = [.. s_start.Select(value => (float)value)] });
        var curvature = Tensor.From(backend, [.. s_curvature.Select(value => (float)value)], [2]);
        var optimizer = make(point.OwnParameters);
        for (int step = 0; step < Steps; step++)
        {
            (schedule ?? Schedule.Constant).Apply(optimizer, step, rate);
            optimizer.ClearGradients();
            ((point.Theta.Value.Square() * curvature).Sum() / 2).Backward();
            optimizer.Step();
        }

        float[] end = point.Theta.Value.ToArray();
        return [new($"x by {name}", θ[0], end[0], 1e-3), new($"y by {name}", θ[1], end[1], 1e-3)];
    }

    private static IEnumerable<SideBySide> Rates(TextWriter output)
    {
        (string Name, Schedule Schedule, Func<int, double> ByHand)[] schedules =
        [
            ("steps of 20, halved", new StepSchedule(20, 0.5), t => Math.Pow(0.5, t / 20)),
            ("exponential, 0.95", new ExponentialSchedule(0.95), t => Math.Pow(0.95, t)),
            ("half a cosine", new CosineSchedule(Steps), t => (1 + Math.Cos(Math.PI * t / Steps)) / 2),
            ("warm-up, then cosine", new WarmUpCosineSchedule(6, Steps), t => WarmUpThenCosine(t, 1)),
            ("one cycle", new OneCycleSchedule(Steps), OneCycle),
        ];
        output.WriteLine("   the rate of steps 0, 5, 15, 30, 45 and 59, as a share of the highest:");
        foreach (var (name, schedule, byHand) in schedules)
        {
            output.WriteLine($"     {name,-24}" + string.Concat(new[] { 0, 5, 15, 30, 45, 59 }.Select(t => FormattableString.Invariant($" {byHand(t):0.0000}"))));
            yield return new($"{name}, step 45", byHand(45), schedule.Rate(45, 1), 1e-12);
        }
    }

    private static double WarmUpThenCosine(int step, double rate) =>
        step < 6 ? rate * (step + 1) / 6 : rate * (1 + Math.Cos(Math.PI * (step - 6) / (Steps - 6))) / 2;

    // Up from 1/25 over the first 30 % of the steps, down to 1/250 000 over the others.
    private static double OneCycle(int step)
    {
        const double Top = (0.3 * Steps) - 1, End = Steps - 1;
        return step <= Top ? Between(1 / 25.0, 1, step / Top) : Between(1, 1 / 250_000.0, (step - Top) / (End - Top));

        static double Between(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
    }

    private sealed class Point : Module
    {
        public Point() => Theta = AddParameter("theta", [2], Initializer.Zeros);

        public Parameter Theta { get; }
    }
}
