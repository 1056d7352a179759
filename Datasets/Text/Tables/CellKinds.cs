using MLPath.Data;

namespace MLPath.Datasets.Text;

/// <summary>The kinds of cell that a column has. No cell is a number, a Boolean word and a date at once.</summary>
[Flags]
internal enum CellKinds
{
    None = 0,
    Missing = 1,
    Number = 2,
    Boolean = 4,
    Date = 8,
    Other = 16,
}

/// <summary>From cells to types.</summary>
internal static class CellKindsExtensions
{
    private const CellKinds Values = CellKinds.Number | CellKinds.Boolean | CellKinds.Date | CellKinds.Other;

    /// <summary>The kinds of cell that stand for values, not for a missing one.</summary>
    public static CellKinds OfValues(this CellKinds kinds) => kinds & Values;

    /// <summary>The kind of one cell.</summary>
    public static CellKinds KindOf(ReadOnlySpan<byte> cell, CellRules rules) =>
        rules.Missing.Contains(cell) ? CellKinds.Missing
        : DecimalNumber.TryParse(cell, out float _, rules.Point) ? CellKinds.Number
        : new BooleanParser(digits: false).TryParse(cell, out _) ? CellKinds.Boolean
        : IsoDateTime.TryParse(cell, out DateTime _) ? CellKinds.Date
        : CellKinds.Other;

    /// <summary>
    /// The type of a column with such cells. Numbers may be missing (NaN); a column of Booleans or dates with missing cells is text, because
    /// those types have no missing value. A column of missing cells only is numbers. Any mixture is text.
    /// </summary>
    public static PrimitiveDataViewType ToColumnType(this CellKinds kinds) => (kinds.OfValues(), (kinds & CellKinds.Missing) != 0) switch
    {
        (CellKinds.None or CellKinds.Number, _) => NumberDataViewType.Single,
        (CellKinds.Boolean, false) => BooleanDataViewType.Instance,
        (CellKinds.Date, false) => DateTimeDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };
}
