using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MLPath.MicrosoftML.Tests;

/// <summary>
/// Types and members of Microsoft.ML as an assembly's metadata name them, one line each, whichever assemblies they come from. In signatures
/// <c>!0</c> is the first type parameter of the type, and <c>!!0</c> of the method.
/// </summary>
internal sealed class Surface : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly SignatureNames _names = new();

    public Surface(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _reader = _file.GetMetadataReader();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>What the assembly uses.</summary>
    public IReadOnlyList<string> Used()
    {
        var lines = _reader.MemberReferences.Select(handle => Line(_reader.GetMemberReference(handle))).OfType<string>().ToList();
        var types = _reader.TypeReferences.Select(handle => _names.GetTypeFromReference(_reader, handle, 0)).Where(IsMicrosoftML);
        return Sorted([.. lines, .. types.Select(Line)]);
    }

    /// <summary>What the assembly declares for everybody: types, and members that are not there to implement or to override others.</summary>
    /// <remarks>
    /// Virtual members are left out: whoever implements an interface or derives from a class needs all of them. So are constants, which the compiler
    /// puts into the code that uses them, and one accessor of a property where the other is used.
    /// </remarks>
    /// <param name="used">What others use of it.</param>
    public IReadOnlyList<string> Declared(IReadOnlySet<string> used)
    {
        var lines = new List<string>();
        foreach (var type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsVisible))
        {
            string name = SignatureNames.Of(_reader, type);
            lines.Add(Line(name));
            foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                if (field.Attributes.HasFlag(FieldAttributes.Public) && (field.Attributes & (FieldAttributes.Literal | FieldAttributes.RTSpecialName)) == 0)
                    lines.Add(Line(name, _reader.GetString(field.Name), field.DecodeSignature(_names, null)));
            }

            var methods = type.GetMethods().Select(_reader.GetMethodDefinition)
                .Where(method => IsVisible(method) && !method.Attributes.HasFlag(MethodAttributes.Virtual))
                .Select(method => (Name: _reader.GetString(method.Name), Signature: method.DecodeSignature(_names, null)))
                .Select(method => (method.Name, Line: Line(name, method.Name, method.Signature)))
                .ToList();
            lines.AddRange(methods.Where(m => !methods.Any(other => used.Contains(other.Line) && AreAccessors(m.Name, other.Name))).Select(m => m.Line));
        }

        return Sorted(lines);
    }

    /// <summary>The types that the assembly's own lines need: bases, and types of signatures.</summary>
    public IReadOnlySet<string> Needed()
    {
        foreach (var type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsVisible))
        {
            if (type.BaseType.Kind == HandleKind.TypeSpecification)
                _names.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)type.BaseType, 0);
            else if (!type.BaseType.IsNil)
                _names.Seen.Add(Name(type.BaseType));
            foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition).Where(IsVisible))
                method.DecodeSignature(_names, null);
            foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition).Where(field => field.Attributes.HasFlag(FieldAttributes.Public)))
                field.DecodeSignature(_names, null);
        }

        return _names.Seen.Select(Line).ToHashSet();
    }

    private static bool IsMicrosoftML(string type) =>
        type.StartsWith("Microsoft.ML.", StringComparison.Ordinal);

    private static IReadOnlyList<string> Sorted(IEnumerable<string> lines) => [.. lines.Distinct().Order(StringComparer.Ordinal)];

    private static string Line(string type) => $"type {type}";

    private static string Line(string type, string field, string signature) => $"{type}::{field} : {signature}";

    private static string Line(string type, string method, MethodSignature<string> signature) =>
        $"{type}::{method}{(signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "")}"
        + $"({string.Join(", ", signature.ParameterTypes)}) : {(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType}";

    private string? Line(MemberReference member)
    {
        string? type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => _names.GetTypeFromReference(_reader, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeSpecification => Definition(_reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent)),
            _ => null,
        };
        if (type is null || !IsMicrosoftML(type))
            return null;
        string name = _reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? Line(type, name, member.DecodeFieldSignature(_names, null))
            : Line(type, name, member.DecodeMethodSignature(_names, null));
    }

    // A member of List<int> is a member of List<T>.
    private string? Definition(TypeSpecification type)
    {
        var blob = _reader.GetBlobReader(type.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadByte();
        return Name(blob.ReadTypeHandle());
    }

    private string Name(EntityHandle type) => type.Kind == HandleKind.TypeReference
        ? _names.GetTypeFromReference(_reader, (TypeReferenceHandle)type, 0)
        : SignatureNames.Of(_reader, _reader.GetTypeDefinition((TypeDefinitionHandle)type));

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool AreAccessors(string one, string other) =>
        one != other && one.Length > 4 && other.Length > 4 && one[..4] is "get_" or "set_" && other[..4] is "get_" or "set_" && one[4..] == other[4..];
}
