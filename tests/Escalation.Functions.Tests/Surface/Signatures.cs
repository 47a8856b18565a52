using System.Reflection;

namespace Escalation.Functions.Tests.Surface;

/// <summary>
/// Public signatures as text, so that those of two assemblies can be compared without either being compiled against the
/// other. Nullability annotations, default values and parameter names of types' own constructors are left out: they
/// bind nobody at run time.
/// </summary>
public static class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Members that are public or protected, declared by the type itself; what the compiler adds to a record by itself
    /// apart.
    /// </summary>
    public static IEnumerable<string> Of(Type type)
    {
        foreach (var member in type.GetMembers(Declared).Where(m => !m.Name.StartsWith('<')))
            switch (member)
            {
                case ConstructorInfo { IsStatic: false } c when IsSeen(c) && !(c.IsFamily && type.IsSealed):
                    yield return $"new({Parameters(c)})";
                    break;
                case MethodInfo m when IsSeen(m) && !OfRecords.Contains(m.Name):
                    var generics = m.IsGenericMethod ? $"<{m.GetGenericArguments().Length}>" : "";
                    yield return $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}{generics}"
                        + $"({Parameters(m)}){(m.IsAbstract ? " abstract" : "")}";
                    break;
                case FieldInfo { IsPublic: true } f:
                    yield return $"{Name(f.FieldType)} {f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")}";
                    break;
            }
    }

    /// <summary>What is abstract here: a double has to implement it.</summary>
    public static IEnumerable<string> AbstractOf(Type type) =>
        Of(type).Where(s => s.EndsWith(" abstract", StringComparison.Ordinal));

    public static string Name(Type type) =>
        type switch
        {
            { IsGenericParameter: true } => type.Name,
            { IsArray: true } => Name(type.GetElementType()!) + "[]",
            { IsGenericType: true } =>
                $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
            _ => type.FullName ?? type.Name,
        };

    private static readonly HashSet<string> OfRecords = new(StringComparer.Ordinal)
    {
        "<Clone>$",
        "Equals",
        "GetHashCode",
        "ToString",
        "PrintMembers",
        "op_Equality",
        "op_Inequality",
        "get_EqualityContract",
        "Deconstruct",
    };

    private static bool IsSeen(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)));
}
