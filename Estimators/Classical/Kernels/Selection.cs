namespace MLPath.Trainers;

/// <summary>Partial sorting.</summary>
internal static class Selection
{
    /// <summary>Moves the items of greatest keys to the front, in no particular order, in time proportional to their number on average.</summary>
    /// <param name="keys">The keys, none of them NaN; moved with the items.</param>
    /// <param name="items">The items.</param>
    /// <param name="count">How many to bring to the front.</param>
    /// <remarks>Hoare's quickselect with the middle of three as pivot: where items go is a function of the keys alone.</remarks>
    public static void MoveGreatestFirst(Span<double> keys, Span<int> items, int count)
    {
        int first = 0, last = keys.Length - 1;
        while (first < last && count > first && count <= last)
        {
            double pivot = Middle(keys[first], keys[first + ((last - first) / 2)], keys[last]);
            int i = first, j = last;
            while (i <= j)
            {
                while (keys[i] > pivot)
                    i++;
                while (keys[j] < pivot)
                    j--;
                if (i > j)
                    break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                (items[i], items[j]) = (items[j], items[i]);
                i++;
                j--;
            }

            // Now keys up to j are at least the pivot, those from i on at most; what lies between is equal to it.
            if (count <= j)
                last = j;
            else if (count > i)
                first = i;
            else
                return;
        }
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
