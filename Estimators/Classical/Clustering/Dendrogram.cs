using System.Globalization;
using System.Text;

namespace MLPath.Trainers;

/// <summary>
/// A tree of clusters: n rows, and n − 1 merges of two clusters into one. Rows are clusters 0 to n − 1, and merge m makes cluster n + m.
/// </summary>
public sealed class Dendrogram
{
    private readonly int[] _children;
    private readonly double[] _distances;

    /// <summary>Creates a tree.</summary>
    /// <param name="children">The two clusters of each of n − 1 merges, the lower one first; each cluster is made before it is merged, and merged once.</param>
    /// <param name="distances">The n − 1 distances at which they merge; they never fall.</param>
    /// <exception cref="ArgumentException">The merges are no tree.</exception>
    public Dendrogram(ReadOnlySpan<int> children, ReadOnlySpan<double> distances)
    {
        (_children, _distances) = (children.ToArray(), distances.ToArray());
        if (_children.Length != 2 * _distances.Length)
            throw new ArgumentException("Each merge has two clusters and a distance.", nameof(children));
        var merged = new bool[2 * _distances.Length];
        for (int m = 0; m < _children.Length; m++)
        {
            int child = _children[m];
            if (child < 0 || child >= RowCount + (m / 2) || merged[child])
                throw new ArgumentException($"Merge {m / 2} has cluster {child}, which is not there, not yet, or no more.", nameof(children));
            merged[child] = true;
        }

        for (int m = 0; m < _distances.Length; m++)
        {
            if (!(_distances[m] >= (m == 0 ? 0 : _distances[m - 1])) || !double.IsFinite(_distances[m]))
                throw new ArgumentException($"The distance of merge {m} is {_distances[m]}; distances are finite, 0 or more, and never fall.", nameof(distances));
        }
    }

    /// <summary>n, the number of rows.</summary>
    public int RowCount => _distances.Length + 1;

    /// <summary>The two clusters of each of n − 1 merges, nearest first: (n − 1) × 2.</summary>
    public ReadOnlySpan<int> Children => _children;

    /// <summary>The n − 1 distances at which they merge; they never fall.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>The clusters that are left when the last merges are undone.</summary>
    /// <param name="clusters">k, 1 to n.</param>
    /// <returns>The cluster of each row, 0 to k − 1 in the order of their first rows.</returns>
    public int[] Cut(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, RowCount);
        int merges = RowCount - clusters;
        var root = new int[RowCount + merges];
        for (int c = 0; c < root.Length; c++)
            root[c] = c;
        for (int m = merges - 1; m >= 0; m--)
            (root[_children[2 * m]], root[_children[(2 * m) + 1]]) = (root[RowCount + m], root[RowCount + m]);
        var number = new Dictionary<int, int>();
        var cluster = new int[RowCount];
        for (int i = 0; i < cluster.Length; i++)
        {
            if (!number.TryGetValue(root[i], out cluster[i]))
                number[root[i]] = cluster[i] = number.Count;
        }

        return cluster;
    }

    /// <summary>How many clusters are left when merges at a distance and above are undone.</summary>
    /// <param name="distance">The distance.</param>
    public int CountAt(double distance)
    {
        int merges = 0;
        while (merges < _distances.Length && _distances[merges] < distance)
            merges++;
        return RowCount - merges;
    }

    /// <summary>Draws the tree from its root, one line for each cluster.</summary>
    /// <param name="levels">How many levels of merges are drawn, 1 or more; deeper clusters are told by their number of rows.</param>
    public string ToText(int levels = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        var rows = new int[RowCount + _distances.Length];
        Array.Fill(rows, 1, 0, RowCount);
        for (int m = 0; m < _distances.Length; m++)
            rows[RowCount + m] = rows[_children[2 * m]] + rows[_children[(2 * m) + 1]];

        var text = new StringBuilder();
        var open = new Stack<(int Cluster, int Level, string Indent, string Branch)>();
        open.Push((rows.Length - 1, 0, "", ""));
        while (open.TryPop(out var at))
        {
            text.Append(at.Indent).Append(at.Branch);
            if (at.Cluster < RowCount)
            {
                text.Append(CultureInfo.InvariantCulture, $"row {at.Cluster}\n");
                continue;
            }

            int m = at.Cluster - RowCount;
            text.Append(CultureInfo.InvariantCulture, $"{rows[at.Cluster]} rows, merged at {_distances[m]:G6}\n");
            if (at.Level == levels)
                continue;
            string indent = at.Indent + at.Branch switch { "" => "", "├─ " => "│  ", _ => "   " };
            open.Push((_children[(2 * m) + 1], at.Level + 1, indent, "└─ "));
            open.Push((_children[2 * m], at.Level + 1, indent, "├─ "));
        }

        return text.ToString();
    }
}
