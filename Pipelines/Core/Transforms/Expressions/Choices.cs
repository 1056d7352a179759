using System.Numerics;

namespace MLPath.Transforms.Expressions;

/// <summary>
/// Values that need a second look at some of the places asked for: those places, and where they stand among all asked for.
/// </summary>
internal sealed class Part
{
    private readonly int[] _places = new int[Frame.Size];
    private readonly int[] _indices = new int[Frame.Size];
    private int _count;

    /// <summary>The places in the frame.</summary>
    public Selection Selection => new(_places.AsSpan(0, _count));

    /// <summary>Where each stands among the values asked for.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _count);

    /// <summary>Forgets all.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a value asked for.</summary>
    public void Add(Selection selection, int index) => (_places[_count], _indices[_count++]) = (selection.Place(index), index);

    /// <summary>Computes the part's values and puts them at their indices.</summary>
    public void Evaluate<T>(Evaluator<T> evaluator, Span<T> results)
    {
        if (_count == 0)
            return;
        var values = evaluator.Evaluate(Selection);
        for (int i = 0; i < values.Length; i++)
            results[_indices[i]] = values[i];
    }
}

/// <summary><c>condition ? then : else</c>: each branch is computed for the values that take it.</summary>
internal sealed class Conditional<T>(Evaluator<bool> condition, Evaluator<T> then, Evaluator<T> otherwise) : Evaluator<T>(condition, then, otherwise)
{
    private readonly Part _then = new();
    private readonly Part _otherwise = new();

    public override ReadOnlySpan<T> Evaluate(Selection selection)
    {
        _then.Clear();
        _otherwise.Clear();
        var conditions = condition.Evaluate(selection);
        for (int i = 0; i < conditions.Length; i++)
            (conditions[i] ? _then : _otherwise).Add(selection, i);
        if (_then.Indices.Length == selection.Count)
            return then.Evaluate(selection);
        if (_otherwise.Indices.Length == selection.Count)
            return otherwise.Evaluate(selection);
        var results = Results(selection.Count);
        _then.Evaluate(then, results);
        _otherwise.Evaluate(otherwise, results);
        return results;
    }
}

/// <summary><c>x ?? y</c>: the right is computed where the left is missing.</summary>
internal sealed class Coalesce<T>(Evaluator<T> left, Evaluator<T> right) : Evaluator<T>(left, right)
    where T : INumberBase<T>
{
    private readonly Part _missing = new();

    public override ReadOnlySpan<T> Evaluate(Selection selection)
    {
        _missing.Clear();
        var values = left.Evaluate(selection);
        var results = Results(selection.Count);
        values.CopyTo(results);
        for (int i = 0; i < results.Length; i++)
        {
            if (T.IsNaN(results[i]))
                _missing.Add(selection, i);
        }

        _missing.Evaluate(right, results);
        return results;
    }
}

/// <summary><c>and</c> and <c>or</c>: the right is computed where the left does not decide.</summary>
/// <param name="left">The left.</param>
/// <param name="right">The right.</param>
/// <param name="decisive">The value of the left that decides: false for <c>and</c>, true for <c>or</c>.</param>
internal sealed class Logical(Evaluator<bool> left, Evaluator<bool> right, bool decisive) : Evaluator<bool>(left, right)
{
    private readonly Part _open = new();

    public override ReadOnlySpan<bool> Evaluate(Selection selection)
    {
        _open.Clear();
        var values = left.Evaluate(selection);
        var results = Results(selection.Count);
        values.CopyTo(results);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i] != decisive)
                _open.Add(selection, i);
        }

        _open.Evaluate(right, results);
        return results;
    }
}

/// <summary>Whether all of some comparisons hold.</summary>
internal sealed class All(params Evaluator<bool>[] parts) : Evaluator<bool>(parts)
{
    public override ReadOnlySpan<bool> Evaluate(Selection selection)
    {
        var results = Results(selection.Count);
        results.Fill(true);
        foreach (var part in parts)
        {
            var values = part.Evaluate(selection);
            for (int i = 0; i < results.Length; i++)
                results[i] &= values[i];
        }

        return results;
    }
}

/// <summary>Texts one behind the other.</summary>
internal sealed class Concatenation(params Evaluator<ReadOnlyMemory<char>>[] parts) : Evaluator<ReadOnlyMemory<char>>(parts)
{
    public override ReadOnlySpan<ReadOnlyMemory<char>> Evaluate(Selection selection)
    {
        var results = Results(selection.Count);
        results.Clear();
        foreach (var part in parts)
        {
            var texts = part.Evaluate(selection);
            for (int i = 0; i < results.Length; i++)
            {
                if (results[i].IsEmpty)
                    results[i] = texts[i];
                else if (!texts[i].IsEmpty)
                    results[i] = string.Concat(results[i].Span, texts[i].Span).AsMemory();
            }
        }

        return results;
    }
}
