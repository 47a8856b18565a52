using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Collects what is wrong with a body, field by field; values themselves are never repeated in a message.</summary>
public sealed class Faults
{
    public const int LongText = 10_000,
        ShortText = 200;
    private readonly Dictionary<string, List<Fault>> _found = new(StringComparer.Ordinal);

    public void Add(string field, FaultCode code, string text, int most = 0, DateOnly? day = null)
    {
        if (!_found.TryGetValue(field, out var list))
            _found[field] = list = [];
        list.Add(new Fault(code, text, most, day));
    }

    /// <param name="most">Characters, inclusive; a shorter text than <see cref="LongText"/> is of one line.</param>
    public void Required(string field, string? value, int most = ShortText)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, FaultCode.Required, "Required.");
        else
            Optional(field, value, most);
    }

    public void Optional(string field, string? value, int most = ShortText)
    {
        if (value is null)
            return;
        if (value.Length > most)
            Add(field, FaultCode.TooLong, $"At most {most:N0} characters.", most);
        if (value.Any(ch => char.IsControl(ch) && (most < LongText || ch is not ('\n' or '\r' or '\t'))))
            Add(field, FaultCode.ControlCharacter, "Control characters are not allowed.");
        if (HasLoneSurrogate(value))
            Add(field, FaultCode.NotUnicode, "Not valid Unicode text.");
    }

    public void Email(string field, string? value)
    {
        if (value is null)
            return;
        Optional(field, value, EmailAddress.MaxLength);
        if (!EmailAddress.IsUsable(value))
            Add(field, FaultCode.NotEmail, "Not an email address.");
    }

    public void Most<T>(string field, IReadOnlyCollection<T> list, int most)
    {
        if (list.Count > most)
            Add(field, FaultCode.TooMany, $"At most {most} entries.", most);
    }

    /// <summary>The id of one of the policy's terms.</summary>
    public void OneOf(string field, string given, IReadOnlyList<Term> known)
    {
        if (known.All(k => k.Id != given))
            Add(field, FaultCode.NotOffered, $"One of: {string.Join(", ", known.Select(k => k.Id))}.");
    }

    /// <summary>Ids of the policy's terms, none twice.</summary>
    public void Terms(string field, IReadOnlyList<string> given, IReadOnlyList<Term> known)
    {
        if (given.Any(g => known.All(k => k.Id != g)))
            Add(
                field,
                FaultCode.NotOffered,
                known.Count == 0 ? "This policy has none." : $"Any of: {string.Join(", ", known.Select(k => k.Id))}."
            );
        if (given.Distinct().Count() != given.Count)
            Add(field, FaultCode.NamedTwice, "Named twice.");
    }

    /// <summary>Null: nothing is wrong.</summary>
    public Refusal? ToRefusal() =>
        _found.Count == 0 ? null : Refusal.Invalid(_found.ToDictionary(p => p.Key, p => p.Value.Distinct().ToArray()));

    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return true;
            i++;
        }
        return false;
    }
}
