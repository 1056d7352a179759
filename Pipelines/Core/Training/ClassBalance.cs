namespace MLPath.Trainers;

/// <summary>Weights under which every class counts alike.</summary>
internal static class ClassBalance
{
    /// <summary>n / (k n_c) for each class c that has n_c of the n rows, where k classes have rows; 0 for one without rows.</summary>
    public static float[] Factors(IEnumerable<TrainingData> blocks, int classes)
    {
        var rows = new long[classes];
        foreach (var block in blocks)
        {
            foreach (int c in block.Classes)
                rows[c]++;
        }

        double total = rows.Sum(), present = rows.Count(n => n > 0);
        return [.. rows.Select(n => n == 0 ? 0f : (float)(total / (present * n)))];
    }
}
