using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;

namespace Escalation.Web.Intake;

/// <summary>
/// Turns the body into the command; what the rules say of its values is Core's to check. A person, or an entry of a list, of whom nothing
/// is said is left out: forms send what nobody filled in. Which opening it is (<see cref="OpenCase.IntakeKey"/>) is the caller's to add.
/// </summary>
internal static class OpeningForm
{
    private static readonly IntakePerson Nobody = new(null, null, null, null, null, null, null);
    private static readonly IntakeManager NoManager = new(null, null);

    public static (OpenCase? Open, Refusal? Refusal) Read(OpeningBody body, Policy policy, string actor)
    {
        var errors = new Dictionary<string, Fault[]>(StringComparer.Ordinal);
        var open = new OpenCase
        {
            Reference = "",
            IntakeKey = "",
            Actor = actor,
            RaisedAt = body.RaisedAt,
            Person = WithKind(body.Person, policy),
            RaisedBy = WithManager(body.RaisedBy),
            ReceivedBy = Named(body.ReceivedBy),
            Involved = Named(body.Agencies),
            Nature = body.Nature ?? [],
            Others = Others(body.Others, errors),
            Circumstances = body.Circumstances ?? [],
            Named = InRoles(body),
            Fields = body.Fields ?? new Dictionary<string, string>(),
            Supporting = body.Supporting ?? [],
            ConductOfColleague = body.ConductOfColleague ?? false,
            ImminentRisk = body.ImminentRisk ?? false,
            StartAtStage = body.StartAtStage,
            StartReason = body.StartReason,
            StartConsulted = body.StartConsulted,
            Dates = Dates(body.Dates, errors),
        };
        return errors.Count == 0 ? (IntakeText.Copy(body, open), null) : (null, Refusal.Invalid(errors));
    }

    /// <summary>
    /// The kind may be left out where there is but one beside a family and a theme; where it is always a theme, all of it may.
    /// </summary>
    private static Person? WithKind(Person? person, Policy policy)
    {
        if (policy.Parties.PersonKinds is ["theme"])
            person ??= new Person("", null, null, null);
        if (person is null || !IsEmpty(person.Kind))
            return person;
        return
            policy.Parties.PersonKinds.Where(k => k is not ("family" or "theme")).DefaultIfEmpty("theme").ToList()
                is [var only]
            ? person with
            {
                Kind = only,
            }
            : person;
    }

    private static IReadOnlyList<IntakePerson> Named(IReadOnlyList<IntakePerson>? people) =>
        [.. (people ?? []).Select(WithManager).OfType<IntakePerson>().Where(p => p != Nobody)];

    private static IntakePerson? WithManager(IntakePerson? person) =>
        person?.Manager == NoManager ? person with { Manager = null } : person;

    private static IReadOnlyList<OtherPerson> Others(
        IReadOnlyList<OtherPerson?>? others,
        Dictionary<string, Fault[]> errors
    )
    {
        if (others?.Contains(null) == true)
            errors["others"] = [new Fault(FaultCode.Required, "An entry is null.")];
        return
        [
            .. (others ?? [])
                .OfType<OtherPerson>()
                .Where(o => !IsEmpty(o.Name) || !IsEmpty(o.Role) || !IsEmpty(o.Agency)),
        ];
    }

    private static Dictionary<string, GivenDay> Dates(
        IReadOnlyDictionary<string, string?>? dates,
        Dictionary<string, Fault[]> errors
    )
    {
        var days = new Dictionary<string, GivenDay>(StringComparer.Ordinal);
        foreach (var (id, text) in dates ?? new Dictionary<string, string?>())
        {
            if (IsEmpty(text))
                continue;
            if (DayText.Read(text!) is { } day)
                days[id] = day;
            else
                errors[$"dates.{id}"] =
                [
                    new Fault(FaultCode.Malformed, "A date, YYYY-MM-DD, or with a time YYYY-MM-DDTHH:MM."),
                ];
        }
        return days;
    }

    /// <summary>Whoever has been given a name, a role or an address.</summary>
    private static Dictionary<string, PersonName> InRoles(OpeningBody body)
    {
        var named = (body.Named ?? new Dictionary<string, PersonName?>()).ToDictionary(StringComparer.Ordinal);
        if (named.GetValueOrDefault(NamedRole.ReviewingOfficer) is null)
            named[NamedRole.ReviewingOfficer] = body.IndependentReviewingOfficer;
        return named
            .Where(n => n.Value is { } p && (!IsEmpty(p.Name) || !IsEmpty(p.Role) || !IsEmpty(p.Email)))
            .ToDictionary(n => n.Key, n => n.Value! with { Agency = null }, StringComparer.Ordinal);
    }

    private static bool IsEmpty(string? text) => string.IsNullOrEmpty(text);
}
