using MLPath.Data;

namespace MLPath.Datasets;

/// <summary>How a file of JSON lines is read.</summary>
public sealed record JsonLinesOptions
{
    internal static readonly PrimitiveDataViewType[] PossibleTypes =
    [
        NumberDataViewType.Single, NumberDataViewType.Double, NumberDataViewType.Int32, NumberDataViewType.Int64,
        BooleanDataViewType.Instance, TextDataViewType.Instance, DateTimeDataViewType.Instance,
    ];

    /// <summary>
    /// The types of columns that are not to be inferred, by name (<c>address.city</c> for a property of an object): Double for precise
    /// numbers, Int64 or Text for long identifiers. Single, Double, Int32, Int64, Boolean, Text and DateTime are possible. A value that does
    /// not fit is then an error, and so is a missing one where the type has no missing value. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, DataViewType> Types { get; init; } = new Dictionary<string, DataViewType>();

    internal void Validate()
    {
        foreach (var (name, type) in Types)
        {
            if (!PossibleTypes.Contains(type))
                throw new ArgumentException($"{nameof(Types)}['{name}'] is {type}; expected one of {string.Join<DataViewType>(", ", PossibleTypes)}.");
        }
    }
}
