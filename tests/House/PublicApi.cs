using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using MLPath.Evaluation;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.House.Tests;

/// <summary>A library's public API as text, one line a member, sorted, so that a change shows as a difference of lines.</summary>
internal static class PublicApi
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static IReadOnlyList<Assembly> Libraries { get; } =
    [
        typeof(RandomStream).Assembly,
        typeof(IDataView).Assembly,
        typeof(Datasets.EmbeddedDatasets).Assembly,
        typeof(ClassicalComponents).Assembly,
        typeof(DeepComponents).Assembly,
        typeof(MetricCatalog).Assembly,
        typeof(MLContext).Assembly,
        typeof(MicrosoftML.MicrosoftMLExtensions).Assembly,
    ];

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            if (type.Name.Contains('<', StringComparison.Ordinal))
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{Kind(type)} {Name(type)}{Bases(type)}\n");
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
            yield break;
        }

        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared))
        {
            if (member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name.Contains('<', StringComparison.Ordinal))
                continue;
            string? line = member switch
            {
                ConstructorInfo { IsStatic: false } constructor when Visible(constructor) => $"{Access(constructor)}new({Parameters(constructor)})",
                MethodInfo method when Visible(method) && !method.IsSpecialName => $"{Access(method)}{Modifier(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
                MethodInfo method when Visible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) => $"static {Name(method.ReturnType)} {method.Name}({Parameters(method)})",
                PropertyInfo property when property.GetAccessors(nonPublic: true).Any(Visible) => Property(property),
                FieldInfo field when field.IsPublic => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
                EventInfo @event when Visible(@event.AddMethod!) => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
                _ => null,
            };
            if (line is not null)
                yield return line;
        }
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && Visible(get))
            accessors.Add($"{Access(get)}get;");
        if (property.SetMethod is { } set && Visible(set))
            accessors.Add(set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? $"{Access(set)}init;" : $"{Access(set)}set;");
        string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var any = property.GetAccessors(nonPublic: true)[0];
        return $"{Modifier(any)}{Name(property.PropertyType)} {name} {{ {string.Join(' ', accessors)} }}";
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method.IsVirtual && !method.IsFinal ? (method.GetBaseDefinition() == method ? "virtual " : "override ")
        : "";

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
            return "";
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Add(Name(parent));
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        bases.AddRange(type.GetInterfaces().Except(inherited).Where(i => i.IsPublic || i.IsNestedPublic).Select(Name).Order(StringComparer.Ordinal));
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string value = parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "";
        return $"{prefix}{Name(type)} {parameter.Name}{value}";
    }

    private static string Default(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!)}";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Name(underlying)}?";
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : IsSpelledOut(type.Namespace ?? "") ? $"{type.Namespace}.{type.Name}" : type.Name;
        int tick = name.LastIndexOf('`');
        if (tick >= 0)
            name = name[..tick];
        return type.IsGenericType && type.GetGenericArguments().Length > 0 ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    // The bridge has both libraries' types of the same names.
    private static bool IsSpelledOut(string space) =>
        space.StartsWith("MLPath", StringComparison.Ordinal) || space.StartsWith("Microsoft.ML", StringComparison.Ordinal);
}
