using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What opens a case, as given at intake.</summary>
public sealed record OpenCase : IntakeTexts
{
    public required string Reference { get; init; }

    /// <summary>Which opening this is; see <see cref="CaseOpened.IntakeKey"/>.</summary>
    public required string IntakeKey { get; init; }
    public required string Actor { get; init; }

    /// <summary>Null: the moment it arrives.</summary>
    public DateTimeOffset? RaisedAt { get; init; }
    public required Person? Person { get; init; }
    public required IntakePerson? RaisedBy { get; init; }
    public IReadOnlyList<IntakePerson> ReceivedBy { get; init; } = [];

    /// <summary>The other agencies, where nobody receives.</summary>
    public IReadOnlyList<IntakePerson> Involved { get; init; } = [];
    public IReadOnlyList<string> Nature { get; init; } = [];
    public IReadOnlyList<OtherPerson> Others { get; init; } = [];
    public IReadOnlyList<string> Circumstances { get; init; } = [];

    /// <summary>People whom the policy names by a role (<see cref="Policy.Roles"/>), by the role's id.</summary>
    public IReadOnlyDictionary<string, PersonName> Named { get; init; } = new Dictionary<string, PersonName>();

    /// <summary>The policy's own fields: value, and under <c>ID.legalStatus</c> the legal status where the field has one.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Days for dates of the policy (<see cref="Policy.Dates"/>), by their ids.</summary>
    public IReadOnlyDictionary<string, GivenDay> Dates { get; init; } = new Dictionary<string, GivenDay>();
    public IReadOnlyList<string> Supporting { get; init; } = [];
    public bool ConductOfColleague { get; init; }
    public bool ImminentRisk { get; init; }
    public string? StartAtStage { get; init; }
    public string? StartReason { get; init; }

    /// <summary>Who was consulted before it started at a later stage, by name and role.</summary>
    public string? StartConsulted { get; init; }

    /// <summary>Found by the host, not given by the caller.</summary>
    public IReadOnlyList<string> PossibleDuplicates { get; init; } = [];

    internal ConcernFacts Facts => new(Nature, Circumstances, Person?.Kind ?? "", Fields);
}

/// <param name="Agency">A directory id, or <c>other</c> with <paramref name="AgencyName"/>.</param>
public sealed record IntakePerson(
    string? Agency,
    string? AgencyName,
    string? Name,
    string? Role,
    string? Email,
    string? CaseNumber,
    IntakeManager? Manager
)
{
    /// <summary>Telephone number, as typed.</summary>
    public string? Phone { get; init; }
}

public sealed record IntakeManager(string? Name, string? Email);
