namespace MLPath.Runtime;

/// <summary>Helps errors say which name was probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate nearest to what was typed, or null when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The names there are.</param>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = Math.Max(2, typed.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = string.Equals(typed, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(typed, candidate);
            // Names without a letter in common are not near, however short they are.
            if (distance < bestDistance && distance < Math.Max(typed.Length, candidate.Length))
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The question whether the nearest name was meant, with a space before it: " Did you mean 'iris'?"; empty when none is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The names there are.</param>
    public static string Hint(string typed, IEnumerable<string> candidates) =>
        Find(typed, candidates) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>A sentence that lists names, shortened when there are many.</summary>
    /// <param name="lead">The words before the list.</param>
    /// <param name="names">The names.</param>
    public static string List(string lead, IReadOnlyCollection<string> names)
    {
        const int Shown = 12;
        if (names.Count == 0)
            return $"{lead}: none.";
        string rest = names.Count > Shown ? $", … ({names.Count} in all)" : "";
        return $"{lead}: {string.Join(", ", names.Take(Shown))}{rest}.";
    }

    // Levenshtein distance without regard to case, two rows of the table at a time.
    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
