using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Samples;

/// <summary>
/// A score on the rows that a model learned from says little. In k-fold cross-validation every row is predicted once, by a model that did not see it; the
/// mean over the folds judges the way of making the model, and chooses between several. Whoever chooses by it flatters what is chosen: the last word has a
/// test set that nothing was chosen by, opened once.
/// </summary>
internal static class Validation
{
    private const int Folds = 5;

    private sealed class Wine
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Cultivar { get; set; } = "";

        public int Fold { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IDataView table = ml.Data.LoadDataset("wine");
        float[] flavanoids = [.. table.GetColumn<float>("Flavanoids")], colour = [.. table.GetColumn<float>("ColorIntensity")];
        var wines = table.GetColumn<string>("Cultivar").Select((cultivar, i) => new Wine
        {
            Features = [flavanoids[i], colour[i]],
            Cultivar = cultivar,
            Fold = i % Folds,
        }).ToList();

        // By hand: a wine is what the nearest wine of the other folds is; and the mistake of asking wines that were learned from.
        double right = 0, seen = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            var (train, test) = (wines.Where(w => w.Fold != fold).ToList(), wines.Where(w => w.Fold == fold).ToList());
            right += test.Average(w => train.MinBy(other => Distance(w, other))!.Cultivar == w.Cultivar ? 1.0 : 0) / Folds;
            seen += train.Average(w => train.MinBy(other => Distance(w, other))!.Cultivar == w.Cultivar ? 1.0 : 0) / Folds;
        }

        output.WriteLine(FormattableString.Invariant($"   1 neighbour tells {seen:0.0%} of the wines it has learned, and {right:0.0%} of those it has not."));

        // The same folds for several numbers of neighbours: a choice, with what chance explains.
        var holdOut = ml.Data.HoldOut(ml.Data.LoadFromEnumerable(wines), fraction: 0.25, stratifyColumn: "Cultivar");
        KNearestNeighborsMulticlassTrainer Neighbors(int k) =>
            ml.MulticlassClassification.Trainers.KNearestNeighbors(new KNearestNeighborsTrainer.Options { NumberOfNeighbors = k });
        var all = ml.MulticlassClassification.Compare(ml.Data.LoadFromEnumerable(wines), "Cultivar", foldColumn: "Fold", candidates: new() { ["1"] = Neighbors(1) });
        var choice = ml.MulticlassClassification.Compare(holdOut.TrainSet, "Cultivar", folds: Folds, candidates: new()
        {
            ["1 neighbour"] = Neighbors(1),
            ["9 neighbours"] = Neighbors(9),
            ["80 neighbours"] = Neighbors(80),
        });
        output.WriteLine($"   {choice.Answer}");

        // The chosen one, once, on wines that neither taught nor chose it.
        int k = int.Parse(choice.Best!.Name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var model = ml.Transforms.Conversion.MapValueToKey("Label", "Cultivar").Append(Neighbors(k)).Fit(holdOut.TrainSet);
        double last = ml.MulticlassClassification.Evaluate(model.Transform(holdOut.Open())).MicroAccuracy;
        output.WriteLine(FormattableString.Invariant($"   On the hold-out, opened {holdOut.Openings} time: {last:0.0%}"));
        return [new("accuracy in 5 folds, 1 neighbour", right, all["1"].Score!.Mean, 1e-12)];
    }

    private static double Distance(Wine a, Wine b)
    {
        float x = a.Features[0] - b.Features[0], y = a.Features[1] - b.Features[1];
        return (x * x) + (y * y);
    }
}
