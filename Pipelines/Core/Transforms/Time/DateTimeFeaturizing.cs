using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>Makes numbers of times: the year, the month, the day of the week, the hour, … as one vector with named slots. Learns nothing.</summary>
/// <remarks>
/// <para><b>Columns</b> of DateTime are taken as they are; the parts of DateTimeOffset are those of the clock at its offset, while
/// <see cref="DateTimeParts.SecondsSinceEpoch"/> is the same instant everywhere; TimeSpan gives <see cref="DateTimeParts.Duration"/>.</para>
/// <para><b>Cyclic parts.</b> A linear trainer sees 23 h and 0 h far apart. With <c>cyclic</c>, the month, the day of the year, the day of the week,
/// the hour, the minute and the second are each followed by two slots, the sine and cosine of the part's turn: 2π hour/24, 2π (month − 1)/12, …</para>
/// <para><b>Missing values.</b> The default of DateTime and DateTimeOffset, 0001-01-01T00:00, stands for a missing time: all its slots are NaN.</para>
/// </remarks>
public sealed class DateTimeFeaturizingEstimator : TrivialEstimator<DateTimeFeaturizingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="column">The column to make, and of which: DateTime, DateTimeOffset or TimeSpan.</param>
    /// <param name="parts">What is made of a time; when null, the date and the time of day, or for durations all they have.</param>
    /// <param name="cyclic">Whether sine and cosine of the parts that come round again are added.</param>
    public DateTimeFeaturizingEstimator(InputOutputColumnPair column, DateTimeParts? parts = null, bool cyclic = false)
        : base(new DateTimeFeaturizingTransformer(column, parts, cyclic)) { }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var pair = Transformer.Columns[0];
        var input = inputSchema[pair.InputColumnName];
        bool scalar = input.Kind == SchemaShape.Column.VectorKind.Scalar && !input.IsKey;
        int size = Transformer.SlotNames(input.Name, scalar ? input.ItemType : null, input.TypeText).Length;
        return inputSchema.With(new SchemaShape.Column(
            pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([PredictionColumns.Text(AnnotationKinds.SlotNames)]), [size]));
    }
}

/// <summary>Makes numbers of times.</summary>
public sealed class DateTimeFeaturizingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.FeaturizeDateTime";

    private readonly DateTimeParts? _parts;
    private readonly bool _cyclic;

    /// <summary>Creates the transformer.</summary>
    /// <param name="column">The column to make, and of which: DateTime, DateTimeOffset or TimeSpan.</param>
    /// <param name="parts">What is made of a time; when null, the date and the time of day, or for durations all they have.</param>
    /// <param name="cyclic">Whether sine and cosine of the parts that come round again are added.</param>
    public DateTimeFeaturizingTransformer(InputOutputColumnPair column, DateTimeParts? parts = null, bool cyclic = false)
        : base([column])
    {
        if (parts is { } chosen && (chosen == DateTimeParts.None || (chosen & ~(DateTimeSlots.OfTimes | DateTimeParts.Duration)) != 0))
            throw new ArgumentOutOfRangeException(nameof(parts), parts, "Choose at least one part, of the members of DateTimeParts.");
        (_parts, _cyclic) = (parts, cyclic);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("Parts", _parts?.ToString());
        context.Write("Cyclic", _cyclic);
    }

    /// <inheritdoc/>
    public override string ToString() => InputOutputColumnPair.Describe(
        "FeaturizeDateTime", Columns, string.Join("; ", ((string?[])[_parts?.ToString(), _cyclic ? "cyclic" : null]).OfType<string>()));

    internal static DateTimeFeaturizingTransformer Load(ModelLoadContext context)
    {
        var columns = LoadColumns(context);
        if (columns.Count != 1)
            throw context.Invalid("it makes one column");
        string? text = context.ReadStringOrNull("Parts");
        DateTimeParts? parts = text is null ? null : Enum.TryParse(text, out DateTimeParts read) ? read : throw context.Invalid($"'{text}' are no parts of times");
        try
        {
            return new(columns[0], parts, context.ReadBoolean("Cyclic"));
        }
        catch (ArgumentException)
        {
            throw context.Invalid($"'{text}' are no parts of times");
        }
    }

    /// <summary>The names of the slots made of a column; an error where it is no time, or lacks a part.</summary>
    /// <param name="name">The column.</param>
    /// <param name="type">Its type; null where it is no scalar.</param>
    /// <param name="found">Its type in words.</param>
    internal string[] SlotNames(string name, DataViewType? type, string found)
    {
        if (type is not (DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType))
            throw SchemaException.WrongType(name, "DateTime, DateTimeOffset or TimeSpan", found);
        var has = type is TimeSpanDataViewType ? DateTimeParts.Duration : DateTimeSlots.OfTimes;
        var parts = Parts(type);
        return (parts & ~has) == 0
            ? DateTimeSlots.Names(type, parts, _cyclic)
            : throw new SchemaException($"Column '{name}' is {found}, which has no {parts & ~has}. Leave that out of the parts.");
    }

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        string[] names = SlotNames(input.Name, input.Type, input.Type.ToString()!);
        var output = new DataViewSchema.DetachedColumn(
            Columns[index].OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, names.Length),
            new DataViewSchema.Annotations.Builder().AddSlotNames(names).ToAnnotations());
        var parts = Parts(input.Type);
        return input.Type switch
        {
            TimeSpanDataViewType => Function<TimeSpan, TimeSpan>(input, output, DateTimeSlots.Durations(parts, _cyclic), t => t, _ => false),
            DateTimeDataViewType => Function<DateTime, DateTimeOffset>(
                input, output, DateTimeSlots.Times(parts, _cyclic), t => new DateTimeOffset(t.Ticks, TimeSpan.Zero), t => t.Ticks == 0),
            _ => Function<DateTimeOffset, DateTimeOffset>(input, output, DateTimeSlots.Times(parts, _cyclic), t => t, t => t.UtcTicks == 0),
        };
    }

    private DateTimeParts Parts(DataViewType type) => _parts ?? (type is TimeSpanDataViewType ? DateTimeParts.Duration : DateTimeSlots.DefaultOfTimes);

    private static ColumnFunction Function<T, TTime>(
        DataViewSchema.Column input, DataViewSchema.DetachedColumn output, TimeSlot<TTime>[] slots, Func<T, TTime> convert, Func<T, bool> isMissing) =>
        new([input], [output], () => (batch, outputs) =>
        {
            if (outputs[0] is not VectorColumn<float> made)
                return;
            var times = batch.Scalars<T>(input.Index);
            var block = made.AllocateDense(batch.Count);
            for (int row = 0; row < times.Length; row++)
            {
                var to = block.Slice(row * slots.Length, slots.Length);
                if (isMissing(times[row]))
                {
                    to.Fill(float.NaN);
                    continue;
                }

                var time = convert(times[row]);
                for (int i = 0; i < slots.Length; i++)
                    to[i] = (float)slots[i].Value(time);
            }
        });
}
