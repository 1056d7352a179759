using MLPath.Runtime;

namespace MLPath.Datasets.Embedded;

internal static class BreastCancer
{
    public static DatasetInfo Info { get; } = new()
    {
        Name = "breast-cancer",
        Aliases = ["wdbc", "breast-cancer-wisconsin", "breast-cancer-diagnostic"],
        Title = "Breast Cancer Wisconsin (diagnostic)",
        Description =
            "Each row is one breast mass. A drop of its tissue, taken with a fine needle, was photographed through a "
            + "microscope and the outlines of the cell nuclei traced. Ten properties of the nuclei are each given three "
            + "times: the mean over the image, its standard error, and the mean of the three largest values, called worst.",
        Task = LearningTask.Binary,
        Rows = 569,
        Features =
        [
            .. Statistic("Mean", "", "mean"),
            .. Statistic("", "Error", "standard error of the mean"),
            .. Statistic("Worst", "", "mean of the three largest"),
        ],
        LabelColumn = "Diagnosis",
        LabelDescription = "Whether the mass was malignant or benign",
        Classes = ["malignant", "benign"],
        Source = new("https://archive.ics.uci.edu/dataset/17/breast+cancer+wisconsin+diagnostic"),
        Licence = "CC BY 4.0",
        Citation = "W. N. Street, W. H. Wolberg, O. L. Mangasarian (1993). Nuclear feature extraction for breast tumor diagnosis. "
            + "IS&T/SPIE International Symposium on Electronic Imaging 1905, 861-870.",
    };

    private static IEnumerable<DatasetFeature> Statistic(string prefix, string suffix, string statistic) =>
        from property in Properties
        select new DatasetFeature($"{prefix}{property.Name}{suffix}", $"{property.Description}; {statistic}");

    private static IEnumerable<(string Name, string Description)> Properties =>
    [
        ("Radius", "Mean distance from the nucleus' centre to its outline, image units"),
        ("Texture", "Standard deviation of the grey values"),
        ("Perimeter", "Length of the outline, image units"),
        ("Area", "Area within the outline, square image units"),
        ("Smoothness", "Local variation of the radius"),
        ("Compactness", "Perimeter² / area - 1"),
        ("Concavity", "How deep the outline's concave parts are"),
        ("ConcavePoints", "How many concave parts the outline has"),
        ("Symmetry", "Relative difference of the two sides of the longest axis"),
        ("FractalDimension", "Coastline approximation of the outline, less 1"),
    ];
}
