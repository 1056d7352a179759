using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Datasets.Embedded;

internal static class Digits
{
    public static DatasetInfo Info { get; } = new()
    {
        Name = "digits",
        Aliases = ["optdigits"],
        Title = "Handwritten digits, 8 by 8 pixels",
        Description =
            "Each row is one handwritten digit. Scans of 32 by 32 black and white pixels were cut into 4 by 4 blocks; a "
            + "value counts the inked pixels of one block, from 0 (blank) to 16 (black). The rows are the test part of the "
            + "set at UCI, written by 13 people.",
        Task = LearningTask.Multiclass,
        Rows = 1797,
        Features =
        [
            new("Pixels", "Ink of each block, 0 to 16, row by row from the top left")
            {
                Type = new VectorDataViewType(NumberDataViewType.Single, 8, 8),
                SlotNames = [.. from row in Enumerable.Range(0, 8) from column in Enumerable.Range(0, 8) select $"R{row}C{column}"],
            },
        ],
        LabelColumn = "Digit",
        LabelDescription = "The digit that was written",
        Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Source = new("https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits"),
        Licence = "CC BY 4.0",
        Citation = "E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. "
            + "UCI Machine Learning Repository. doi:10.24432/C50P49.",
    };
}
