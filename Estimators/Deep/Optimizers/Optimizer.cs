namespace MLPath.Deep;

/// <summary>Changes parameters against their gradients, step by step.</summary>
/// <remarks>
/// A step is: <see cref="ClearGradients"/>, the loss's <see cref="Tensor.Backward()"/>, perhaps <see cref="ClipGradientNorm"/>, <see cref="Step"/>. A parameter
/// without a gradient is left alone, and its own count of steps, which some formulas use, does not move.
/// </remarks>
public abstract class Optimizer
{
    private readonly Parameter[] _parameters;
    private readonly int[] _steps;
    private readonly SortedDictionary<string, Tensor[]> _memory = new(StringComparer.Ordinal);
    private readonly bool _hasMomentum;
    private double _learningRate, _momentum;

    /// <summary>Makes an optimiser.</summary>
    /// <param name="parameters">What it changes: learned parameters of a module that has been initialised. One that is named twice is changed once.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="momentum">μ or β₁, from 0 to below 1; 0 for optimisers without.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require(learningRate >= 0, nameof(learningRate), learningRate, "A learning rate is not negative.");
        Require(momentum is >= 0 and < 1, nameof(momentum), momentum, "Momentum, which Adam calls beta1, is from 0 to below 1.");
        Require(weightDecay >= 0, nameof(weightDecay), weightDecay, "Weight decay is not negative.");
        _parameters = [.. parameters.Where(p => p.IsLearned).Distinct()];
        _steps = new int[_parameters.Length];
        (_learningRate, _momentum, _hasMomentum, WeightDecay) = (learningRate, momentum, momentum > 0, weightDecay);
    }

    /// <summary>η, the size of a step, 0 or more. A schedule changes it between steps.</summary>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            Require(value >= 0, nameof(value), value, "A learning rate is not negative.");
            _learningRate = value;
        }
    }

    /// <summary>μ of SGD and RMSProp, β₁ of Adam, from 0 to below 1. A schedule may change it between steps, if it was above 0 from the start.</summary>
    public double Momentum
    {
        get => _momentum;
        set
        {
            Require(value is >= 0 and < 1, nameof(value), value, "Momentum, which Adam calls beta1, is from 0 to below 1.");
            if (value > 0 && !_hasMomentum) throw new InvalidOperationException("This optimiser was made without momentum.");
            _momentum = value;
        }
    }

    /// <summary>λ, how strongly parameters are drawn to 0; 0 for not at all.</summary>
    public double WeightDecay { get; }

    /// <summary>
    /// Which parameters <see cref="WeightDecay"/> is for; all, when it is not set. Biases, and the gains and shifts of normalisations, are customarily
    /// left out: <see cref="OfMatrices"/>.
    /// </summary>
    public Func<Parameter, bool> Decays { get; init; } = _ => true;

    /// <summary>The number of steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>What it changes.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>For <see cref="Decays"/>: only parameters of two or more axes, which are the weights of layers, and not biases, gains and shifts.</summary>
    /// <param name="parameter">The parameter.</param>
    public static bool OfMatrices(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Shape.Rank >= 2;
    }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public void Step()
    {
        Steps++;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].Value.Gradient is not { } gradient) continue;
            Update(i, ++_steps[i], gradient, Decays(_parameters[i]) ? WeightDecay : 0);
        }
    }

    /// <summary>Forgets all gradients, before the next step's are added up.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in _parameters) parameter.Value.ClearGradient();
    }

    /// <summary>The norm of all gradients together, as one vector.</summary>
    /// <param name="order">p of (Σ |gᵢ|ᵖ)^(1/p): 1, 2, or ∞ for the largest |gᵢ|.</param>
    public double GradientNorm(double order = 2)
    {
        Require(order is 1 or 2 or double.PositiveInfinity, nameof(order), order, "The order of a norm is 1, 2 or infinity.");
        double total = 0;
        foreach (var parameter in _parameters)
        {
            if (parameter.Value.Gradient is not { } gradient) continue;
            double norm = gradient.Backend.Norm(gradient, order);
            total = order switch { 1 => total + norm, 2 => total + norm * norm, _ => Math.Max(total, norm) };
        }

        return order == 2 ? Math.Sqrt(total) : total;
    }

    /// <summary>
    /// Shortens the gradients, all by one factor, so that their norm together is at most a maximum: the direction stays, and one bad batch cannot throw the
    /// parameters far away (R. Pascanu, T. Mikolov, Y. Bengio, ICML 2013).
    /// </summary>
    /// <param name="maximum">The largest norm, above 0.</param>
    /// <param name="order">p: 1, 2, or ∞.</param>
    /// <returns>The norm before. Where it is not finite, gradients are left as they are.</returns>
    public double ClipGradientNorm(double maximum, double order = 2)
    {
        Require(maximum > 0, nameof(maximum), maximum, "The largest norm is above 0.");
        double norm = GradientNorm(order);
        double factor = maximum / (norm + 1e-6);
        if (!double.IsFinite(norm) || factor >= 1) return norm;
        foreach (var parameter in _parameters)
        {
            if (parameter.Value.Gradient is { } gradient) gradient.Backend.Affine((float)factor, 0, gradient, gradient);
        }

        return norm;
    }

    /// <summary>Cuts every number of the gradients off at −limit and limit.</summary>
    /// <param name="limit">The limit, above 0.</param>
    /// <returns>The norm before, of order 2.</returns>
    public double ClipGradientValues(double limit)
    {
        Require(limit > 0, nameof(limit), limit, "The limit is above 0.");
        double norm = GradientNorm();
        foreach (var parameter in _parameters)
        {
            if (parameter.Value.Gradient is { } gradient) gradient.Backend.Clip(gradient, (float)limit);
        }

        return norm;
    }

    /// <summary>A copy of everything that steps have changed, but for the parameters themselves.</summary>
    public OptimizerState GetState() => new(
        LearningRate, Momentum, Steps, [.. _steps], _memory.ToDictionary(m => m.Key, m => (IReadOnlyList<float[]>)[.. m.Value.Select(t => t.ToArray())], StringComparer.Ordinal));

    /// <summary>Goes on from a state: the next steps are those that would have followed it.</summary>
    /// <param name="state">What <see cref="GetState"/> gave, for an optimiser of the same kind and parameters.</param>
    /// <exception cref="ArgumentException">It is a state of other parameters or of another kind of optimiser.</exception>
    public void SetState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.ParameterSteps.Count != _steps.Length || !state.Memory.Keys.Order(StringComparer.Ordinal).SequenceEqual(_memory.Keys))
            throw new ArgumentException("The state is that of another kind of optimiser, or of another number of parameters.", nameof(state));
        foreach (var (name, tensors) in _memory)
        {
            var arrays = state.Memory[name];
            if (arrays.Count != tensors.Length || tensors.Where((tensor, i) => arrays[i].Length != tensor.Shape.Size).Any())
                throw new ArgumentException($"The state's '{name}' is that of parameters of other shapes.", nameof(state));
        }

        foreach (var (name, tensors) in _memory)
        {
            for (int i = 0; i < tensors.Length; i++) tensors[i].Backend.Write(state.Memory[name][i], tensors[i]);
        }

        (_learningRate, _momentum, Steps) = (state.LearningRate, state.Momentum, state.Steps);
        for (int i = 0; i < _steps.Length; i++) _steps[i] = state.ParameterSteps[i];
    }

    /// <summary>Changes one parameter in place.</summary>
    /// <param name="index">Which of <see cref="Parameters"/>: θ.</param>
    /// <param name="step">The how many-th change of this parameter it is, from 1.</param>
    /// <param name="gradient">g, ∂loss/∂θ.</param>
    /// <param name="weightDecay">λ of this parameter.</param>
    protected abstract void Update(int index, int step, Tensor gradient, double weightDecay);

    /// <summary>Memory of the parameters' shapes that lasts from step to step and belongs to the state.</summary>
    /// <param name="name">Its name in the state.</param>
    /// <param name="value">What it holds at first.</param>
    /// <returns>One tensor for each parameter.</returns>
    protected Tensor[] MakeState(string name, float value = 0)
    {
        Tensor[] tensors = [.. _parameters.Select(p => Tensor.Lasting(p.Value.Backend, p.Shape))];
        if (value != 0)
        {
            foreach (var tensor in tensors) tensor.Backend.Fill(tensor, value);
        }

        _memory.Add(name, tensors);
        return tensors;
    }

    /// <summary>An error about an argument, unless it is in its range.</summary>
    private protected static void Require(bool isInRange, string name, double value, string message)
    {
        if (!isInRange) throw new ArgumentOutOfRangeException(name, value, message);
    }
}

/// <summary>What an optimiser remembers between steps.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Momentum">μ or β₁.</param>
/// <param name="Steps">The number of steps done.</param>
/// <param name="ParameterSteps">For each parameter, how often it was changed.</param>
/// <param name="Memory">By name, for each parameter the numbers remembered.</param>
public sealed record OptimizerState(
    double LearningRate, double Momentum, int Steps, IReadOnlyList<int> ParameterSteps, IReadOnlyDictionary<string, IReadOnlyList<float[]>> Memory);
