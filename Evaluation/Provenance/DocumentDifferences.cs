using System.Globalization;
using System.Text.Json;

namespace MLPath.Evaluation;

/// <summary>Two comparison documents, member by member. Candidates are paired by name, so that another order is one difference of ranks, not of all.</summary>
internal static class DocumentDifferences
{
    // What may differ between two equal comparisons, and what says other members again in words.
    private static readonly string[] Uncounted = ["timing", "machine", "mlpath", "command", "answer"];

    public static IReadOnlyList<ReportDifference> Find(JsonElement old, JsonElement now)
    {
        var found = new List<ReportDifference>();
        foreach (string name in Names(old, now).Except(Uncounted).Where(n => n != "candidates"))
            Compare(found, new Place(null, name, null), Get(old, name), Get(now, name));
        var (before, after) = (ByName(old), ByName(now));
        foreach (string name in before.Keys.Union(after.Keys))
        {
            bool was = before.TryGetValue(name, out var oldCandidate), isNow = after.TryGetValue(name, out var newCandidate);
            if (was && isNow)
                CompareCandidates(found, name, oldCandidate, newCandidate);
            else
                found.Add(new ReportDifference(name, "candidate", null, was ? "compared" : null, isNow ? "compared" : null));
        }

        return found;
    }

    /// <summary>Where a value stands.</summary>
    private readonly record struct Place(string? Candidate, string Member, string? Fold)
    {
        public Place In(string member) => this with { Member = $"{Member}.{member}" };
    }

    private static void CompareCandidates(List<ReportDifference> found, string name, JsonElement old, JsonElement now)
    {
        string[] folds = [.. Items(Get(now, "folds")).Select(FoldName)];
        foreach (string member in Names(old, now).Except(Uncounted).Where(m => m != "metrics"))
            Compare(found, new Place(name, member, null), Get(old, member), Get(now, member));
        var (before, after) = (Get(old, "metrics"), Get(now, "metrics"));
        foreach (string metric in Names(before, after))
            CompareMetric(found, new Place(name, metric, null), Get(before, metric), Get(after, metric), folds);
    }

    private static void CompareMetric(List<ReportDifference> found, Place place, JsonElement old, JsonElement now, string[] folds)
    {
        foreach (string statistic in Names(old, now).Where(n => n != "folds"))
            Compare(found, place with { Member = $"{place.Member} {statistic}" }, Get(old, statistic), Get(now, statistic));
        JsonElement[] before = [.. Items(Get(old, "folds"))], after = [.. Items(Get(now, "folds"))];
        for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            string fold = i < folds.Length ? folds[i] : string.Create(CultureInfo.InvariantCulture, $"fold {i + 1}");
            Compare(found, place with { Fold = fold }, before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
        }
    }

    private static void Compare(List<ReportDifference> found, Place place, JsonElement old, JsonElement now)
    {
        if (old.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            // The name of the data may be another path to the same rows; their fingerprint tells.
            foreach (string name in Names(old, now).Except(Uncounted).Where(n => (place.Member, n) != ("data", "source")))
                Compare(found, place.In(name), Get(old, name), Get(now, name));
        }
        else if (old.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] before = [.. old.EnumerateArray()], after = [.. now.EnumerateArray()];
            for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
                Compare(found, place.In((i + 1).ToString(CultureInfo.InvariantCulture)), before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
        }
        else if (!Same(old, now))
        {
            bool numbers = old.ValueKind == JsonValueKind.Number && now.ValueKind == JsonValueKind.Number;
            found.Add(new ReportDifference(place.Candidate, place.Member, place.Fold, Text(old), Text(now))
            {
                Change = numbers ? now.GetDouble() - old.GetDouble() : null,
            });
        }
    }

    // Numbers are written so that they are read back exactly, so equal numbers are equal bit for bit.
    private static bool Same(JsonElement old, JsonElement now) => old.ValueKind == now.ValueKind && old.ValueKind switch
    {
        JsonValueKind.Number => old.GetDouble().Equals(now.GetDouble()),
        JsonValueKind.String => old.GetString() == now.GetString(),
        _ => true,
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Object or JsonValueKind.Array => value.ValueKind == JsonValueKind.Object ? "an object" : "a list",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string FoldName(JsonElement fold) =>
        $"repeat {Text(Get(fold, "repeat"))}, fold {Text(Get(fold, "fold"))}";

    private static Dictionary<string, JsonElement> ByName(JsonElement root)
    {
        var candidates = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var candidate in Items(Get(root, "candidates")))
            candidates.TryAdd(Text(Get(candidate, "name")) ?? "", candidate);
        return candidates;
    }

    private static JsonElement Get(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static IEnumerable<JsonElement> Items(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    // The names of both, the old ones first.
    private static IEnumerable<string> Names(JsonElement old, JsonElement now) => Own(old).Union(Own(now));

    private static IEnumerable<string> Own(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(m => m.Name) : [];
}
