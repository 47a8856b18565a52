using System.Text.Json.Serialization;

namespace Escalation.Core.Cases;

/// <summary>Whose part an agency takes in a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    [JsonStringEnumMemberName("raising")]
    Raising,

    [JsonStringEnumMemberName("receiving")]
    Receiving,

    /// <summary>An agency of a procedure where nobody receives.</summary>
    [JsonStringEnumMemberName("involved")]
    Involved,

    [JsonStringEnumMemberName("partnership")]
    Partnership,
}

/// <summary>What a notice's links let its recipient do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeAction>))]
public enum NoticeAction
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Record the stage's outcome, or escalate.</summary>
    [JsonStringEnumMemberName("outcome")]
    Outcome,

    /// <summary>Confirm or dispute an agreed outcome.</summary>
    [JsonStringEnumMemberName("confirm")]
    Confirm,
}

/// <summary>An agency in a case. Id <see cref="Other"/> followed by a number stands for one that is not in the directory.</summary>
public sealed record Party(Side Side, string Agency)
{
    public const string Other = "other";
    public bool IsListed => !Agency.StartsWith(Other + "-", StringComparison.Ordinal);
}

/// <summary>A person named in the case itself rather than in the directory. Name and address lie in the private part.</summary>
/// <param name="Id">Unique in the case: <c>intake/raisedBy</c>, <c>handed/12</c>.</param>
/// <param name="Tier">The directory tier this person stands for here, or <c>named:…</c>.</param>
/// <param name="Accepted">False until the business manager accepts an address outside the agency's domains.</param>
/// <param name="Replaces">The contact (of this case or the directory) whose links lapsed when this one took over.</param>
public sealed record CaseContact(
    string Id,
    Side Side,
    string Agency,
    string Tier,
    bool Reachable,
    bool Accepted,
    string? Replaces = null
);

/// <summary>What retention removes: the person, names, addresses of people, free text, reasons. Nothing else may hold them.</summary>
public sealed record PrivateWords
{
    public Person? Person { get; init; }

    /// <summary>Names and addresses by <see cref="CaseContact.Id"/>.</summary>
    public IReadOnlyDictionary<string, PersonName>? People { get; init; }

    /// <summary>Who spoke: name and role as typed.</summary>
    public PersonName? By { get; init; }
    public PersonName? Chair { get; init; }

    /// <summary>Free text by field name: concern, details, summary, reason, …</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }
    public IReadOnlyList<AgreedAction>? Actions { get; init; }
    public IReadOnlyList<OtherPerson>? Others { get; init; }

    /// <summary>The agencies' own case numbers by agency id, and names of agencies outside the directory.</summary>
    public IReadOnlyDictionary<string, string>? CaseNumbers { get; init; }
    public IReadOnlyDictionary<string, string>? AgencyNames { get; init; }

    /// <summary>The calendar entry that went with an email.</summary>
    public Invitation? Invitation { get; init; }

    public string? Text(string name) => Texts is not null && Texts.TryGetValue(name, out var text) ? text : null;

    /// <summary>Words of a staff action: who, and one text.</summary>
    public static PrivateWords Of(PersonName by, string name, string? text) =>
        new()
        {
            By = by,
            Texts = string.IsNullOrWhiteSpace(text) ? null : new Dictionary<string, string> { [name] = text },
        };
}

public sealed record Person(string Kind, string? Name, DateOnly? DateOfBirth, string? Address);

public sealed record PersonName(string Name, string? Role = null, string? Email = null, string? Agency = null);

public sealed record OtherPerson(string Name, string? Role, string? Agency);

/// <param name="Due">Local date; the duty falls due at that day's close.</param>
public sealed record AgreedAction(string What, string ByWhom, string Agency, DateOnly Due);

/// <summary>Statuses as in the HTTP contract.</summary>
public static class CaseStatus
{
    public const string Open = "open",
        OnHold = "onHold",
        AwaitingConfirmation = "awaitingConfirmation";
    public const string Resolved = "resolved",
        Decided = "decided",
        Withdrawn = "withdrawn";
}

/// <summary>Why a stage opened.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OpenedBecause>))]
public enum OpenedBecause
{
    [JsonStringEnumMemberName("raised")]
    Raised,

    /// <summary>A person escalated the stage before.</summary>
    [JsonStringEnumMemberName("escalated")]
    Escalated,

    /// <summary>The deadline of the stage before was missed.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>Imminent risk was reported.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent,

    /// <summary>The review of a hold ended without agreement.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>An agreed outcome of the stage before was not confirmed in time.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,
}

/// <summary>What closed a stage.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClosedBy>))]
public enum ClosedBy
{
    [JsonStringEnumMemberName("person")]
    Person,

    [JsonStringEnumMemberName("deadline")]
    Deadline,
}

/// <summary>How a stage closed where no outcome ended its case; else it closed by the outcome's id.</summary>
public static class StageEnding
{
    public const string Escalated = "escalated",
        Skipped = "skipped",
        Withdrawn = "withdrawn";
}

/// <summary>What ended a hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HoldEnding>))]
public enum HoldEnding
{
    /// <summary>Its review, in agreement.</summary>
    [JsonStringEnumMemberName("agreed")]
    Agreed,

    /// <summary>Its review, without agreement.</summary>
    [JsonStringEnumMemberName("unresolved")]
    Unresolved,

    [JsonStringEnumMemberName("outcome")]
    Outcome,

    [JsonStringEnumMemberName("urgent")]
    Urgent,

    [JsonStringEnumMemberName("skipped")]
    Skipped,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>How far a notice has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeState>))]
public enum NoticeState
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("sent")]
    Sent,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Its stage was past before it went out.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
