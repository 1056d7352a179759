using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>Passes over the rows of a stream, one row at a time, in the order in which they lie or in a random one within blocks.</summary>
/// <param name="rows">The rows.</param>
/// <param name="passes">The most passes.</param>
/// <param name="random">Orders the rows; null leaves them as they are.</param>
/// <param name="context">Progress and cancellation.</param>
internal sealed class OnlinePasses(TrainingStream rows, int passes, RandomStream? random, FitContext context)
{
    private const int RowsBetweenCheckpoints = 4096;

    private readonly List<double> _losses = [];

    /// <summary>The mean loss of each pass so far, each row's before it was learned from.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Learns from a row, and returns its loss before that.</summary>
    public delegate double RowAction(TrainingData block, int row);

    /// <summary>Makes the passes.</summary>
    /// <param name="learn">Called for every row of every pass.</param>
    /// <param name="passEnded">Called after every pass; says whether it is enough.</param>
    /// <returns>Whether it was enough before the last pass.</returns>
    public bool Run(RowAction learn, Func<bool> passEnded)
    {
        int[] order = [];
        for (int pass = 0; pass < passes; pass++)
        {
            double loss = 0;
            long count = 0, index = 0;
            foreach (var block in rows.Blocks(context))
            {
                if (order.Length != block.Rows)
                    order = new int[block.Rows];
                for (int i = 0; i < order.Length; i++)
                    order[i] = i;
                random?.Derive(pass).Derive(index++).Shuffle(order.AsSpan());
                for (int t = 0; t < order.Length; t++)
                {
                    if (t % RowsBetweenCheckpoints == 0)
                        context.Checkpoint();
                    loss += learn(block, order[t]);
                }

                count += block.Rows;
            }

            _losses.Add(loss / count);
            context.Report(pass + 1, passes, _losses[^1]);
            if (passEnded() && pass + 1 < passes)
                return true;
        }

        return false;
    }

    /// <summary>How it went.</summary>
    /// <param name="ended">What <see cref="Run"/> returned.</param>
    public TrainingHistory History(bool ended) => new(
        _losses.Count, true, ended ? "The loss no longer falls." : "The number of passes was reached.", _losses);
}
