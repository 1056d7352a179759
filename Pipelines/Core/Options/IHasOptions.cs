namespace MLPath.Runtime;

/// <summary>
/// An estimator that tells all its options by name, those at their defaults too, so that a report can say with which settings a result came about.
/// Every <see cref="Trainers.ITrainer"/> of MLPath does.
/// </summary>
public interface IHasOptions
{
    /// <summary>Every declared option and its value as text, as <see cref="OptionSet{TOptions}.Values"/> gives them; in the order of declaration.</summary>
    IReadOnlyList<KeyValuePair<string, string>> OptionValues { get; }
}
