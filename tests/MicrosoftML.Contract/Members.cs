using System.Collections.Concurrent;

namespace Microsoft.ML.Data
{
    /// <summary>The columns that members of a class stand for.</summary>
    public sealed class SchemaDefinition : List<SchemaDefinition.Column>
    {
        private SchemaDefinition()
        {
        }

        public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both) => throw Engine.Needed;

        /// <summary>Whether members are read, written or both.</summary>
        [Flags]
        public enum Direction
        {
            Read = 1,
            Write = 2,
            Both = Read | Write,
        }

        /// <summary>The column that a member stands for.</summary>
        public sealed class Column
        {
            internal Column()
            {
            }

            public string ColumnName { get; set; }

            public DataViewType ColumnType { get; set; }

            public void AddAnnotation<T>(string kind, T value, DataViewType annotationType) => throw Engine.Needed;
        }
    }

    /// <summary>Names the column of a member.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
    public sealed class ColumnNameAttribute : Attribute
    {
        public ColumnNameAttribute(string name)
        {
        }
    }

    /// <summary>Says how many slots the vectors of a member have.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
    public sealed class VectorTypeAttribute : Attribute
    {
        public VectorTypeAttribute(int size)
        {
        }
    }

    /// <summary>Says which type of somebody's own the column of a member has.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
    public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
    {
        public abstract void Register();

        public abstract bool Equals(DataViewTypeAttribute other);
    }

    /// <summary>The types of somebody's own that columns may have.</summary>
    public static class DataViewTypeManager
    {
        private static readonly ConcurrentDictionary<(Type, DataViewTypeAttribute), DataViewType> Types = new();

        public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
        {
            if (!Types.GetOrAdd((type, typeAttribute), dataViewType).Equals(dataViewType))
                throw new ArgumentOutOfRangeException(nameof(type), type, "The type is registered as another type of columns.");
        }
    }
}

namespace Microsoft.ML
{
    /// <summary>Names what is found by its name when a model is loaded.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public abstract class ExtensionBaseAttribute : Attribute
    {
        private protected ExtensionBaseAttribute(string contractName) => ContractName = contractName;

        public string ContractName { get; }
    }
}

namespace Microsoft.ML.Transforms
{
    /// <summary>Names a factory of custom mappings.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
    {
        public CustomMappingFactoryAttributeAttribute(string contractName) : base(contractName)
        {
        }
    }
}
