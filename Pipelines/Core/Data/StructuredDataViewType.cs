using System.Security.Cryptography;

namespace MLPath.Data;

/// <summary>
/// A type of values with a structure of their own, one value a row, which a library defines: images, for instance. The default of
/// <typeparamref name="T"/>, null for a class, is the missing value.
/// </summary>
/// <remarks>
/// Values are immutable, since views share them. A model file names the type by <see cref="TypeId"/>; register what restores it with
/// <see cref="Runtime.ComponentList.AddType"/>.
/// </remarks>
/// <typeparam name="T">The raw type of the values.</typeparam>
public abstract class StructuredDataViewType<T> : StructuredDataViewType, IRegisteredType
{
    /// <summary>Creates a type.</summary>
    /// <param name="dimensions">What distinguishes types of the same id: the height and width of images of one size; empty where nothing does.</param>
    protected StructuredDataViewType(params ReadOnlySpan<int> dimensions) : base(typeof(T)) => Dimensions = dimensions.ToArray();

    /// <summary>The name of the type in model files: the library, a dot, the type.</summary>
    public abstract string TypeId { get; }

    /// <summary>What distinguishes types of the same id.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Adds the content of a value to a fingerprint: equal values add the same bytes, different values different ones.</summary>
    /// <param name="hash">The fingerprint.</param>
    /// <param name="value">The value; never the missing one.</param>
    public abstract void AppendContent(IncrementalHash hash, T value);

    /// <inheritdoc/>
    public sealed override TResult Accept<TResult>(IRawTypeVisitor<TResult> visitor) => visitor.Visit<T>();

    /// <inheritdoc/>
    public sealed override bool Equals(DataViewType? other) =>
        other is StructuredDataViewType<T> same && same.TypeId == TypeId && same.Dimensions.SequenceEqual(Dimensions);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => HashCode.Combine(TypeId, Dimensions.Count > 0 ? Dimensions[0] : 0);
}

/// <summary>A type that model files name by an id that a library registered.</summary>
internal interface IRegisteredType
{
    string TypeId { get; }

    IReadOnlyList<int> Dimensions { get; }
}

/// <summary>A type of a model file whose library is not there: enough to show the file's schema.</summary>
internal sealed class UnregisteredDataViewType(string typeId, int[] dimensions) : StructuredDataViewType<object>(dimensions)
{
    public override string TypeId => typeId;

    public override void AppendContent(IncrementalHash hash, object value) =>
        throw new NotSupportedException($"The type {typeId} is not registered, so its values are not known.");

    public override string ToString() => Dimensions.Count > 0 ? $"{typeId}<{string.Join('x', Dimensions)}>" : typeId;
}
