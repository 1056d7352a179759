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
    }

    /// <summary>The component id of a contract.</summary>
    internal static string IdOf(string contractName) => $"CustomMapping.{contractName}";
}
