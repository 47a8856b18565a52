namespace Escalation.Functions.Tests.Surface;

/// <summary>Holds a surface's types against the real ones of the same names.</summary>
public static class Comparing
{
    /// <summary>
    /// What the surface says and the real types do not; and what a double of an abstract class would lack. Empty: they
    /// fit.
    /// </summary>
    /// <param name="real">The real type of a full name, or null.</param>
    public static IEnumerable<string> Differences(IEnumerable<Type> surface, Func<string, Type?> real)
    {
        foreach (var type in surface)
        {
            if (real(type.FullName!) is not { } actual)
            {
                yield return $"{type.FullName}: there is no such type.";
                continue;
            }
            if (
                (type.IsAbstract, type.IsSealed, type.IsValueType, type.IsEnum)
                != (actual.IsAbstract, actual.IsSealed, actual.IsValueType, actual.IsEnum)
            )
                yield return $"{type.FullName}: another kind of type.";
            var members = Signatures.Of(actual).ToHashSet(StringComparer.Ordinal);
            foreach (var missing in Signatures.Of(type).Where(s => !members.Contains(s)))
                yield return $"{type.FullName}: no {missing}";
            foreach (var unmet in Signatures.AbstractOf(actual).Except(Signatures.AbstractOf(type)))
                yield return $"{type.FullName}: lacks {unmet}";
        }
    }
}
