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

        /// <summary>Computes columns by a function of the user's own that remembers something from row to row.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <typeparam name="TDst">What the function writes: its members become columns.</typeparam>
        /// <typeparam name="TState">What the function remembers.</typeparam>
        /// <param name="mapAction">Computes the second object's members from the first one's and from the state, which it may change.</param>
        /// <param name="stateInitAction">Brings a new state to the beginning of a pass; called once for each pass over the data.</param>
        /// <param name="contractName">
        /// The name by which a model file refers to the functions, registered with <c>AddCustomMapping</c> where the model is loaded. Null for a model
        /// that is never saved.
        /// </param>
        public StatefulCustomMappingEstimator<TSrc, TDst, TState> StatefulCustomMapping<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            Action<TSrc, TDst, TState> mapAction, Action<TState> stateInitAction, string? contractName)
            where TSrc : class, new()
            where TDst : class, new()
            where TState : class, new() =>
            new(mapAction, contractName, stateInitAction);

        /// <summary>Drops the rows for which a function of the user's own says so.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <param name="filterPredicate">Whether a row is dropped; called from many threads.</param>
        /// <param name="contractName">
        /// The name by which a model file refers to the function, registered with <c>AddCustomFilter</c> where the model is loaded. Null for a model that
        /// is never saved.
        /// </param>
        /// <remarks>Appended with <see cref="TransformerScope.Training"/>, it drops rows in training only, and single rows can be predicted.</remarks>
        public CustomMappingFilterEstimator<TSrc, object> FilterByCustomPredicate<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc>(
            Func<TSrc, bool> filterPredicate, string? contractName = null)
            where TSrc : class, new()
        {
            ArgumentNullException.ThrowIfNull(filterPredicate);
            return new((row, _) => filterPredicate(row), _ => { }, contractName);
        }

        /// <summary>Drops the rows for which a function of the user's own says so that remembers something from row to row.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <typeparam name="TState">What the function remembers.</typeparam>
        /// <param name="filterPredicate">Whether a row is dropped, from the row and the state, which it may change.</param>
        /// <param name="stateInitAction">Brings a new state to the beginning of a pass; called once for each pass over the data.</param>
        /// <param name="contractName">
        /// The name by which a model file refers to the functions, registered with <c>AddCustomFilter</c> where the model is loaded. Null for a model that
        /// is never saved.
        /// </param>
        public CustomMappingFilterEstimator<TSrc, TState> FilterByStatefulCustomPredicate<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction, string? contractName = null)
            where TSrc : class, new()
            where TState : class, new() =>
            new(filterPredicate, stateInitAction, contractName);
    }

    extension(DataOperationsCatalog catalog)
    {
        /// <summary>All rows but those for which a function of the user's own says that they are dropped.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <param name="input">The view.</param>
        /// <param name="filterPredicate">Whether a row is dropped.</param>
        public IDataView FilterByCustomPredicate<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc>(
            IDataView input, Func<TSrc, bool> filterPredicate)
            where TSrc : class, new()
        {
            ArgumentNullException.ThrowIfNull(filterPredicate);
            return catalog.FilterByStatefulCustomPredicate<TSrc, object>(input, (row, _) => filterPredicate(row), _ => { });
        }

        /// <summary>All rows but those for which a function of the user's own, which remembers something from row to row, says that they are dropped.</summary>
        /// <typeparam name="TSrc">What the function reads: its members are the columns of their names.</typeparam>
        /// <typeparam name="TState">What the function remembers.</typeparam>
        /// <param name="input">The view.</param>
        /// <param name="filterPredicate">Whether a row is dropped, from the row and the state, which it may change.</param>
        /// <param name="stateInitAction">Brings a new state to the beginning of a pass; called once for each pass over the data.</param>
        public IDataView FilterByStatefulCustomPredicate<
            [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
            IDataView input, Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction)
            where TSrc : class, new()
            where TState : class, new()
        {
            ArgumentNullException.ThrowIfNull(catalog);
            return new CustomMappingFilter<TSrc, TState>(filterPredicate, stateInitAction, contractName: null).Transform(input);
        }
    }
}
