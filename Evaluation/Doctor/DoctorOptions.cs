using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>What the doctor tells of.</summary>
public sealed record DoctorOptions
{
    /// <summary>All checks.</summary>
    public static DoctorOptions Default { get; } = new();

    /// <summary>The names of checks that are left out: see <see cref="Doctor.Checks"/>. None by default.</summary>
    /// <exception cref="OptionException">There is no check of a name.</exception>
    public IReadOnlyList<string> Silenced
    {
        get;
        init => field = Known(value);
    } = [];

    /// <summary>The checks that are made.</summary>
    internal IEnumerable<DoctorCheck> Checks => Doctor.Checks.Where(c => !Silenced.Contains(c.Name, StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<string> Known(IReadOnlyList<string> silenced)
    {
        ArgumentNullException.ThrowIfNull(silenced);
        string[] names = [.. Doctor.Checks.Select(c => c.Name)];
        string? unknown = silenced.FirstOrDefault(s => !names.Contains(s, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? silenced : throw new OptionException(
            $"There is no check '{unknown}' to silence.{NearestName.Hint(unknown, names)} The checks are: {string.Join(", ", names)}.");
    }
}
