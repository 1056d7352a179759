namespace MLPath.Deep;

/// <summary>The record of operations and the walk back.</summary>
public sealed partial class Tensor
{
    /// <summary>Adds ∂(this)/∂leaf to the gradient of every leaf that this scalar was computed from and that requires one.</summary>
    /// <exception cref="InvalidOperationException">This is not one number, or nothing was recorded that leads to a leaf.</exception>
    public void Backward()
    {
        if (Shape.Size != 1) throw new InvalidOperationException($"A tensor of shape {Shape} has no single derivative; sum it first, or give the derivative of the result with respect to it.");
        Backward(Full(Backend, Shape, 1));
    }

    /// <summary>Adds the derivatives of a result, whose derivative with respect to this tensor is given, to the gradients of the leaves.</summary>
    /// <param name="gradient">∂result/∂this, of this tensor's shape.</param>
    /// <exception cref="InvalidOperationException">Nothing was recorded that leads to a leaf.</exception>
    public void Backward(Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        RequireShape(gradient, Shape);
        if (!RequiresGradient) throw new InvalidOperationException("Nothing that this tensor was computed from requires a gradient, or its operations were not recorded.");
        if (TakesGradient(out var own, out bool add)) Backend.Copy(gradient, own, add);

        // An operation is met after all that used its result, so that its dy is complete.
        foreach (var tensor in InOrderOfUse())
        {
            var record = tensor.Origin!;
            record.Derivative(tensor._gradient!);
            if (TensorScope.Current is { DetectsAnomalies: true }) CheckGradients(record);
            tensor.DropGradient();
        }
    }

    /// <summary>Forgets the gradient; its memory serves the next one.</summary>
    public void ClearGradient() => _hasGradient = false;

    /// <summary>Remembers how this result was computed.</summary>
    /// <param name="operation">The operation's name, for messages.</param>
    /// <param name="inputs">What it was computed from.</param>
    /// <param name="derivative">Given dy, adds to dx of every input that <see cref="TakesGradient"/>.</param>
    /// <returns>This tensor.</returns>
    internal Tensor From(string operation, ReadOnlySpan<Tensor> inputs, Action<Tensor> derivative)
    {
        if (TensorScope.Current is { DetectsAnomalies: true } && !Backend.IsFinite(this))
            throw new ArithmeticException($"{operation}({Describe(inputs)}) gave a number that is not finite.");
        if (TensorScope.Current is { Records: false }) return this;
        bool requires = false;
        foreach (var input in inputs) requires |= input.RequiresGradient;
        if (!requires) return this;
        RequiresGradient = true;
        Origin = new Record(operation, inputs.ToArray(), derivative);
        return this;
    }

    /// <summary>Where a derivative with respect to this tensor is to be written.</summary>
    /// <param name="gradient">dx, of this tensor's shape, contiguous.</param>
    /// <param name="add">Whether dx holds a part already, to which this part is added; otherwise what it holds is overwritten.</param>
    /// <returns>Whether one is wanted.</returns>
    internal bool TakesGradient(out Tensor gradient, out bool add)
    {
        (gradient, add) = (null!, _hasGradient);
        if (!RequiresGradient) return false;
        _gradient ??= _isKept ? Lasting(Backend, Shape) : Make(Backend, Shape);
        (gradient, _hasGradient) = (_gradient, true);
        return true;
    }

    /// <summary>The same for an operation that writes only a part of dx: what it does not write is 0.</summary>
    internal bool TakesPartOfGradient(out Tensor gradient)
    {
        if (!TakesGradient(out gradient, out bool add)) return false;
        if (!add) Backend.Fill(gradient, 0);
        return true;
    }

    private static void RequireShape(Tensor tensor, Shape shape)
    {
        if (!tensor.Shape.Equals(shape)) throw new ArgumentException($"The tensor has shape {tensor.Shape}; {shape} is needed.", nameof(tensor));
    }

    private static void CheckGradients(Record record)
    {
        foreach (var input in record.Inputs)
        {
            if (input.Gradient is { } gradient && !input.Backend.IsFinite(gradient))
                throw new ArithmeticException($"The derivative of {record.Operation}({Describe(record.Inputs)}) is not finite.");
        }
    }

    private static string Describe(ReadOnlySpan<Tensor> inputs)
    {
        var shapes = new string[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) shapes[i] = inputs[i].Shape.ToString();
        return string.Join(", ", shapes);
    }

    // A result's gradient is used up when its operation has passed it on. Leaves keep theirs.
    private void DropGradient()
    {
        if (!_isKept && TensorScope.Current is { } scope) scope.Release(_gradient!.Buffer, free: true);
        (_gradient, _hasGradient) = (null, false);
    }

    /// <summary>The recorded results that lead here, each before those it was computed from.</summary>
    private Stack<Tensor> InOrderOfUse()
    {
        var (order, seen, path) = (new Stack<Tensor>(), new HashSet<Tensor>(), new Stack<(Tensor Tensor, int Next)>());
        if (Origin is not null) path.Push((this, 0));
        seen.Add(this);
        while (path.TryPop(out var step))
        {
            var (tensor, next) = step;
            var inputs = tensor.Origin!.Inputs;
            while (next < inputs.Length && (inputs[next].Origin is null || !seen.Add(inputs[next]))) next++;
            if (next == inputs.Length)
            {
                order.Push(tensor);
                continue;
            }

            path.Push((tensor, next + 1));
            path.Push((inputs[next], 0));
        }

        return order;
    }

    /// <summary>How a tensor was computed.</summary>
    internal sealed record Record(string Operation, Tensor[] Inputs, Action<Tensor> Derivative);
}
