using System.Diagnostics.CodeAnalysis;
using MLPath.Data;
using MLPath.Transforms;

namespace MLPath;

/// <summary>Functions of the user's own in <c>ml.Transforms</c>.</summary>
public static class CustomMappingCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Computes columns by a function of the user's own, row by row.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <typeparam name="TDst">What the function writes: its members become columns.</typeparam>
        /// <param name="mapAction">Computes the second object's members from the first one's. A function of its arguments alone, called from many threads.</param>
        /// <param name="contractName">
        /// The name by which a model file refers to the function: register the function under it where the model is loaded,
        /// <c>ml.Components.Add(new ComponentList("me").AddCustomMapping&lt;TSrc, TDst&gt;(name, action))</c>. Null for a model that is never saved.
        /// </param>
        /// <param name="inputSchemaDefinition">Which columns are read into which members; all, by name, when null.</param>
        /// <param name="outputSchemaDefinition">Which members become which columns; all, by name, when null.</param>
        public CustomMappingEstimator<TSrc, TDst> CustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>(
            Action<TSrc, TDst> mapAction,
            string? contractName,
            SchemaDefinition? inputSchemaDefinition = null,
            SchemaDefinition? outputSchemaDefinition = null)
            where TSrc : class, new()
            where TDst : class, new() =>
            new(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition);
    }
}
