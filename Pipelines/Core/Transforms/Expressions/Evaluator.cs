using MLPath.Data;

namespace MLPath.Transforms.Expressions;

/// <summary>
/// Computes a node of an expression for the values of a frame. It has buffers of its own and serves one thread at a time.
/// </summary>
/// <remarks>
/// What a value decides against is not computed for it: the other branch of <c>?:</c>, the right of <c>&amp;&amp;</c>, <c>||</c> and
/// <c>??</c>. So <c>y == 0 ? 0 : x / y</c> never divides by zero.
/// </remarks>
internal abstract class Evaluator
{
    private protected Evaluator(params ReadOnlySpan<Evaluator> operands)
    {
        foreach (var operand in operands)
            Depth = Math.Max(Depth, operand.Depth + 1);
    }

    /// <summary>How many evaluators are at work at once, one calling the other.</summary>
    public int Depth { get; }

    /// <summary>The type of the values.</summary>
    public abstract ExpressionType Type { get; }

    /// <summary>The function that writes the values of a frame behind those already written, frame by frame, into an array.</summary>
    public abstract void WriteTo(ResultWriter writer, Frame frame);

    /// <summary>Some room in a buffer that grows.</summary>
    public static Span<T> Sized<T>(ref T[] buffer, int count)
    {
        if (buffer.Length < count)
            buffer = new T[Math.Max(count, Math.Min(2 * buffer.Length, Frame.Size))];
        return buffer.AsSpan(0, count);
    }
}

/// <summary>Computes a node of an expression.</summary>
/// <typeparam name="T">int, long, float, double, bool, or text.</typeparam>
internal abstract class Evaluator<T>(params ReadOnlySpan<Evaluator> operands) : Evaluator(operands)
{
    private T[] _results = [];

    public sealed override ExpressionType Type =>
        typeof(T) == typeof(int) ? ExpressionType.Int32
        : typeof(T) == typeof(long) ? ExpressionType.Int64
        : typeof(T) == typeof(float) ? ExpressionType.Single
        : typeof(T) == typeof(double) ? ExpressionType.Double
        : typeof(T) == typeof(bool) ? ExpressionType.Boolean
        : ExpressionType.Text;

    /// <summary>Computes values.</summary>
    /// <param name="selection">Those of the frame that are asked for.</param>
    /// <returns>As many, valid until the next call.</returns>
    public abstract ReadOnlySpan<T> Evaluate(Selection selection);

    public sealed override void WriteTo(ResultWriter writer, Frame frame) =>
        ((ResultWriter<T>)writer).Add(Evaluate(new Selection(frame.Count)));

    /// <summary>Room for results.</summary>
    protected Span<T> Results(int count) => Sized(ref _results, count);
}

/// <summary>Receives the results of one frame after the other.</summary>
internal abstract class ResultWriter
{
    /// <summary>Begins the results of a batch.</summary>
    /// <param name="output">The column to fill.</param>
    /// <param name="rows">The number of rows.</param>
    public abstract void Begin(ColumnBuffer output, int rows);

    /// <summary>Ends the results of a batch.</summary>
    /// <param name="rowLengths">For ragged vectors, the number of items of each row.</param>
    public abstract void End(ReadOnlySpan<int> rowLengths);

    /// <summary>A writer of results of a type.</summary>
    public static ResultWriter Create(ExpressionType type) => type.ItemType().Accept(Factory.Instance);

    private sealed class Factory : IRawTypeVisitor<ResultWriter>
    {
        public static readonly Factory Instance = new();

        public ResultWriter Visit<T>() => new ResultWriter<T>();
    }
}

/// <summary>Receives results in order, and makes a column of them.</summary>
/// <typeparam name="T">Their type.</typeparam>
internal sealed class ResultWriter<T> : ResultWriter
{
    private ColumnBuffer _output = null!;
    private T[] _ragged = [];
    private int _count;

    public override void Begin(ColumnBuffer output, int rows)
    {
        (_output, _count) = (output, 0);
        if (output is ScalarColumn<T> scalars)
            scalars.Allocate(rows);
        else if (output is VectorColumn<T> { Size: > 0 } vectors)
            vectors.AllocateDense(rows);
    }

    public void Add(ReadOnlySpan<T> results)
    {
        Span<T> to;
        switch (_output)
        {
            case ScalarColumn<T> scalars:
                to = scalars.Allocate(scalars.Count);
                break;
            case VectorColumn<T> { Size: > 0 } vectors:
                to = vectors.AllocateDense(vectors.Count);
                break;
            default:
                if (_ragged.Length < _count + results.Length)
                    Array.Resize(ref _ragged, Math.Max(_count + results.Length, 2 * _ragged.Length));
                to = _ragged;
                break;
        }

        results.CopyTo(to[_count..]);
        _count += results.Length;
    }

    public override void End(ReadOnlySpan<int> rowLengths)
    {
        if (_output is not VectorColumn<T> { Size: 0 } vectors)
            return;
        vectors.Begin(VectorLayout.Ragged);
        int at = 0;
        foreach (int length in rowLengths)
        {
            vectors.AddRow(_ragged.AsSpan(at, length));
            at += length;
        }
    }
}
