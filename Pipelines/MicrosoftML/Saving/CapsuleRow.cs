using MLPath.Data;

namespace MLPath.MicrosoftML;

/// <summary>
/// The row under way in a loaded model, at one of its places: value 0 is taken, value 1, …, then output 0 is given, output 1, … Each cursor has a row
/// of its own, and each mapping of a cursor sees it at the mapping's place.
/// </summary>
internal sealed class CapsuleRow
{
    private readonly State _state;
    private readonly int _place;

    private CapsuleRow(State state, int place) => (_state, _place) = (state, place);

    /// <summary>The same row at the next place.</summary>
    public CapsuleRow Next => _state.Places[_place + 1];

    /// <summary>Begins a row at place 0.</summary>
    /// <param name="last">What it gave for the row before; null at first.</param>
    /// <param name="model">The model file in base 64.</param>
    public static CapsuleRow Begin(CapsuleRow? last, ReadOnlyMemory<char> model)
    {
        // The text is the same object for every row, so that this compares references.
        var row = last is not null && last._state.Model.Equals(model) ? last : new State(model).Places[0];
        row._state.Computed = null;
        return row;
    }

    /// <summary>Takes a scalar.</summary>
    public void Take<T>(T value) => ((ScalarColumn<T>)_state.Taken[_place]).Allocate(1)[0] = value;

    /// <summary>Takes a vector.</summary>
    public void TakeVector<T>(in MSData.VBuffer<T> value)
    {
        var column = (VectorColumn<T>)_state.Taken[_place];
        column.Clear();
        VectorConversion.AddRow(column, value);
    }

    /// <summary>Gives a scalar.</summary>
    public T Give<T>() => _state.Output.Scalars<T>(Column)[0];

    /// <summary>Gives a vector: the only row of a column.</summary>
    public VectorColumn<T> GiveVector<T>() => _state.Output.Vectors<T>(Column);

    /// <summary>Gives all slots of a vector.</summary>
    public ReadOnlySpan<T> GiveDense<T>()
    {
        var vectors = GiveVector<T>();
        if (vectors.Layout == VectorLayout.Dense)
            return vectors.RowValues(0);
        var dense = new T[vectors.Size];
        vectors.CopyRowTo(0, dense);
        return dense;
    }

    private int Column => _state.Plan.Outputs[_place - _state.Plan.Inputs.Count].Index;

    /// <summary>What the places of one cursor share.</summary>
    private sealed class State
    {
        private readonly RowBatch _input;
        private readonly BatchWorker _worker;

        public State(ReadOnlyMemory<char> model)
        {
            Model = model;
            Plan = CapsuleModel.Load(model);
            Places = [.. Enumerable.Range(0, Plan.Inputs.Count + Plan.Outputs.Count + 1).Select(place => new CapsuleRow(this, place))];
            Taken = [.. Plan.Inputs.Select(c => ColumnBuffer.Create(c.Type))];
            _input = new RowBatch(Plan.Mapper.InputSchema);
            for (int i = 0; i < Taken.Length; i++)
                _input.Set(Plan.Inputs[i].Index, Taken[i]);
            _input.SetRows(0, 1);
            _worker = Plan.Mapper.CreateWorker(Plan.Outputs);
        }

        public ReadOnlyMemory<char> Model { get; }

        public CapsulePlan Plan { get; }

        public CapsuleRow[] Places { get; }

        public ColumnBuffer[] Taken { get; }

        public RowBatch? Computed { get; set; }

        public RowBatch Output => Computed ??= _worker.Map(_input);
    }
}

/// <summary>The type of the column in which the row travels.</summary>
internal sealed class CapsuleRowDataViewType : MSData.StructuredDataViewType
{
    private CapsuleRowDataViewType() : base(typeof(CapsuleRow)) { }

    public static CapsuleRowDataViewType Instance { get; } = new();

    public override bool Equals(MSData.DataViewType? other) => other is CapsuleRowDataViewType;

    public override bool Equals(object? obj) => obj is CapsuleRowDataViewType;

    public override int GetHashCode() => typeof(CapsuleRowDataViewType).GetHashCode();
}

/// <summary>Marks a member of that type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CapsuleRowTypeAttribute : MSData.DataViewTypeAttribute
{
    public override void Register() => MSData.DataViewTypeManager.Register(CapsuleRowDataViewType.Instance, typeof(CapsuleRow), this);

    public override bool Equals(MSData.DataViewTypeAttribute? other) => other is CapsuleRowTypeAttribute;

    public override bool Equals(object? obj) => obj is CapsuleRowTypeAttribute;

    public override int GetHashCode() => typeof(CapsuleRowTypeAttribute).GetHashCode();
}
