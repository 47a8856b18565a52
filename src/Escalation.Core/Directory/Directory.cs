namespace Escalation.Core.Directory;

/// <summary>A period away, both days included, local dates.</summary>
public sealed record Absence(DateOnly From, DateOnly To);

/// <summary>A person in the directory.</summary>
public sealed record Contact
{
    /// <summary>Unique within the agency; part of a notice's key, so never reused for another person.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Role { get; init; }
    public required string Email { get; init; }

    /// <summary>Tiers this person stands for (<see cref="Tiers"/>).</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>The contact, of the same agency, who is told instead during an absence.</summary>
    public string? Deputy { get; init; }
    public IReadOnlyList<Absence> Absences { get; init; } = [];

    public bool IsAway(DateOnly date) => Absences.Any(a => a.From <= date && date <= a.To);
}

/// <summary>An agency of a partnership; the partnership itself is one too, under its own id.</summary>
public sealed record Agency
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Mail domains of its people, lower-case: an address given at intake outside them waits for the business manager.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>True when the address is in a listed domain or a subdomain of one.</summary>
    public bool Owns(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return Domains.Any(d => domain == d || domain.EndsWith("." + d, StringComparison.Ordinal));
    }
}

/// <summary>The agencies of one partnership.</summary>
public sealed record PartnershipDirectory(string Partnership, IReadOnlyList<Agency> Agencies)
{
    private readonly Dictionary<string, Agency> _byId = ById(Agencies);

    public IReadOnlyList<Agency> Agencies
    {
        get;
        init
        {
            field = value;
            _byId = ById(value);
        }
    } = Agencies;

    /// <summary>By id; null for null, or where the directory has no such agency.</summary>
    public Agency? Find(string? agency) => agency is null ? null : _byId.GetValueOrDefault(agency);

    /// <summary>The id itself where the directory has no such agency.</summary>
    public string NameOf(string agency) => Find(agency)?.Name ?? agency;

    /// <summary>
    /// The people of a tier on a local day. Whoever is away is replaced by their deputy, or left out where there is
    /// none or the deputy is away too. Somebody can come twice: in person and as a deputy.
    /// </summary>
    public IEnumerable<(Agency Agency, Contact Contact)> Present(string agency, string tier, DateOnly date)
    {
        if (Find(agency) is not { } found)
            yield break;
        foreach (var contact in found.Contacts.Where(c => c.Tiers.Contains(tier)))
        {
            var person = contact.IsAway(date)
                ? found.Contacts.FirstOrDefault(c => c.Id == contact.Deputy && !c.IsAway(date))
                : contact;
            if (person is not null)
                yield return (found, person);
        }
    }

    private static Dictionary<string, Agency> ById(IReadOnlyList<Agency> agencies)
    {
        var byId = new Dictionary<string, Agency>(agencies.Count, StringComparer.Ordinal);
        foreach (var agency in agencies)
            byId.TryAdd(agency.Id, agency);
        return byId;
    }
}
