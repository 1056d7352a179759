using MLPath.Runtime;

namespace MLPath.Datasets.Embedded;

internal static class Diabetes
{
    public static DatasetInfo Info { get; } = new()
    {
        Name = "diabetes",
        Title = "Diabetes progression",
        Description =
            "Each row is one person with diabetes: ten measurements at the start of a study, and how far the disease had "
            + "progressed a year later. The values are as measured, neither centred nor scaled; the publishers state no "
            + "units for the blood values.",
        Task = LearningTask.Regression,
        Rows = 442,
        Features =
        [
            new("Age", "Age, years"),
            new("Sex", "Sex, coded 1 or 2"),
            new("BodyMassIndex", "Body mass index, kg/m²"),
            new("BloodPressure", "Average blood pressure"),
            new("TotalCholesterol", "Total serum cholesterol (S1, tc)"),
            new("LowDensityLipoproteins", "Low-density lipoproteins (S2, ldl)"),
            new("HighDensityLipoproteins", "High-density lipoproteins (S3, hdl)"),
            new("CholesterolRatio", "Total cholesterol over high-density lipoproteins (S4, tch)"),
            new("LogTriglycerides", "Presumably the logarithm of the serum triglycerides (S5, ltg)"),
            new("Glucose", "Blood sugar (S6, glu)"),
        ],
        LabelColumn = "Progression",
        LabelDescription = "Measure of the disease's progression after one year, from 25 to 346, without unit",
        Source = new("https://www4.stat.ncsu.edu/~boos/var.select/diabetes.html"),
        Licence = "No licence stated; published by its authors for research, and distributed with scikit-learn (BSD-3-Clause)",
        Citation = "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani (2004). Least angle regression. Annals of Statistics 32(2), 407-499.",
    };
}
