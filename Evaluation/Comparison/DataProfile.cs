using MLPath.Data;

namespace MLPath.Evaluation;

/// <summary>
/// How the values of each column are distributed, how numbers go together, and how the label goes with each column: what a summary's figures cannot show.
/// </summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Label">The label's column and what it holds; null without one.</param>
/// <param name="CorrelatedColumns">The columns of numbers that <paramref name="Correlations"/> is about; empty where there are fewer than two, or too many.</param>
/// <param name="Correlations">Pearson's correlation of each pair over the rows that have both; NaN where one of the two does not vary.</param>
internal sealed record DataProfile(
    IReadOnlyList<ColumnProfile> Columns, LabelProfile? Label, IReadOnlyList<string> CorrelatedColumns, IReadOnlyList<IReadOnlyList<double>> Correlations)
{
    private const int MostCorrelated = 25;
    private const int MostClasses = 10;

    /// <summary>Reads the table once more, knowing its summary.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="summary">The same rows' summary.</param>
    /// <param name="labelColumn">The label; null for none.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static DataProfile Of(IDataView view, DataSummary summary, string? labelColumn, CancellationToken cancellationToken)
    {
        var columns = view.Schema.Where(c => !c.IsHidden).ToList();
        var readers = columns.Select((c, i) => c.Type.Accept(new ProfileReader.Factory(c, summary.Columns[i]))).ToList();
        int labelIndex = labelColumn is null ? -1 : columns.FindIndex(c => c.Name == labelColumn);
        var label = labelIndex < 0 ? null : LabelProfile.Of(summary.Columns[labelIndex], MostClasses);
        var profiles = readers.Select((r, i) => ColumnProfile.Empty(r, i == labelIndex ? null : label)).ToList();
        int[] correlated = [.. Enumerable.Range(0, columns.Count).Where(i => readers[i].IsNumber && columns[i].Type is not VectorDataViewType)];
        if (correlated.Length is < 2 or > MostCorrelated)
            correlated = [];
        var moments = new Comoments([.. correlated.Select(i => summary.Columns[i].Mean ?? 0)], [.. correlated.Select(i => summary.Columns[i].StandardDeviation > 0)]);
        using (var cursor = view.GetBatchCursor(columns, cancellationToken))
        {
            while (cursor.MoveNext())
            {
                for (int i = 0; i < readers.Count; i++)
                    readers[i].Read(cursor.Current[columns[i].Index]);
                var labels = label is null ? null : readers[labelIndex];
                for (int i = 0; i < readers.Count; i++)
                    profiles[i].Add(readers[i], cursor.Current.Count, i == labelIndex ? null : labels);
                moments.Add([.. correlated.Select(i => readers[i])], cursor.Current.Count);
            }
        }

        return new DataProfile(profiles, label, [.. correlated.Select(i => columns[i].Name)], moments.Correlations());
    }

    /// <summary>Sums of products about fixed points near the means, where little cancels.</summary>
    private sealed class Comoments(double[] centres, bool[] varies)
    {
        private readonly double[] _sums = new double[centres.Length * centres.Length * 6];

        public void Add(ProfileReader[] columns, int rows)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < columns.Length; i++)
                {
                    double x = columns[i].Numbers[row] - centres[i];
                    if (!double.IsFinite(x))
                        continue;
                    for (int j = 0; j < i; j++)
                    {
                        double y = columns[j].Numbers[row] - centres[j];
                        if (!double.IsFinite(y))
                            continue;
                        var s = Of(i, j);
                        s[0]++;
                        s[1] += x;
                        s[2] += y;
                        s[3] += x * x;
                        s[4] += y * y;
                        s[5] += x * y;
                    }
                }
            }
        }

        public IReadOnlyList<IReadOnlyList<double>> Correlations() =>
            [.. Enumerable.Range(0, centres.Length).Select(i => Enumerable.Range(0, centres.Length).Select(j => i == j ? (varies[i] ? 1 : double.NaN) : Correlation(Of(Math.Max(i, j), Math.Min(i, j)))).ToArray())];

        private Span<double> Of(int i, int j) => _sums.AsSpan(((i * centres.Length) + j) * 6, 6);

        // r = (n Σxy − Σx Σy) / √((n Σx² − (Σx)²) (n Σy² − (Σy)²))
        private static double Correlation(ReadOnlySpan<double> s)
        {
            double x = (s[0] * s[3]) - (s[1] * s[1]), y = (s[0] * s[4]) - (s[2] * s[2]);
            // What rounding leaves of a column that does not vary is no variance.
            return x > 1e-12 * s[0] * s[3] && y > 1e-12 * s[0] * s[4]
                ? Math.Clamp(((s[0] * s[5]) - (s[1] * s[2])) / (Math.Sqrt(x) * Math.Sqrt(y)), -1, 1)
                : double.NaN;
        }
    }
}

/// <summary>What a label holds: a few classes, or numbers.</summary>
/// <param name="Name">The column.</param>
/// <param name="Classes">The classes; empty for numbers.</param>
internal sealed record LabelProfile(string Name, IReadOnlyList<string> Classes)
{
    /// <summary>Of numbers: their mean.</summary>
    public double Centre { get; private init; }

    /// <summary>The profile of a column; null where it holds neither numbers nor a few classes.</summary>
    public static LabelProfile? Of(ColumnSummary column, int mostClasses) =>
        column is { Mean: not null, IsWhole: true, Minimum: { } least, Maximum: { } greatest } && greatest - least < mostClasses
            ? new(column.Name, [.. Enumerable.Range(0, (int)(greatest - least) + 1).Select(i => MLPath.Reports.NumberFormat.Integer(least + i))])
        : column.Mean is { } mean ? new(column.Name, []) { Centre = mean }
        : column.Distinct is { } different && different > 0 && different <= mostClasses ? new(column.Name, [.. column.Values.Select(v => v.Key)])
        : null;

    /// <summary>The class of a row; −1 where it is missing.</summary>
    public int ClassOf(ProfileReader column, int row) => !column.IsNumber ? column.Codes[row]
        : double.IsFinite(column.Numbers[row]) ? (int)(column.Numbers[row] - column.Summary.Minimum!.Value)
        : -1;
}
