using MLPath.Runtime;

namespace MLPath.Datasets.Embedded;

internal static class Wine
{
    public static DatasetInfo Info { get; } = new()
    {
        Name = "wine",
        Aliases = ["wine-recognition"],
        Title = "Wine recognition",
        Description =
            "Each row is the chemical analysis of one wine. All were grown in the same region of Italy, from three "
            + "cultivars, which the thirteen measurements tell apart almost perfectly once they are brought to a common "
            + "scale. The published table states no units.",
        Task = LearningTask.Multiclass,
        Rows = 178,
        Features =
        [
            new("Alcohol", "Alcohol content"),
            new("MalicAcid", "Malic acid"),
            new("Ash", "Ash"),
            new("AlcalinityOfAsh", "Alcalinity of the ash"),
            new("Magnesium", "Magnesium"),
            new("TotalPhenols", "Total phenols"),
            new("Flavanoids", "Flavanoid phenols"),
            new("NonflavanoidPhenols", "Nonflavanoid phenols"),
            new("Proanthocyanins", "Proanthocyanins"),
            new("ColorIntensity", "Colour intensity"),
            new("Hue", "Hue"),
            new("Od280Od315", "Optical density at 280 nm over that at 315 nm, of the diluted wine"),
            new("Proline", "Proline"),
        ],
        LabelColumn = "Cultivar",
        LabelDescription = "The cultivar of the grapes; the published table numbers the three and does not name them",
        Classes = ["class_0", "class_1", "class_2"],
        Source = new("https://archive.ics.uci.edu/dataset/109/wine"),
        Licence = "CC BY 4.0",
        Citation = "S. Aeberhard, M. Forina (1992). Wine. UCI Machine Learning Repository. doi:10.24432/C5PC7J.",
    };
}
