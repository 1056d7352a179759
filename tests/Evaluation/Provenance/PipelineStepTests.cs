using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation.Tests.Provenance;

/// <summary>Steps and folds as reports identify them.</summary>
[TestClass]
public sealed class PipelineStepTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Every_algorithm_tells_every_option_that_it_declares()
    {
        foreach (var algorithm in _ml.Algorithms.All)
        {
            foreach (var trainer in algorithm.Trainers)
            {
                var told = ((IHasOptions)trainer.Create()).OptionValues.ToDictionary();
                foreach (var option in trainer.Options)
                    Assert.AreEqual(option.Default, told.GetValueOrDefault(option.Name), $"{algorithm.Name}, {trainer.Task}: {option.Name}");
            }
        }
    }

    [TestMethod]
    public void An_option_that_is_set_is_told_as_it_is_set()
    {
        var forest = _ml.Algorithms.Get("forest").For(LearningTask.Multiclass)!.Create([new("NumberOfTrees", "7")]);
        Assert.AreEqual("7", PipelineStep.Of(forest).Single().Options.Single(o => o.Key == "NumberOfTrees").Value);
    }

    [TestMethod]
    public void Chains_within_chains_are_told_step_by_step()
    {
        var inner = _ml.Transforms.Concatenate("A", "X").Append(_ml.Transforms.NormalizeMinMax("A"));
        var outer = new EstimatorChain<ITransformer>().Append(inner, name: "preparation").Append(_ml.MulticlassClassification.Trainers.NaiveBayes());
        var steps = PipelineStep.Of(outer);
        CollectionAssert.AreEqual(new[] { "preparation, step 1", "preparation, step 2", "step 2" }, steps.Select(s => s.Name).ToArray());
        Assert.IsEmpty(steps[0].Options);
        Assert.AreEqual(steps[2].Description, $"{_ml.MulticlassClassification.Trainers.NaiveBayes()}");
    }

    [TestMethod]
    public void The_identity_of_folds_depends_on_every_row_of_every_fold()
    {
        string Of(params RowSplit[] splits) => SplitFingerprint.Of(splits);
        var split = new RowSplit([0, 1, 2], [3, 4]);
        string[] all =
        [
            Of(split), Of(new RowSplit([0, 1], [2, 3, 4])), Of(new RowSplit([0, 1, 3], [2, 4])), Of(new RowSplit([0, 1, 2], [3, 4], Fold: 1)),
            Of(new RowSplit([0, 1, 2], [3, 4], Repeat: 1)), Of(split, split), Of(),
        ];
        CollectionAssert.AllItemsAreUnique(all);
        Assert.AreEqual(Of(split), Of(new RowSplit([0, 1, 2], [3, 4])));
        Assert.AreEqual(64, Of(split).Length);
    }
}
