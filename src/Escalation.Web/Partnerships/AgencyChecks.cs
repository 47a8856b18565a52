using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Partnerships;

/// <summary>Checks a directory entry, field by field.</summary>
internal sealed class AgencyChecks(IReadOnlySet<string> tiers)
{
    private const int MostContacts = 200,
        MostDomains = 30,
        MostAbsences = 50;
    private readonly Faults _faults = new();

    public (Agency? Agency, Refusal? Refusal) Read(string id, AgencyBody body)
    {
        Unless(
            IsSlug(id) && id != Party.Other && !id.StartsWith(Party.Other + "-", StringComparison.Ordinal),
            "id",
            FaultCode.Malformed,
            "Lower-case words joined by hyphens, 40 characters at the most; not 'other'."
        );
        Unless(body.Id is null || body.Id == id, "id", FaultCode.Malformed, "Not the one in the address.");
        _faults.Required("name", body.Name);
        var contacts = body.Contacts ?? [];
        _faults.Most("contacts", contacts, MostContacts);
        _faults.Most("domains", body.Domains ?? [], MostDomains);
        var agency = new Agency
        {
            Id = id,
            Name = body.Name ?? "",
            Domains = [.. (body.Domains ?? []).Select((d, i) => Domain($"domains[{i}]", d))],
            Contacts = [.. contacts.Take(MostContacts).Select((c, i) => Contact($"contacts[{i}]", c, contacts))],
        };
        foreach (var (i, contact) in agency.Contacts.Index())
            Unless(
                agency.Contacts.Take(i).All(c => c.Id != contact.Id),
                $"contacts[{i}].id",
                FaultCode.NamedTwice,
                "Named twice."
            );
        return _faults.ToRefusal() is { } refusal ? (null, refusal) : (agency, null);
    }

    private Contact Contact(string at, ContactBody? body, IReadOnlyList<ContactBody?> all)
    {
        if (body is null)
        {
            _faults.Add(at, FaultCode.Required, "Required.");
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
            FaultCode.Malformed,
            "Lower-case words joined by hyphens, 40 characters at the most."
        );
        _faults.Required($"{at}.name", body.Name);
        _faults.Optional($"{at}.role", body.Role);
        if (TypedText.Trim(body.Email ?? "") is { Length: > 0 } email)
            _faults.Email($"{at}.email", email);
        else
            _faults.Add($"{at}.email", FaultCode.Required, "Required.");
        Unless(
            body.Deputy is null || (body.Deputy != body.Id && all.Any(c => c?.Id == body.Deputy)),
            $"{at}.deputy",
            FaultCode.NotOffered,
            "Another contact of this agency."
        );
        _faults.Most($"{at}.absences", body.Absences ?? [], MostAbsences);
        foreach (var (i, tier) in (body.Tiers ?? []).Index())
            Unless(
                tier is not null && tiers.Contains(tier),
                $"{at}.tiers[{i}]",
                FaultCode.NotOffered,
                $"One of: {string.Join(", ", tiers.Order(StringComparer.Ordinal))}."
            );
        foreach (var (i, absence) in (body.Absences ?? []).Index())
            Unless(
                absence is not null && absence.From.Year > 2000 && absence.From <= absence.To,
                $"{at}.absences[{i}]",
                FaultCode.Malformed,
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
        Unless(good, at, FaultCode.Malformed, "A mail domain in lower case, such as example.org.");
        return domain ?? "";
    }

    private void Unless(bool good, string at, FaultCode code, string text)
    {
        if (!good)
            _faults.Add(at, code, text);
    }

    private static bool IsSlug(string text) =>
        text.Length is > 0 and <= 40
        && char.IsAsciiLetterLower(text[0])
        && text.Split('-')
            .All(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
}
