using System.Numerics;
using MLPath.Data;

namespace MLPath.Transforms.Expressions;

/// <summary>A parameter: the values of a column in the frame.</summary>
internal abstract class Input
{
    /// <summary>The type that the expression sees.</summary>
    public abstract ExpressionType Type { get; }

    /// <summary>A place where the parameter is used.</summary>
    public abstract Evaluator Use();

    /// <summary>Takes the frame's values from the batch. The value of a scalar stands for every item of its row.</summary>
    public abstract void Fill(RowBatch batch, Frame frame);

    /// <summary>The number of a row's items.</summary>
    public abstract int RowLength(RowBatch batch, int row);

    /// <summary>The parameter of a column.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="column">Its position.</param>
    public static Input Create(DataViewType type, int column) => type.Accept(new Factory(column));

    private sealed class Factory(int column) : IRawTypeVisitor<Input>
    {
        // The narrow integers are seen as the next wider type that expressions compute with.
        public Input Visit<T>() =>
            typeof(T) == typeof(sbyte) ? new WidenedInput<sbyte, int>(column)
            : typeof(T) == typeof(byte) ? new WidenedInput<byte, int>(column)
            : typeof(T) == typeof(short) ? new WidenedInput<short, int>(column)
            : typeof(T) == typeof(ushort) ? new WidenedInput<ushort, int>(column)
            : typeof(T) == typeof(uint) ? new WidenedInput<uint, long>(column)
            : new DirectInput<T>(column);
    }
}

/// <summary>The values of a column in the frame.</summary>
/// <typeparam name="TColumn">The raw type of the column's items.</typeparam>
/// <typeparam name="T">The type that the expression sees.</typeparam>
/// <param name="column">The column's position.</param>
internal abstract class Input<TColumn, T>(int column) : Input
{
    private readonly InputUse<T> _first = new(new T[Frame.Size]);

    public sealed override ExpressionType Type => _first.Type;

    public sealed override Evaluator Use() => new InputUse<T>(_first.Values);

    public sealed override void Fill(RowBatch batch, Frame frame)
    {
        var vectors = batch[column] as VectorColumn<TColumn>;
        int at = 0;
        foreach (var run in frame.Runs)
        {
            var to = _first.Values.AsSpan(at, run.Count);
            at += run.Count;
            if (vectors is { Layout: VectorLayout.Sparse })
            {
                CopySparse(vectors, run, to);
            }
            else if (vectors is not null)
            {
                Copy(vectors.RowValues(run.Row).Slice(run.Slot, run.Count), to);
            }
            else if (run.OfRows)
            {
                Copy(batch.Scalars<TColumn>(column).Slice(run.Row, run.Count), to);
            }
            else
            {
                Copy(batch.Scalars<TColumn>(column).Slice(run.Row, 1), to);
                to[1..].Fill(to[0]);
            }
        }
    }

    public sealed override int RowLength(RowBatch batch, int row) => batch.Vectors<TColumn>(column).RowLength(row);

    /// <summary>Copies values.</summary>
    protected abstract void Copy(ReadOnlySpan<TColumn> from, Span<T> to);

    private void CopySparse(VectorColumn<TColumn> vectors, FrameRun run, Span<T> to)
    {
        var slots = vectors.RowIndices(run.Row);
        var stored = vectors.RowValues(run.Row);
        to.Clear();
        int i = slots.BinarySearch(run.Slot);
        for (i = i < 0 ? ~i : i; i < slots.Length && slots[i] < run.Slot + run.Count; i++)
            Copy(stored.Slice(i, 1), to.Slice(slots[i] - run.Slot, 1));
    }
}

/// <summary>A column of a type that expressions compute with.</summary>
internal sealed class DirectInput<T>(int column) : Input<T, T>(column)
{
    protected override void Copy(ReadOnlySpan<T> from, Span<T> to) => from.CopyTo(to);
}

/// <summary>A column of narrower integers.</summary>
internal sealed class WidenedInput<TColumn, T>(int column) : Input<TColumn, T>(column)
    where TColumn : INumberBase<TColumn>
    where T : INumberBase<T>
{
    protected override void Copy(ReadOnlySpan<TColumn> from, Span<T> to)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = T.CreateTruncating(from[i]);
    }
}

/// <summary>A place where a parameter is used.</summary>
internal sealed class InputUse<T>(T[] values) : Evaluator<T>
{
    private T[] _taken = [];

    /// <summary>The values of the frame.</summary>
    public T[] Values => values;

    public override ReadOnlySpan<T> Evaluate(Selection selection) => selection.Of(values, ref _taken);
}

/// <summary>A literal.</summary>
internal sealed class Constant<T>(T value) : Evaluator<T>
{
    private T[] _values = [];

    /// <summary>The value.</summary>
    public T Value => value;

    public override ReadOnlySpan<T> Evaluate(Selection selection)
    {
        if (_values.Length < selection.Count)
            Array.Fill(_values = new T[Math.Min(Frame.Size, 2 * selection.Count)], value);
        return _values.AsSpan(0, selection.Count);
    }
}

/// <summary>
/// The values of a name that a with-expression gives. They are computed when they are first asked for, and once: only for the values that
/// need them.
/// </summary>
internal sealed class Local<T>(Frame frame, Evaluator<T> value)
{
    private readonly T[] _values = new T[Frame.Size];
    private readonly bool[] _known = new bool[Frame.Size];
    private readonly int[] _asked = new int[Frame.Size];
    private long _frame = -1;

    /// <summary>What computes it.</summary>
    public Evaluator<T> Value => value;

    /// <summary>The values of the frame, of which at least those asked for are known.</summary>
    public T[] Know(Selection selection)
    {
        if (_frame != frame.Number)
            Array.Clear(_known);
        _frame = frame.Number;
        int count = 0;
        for (int i = 0; i < selection.Count; i++)
        {
            int place = selection.Place(i);
            if (_known[place])
                continue;
            _known[place] = true;
            _asked[count++] = place;
        }

        if (count == 0)
            return _values;
        var asked = _asked.AsSpan(0, count);
        var made = value.Evaluate(count == frame.Count ? new Selection(count) : new Selection(asked));
        for (int i = 0; i < count; i++)
            _values[asked[i]] = made[i];
        return _values;
    }
}

/// <summary>A place where a name that a with-expression gives is used.</summary>
internal sealed class LocalUse<T>(Local<T> local) : Evaluator<T>(local.Value)
{
    private T[] _taken = [];

    public override ReadOnlySpan<T> Evaluate(Selection selection) => selection.Of(local.Know(selection), ref _taken);
}
