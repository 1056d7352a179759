namespace MLPath.Evaluation;

/// <summary>What the values of a sampled column are.</summary>
internal enum SampledKind
{
    /// <summary>Quantities.</summary>
    Number,

    /// <summary>Texts, truths or keys, by a code for each different value.</summary>
    Category,

    /// <summary>Moments or durations, in ticks.</summary>
    Time,
}

/// <summary>The values of one column, or of one slot of a vector, in the rows that the doctor looks at.</summary>
/// <param name="Name">The column, with the slot where it is one of a vector.</param>
/// <param name="Source">The column of the table.</param>
/// <param name="Kind">What the values are.</param>
/// <param name="Values">For each row the number, the code from 0, or the ticks; NaN where it is missing.</param>
internal sealed record SampledColumn(string Name, string Source, SampledKind Kind, double[] Values)
{
    private int[]? _order;
    private int? _distinct;
    private bool? _isWhole;

    /// <summary>Whether it is one slot of a vector.</summary>
    public bool IsSlot { get; init; }

    /// <summary>Of texts the mean number of words; 0 for anything else.</summary>
    public double Words { get; init; }

    /// <summary>Of categories what each code stands for; empty otherwise.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The rows that have a value, in the order of the values, and of the rows where these are equal.</summary>
    public int[] Order => _order ??= MakeOrder();

    /// <summary>The number of rows that have a value.</summary>
    public int Count => Order.Length;

    /// <summary>The number of rows that have none.</summary>
    public int Missing => Values.Length - Count;

    /// <summary>The number of different values.</summary>
    public int Distinct => _distinct ??= CountDistinct();

    /// <summary>Whether it holds numbers, all of them whole.</summary>
    public bool IsWhole => _isWhole ??= Kind == SampledKind.Number && Array.TrueForAll(Values, v => double.IsNaN(v) || double.IsInteger(v));

    /// <summary>The least value.</summary>
    public double Least => Values[Order[0]];

    /// <summary>The greatest value.</summary>
    public double Greatest => Values[Order[^1]];

    /// <summary>The values that are there, ascending.</summary>
    /// <param name="rows">Which rows count; null for all.</param>
    public double[] Sorted(Func<int, bool>? rows = null) => [.. Order.Where(row => rows is null || rows(row)).Select(row => Values[row])];

    /// <summary>For each row the place of its value among the different ones, ascending; −1 where it is missing.</summary>
    public int[] Codes()
    {
        var codes = new int[Values.Length];
        Array.Fill(codes, -1);
        int code = -1;
        double last = double.NaN;
        foreach (int row in Order)
        {
            if (Values[row] != last)
                (code, last) = (code + 1, Values[row]);
            codes[row] = code;
        }

        return codes;
    }

    private int[] MakeOrder()
    {
        int[] rows = [.. Enumerable.Range(0, Values.Length).Where(row => !double.IsNaN(Values[row]))];
        var keys = Array.ConvertAll(rows, row => (Values[row], row));
        Array.Sort(keys, rows);
        return rows;
    }

    private int CountDistinct()
    {
        int distinct = 0;
        for (int i = 0; i < Order.Length; i++)
        {
            if (i == 0 || Values[Order[i]] != Values[Order[i - 1]])
                distinct++;
        }

        return distinct;
    }
}
