using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.Problems;

namespace Escalation.Web.Partnerships;

/// <summary>Checks a directory entry, field by field.</summary>
internal sealed class AgencyForm(IReadOnlySet<string> tiers)
{
    private const int ShortText = 200,
        MostContacts = 200,
        MostDomains = 30,
        MostAbsences = 50;
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public (Agency? Agency, Problem? Problem) Read(string id, AgencyBody body)
    {
        Unless(
            IsSlug(id) && id != Party.Other && !id.StartsWith(Party.Other + "-", StringComparison.Ordinal),
            "id",
            "Lower-case words joined by hyphens, 40 characters at the most; not 'other'."
        );
        Unless(body.Id is null || body.Id == id, "id", "Not the one in the address.");
        Text("name", body.Name, required: true);
        var contacts = body.Contacts ?? [];
        Unless(contacts.Count <= MostContacts, "contacts", $"At most {MostContacts}.");
        Unless((body.Domains?.Count ?? 0) <= MostDomains, "domains", $"At most {MostDomains}.");
        var agency = new Agency
        {
            Id = id,
            Name = body.Name ?? "",
            Domains = [.. (body.Domains ?? []).Select((d, i) => Domain($"domains[{i}]", d))],
            Contacts = [.. contacts.Take(MostContacts).Select((c, i) => Contact($"contacts[{i}]", c, contacts))],
        };
        foreach (var (i, contact) in agency.Contacts.Index())
            Unless(agency.Contacts.Take(i).All(c => c.Id != contact.Id), $"contacts[{i}].id", "Named twice.");
        return _errors.Count == 0
            ? (agency, null)
            : (
                null,
                Problem.Of(
                    Codes.Invalid,
                    "Some fields need attention.",
                    _errors.ToDictionary(e => e.Key, e => e.Value.ToArray())
                )
            );
    }

    private Contact Contact(string at, ContactBody? body, IReadOnlyList<ContactBody?> all)
    {
        if (body is null)
        {
            Unless(false, at, "Required.");
            return new Contact
            {
                Id = "",
                Name = "",
                Email = "",
            };
        }
        Unless(
            body.Id is { } id && IsSlug(id),
            $"{at}.id",
            "Lower-case words joined by hyphens, 40 characters at the most."
        );
        Text($"{at}.name", body.Name, required: true);
        Text($"{at}.role", body.Role, required: false);
        Unless(EmailAddress.IsUsable(TypedText.Trim(body.Email ?? "")), $"{at}.email", "Not an email address.");
        Unless(
            body.Deputy is null || (body.Deputy != body.Id && all.Any(c => c?.Id == body.Deputy)),
            $"{at}.deputy",
            "Another contact of this agency."
        );
        Unless((body.Absences?.Count ?? 0) <= MostAbsences, $"{at}.absences", $"At most {MostAbsences}.");
        foreach (var (i, tier) in (body.Tiers ?? []).Index())
            Unless(
                tier is not null && tiers.Contains(tier),
                $"{at}.tiers[{i}]",
                $"One of: {string.Join(", ", tiers.Order(StringComparer.Ordinal))}."
            );
        foreach (var (i, absence) in (body.Absences ?? []).Index())
            Unless(
                absence is not null && absence.From.Year > 2000 && absence.From <= absence.To,
                $"{at}.absences[{i}]",
                "From a date to the same or a later one."
            );
        return new Contact
        {
            Id = body.Id ?? "",
            Name = body.Name ?? "",
            Role = body.Role,
            Email = TypedText.Trim(body.Email ?? ""),
            Tiers = [.. (body.Tiers ?? []).OfType<string>()],
            Deputy = body.Deputy,
            Absences = [.. (body.Absences ?? []).OfType<Absence>()],
        };
    }

    private string Domain(string at, string? domain)
    {
        var good =
            domain is { Length: > 3 and <= 253 }
            && domain.Contains('.')
            && Uri.CheckHostName(domain) == UriHostNameType.Dns
            && domain == domain.ToLowerInvariant();
        Unless(good, at, "A mail domain in lower case, such as example.org.");
        return domain ?? "";
    }

    private void Text(string at, string? text, bool required)
    {
        Unless(!required || !string.IsNullOrWhiteSpace(text), at, "Required.");
        Unless(
            text is null || (text.Length <= ShortText && !text.Any(char.IsControl)),
            at,
            $"At most {ShortText} characters, without control characters."
        );
    }

    private void Unless(bool good, string at, string message)
    {
        if (good)
            return;
        if (!_errors.TryGetValue(at, out var list))
            _errors[at] = list = [];
        list.Add(message);
    }

    private static bool IsSlug(string text) =>
        text.Length is > 0 and <= 40
        && char.IsAsciiLetterLower(text[0])
        && text.Split('-')
            .All(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
}
