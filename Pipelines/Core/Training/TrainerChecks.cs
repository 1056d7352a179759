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
        CheckClasses(TrainingStream.Of(data), labelColumnName, FitContext.Default, minimum);
    }

    /// <summary>The same check of rows that are read in passes; it takes one, and tells what it saw.</summary>
    /// <param name="rows">The rows of a classifier.</param>
    /// <param name="labelColumnName">The label's column, for the message.</param>
    /// <param name="context">Cancellation.</param>
    /// <param name="minimum">How many classes must have rows.</param>
    /// <returns>The sum of the weights of each class's rows; 0 for a class without rows.</returns>
    /// <exception cref="DataException">Fewer classes have rows, or the label looks like an identifier.</exception>
    public static double[] CheckClasses(TrainingStream rows, string labelColumnName, FitContext context, int minimum = 2)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        long count = 0;
        var weights = new double[rows.ClassNames.Count];
        foreach (var block in rows.Blocks(context))
        {
            context.Checkpoint();
            count += block.Rows;
            for (int i = 0; i < block.Rows; i++)
                weights[block.Classes[i]] += block.Weight(i);
        }

        Check(rows.ClassNames, count, weights, labelColumnName, minimum);
        return weights;
    }

    private static void Check(IReadOnlyList<string> classNames, long rows, double[] weights, string labelColumnName, int minimum)
    {
        int k = classNames.Count;
        if (k >= IdentifierClassCount && k > rows / 2)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"The label '{labelColumnName}' has {k} classes for {rows} rows, so that hardly any class repeats. It looks like an " +
                $"identifier, which cannot be learned. Choose another label, or group its values into fewer classes."));
        }

        int count = weights.Count(w => w > 0);
        if (count < minimum)
        {
            string found = count == 1 ? $"one class only: {classNames[Array.FindIndex(weights, w => w > 0)]}" : $"{count} classes";
            throw new DataException(
                $"The label '{labelColumnName}' has {found}; the trainer needs {(minimum == 2 ? "two" : minimum)}. " +
                "Look at how the rows were chosen, or choose another label.");
        }
    }
}
