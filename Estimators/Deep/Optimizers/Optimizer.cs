namespace MLPath.Deep;

/// <summary>Changes parameters against their gradients, step by step.</summary>
public abstract class Optimizer
{
    private readonly Parameter[] _parameters;

    /// <summary>Makes an optimiser.</summary>
    /// <param name="parameters">What it changes: learned parameters of a module that has been initialised.</param>
    /// <param name="learningRate">η, above 0.</param>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(learningRate >= 0)) throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate is not negative.");
        _parameters = [.. parameters.Where(p => p.IsLearned)];
        LearningRate = learningRate;
    }

    /// <summary>η, the size of a step. A schedule changes it between steps.</summary>
    public double LearningRate { get; set; }

    /// <summary>The number of steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>What it changes.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Changes every parameter that has a gradient.</summary>
    public void Step()
    {
        Steps++;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].Value.Gradient is { } gradient) Update(i, _parameters[i].Value, gradient);
        }
    }

    /// <summary>Forgets all gradients, before the next step's are added up.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in _parameters) parameter.Value.ClearGradient();
    }

    /// <summary>Changes one parameter in place.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">g, ∂loss/∂θ.</param>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>Memory of a parameter's shape that lasts from step to step, 0 at first, one for each parameter.</summary>
    protected Tensor[] MakeState() => [.. _parameters.Select(p => Tensor.Lasting(p.Value.Backend, p.Shape))];
}
