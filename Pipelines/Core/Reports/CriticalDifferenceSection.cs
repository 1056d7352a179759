using System.Globalization;

namespace MLPath.Reports;

/// <summary>
/// The diagram of J. Demšar, Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006: competitors along an axis of average ranks,
/// with a bar over each group in which no two are known to differ.
/// </summary>
public sealed record CriticalDifferenceSection : ReportSection
{
    /// <summary>Makes a diagram.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="items">The competitors, best average rank first.</param>
    /// <param name="criticalDifference">Average ranks that are at least this far apart differ; NaN where there is no test, and then no bar.</param>
    /// <param name="groups">The largest runs of items in which no two are known to differ, of two items or more.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two items, a rank is not from 1 to their number, they are not in order, or a group is not a run of items.
    /// </exception>
    public CriticalDifferenceSection(
        string title, IReadOnlyList<RankedItem> items, double criticalDifference, IReadOnlyList<RankGroup> groups) : base(title)
    {
        if (items.Count < 2)
            throw new ArgumentException($"The diagram '{title}' needs at least two items.", nameof(items));
        for (int i = 0; i < items.Count; i++)
        {
            if (!(items[i].AverageRank >= 1 && items[i].AverageRank <= items.Count) || (i > 0 && items[i].AverageRank < items[i - 1].AverageRank))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"Average ranks of the diagram '{title}' lie between 1 and {items.Count} and do not fall; that of '{items[i].Name}' is {items[i].AverageRank}."),
                    nameof(items));
            }
        }

        foreach (var (first, last) in groups)
        {
            if (first < 0 || last <= first || last >= items.Count)
                throw new ArgumentException($"A group of the diagram '{title}' goes from item {first} to {last} of {items.Count}.", nameof(groups));
        }

        Items = items;
        CriticalDifference = criticalDifference;
        Groups = groups;
    }

    /// <summary>The competitors, best average rank first.</summary>
    public IReadOnlyList<RankedItem> Items { get; }

    /// <summary>How far apart average ranks must be to differ; NaN where there is no test.</summary>
    public double CriticalDifference { get; }

    /// <summary>The largest runs of items in which no two are known to differ.</summary>
    public IReadOnlyList<RankGroup> Groups { get; }

    /// <summary>
    /// The groups told in letters: for each item those of its groups, so that two items that share a letter are not known to differ. An item in no
    /// group has a letter of its own. Letters go from <c>a</c> to <c>z</c>, then <c>a1</c> and so on.
    /// </summary>
    public IReadOnlyList<string> Letters
    {
        get
        {
            // An item alone is a group as well here; runs are lettered from the best on.
            var runs = Groups.Concat(Enumerable.Range(0, Items.Count).Where(i => !Groups.Any(g => g.First <= i && i <= g.Last)).Select(i => new RankGroup(i, i)))
                .OrderBy(g => g.First).ThenBy(g => g.Last).ToList();
            return [.. Items.Select((_, i) => string.Concat(runs.Select((g, r) => g.First <= i && i <= g.Last ? Letter(r) : "")))];
        }
    }

    private static string Letter(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (index % 26))}{(index < 26 ? "" : $"{index / 26}")}");
}

/// <summary>A competitor of a <see cref="CriticalDifferenceSection"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AverageRank">Its rank on average, 1 being best.</param>
public readonly record struct RankedItem(string Name, double AverageRank);

/// <summary>A run of items of a <see cref="CriticalDifferenceSection"/>.</summary>
/// <param name="First">The place of the first one, from 0.</param>
/// <param name="Last">The place of the last one.</param>
public readonly record struct RankGroup(int First, int Last);
