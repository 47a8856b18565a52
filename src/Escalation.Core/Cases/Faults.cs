using Escalation.Core.Partnerships;

namespace Escalation.Core.Cases;

/// <summary>Collects what is wrong with a body, field by field; values themselves are never repeated in a message.</summary>
internal sealed class Faults
{
    public const int LongText = 10_000,
        ShortText = 200;
    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    public void Add(string field, string message)
    {
        if (!_found.TryGetValue(field, out var list))
            _found[field] = list = [];
        list.Add(message);
    }

    public void Required(string field, string? value, int most = ShortText)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, "Required.");
        else
            Optional(field, value, most);
    }

    public void Optional(string field, string? value, int most = ShortText)
    {
        if (value is null)
            return;
        if (value.Length > most)
            Add(field, $"At most {most:N0} characters.");
        if (value.Any(ch => char.IsControl(ch) && (most < LongText || ch is not ('\n' or '\r' or '\t'))))
            Add(field, "Control characters are not allowed.");
        if (HasLoneSurrogate(value))
            Add(field, "Not valid Unicode text.");
    }

    public void Email(string field, string? value)
    {
        if (value is null)
            return;
        Optional(field, value, EmailAddress.MaxLength);
        if (!EmailAddress.IsUsable(value))
            Add(field, "Not an email address.");
    }

    public void Most<T>(string field, IReadOnlyCollection<T> list, int most)
    {
        if (list.Count > most)
            Add(field, $"At most {most} entries.");
    }

    public Refusal? ToRefusal() =>
        _found.Count == 0
            ? null
            : new Refusal(
                Codes.Invalid,
                "Some fields need attention.",
                _found.ToDictionary(p => p.Key, p => p.Value.Distinct().ToArray())
            );

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
