using MLPath.Evaluation.Tests.Reports;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Comparison;

/// <summary>Quality against cost.</summary>
[TestClass]
public sealed class ParetoFrontTests
{
    private static readonly ComparisonReport Measured = SyntheticComparison.Binary(candidates: 12, rows: 400, folds: 3, repeats: 1);

    [TestMethod]
    public void The_front_holds_whom_nothing_beats_in_both()
    {
        foreach (var cost in Enum.GetValues<CandidateCost>())
        {
            var front = Measured.ParetoFront(cost);
            string[] expected = [.. Measured.Candidates.Where(a => !Measured.Candidates.Any(b => Beats(b, a))).OrderBy(Cost).Select(c => c.Name)];
            CollectionAssert.AreEqual(expected, front.Select(c => c.Name).ToArray());
            Assert.AreEqual(Measured.Best!.Name, front[^1].Name, "The best is worth any cost.");

            bool Beats(CandidateResult b, CandidateResult a) =>
                b.Score!.Mean >= a.Score!.Mean && Cost(b) <= Cost(a) && (b.Score.Mean > a.Score.Mean || Cost(b) < Cost(a));
            double Cost(CandidateResult c) => cost == CandidateCost.ModelSize ? c.ModelBytes!.Value : c.Folds.Average(f => f.PredictTime.TotalSeconds);
        }
    }

    [TestMethod]
    public void Of_equals_both_are_on_it_and_those_without_a_size_or_a_score_are_not()
    {
        var best = Measured.Candidates[0] with { ModelBytes = 100 };
        var report = Measured with
        {
            Candidates =
            [
                best, best with { Name = "twin" }, best with { Name = "heavier", ModelBytes = 101 }, best with { Name = "unsaved", ModelBytes = null },
                new CandidateResult { Name = "failed", Pipeline = "", Error = "No.", ModelBytes = 1 },
            ],
        };
        CollectionAssert.AreEqual(new[] { best.Name, "twin" }, report.ParetoFront(CandidateCost.ModelSize).Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void The_leaderboard_marks_it_and_a_drawing_names_it()
    {
        var sections = Measured.ToReport().Sections;
        var leaderboard = (TableSection)sections[0];
        int size = leaderboard.Columns.ToList().FindIndex(c => c.Name == "Model size"), pareto = leaderboard.Columns.ToList().FindIndex(c => c.Name == "Pareto front");
        var best = leaderboard.Rows[0];
        Assert.AreEqual(Measured.Best!.ModelBytes, best.Cells[size].Value);
        Assert.AreEqual("time, size", best.Cells[pareto].Text);
        var group = sections.OfType<GroupSection>().Single(s => s.Title == "Quality against cost");
        foreach (var drawing in group.Sections.Cast<ScatterSection>())
        {
            var names = drawing.Series.SelectMany(s => s.Labels!).ToArray();
            Assert.HasCount(11, names);
            Assert.DoesNotContain("baseline", names);
        }
    }

    [TestMethod]
    public void The_size_is_that_of_the_saved_model_and_the_same_at_any_number_of_threads()
    {
        var ml = new MLContext(seed: 1);
        var iris = ml.Data.LoadDataset("iris");
        long Size(int trees, int threads) => ml.MulticlassClassification.Compare(iris, "Species", new()
        {
            ["forest"] = ml.Transforms.Concatenate("Features", "PetalLength", "PetalWidth")
                .Append(ml.MulticlassClassification.Trainers.RandomForest(new Trainers.RandomForestTrainer.Options { NumberOfTrees = trees })),
        }, folds: 3, context: FitContext.Default with { Threads = threads })["forest"].ModelBytes!.Value;
        long small = Size(5, 1);
        Assert.AreEqual(small, Size(5, 4));
        Assert.IsGreaterThan(small, Size(20, 2));
        Assert.IsGreaterThan(500, small);
    }
}
