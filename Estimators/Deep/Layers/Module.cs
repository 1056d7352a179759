using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>
/// A part of a network: parameters, parts of its own, and a way to compute with them. A module is made of sizes alone; it has no numbers until
/// <see cref="Initialize"/> gives it some, or a file does.
/// </summary>
/// <remarks>
/// Derive from <see cref="Layer"/> where one tensor goes in. In the constructor, declare what the module has with <see cref="AddParameter"/>,
/// <see cref="AddState"/> and <see cref="AddModule"/>; so its parameters are found, saved and counted without reflection.
/// </remarks>
public abstract class Module
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<(string Name, Module Module)> _modules = [];

    /// <summary>The parts, in the order in which they were added.</summary>
    public IReadOnlyList<(string Name, Module Module)> Modules => _modules;

    /// <summary>The module's own parameters, without those of its parts.</summary>
    public IReadOnlyList<Parameter> OwnParameters => _parameters;

    /// <summary>All parameters and states with their paths, such as "encoder.0.weight", in the order in which they were added.</summary>
    public IEnumerable<(string Path, Parameter Parameter)> Parameters()
    {
        foreach (var parameter in _parameters) yield return (parameter.Name, parameter);
        foreach (var (name, module) in _modules)
        {
            foreach (var (path, parameter) in module.Parameters()) yield return ($"{name}.{path}", parameter);
        }
    }

    /// <summary>The number of learned numbers.</summary>
    public long ParameterCount => Parameters().Where(p => p.Parameter.IsLearned).Sum(p => (long)p.Parameter.Shape.Size);

    /// <summary>Gives all parameters their first numbers. Each draws from a stream of its own, named by its path.</summary>
    /// <param name="backend">What will compute with them.</param>
    /// <param name="random">The source of randomness.</param>
    public void Initialize(Backend backend, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(random);
        foreach (var (path, parameter) in Parameters()) parameter.Initialize(backend, random.Derive(path));
    }

    /// <summary>Copies of all numbers, by path.</summary>
    public IReadOnlyDictionary<string, float[]> GetState() => Parameters().ToDictionary(p => p.Path, p => p.Parameter.Value.ToArray());

    /// <summary>Sets all numbers.</summary>
    /// <param name="backend">What will compute with them.</param>
    /// <param name="state">What <see cref="GetState"/> gave.</param>
    /// <exception cref="ArgumentException">A parameter is missing, or has another size.</exception>
    public void SetState(Backend backend, IReadOnlyDictionary<string, float[]> state)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (path, parameter) in Parameters())
        {
            if (!state.TryGetValue(path, out float[]? values)) throw new ArgumentException($"There are no numbers for '{path}'.", nameof(state));
            if (values.Length != parameter.Shape.Size) throw new ArgumentException($"There are {values.Length} numbers for '{path}' of shape {parameter.Shape}.", nameof(state));
        }

        foreach (var (path, parameter) in Parameters()) parameter.Set(backend, state[path]);
    }

    /// <summary>Declares learned numbers.</summary>
    /// <param name="name">Their name, without dots.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="initializer">What they are at first.</param>
    protected Parameter AddParameter(string name, Shape shape, Initializer initializer) => Add(new Parameter(name, shape, initializer, isLearned: true));

    /// <summary>Declares numbers that the module keeps and saves, but that are not learned.</summary>
    /// <param name="name">Their name, without dots.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="initializer">What they are at first.</param>
    protected Parameter AddState(string name, Shape shape, Initializer initializer) => Add(new Parameter(name, shape, initializer, isLearned: false));

    /// <summary>Declares a part.</summary>
    /// <typeparam name="TModule">What it is.</typeparam>
    /// <param name="name">Its name, without dots.</param>
    /// <param name="module">The part, which belongs to no other module.</param>
    protected TModule AddModule<TModule>(string name, TModule module)
        where TModule : Module
    {
        RequireNewName(name);
        _modules.Add((name, module));
        return module;
    }

    private Parameter Add(Parameter parameter)
    {
        RequireNewName(parameter.Name);
        _parameters.Add(parameter);
        return parameter;
    }

    private void RequireNewName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('.')) throw new ArgumentException($"The name '{name}' has a dot, which separates the names of a path.", nameof(name));
        if (_parameters.Exists(p => p.Name == name) || _modules.Exists(m => m.Name == name))
            throw new ArgumentException($"The module has a '{name}' already.", nameof(name));
    }
}

/// <summary>A module that makes one tensor of one tensor.</summary>
public abstract class Layer : Module
{
    /// <summary>Computes the layer's output.</summary>
    /// <param name="x">The input; its shape is the layer's to say.</param>
    /// <param name="pass">Training or scoring.</param>
    public Tensor Forward(Tensor x, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        var y = Compute(x, pass);
        pass.Observer?.Invoke(this, y);
        return y;
    }

    /// <summary>The layer's computation.</summary>
    /// <param name="x">The input.</param>
    /// <param name="pass">Training or scoring.</param>
    protected abstract Tensor Compute(Tensor x, Pass pass);
}
