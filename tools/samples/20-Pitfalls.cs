using MLPath.Evaluation;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Samples;

/// <summary>
/// The pitfalls, each provoked: rows that stand on both sides of the split, a column that gives the label away, an identifier as a feature, classes so unequal
/// that accuracy misleads, test rows unlike those that were learned from. Each makes a bad model look good; the doctor looks for them in every report.
/// </summary>
internal static class Pitfalls
{
    private const int Rows = 400;

    private sealed class Patient
    {
        public int Id { get; set; }

        public float Age { get; set; }

        public float Pressure { get; set; }

        public float DaysInHospitalAfterwards { get; set; }

        public bool IsIll { get; set; }
    }

    public static IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        var random = new RandomStream(1);
        // One in eight is ill; the illness says a little about the pressure, and everything about the days that follow it.
        var patients = Enumerable.Range(0, Rows).Select(i =>
        {
            bool isIll = i % 8 == 0;
            return new Patient
            {
                Id = 1000 + i,
                Age = 20 + (float)(60 * random.NextDouble()),
                Pressure = 120 + (float)(15 * random.NextGaussian()) + (isIll ? 12 : 0),
                DaysInHospitalAfterwards = isIll ? 3 + (i % 5) : 0,
                IsIll = isIll,
            };
        }).ToList();
        IDataView data = ml.Data.LoadFromEnumerable(patients);
        Tell(output, "the table as it is", Doctor.Examine(data, "IsIll", LearningTask.Binary));

        // Some patients stand on both sides, and those tested are the old ones.
        var old = patients.Where(p => p.Age > 60).ToList();
        var young = patients.Where(p => p.Age <= 65).ToList();
        var split = Doctor.ExamineSplit(ml.Data.LoadFromEnumerable(young), ml.Data.LoadFromEnumerable(old), "IsIll", LearningTask.Binary);
        Tell(output, "a split by age, with an overlap", split);

        // By hand: how good is a model that says "healthy" to everyone?
        double byHand = patients.Count(p => !p.IsIll) / (double)Rows;
        var useless = ml.BinaryClassification.Compare(data, "IsIll", folds: 4, metric: "accuracy", candidates: new()
        {
            ["prior"] = ml.Transforms.Concatenate("Features", "Age").Append(ml.BinaryClassification.Trainers.Prior()),
        });
        Tell(output, "a model of nothing", [.. useless.Findings.Where(f => f.Columns.Count == 0)]);
        return [new("accuracy of 'healthy' for everyone", byHand, useless.Best!.Score!.Mean, 1e-12)];
    }

    private static void Tell(TextWriter output, string title, IReadOnlyList<Finding> findings)
    {
        output.WriteLine($"   {title}:");
        foreach (var finding in findings)
            output.WriteLine($"     {finding.Severity}: {finding.Message}");
    }
}
