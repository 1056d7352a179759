using MLPath.Runtime;

namespace MLPath.Datasets.Embedded;

internal static class Iris
{
    public static DatasetInfo Info { get; } = new()
    {
        Name = "iris",
        Title = "Iris flowers",
        Description =
            "Each row is one iris flower. Edgar Anderson measured fifty flowers of each of three species, and Ronald "
            + "Fisher made them the first example of discriminant analysis. Setosa stands apart from the other two; "
            + "versicolor and virginica overlap a little. Two rows differ from the copy at UCI, which departs there from "
            + "Fisher's table.",
        Task = LearningTask.Multiclass,
        Rows = 150,
        Features =
        [
            new("SepalLength", "Length of the sepal, cm"),
            new("SepalWidth", "Width of the sepal, cm"),
            new("PetalLength", "Length of the petal, cm"),
            new("PetalWidth", "Width of the petal, cm"),
        ],
        LabelColumn = "Species",
        LabelDescription = "The species of the flower",
        Classes = ["setosa", "versicolor", "virginica"],
        Source = new("https://archive.ics.uci.edu/dataset/53/iris"),
        Licence = "CC BY 4.0",
        Citation = "R. A. Fisher (1936). The use of multiple measurements in taxonomic problems. Annals of Eugenics 7(2), 179-188.",
    };
}
