using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep;

/// <summary>Thirty rates of every schedule are PyTorch's.</summary>
[TestClass]
public sealed class ScheduleTests
{
    public static IEnumerable<object[]> Cases => TorchFigures.Of("schedules").Select(torch => new object[] { torch });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rates_are_PyTorchs(TorchCase torch)
    {
        ArgumentNullException.ThrowIfNull(torch);
        double baseRate = torch.Json.GetProperty("base").GetDouble();
        double[] expected = Numbers(torch, "rates"), momenta = Numbers(torch, "momenta"), metrics = Numbers(torch, "metrics");
        var plateau = torch["schedule"] == "ReduceLROnPlateau" ? Plateau(torch) : null;
        var schedule = plateau is null ? Make(torch) : null;
        double rate = baseRate;
        for (int t = 0; t < expected.Length; t++)
        {
            if (schedule is not null) rate = schedule.Rate(t, baseRate);
            Assert.AreEqual(expected[t], rate, 1e-12, $"rate of step {t}");
            if (momenta.Length > 0) Assert.AreEqual(momenta[t], schedule!.Momentum(t)!.Value, 1e-12, $"momentum of step {t}");
            if (plateau is not null) rate = plateau.Next(rate, metrics[t]);
        }
    }

    [TestMethod]
    public void After_its_last_step_a_rate_stays()
    {
        Schedule[] schedules = [new WarmUpSchedule(5), new WarmUpCosineSchedule(3, 10, 0.01), new OneCycleSchedule(10), new OneCycleSchedule(10) { HasThreePhases = true }];
        foreach (var schedule in schedules)
        {
            double end = schedule.Rate(10, 0.1);
            Assert.AreEqual(end, schedule.Rate(11, 0.1));
            Assert.AreEqual(end, schedule.Rate(int.MaxValue, 0.1));
            Assert.AreEqual(schedule.Momentum(10), schedule.Momentum(int.MaxValue));
        }

        Assert.AreEqual(0.1, Schedule.Constant.Rate(1_000_000, 0.1));
    }

    [TestMethod]
    public void A_cosine_restarts_or_turns_back()
    {
        CosineSchedule turns = new(4, 0.01), restarts = new(4, 0.01, Restarts: true);
        double[] fall = [.. Enumerable.Range(0, 4).Select(t => turns.Rate(t, 0.1))];
        CollectionAssert.AreEqual(fall, Enumerable.Range(4, 4).Select(t => restarts.Rate(t, 0.1)).ToArray());
        for (int t = 0; t < 4; t++) Assert.AreEqual(fall[t], turns.Rate(8 - t, 0.1), 1e-15);
        Assert.AreEqual(0.01, turns.Rate(4, 0.1), 1e-15);
    }

    [TestMethod]
    public void A_cycle_may_be_as_short_as_two_steps()
    {
        foreach (int steps in new[] { 2, 3, 10 })
        {
            foreach (bool three in new[] { false, true })
            {
                var cycle = new OneCycleSchedule(steps) { HasThreePhases = three, RisingShare = 0.5 };
                for (int t = 0; t <= steps; t++) Assert.IsTrue(cycle.Rate(t, 1) is > 0 and <= 1, $"{steps} steps, step {t}: {cycle.Rate(t, 1)}");
            }
        }
    }

    [TestMethod]
    public void An_optimiser_gets_the_rate_and_the_momentum_it_has()
    {
        var layer = new Linear(2, 1);
        layer.Initialize(new CpuBackend(), new RandomStream(1));
        Optimizer adam = new Adam(layer.OwnParameters), sgd = new Sgd(layer.OwnParameters, 1);
        var cycle = new OneCycleSchedule(10);
        foreach (var optimizer in new[] { adam, sgd }) cycle.Apply(optimizer, 2, 0.1);
        Assert.AreEqual(0.1, adam.LearningRate);
        Assert.AreEqual(0.1, sgd.LearningRate);
        Assert.AreEqual(0.85, adam.Momentum, 1e-15);
        Assert.AreEqual(0, sgd.Momentum);
    }

    [TestMethod]
    public void A_metric_that_is_no_number_is_never_better()
    {
        var plateau = new ReduceOnPlateau { Patience = 1, Factor = 0.5 };
        Assert.AreEqual(1, plateau.Next(1, double.NaN));
        Assert.IsNull(plateau.Best);
        Assert.AreEqual(0.5, plateau.Next(1, double.NaN));
        Assert.AreEqual(1, plateau.Next(1, 3));
        Assert.AreEqual(3, plateau.Best);
    }

    [TestMethod]
    public void Numbers_out_of_range_are_named()
    {
        foreach (Action action in new Action[]
        {
            () => _ = new StepSchedule(0), () => _ = new CosineSchedule(0), () => _ = new CosineSchedule(3, -1), () => _ = new ExponentialSchedule(-0.1),
            () => _ = new WarmUpSchedule(0), () => _ = new WarmUpCosineSchedule(10, 10), () => _ = new OneCycleSchedule(1),
            () => _ = new OneCycleSchedule(5) { RisingShare = 1 }, () => _ = new ReduceOnPlateau { Factor = 1 }, () => Schedule.Constant.Rate(-1, 1),
        })
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(action);
        }
    }

    private static Schedule Make(TorchCase torch) => torch["schedule"] switch
    {
        "StepLR" => new StepSchedule(torch.Integer("step_size"), torch.Number("gamma")),
        "MultiStepLR" => new MultiStepSchedule([.. torch.Options.GetProperty("milestones").EnumerateArray().Select(m => m.GetInt32())], torch.Number("gamma")),
        "ExponentialLR" => new ExponentialSchedule(torch.Number("gamma")),
        "CosineAnnealingLR" => new CosineSchedule(torch.Integer("T_max"), torch.Number("eta_min")),
        "LinearLR" => new WarmUpSchedule(torch.Integer("total_iters"), torch.Number("start_factor")),
        "WarmupCosine" => new WarmUpCosineSchedule(torch.Integer("warmup"), torch.Integer("total_steps"), torch.Number("eta_min")),
        "OneCycleLR" => new OneCycleSchedule(torch.Integer("total_steps"))
        {
            RisingShare = torch.Number("pct_start"),
            StartDivisor = torch.Number("div_factor"),
            EndDivisor = torch.Number("final_div_factor"),
            IsLinear = torch.Options.GetProperty("anneal_strategy").GetString() == "linear",
            HasThreePhases = torch.Flag("three_phase"),
            LowestMomentum = torch.Number("base_momentum"),
            HighestMomentum = torch.Number("max_momentum"),
        },
        string other => throw new NotSupportedException(other),
    };

    private static ReduceOnPlateau Plateau(TorchCase torch) => new()
    {
        Factor = torch.Number("factor"),
        Patience = torch.Integer("patience"),
        Threshold = torch.Number("threshold"),
        Cooldown = torch.Integer("cooldown"),
        ThresholdIsAbsolute = torch.Options.GetProperty("threshold_mode").GetString() == "abs",
        MinimumRate = torch.Number("min_lr"),
        Maximize = torch.Options.GetProperty("mode").GetString() == "max",
    };

    private static double[] Numbers(TorchCase torch, string property) =>
        torch.Has(property) ? [.. torch.Json.GetProperty(property).EnumerateArray().Select(e => e.GetDouble())] : [];
}
