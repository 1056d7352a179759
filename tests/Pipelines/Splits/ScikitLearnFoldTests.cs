using System.Globalization;
using MLPath.Data;

namespace MLPath.Tests.Splits;

/// <summary>Folds that are not shuffled are scikit-learn's, row by row; Reference/folds.py made the figures.</summary>
[TestClass]
public sealed class ScikitLearnFoldTests
{
    private static readonly Dictionary<string, string[]> s_figures = Load();

    [TestMethod]
    [DataRow(10, 3)]
    [DataRow(11, 5)]
    [DataRow(7, 7)]
    public void KFold_agrees(int n, int folds) =>
        AssertFolds($"kfold/{n}/{folds}", new KFold(folds, Shuffle: false).Split(FoldData.Of(new int[n])));

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(5)]
    public void StratifiedKFold_agrees(int folds) =>
        AssertFolds($"stratified/{folds}", new StratifiedKFold("Class", folds, Shuffle: false).Split(FoldData.Of(Ints("labels"))));

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public void GroupKFold_agrees(int folds) =>
        AssertFolds($"group/{folds}", new GroupKFold("Class", folds, Shuffle: false).Split(FoldData.Of(Ints("groups"))));

    [TestMethod]
    [DataRow(3, 0, 0)]
    [DataRow(4, 1, 0)]
    [DataRow(3, 2, 4)]
    public void TimeSeriesSplit_agrees(int folds, int gap, int most)
    {
        string name = $"time/{folds}/{gap}/{most}";
        var plan = new TimeSeriesSplit(null, folds, gap, most == 0 ? null : most).Split(FoldData.Of(new int[17]));
        AssertFolds(name, plan);
        foreach (var split in plan.Splits)
            CollectionAssert.AreEqual(Ints($"{name}/train{split.Fold}"), split.Train);
    }

    private static void AssertFolds(string name, FoldPlan plan)
    {
        string[] expected = s_figures[name];
        var actual = Enumerable.Repeat("-", expected.Length).ToArray();
        foreach (var split in plan.Splits)
        {
            foreach (int row in split.Test)
                actual[row] = split.Fold.ToString(CultureInfo.InvariantCulture);
        }

        Assert.AreEqual(string.Join(' ', expected), string.Join(' ', actual));
        Assert.IsEmpty(plan.Warnings);
    }

    private static int[] Ints(string name) => [.. s_figures[name].Select(v => int.Parse(v, CultureInfo.InvariantCulture))];

    private static Dictionary<string, string[]> Load()
    {
        using var reader = new StreamReader(typeof(ScikitLearnFoldTests).Assembly.GetManifestResourceStream("folds.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1..]);
    }
}
