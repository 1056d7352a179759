using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Transforms;

namespace MLPath.Runtime;

/// <summary>Registers the code of custom mappings, so that models with them can be loaded.</summary>
public static class CustomMappingComponents
{
    extension(ComponentList list)
    {
        /// <summary>Adds the code of a custom mapping.</summary>
        /// <typeparam name="TSrc">What the function reads.</typeparam>
        /// <typeparam name="TDst">What the function writes.</typeparam>
        /// <param name="contractName">The name with which the mapping was saved.</param>
        /// <param name="mapAction">The function.</param>
        /// <param name="inputSchemaDefinition">Which columns are read into which members; all, by name, when null.</param>
        /// <param name="outputSchemaDefinition">Which members become which columns; all, by name, when null.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The name is not valid, or already in the list.</exception>
        /// <example><code>
        /// ml.Components.Add(new ComponentList("me").AddCustomMapping&lt;Person, Group&gt;("IsUnderThirty", (p, g) => g.IsUnderThirty = p.Age &lt; 30));
        /// </code></example>
        public ComponentList AddCustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>(
            string contractName,
            Action<TSrc, TDst> mapAction,
            SchemaDefinition? inputSchemaDefinition = null,
            SchemaDefinition? outputSchemaDefinition = null)
            where TSrc : class, new()
            where TDst : class, new()
        {
            ArgumentNullException.ThrowIfNull(contractName);
            var transformer = new CustomMappingTransformer<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition);
            return list.Add(transformer.ComponentId, _ => transformer);
        }

        /// <summary>Adds the code of a custom mapping that a factory holds.</summary>
        /// <typeparam name="TSrc">What the function reads.</typeparam>
        /// <typeparam name="TDst">What the function writes.</typeparam>
        /// <param name="factory">The factory, whose class names the contract: <c>[CustomMappingFactoryAttribute("name")]</c>.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The class names no contract, or one that is not valid or already in the list.</exception>
        public ComponentList AddCustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>(
            CustomMappingFactory<TSrc, TDst> factory)
            where TSrc : class, new()
            where TDst : class, new()
        {
            ArgumentNullException.ThrowIfNull(factory);
            return list.AddCustomMapping(CustomMappingFactoryAttributeAttribute.Of(factory), factory.GetMapping());
        }

        /// <summary>Adds the code of a stateful custom mapping.</summary>
        /// <typeparam name="TSrc">What the function reads.</typeparam>
        /// <typeparam name="TDst">What the function writes.</typeparam>
        /// <typeparam name="TState">What the function remembers.</typeparam>
        /// <param name="contractName">The name with which the mapping was saved.</param>
        /// <param name="mapAction">The function.</param>
        /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The name is not valid, or already in the list.</exception>
        public ComponentList AddCustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            string contractName, Action<TSrc, TDst, TState> mapAction, Action<TState> stateInitAction)
            where TSrc : class, new()
            where TDst : class, new()
            where TState : class, new()
        {
            ArgumentNullException.ThrowIfNull(contractName);
            var transformer = new StatefulCustomMappingTransformer<TSrc, TDst, TState>(mapAction, contractName, stateInitAction);
            return list.Add(transformer.ComponentId, _ => transformer);
        }

        /// <summary>Adds the code of a stateful custom mapping that a factory holds.</summary>
        /// <typeparam name="TSrc">What the function reads.</typeparam>
        /// <typeparam name="TDst">What the function writes.</typeparam>
        /// <typeparam name="TState">What the function remembers.</typeparam>
        /// <param name="factory">The factory, whose class names the contract: <c>[CustomMappingFactoryAttribute("name")]</c>.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The class names no contract, or one that is not valid or already in the list.</exception>
        public ComponentList AddCustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            StatefulCustomMappingFactory<TSrc, TDst, TState> factory)
            where TSrc : class, new()
            where TDst : class, new()
            where TState : class, new()
        {
            ArgumentNullException.ThrowIfNull(factory);
            return list.AddCustomMapping(CustomMappingFactoryAttributeAttribute.Of(factory), factory.GetMapping(), factory.GetStateInitAction());
        }

        /// <summary>Adds the code of a filter by a custom predicate.</summary>
        /// <typeparam name="TSrc">What the predicate reads.</typeparam>
        /// <param name="contractName">The name with which the filter was saved.</param>
        /// <param name="filterPredicate">Whether a row is dropped.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The name is not valid, or already in the list.</exception>
        public ComponentList AddCustomFilter<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc>(
            string contractName, Func<TSrc, bool> filterPredicate)
            where TSrc : class, new()
        {
            ArgumentNullException.ThrowIfNull(filterPredicate);
            return list.AddCustomFilter<TSrc, object>(contractName, (row, _) => filterPredicate(row), _ => { });
        }

        /// <summary>Adds the code of a filter by a stateful custom predicate.</summary>
        /// <typeparam name="TSrc">What the predicate reads.</typeparam>
        /// <typeparam name="TState">What the predicate remembers.</typeparam>
        /// <param name="contractName">The name with which the filter was saved.</param>
        /// <param name="filterPredicate">Whether a row is dropped.</param>
        /// <param name="stateInitAction">Brings a new state to the beginning of a pass.</param>
        /// <returns>This list.</returns>
        /// <exception cref="ArgumentException">The name is not valid, or already in the list.</exception>
        public ComponentList AddCustomFilter<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            string contractName, Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction)
            where TSrc : class, new()
            where TState : class, new()
        {
            ArgumentNullException.ThrowIfNull(contractName);
            var transformer = new CustomMappingFilter<TSrc, TState>(filterPredicate, stateInitAction, contractName);
            return list.Add(transformer.ComponentId, _ => transformer);
        }
    }

    /// <summary>The component id of a contract.</summary>
    internal static string IdOf(string contractName) => $"CustomMapping.{contractName}";
}
