using MLPath.Data;

namespace MLPath.Transforms.Expressions;

/// <summary>The types that expressions compute with.</summary>
internal enum ExpressionType
{
    Int32,
    Int64,
    Single,
    Double,
    Boolean,
    Text,
}

/// <summary>Which types meet in which.</summary>
internal static class ExpressionTypes
{
    /// <summary>Whether it is one of the four number types.</summary>
    public static bool IsNumber(this ExpressionType type) => type <= ExpressionType.Double;

    /// <summary>Whether it has a missing value.</summary>
    public static bool IsFloating(this ExpressionType type) => type is ExpressionType.Single or ExpressionType.Double;

    /// <summary>Whether an argument of one type is taken as another: the same, or a wider number.</summary>
    public static bool Widens(ExpressionType from, ExpressionType to) => from == to || (from, to) switch
    {
        (ExpressionType.Int32, ExpressionType.Int64 or ExpressionType.Single or ExpressionType.Double) => true,
        (ExpressionType.Int64 or ExpressionType.Single, ExpressionType.Double) => true,
        _ => false,
    };

    /// <summary>The type in which two meet; null where there is none.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <param name="exactly">Whether Int32 and Single meet in Double, which holds the values of both, as comparisons need it; in Single otherwise.</param>
    public static ExpressionType? Common(ExpressionType a, ExpressionType b, bool exactly = false)
    {
        if (a == b)
            return a;
        if (!a.IsNumber() || !b.IsNumber())
            return null;
        var (narrow, wide) = a < b ? (a, b) : (b, a);
        return (narrow, wide) switch
        {
            (ExpressionType.Int32, ExpressionType.Int64) => ExpressionType.Int64,
            (ExpressionType.Int32, ExpressionType.Single) when !exactly => ExpressionType.Single,
            _ => ExpressionType.Double,
        };
    }

    /// <summary>The type under which an expression sees a column's items; null where it cannot.</summary>
    public static ExpressionType? Of(DataViewType item) =>
        item == NumberDataViewType.Single ? ExpressionType.Single
        : item == NumberDataViewType.Double ? ExpressionType.Double
        : item == NumberDataViewType.Int64 || item == NumberDataViewType.UInt32 ? ExpressionType.Int64
        : item is NumberDataViewType && item != NumberDataViewType.UInt64 ? ExpressionType.Int32
        : item is BooleanDataViewType ? ExpressionType.Boolean
        : item is TextDataViewType ? ExpressionType.Text
        : null;

    /// <summary>The column type of a result.</summary>
    public static PrimitiveDataViewType ItemType(this ExpressionType type) => type switch
    {
        ExpressionType.Int32 => NumberDataViewType.Int32,
        ExpressionType.Int64 => NumberDataViewType.Int64,
        ExpressionType.Single => NumberDataViewType.Single,
        ExpressionType.Double => NumberDataViewType.Double,
        ExpressionType.Boolean => BooleanDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };
}
