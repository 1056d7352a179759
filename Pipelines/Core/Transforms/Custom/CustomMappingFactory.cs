namespace MLPath.Transforms;

/// <summary>Holds the code of a custom mapping, so that it can be used and registered under one name.</summary>
/// <typeparam name="TSrc">What the function reads.</typeparam>
/// <typeparam name="TDst">What the function writes.</typeparam>
/// <example><code>
/// [CustomMappingFactoryAttribute("IsUnderThirty")]
/// class UnderThirty : CustomMappingFactory&lt;Person, Group> { … }
///
/// ml.Components.Add(new ComponentList("me").AddCustomMapping(new UnderThirty()));
/// </code></example>
public abstract class CustomMappingFactory<TSrc, TDst>
    where TSrc : class, new()
    where TDst : class, new()
{
    /// <summary>The function: computes the second object's members from the first one's. It is called from many threads.</summary>
    public abstract Action<TSrc, TDst> GetMapping();
}

/// <summary>Holds the code of a stateful custom mapping, so that it can be used and registered under one name.</summary>
/// <typeparam name="TSrc">What the function reads.</typeparam>
/// <typeparam name="TDst">What the function writes.</typeparam>
/// <typeparam name="TState">What the function remembers from row to row.</typeparam>
public abstract class StatefulCustomMappingFactory<TSrc, TDst, TState>
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    /// <summary>The function: computes the second object's members from the first one's and from the state, which it may change.</summary>
    public abstract Action<TSrc, TDst, TState> GetMapping();

    /// <summary>Brings a new state to the beginning of a pass.</summary>
    public abstract Action<TState> GetStateInitAction();
}

/// <summary>
/// Names the contract of a factory of custom mappings. Written <c>[CustomMappingFactoryAttribute("name")]</c>.
/// </summary>
/// <param name="contractName">The name with which mappings are saved.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CustomMappingFactoryAttributeAttribute(string contractName) : Attribute
{
    /// <summary>The name with which mappings are saved.</summary>
    public string ContractName { get; } = contractName;

    /// <summary>The contract of a factory.</summary>
    /// <exception cref="ArgumentException">The factory's class does not name one.</exception>
    internal static string Of(object factory) =>
        (GetCustomAttribute(factory.GetType(), typeof(CustomMappingFactoryAttributeAttribute)) as CustomMappingFactoryAttributeAttribute)?.ContractName
            ?? throw new ArgumentException(
                $"{factory.GetType().Name} does not name its contract. Put [CustomMappingFactoryAttribute(\"name\")] on the class.", nameof(factory));
}
