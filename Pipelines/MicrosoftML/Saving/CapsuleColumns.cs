namespace MLPath.MicrosoftML;

/// <summary>The column of the constant by which the model is looked up.</summary>
internal sealed class ConstantColumn
{
    [MSData.ColumnName(Capsule.Constant)]
    public uint Constant { get; set; }
}

/// <summary>The column of the model.</summary>
internal sealed class ModelColumn
{
    [MSData.ColumnName(Capsule.Model)]
    public ReadOnlyMemory<char> Model { get; set; }
}

/// <summary>The column of the row under way.</summary>
internal sealed class RowColumn
{
    [MSData.ColumnName(Capsule.Row), CapsuleRowType]
    public CapsuleRow? Row { get; set; }
}

/// <summary>The columns of a mapping that takes a value.</summary>
/// <typeparam name="TRaw">The raw type of the value.</typeparam>
internal sealed class TakenColumns<TRaw>
{
    [MSData.ColumnName(Capsule.Row), CapsuleRowType]
    public CapsuleRow? Row { get; set; }

    [MSData.ColumnName(Capsule.Value)]
    public TRaw Value { get; set; } = default!;
}

/// <summary>The columns of a mapping that gives a value.</summary>
/// <typeparam name="TRaw">The raw type of the value.</typeparam>
internal sealed class GivenColumns<TRaw>
{
    [MSData.ColumnName(Capsule.Row), CapsuleRowType]
    public CapsuleRow? Row { get; set; }

    [MSData.ColumnName(Capsule.Value)]
    public TRaw Value { get; set; } = default!;
}
