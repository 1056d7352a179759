using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Numbers of a module: learned ones, or a state that the module keeps, such as running means.</summary>
public sealed class Parameter
{
    private Tensor? _value;

    internal Parameter(string name, Shape shape, Initializer initializer, bool isLearned) =>
        (Name, Shape, Initializer, IsLearned) = (name, shape, initializer, isLearned);

    /// <summary>The name within its module: "weight".</summary>
    public string Name { get; }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>What it holds at first.</summary>
    public Initializer Initializer { get; }

    /// <summary>Whether optimisers change it; otherwise it is a state that its module keeps.</summary>
    public bool IsLearned { get; }

    /// <summary>Whether it has been given memory.</summary>
    public bool HasValue => _value is not null;

    /// <summary>The numbers.</summary>
    /// <exception cref="InvalidOperationException">The module has not been initialised.</exception>
    public Tensor Value => _value ?? throw new InvalidOperationException($"Parameter '{Name}' has no numbers yet: call Initialize(backend, random) of the module first.");

    /// <summary>The numbers as an operand: <c>Tensor.Linear(x, Weight, Bias)</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <inheritdoc cref="op_Implicit(Parameter)"/>
    public Tensor ToTensor() => Value;

    /// <summary>Gives it memory and first numbers.</summary>
    internal void Initialize(Backend backend, RandomStream random)
    {
        var values = new float[Shape.Size];
        Initializer.Fill(values, Shape, random);
        Set(backend, values);
    }

    /// <summary>Gives it memory and these numbers.</summary>
    internal void Set(Backend backend, ReadOnlySpan<float> values)
    {
        if (_value is null || !ReferenceEquals(_value.Backend, backend)) _value = Tensor.Lasting(backend, Shape, IsLearned);
        backend.Write(values, _value);
    }
}
