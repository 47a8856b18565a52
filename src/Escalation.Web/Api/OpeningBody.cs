using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Web.Api;

/// <summary>
/// The body that opens a case. An empty text is absent. An agency, a nature, … may be named by its id or by the words shown for it.
/// </summary>
public sealed record OpeningBody : IntakeTexts
{
    public string? Policy { get; init; }

    /// <summary>Absent: now.</summary>
    public DateTimeOffset? RaisedAt { get; init; }
    public Person? Person { get; init; }
    public IntakePerson? RaisedBy { get; init; }

    /// <summary>One, or a list; absent where nobody receives.</summary>
    [JsonConverter(typeof(IntakePeopleConverter))]
    public IReadOnlyList<IntakePerson>? ReceivedBy { get; init; }

    /// <summary>Where nobody receives: the other agencies, each an id or an object as <see cref="RaisedBy"/>.</summary>
    [JsonConverter(typeof(IntakePeopleConverter))]
    public IReadOnlyList<IntakePerson>? Agencies { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Nature { get; init; }
    public IReadOnlyList<OtherPerson?>? Others { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Circumstances { get; init; }

    /// <summary>As <c>named.independentReviewingOfficer</c>.</summary>
    public PersonName? IndependentReviewingOfficer { get; init; }

    /// <summary>People whom the policy names by a role, by the role's id.</summary>
    public IReadOnlyDictionary<string, PersonName?>? Named { get; init; }

    /// <summary>The policy's own fields: a text, or <c>{ "value", "legalStatus" }</c> where the field has one.</summary>
    [JsonConverter(typeof(FieldsConverter))]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Supporting { get; init; }
    public bool? ConductOfColleague { get; init; }
    public bool? ImminentRisk { get; init; }
    public string? StartAtStage { get; init; }
    public string? StartReason { get; init; }

    /// <summary>Who was consulted before, by name and role, where the policy asks for it.</summary>
    public string? StartConsulted { get; init; }

    /// <summary>Days for the policy's dates by their ids: <c>2027-03-25</c>, or with a local time <c>2027-03-25T16:00</c>.</summary>
    public IReadOnlyDictionary<string, string?>? Dates { get; init; }
}

/// <summary>What intake is told: nothing that a reader of the form did not write.</summary>
/// <param name="Urgent">The instruction to follow at once when imminent risk was reported; else null.</param>
/// <param name="Instruction">What the present stage asks of its people; null after the end.</param>
public sealed record OpeningAnswer(
    string Reference,
    string Status,
    string? Stage,
    DateTimeOffset? Deadline,
    string? Urgent,
    string? Instruction
);
