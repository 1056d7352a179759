using System.Collections;
using MLPath.Numerics;

namespace MLPath.Trainers;

/// <summary>
/// Draws rows with replacement, each with a probability in proportion to its weight, as many as they weigh together. So a row of weight 2
/// is drawn like two rows: with weights that are whole numbers a forest is the one that the rows, each written as often as it weighs, give.
/// </summary>
internal sealed class Bootstrap
{
    // Weights are of any scale: very light rows are drawn as often as there are rows, very heavy ones not without end.
    private const int MostDrawsPerRow = 10;

    // Where, on a line as long as the weight of all rows, the part of each row ends.
    private readonly double[] _ends;
    private readonly int _draws;

    /// <summary>Prepares to draw.</summary>
    /// <param name="weights">The weights of the rows, positive.</param>
    public Bootstrap(double[] weights)
    {
        _ends = new double[weights.Length];
        double end = 0;
        for (int row = 0; row < weights.Length; row++)
            _ends[row] = end += weights[row];
        _draws = (int)Math.Clamp(Math.Round(end), weights.Length, Math.Min(int.MaxValue, (double)MostDrawsPerRow * weights.Length));
    }

    /// <summary>Draws rows.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="bag">Receives whether a row was drawn.</param>
    /// <returns>How often each row was drawn.</returns>
    public double[] Draw(RandomStream random, BitArray bag)
    {
        var times = new double[_ends.Length];
        for (int i = 0; i < _draws; i++)
        {
            int row = RowAt(random.NextDouble() * _ends[^1]);
            times[row]++;
            bag[row] = true;
        }

        return times;
    }

    // The first row whose part ends behind a point; the last one where rounding has put the point at the very end.
    private int RowAt(double point)
    {
        int found = Array.BinarySearch(_ends, point);
        return Math.Min(found >= 0 ? found + 1 : ~found, _ends.Length - 1);
    }
}
