using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>
/// The rows on which a fitted pipeline is explained, in memory, and the input columns that its predictions depend on. Views in which some of these
/// columns have other values are made from it and scored on the ordinary path.
/// </summary>
internal sealed class InputTable
{
    private readonly ColumnBuffer[] _dense; // the columns; vectors whose slots are features of their own as dense ones

    private InputTable(ITransformer model, InMemoryDataView rows, IReadOnlyList<InputFeature> features)
    {
        (Model, Rows, Features) = (model, rows, features);
        _dense = [.. Enumerable.Range(0, rows.Schema.Count).Select(rows.GetColumn)];
        foreach (string column in features.Where(f => f.Slot is not null).Select(f => f.Column).Distinct())
        {
            int index = rows.Schema[column].Index;
            _dense[index] = SlotMixer.Dense(_dense[index]);
        }
    }

    /// <summary>The fitted pipeline.</summary>
    public ITransformer Model { get; }

    /// <summary>The rows.</summary>
    public InMemoryDataView Rows { get; }

    /// <summary>What can be changed, in the order of the columns.</summary>
    public IReadOnlyList<InputFeature> Features { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Rows.RowCount;

    /// <summary>Reads the rows and finds the columns.</summary>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="data">The rows, with the columns that the pipeline reads.</param>
    /// <param name="slotsUpTo">Vectors of at most so many slots are taken slot by slot.</param>
    /// <param name="maximumRows">The most rows to keep, drawn at random; null for all.</param>
    /// <param name="context">The random stream, cancellation.</param>
    /// <param name="without">A column that is no input, the label; null for none.</param>
    /// <exception cref="SchemaException">The pipeline lacks a column.</exception>
    /// <exception cref="DataException">There are no rows.</exception>
    public static InputTable Load(
        ITransformer model, IDataView data, int slotsUpTo, int? maximumRows, FitContext context, string? without = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (maximumRows is < 1)
            throw new OptionException($"Option MaximumRows is {maximumRows}; expected 1 or more.");
        var rows = InMemoryDataView.Load(data, context.CancellationToken);
        if (rows.RowCount == 0)
            throw new DataException($"There are no rows in {data.Lineage.Source} to explain the model on.");
        if (maximumRows < rows.RowCount)
        {
            int[] kept = context.CreateRandom("explained rows").SampleWithoutReplacement(rows.RowCount, maximumRows.Value);
            Array.Sort(kept);
            rows = InMemoryDataView.Load(RowSubset.View(rows, kept, "explained rows"), context.CancellationToken);
        }

        var inputs = InputsOf(model, rows.Schema, without);
        return new InputTable(model, rows, [.. inputs.SelectMany(c => FeaturesOf(c, slotsUpTo))]);
    }

    /// <summary>Only the columns that predictions depend on: what these rows have in common with others that are to be mixed with them.</summary>
    public InputTable InputsOnly()
    {
        string[] names = [.. Features.Select(f => f.Column).Distinct()];
        return new InputTable(Model, Select(Rows, names), Features);
    }

    /// <summary>These rows and, after them, those of another table with the same inputs.</summary>
    public InputTable Followed(InputTable other)
    {
        string[] names = [.. Features.Select(f => f.Column).Distinct()];
        var (first, second) = (Select(Rows, names), Select(other.Rows, names));
        var columns = new List<ColumnBuffer>();
        foreach (string name in names)
        {
            var (mine, theirs) = (first.Schema[name], second.Schema[name]);
            if (!mine.Type.Equals(theirs.Type))
                throw SchemaException.WrongType(name, $"{mine.Type}, as in the background rows,", theirs.Type.ToString()!);
            var joined = ColumnBuffer.Create(mine.Type);
            joined.Clear();
            joined.Append(first.GetColumn(mine.Index));
            joined.Append(second.GetColumn(theirs.Index));
            columns.Add(joined);
        }

        return new InputTable(Model, new InMemoryDataView(first.Schema, columns, Rows.Lineage), Features);
    }

    /// <summary>A feature by its name, or by that of its column, for a vector with the slot in brackets.</summary>
    /// <exception cref="SchemaException">The predictions depend on no such column.</exception>
    public InputFeature Find(string name) =>
        Features.FirstOrDefault(f => f.Name == name)
        ?? Features.FirstOrDefault(f => f.Slot is { } slot && name == $"{f.Column}[{slot}]")
        ?? throw new SchemaException(
            $"The predictions depend on no input column '{name}'. {NearestName.List("They depend on", [.. Features.Select(f => f.Name)])}");

    /// <summary>The predictions of the rows as they are.</summary>
    public IDataView Score() => Model.Transform(Rows);

    /// <summary>The predictions where a feature has the values of other rows.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="rows">For each row the row whose value it gets.</param>
    public IDataView ScoreWith(InputFeature feature, int[] rows)
    {
        int column = Rows.Schema[feature.Column].Index;
        ColumnBuffer values;
        if (feature.Slot is { } slot)
        {
            int[] own = [.. Enumerable.Range(0, Count)];
            int[][] rowsOfSlot = [.. Enumerable.Range(0, Rows.Schema[column].Type.ValueCount).Select(s => s == slot ? rows : own)];
            values = SlotMixer.Gather(_dense[column], rowsOfSlot);
        }
        else
        {
            values = ColumnBuffer.Create(Rows.Schema[column].Type);
            values.Gather(_dense[column], rows);
        }

        return ScoreWith(column, values);
    }

    /// <summary>The predictions where a whole column has other values.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="values">As many values as there are rows.</param>
    public IDataView ScoreWith(int column, ColumnBuffer values)
    {
        ColumnBuffer[] columns = [.. Enumerable.Range(0, Rows.Schema.Count).Select(c => c == column ? values : Rows.GetColumn(c))];
        return Model.Transform(new InMemoryDataView(Rows.Schema, columns, Rows.Lineage));
    }

    /// <summary>The predictions of rows that take each feature from a row of its own. The table must hold nothing but inputs.</summary>
    /// <param name="rowsOfFeature">For each of <see cref="Features"/> the rows to take it from, as many for all.</param>
    public IDataView ScoreMixed(int[][] rowsOfFeature)
    {
        var columns = new List<ColumnBuffer>();
        foreach (var column in Rows.Schema)
        {
            int first = Enumerable.Range(0, Features.Count).First(f => Features[f].Column == column.Name);
            if (Features[first].Slot is null)
            {
                var values = ColumnBuffer.Create(column.Type);
                values.Gather(_dense[column.Index], rowsOfFeature[first]);
                columns.Add(values);
            }
            else
            {
                columns.Add(SlotMixer.Gather(_dense[column.Index], rowsOfFeature[first..(first + column.Type.ValueCount)]));
            }
        }

        return Model.Transform(new InMemoryDataView(Rows.Schema, columns, Rows.Lineage));
    }

    private static List<DataViewSchema.Column> InputsOf(ITransformer model, DataViewSchema schema, string? without)
    {
        var candidates = schema.Where(c => !c.IsHidden && c.Name != without);
        if (!model.IsRowToRowMapper)
            return [.. candidates];
        var mapper = model.GetRowToRowMapper(schema);
        var outputs = PredictionOutput.ColumnNames.Select(mapper.OutputSchema.GetColumnOrNull).OfType<DataViewSchema.Column>().ToList();
        var needed = mapper.GetDependencies(outputs).Select(c => c.Index).ToHashSet();
        List<DataViewSchema.Column> inputs = [.. candidates.Where(c => needed.Contains(c.Index))];
        return inputs.Count > 0 ? inputs : throw new SchemaException("The model's predictions depend on no column of the data. Does it predict anything?");
    }

    private static IEnumerable<InputFeature> FeaturesOf(DataViewSchema.Column column, int slotsUpTo)
    {
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.Size > slotsUpTo)
            return [new InputFeature(column.Name, column.Name)];
        return column.SlotNamesOrDefault().Select((name, slot) => new InputFeature(name, column.Name, slot));
    }

    private static InMemoryDataView Select(InMemoryDataView rows, string[] names)
    {
        var schema = new DataViewSchema.Builder();
        var columns = names.Select(name => rows.Schema.GetColumnOrNull(name) ?? throw SchemaException.MissingColumn(name, rows.Schema.VisibleNames)).ToList();
        schema.AddColumns(columns);
        return new InMemoryDataView(schema.ToSchema(), [.. columns.Select(c => rows.GetColumn(c.Index))], rows.Lineage);
    }
}
