using System.Globalization;

namespace MLPath.Trainers;

/// <summary>Checks of training data that trainers share, so that the same mistake gives the same message everywhere.</summary>
public static class TrainerChecks
{
    /// <summary>
    /// From this many classes on, a label must have at least two rows a class on average; with fewer it is taken for an identifier, such as
    /// a number that each row has for itself. 10 000.
    /// </summary>
    public const int IdentifierClassCount = 10_000;

    /// <summary>Checks that a label's classes can be told apart. Call it first in every classifier's training.</summary>
    /// <param name="data">The data of a classifier.</param>
    /// <param name="labelColumnName">The label's column, for the message.</param>
    /// <param name="minimum">
    /// How many classes must have rows: 2 (the default) for trainers that separate classes, 1 for those that describe each class by itself.
    /// </param>
    /// <exception cref="DataException">Fewer classes have rows, or the label looks like an identifier.</exception>
    public static void CheckClasses(TrainingData data, string labelColumnName, int minimum = 2)
    {
        ArgumentNullException.ThrowIfNull(data);
        int k = data.ClassCount;
        if (k >= IdentifierClassCount && k > data.Rows / 2)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"The label '{labelColumnName}' has {k} classes for {data.Rows} rows, so that hardly any class repeats. It looks like an " +
                $"identifier, which cannot be learned. Choose another label, or group its values into fewer classes."));
        }

        var present = new bool[k];
        foreach (int c in data.Classes)
            present[c] = true;
        int count = present.Count(p => p);
        if (count < minimum)
        {
            string found = count == 1 ? $"one class only: {data.ClassNames[Array.IndexOf(present, true)]}" : $"{count} classes";
            throw new DataException(
                $"The label '{labelColumnName}' has {found}; the trainer needs {(minimum == 2 ? "two" : minimum)}. " +
                "Look at how the rows were chosen, or choose another label.");
        }
    }
}
