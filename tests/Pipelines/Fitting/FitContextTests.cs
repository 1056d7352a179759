namespace MLPath.Tests.Fitting;

[TestClass]
public sealed class FitContextTests
{
    [TestMethod]
    public void Random_streams_are_functions_of_seed_path_and_purpose()
    {
        var context = new FitContext { Seed = 5 };
        Assert.AreEqual(Key(context.Step("a").Step("b"), "x"), Key(new FitContext { Seed = 5 }.Step("a").Step("b"), "x"));
        ulong[] keys =
        [
            Key(context, "x"), Key(context, "y"), Key(context.Step("a"), "x"), Key(context.Step("b"), "x"), Key(context.Step("a").Step("a"), "x"),
            Key(new FitContext { Seed = 6 }, "x"), context.CreateRandom("x", seed: 1).Key, context.CreateRandom("x", seed: 2).Key, context.Step("a").CreateRandom("x", seed: 1).Key,
        ];
        Assert.HasCount(keys.Length, keys.Distinct().ToList());
        Assert.AreEqual(Key(FitContext.Default, "x"), Key(new FitContext { Seed = 0, Threads = 1 }, "x"));

        static ulong Key(FitContext context, string purpose) => context.CreateRandom(purpose).Key;
    }

    [TestMethod]
    public void Progress_is_reported_with_the_path_and_the_fraction()
    {
        var heard = new Listener();
        var context = new FitContext { Progress = heard }.Step("fold 3").Step("mlp");
        context.Report(2, 8, 0.5, "fine");
        context.Report(9);
        CollectionAssert.AreEqual((string[])["fold 3", "mlp"], heard.Reports[0].Path.ToArray());
        Assert.AreEqual(0.25, heard.Reports[0].Fraction);
        Assert.AreEqual(0.5, heard.Reports[0].Loss);
        Assert.IsNull(heard.Reports[1].Fraction);
    }

    [TestMethod]
    public void A_report_is_a_checkpoint()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => new FitContext { CancellationToken = source.Token }.Report(1));
    }

    [TestMethod]
    public void Diagnoses_carry_the_path()
    {
        List<Diagnosis> heard = [];
        new FitContext { DiagnosisSink = heard.Add }.Step("a").Diagnose(DiagnosisSeverity.Warning, "code", "words");
        CollectionAssert.AreEqual((string[])["a"], heard.Single().Path.ToArray());
        FitContext.Default.Diagnose(DiagnosisSeverity.Error, "code", "nobody listens");
    }

    [TestMethod]
    public void A_fit_has_at_least_one_thread() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new FitContext { Threads = 0 });

    private sealed class Listener : IProgress<FitProgress>
    {
        public List<FitProgress> Reports { get; } = [];

        public void Report(FitProgress value) => Reports.Add(value);
    }
}
