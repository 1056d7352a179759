using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MLPath.MicrosoftML.Tests;

/// <summary>Names of types in signatures; a structure is marked, so that a class of the same name is another type.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    private const byte Structure = 0x11;

    /// <summary>The types that were named.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>The full name of a declared type.</summary>
    public static string Of(MetadataReader reader, TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{Of(reader, reader.GetTypeDefinition(outer))}.{reader.GetString(type.Name)}"
        : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        See(Of(reader, reader.GetTypeDefinition(handle)), rawTypeKind);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return See(
            type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{reader.GetString(type.Name)}"
                : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}",
            rawTypeKind);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.IntPtr => "nint",
        PrimitiveTypeCode.UInt64 => "ulong",
        _ => typeCode.ToString().ToLowerInvariant(),
    };

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
    {
        int arity = genericType.LastIndexOf('`');
        return $"{genericType[..arity]}<{string.Join(", ", typeArguments)}>";
    }

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"delegate*<{string.Join(", ", signature.ParameterTypes)}, {signature.ReturnType}>";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} modified by {modifier}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    private string See(string name, byte rawTypeKind)
    {
        Seen.Add(name);
        return rawTypeKind == Structure ? $"struct {name}" : name;
    }
}
