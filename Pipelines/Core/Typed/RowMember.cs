using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLPath.Data;

/// <summary>Reads a member of a row, which is by reference so that structs are not copied.</summary>
internal delegate TValue MemberGetter<TRow, out TValue>(ref TRow row);

/// <summary>Writes a member of a row.</summary>
internal delegate void MemberSetter<TRow, in TValue>(ref TRow row, TValue value);

/// <summary>A public property or field of a row type, with typed access that boxes nothing.</summary>
internal sealed class RowMember
{
    /// <summary>What the trimmer must keep of a row type.</summary>
    internal const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields;

    /// <summary>What the trimmer must keep of a row type whose objects are made here.</summary>
    internal const DynamicallyAccessedMemberTypes NeededToCreate = Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private readonly PropertyInfo? _property;
    private readonly FieldInfo? _field;

    private RowMember(PropertyInfo property) => (_property, Name, Type) = (property, property.Name, property.PropertyType);

    private RowMember(FieldInfo field) => (_field, Name, Type) = (field, field.Name, field.FieldType);

    public string Name { get; }

    public Type Type { get; }

    public bool CanRead => _field is not null || _property!.GetMethod?.IsPublic == true;

    public bool CanWrite => _field is { IsInitOnly: false } || _property?.SetMethod?.IsPublic == true;

    public string Describe() => $"Member '{Name}' of {(_property ?? (MemberInfo)_field!).DeclaringType!.Name}, of type {TypeName(Type)},";

    public TAttribute? Find<TAttribute>() where TAttribute : Attribute =>
        (_property ?? (MemberInfo)_field!).GetCustomAttribute<TAttribute>(inherit: true);

    /// <summary>The public instance fields and properties, those of derived types first where names repeat.</summary>
    public static IReadOnlyList<RowMember> Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var fields = type.GetFields(Public).Select(f => new RowMember(f));
        var properties = type.GetProperties(Public).Where(p => p.GetIndexParameters().Length == 0).Select(p => new RowMember(p));
        return [.. fields.Concat(properties).GroupBy(m => m.Name).Select(MostDerived)];
    }

    public MemberGetter<TRow, TValue> Getter<TRow, TValue>()
    {
        if (_field is not null)
        {
            // Where code cannot be compiled at run time, fields are read by reflection, which boxes.
            if (!RuntimeFeature.IsDynamicCodeSupported)
                return (ref row) => (TValue)_field.GetValue(row)!;
            var row = Expression.Parameter(typeof(TRow).MakeByRefType(), "row");
            return Expression.Lambda<MemberGetter<TRow, TValue>>(Expression.Field(row, _field), row).Compile();
        }

        // An open delegate takes a struct by reference and a class by value.
        if (typeof(TRow).IsValueType)
            return _property!.GetMethod!.CreateDelegate<MemberGetter<TRow, TValue>>();
        var get = _property!.GetMethod!.CreateDelegate<Func<TRow, TValue>>();
        return (ref row) => get(row);
    }

    public MemberSetter<TRow, TValue> Setter<TRow, TValue>()
    {
        if (_field is not null)
        {
            if (!RuntimeFeature.IsDynamicCodeSupported)
            {
                return (ref row, value) =>
                {
                    object? boxed = row;
                    _field.SetValue(boxed, value);
                    row = (TRow)boxed!;
                };
            }

            var row = Expression.Parameter(typeof(TRow).MakeByRefType(), "row");
            var value = Expression.Parameter(typeof(TValue), "value");
            var assignment = Expression.Assign(Expression.Field(row, _field), value);
            return Expression.Lambda<MemberSetter<TRow, TValue>>(assignment, row, value).Compile();
        }

        if (typeof(TRow).IsValueType)
            return _property!.SetMethod!.CreateDelegate<MemberSetter<TRow, TValue>>();
        var set = _property!.SetMethod!.CreateDelegate<Action<TRow, TValue>>();
        return (ref row, value) => set(row, value);
    }

    /// <summary>A type as it is written in C#, more or less: <c>Int32?</c>, <c>Single[]</c>, <c>List&lt;Single&gt;</c>.</summary>
    public static string TypeName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{TypeName(value)}?"
        : type.IsArray ? $"{TypeName(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;

    private static RowMember MostDerived(IEnumerable<RowMember> sameName) =>
        sameName.Aggregate((a, b) => b.Declaring.IsSubclassOf(a.Declaring) ? b : a);

    private Type Declaring => (_property ?? (MemberInfo)_field!).DeclaringType!;
}
