using Escalation.Core.Cases;
using Escalation.Web.Problems;

namespace Escalation.Web.Intake;

/// <summary>Turns the body into the command; what the rules say of its values is Core's to check.</summary>
internal static class OpeningForm
{
    public static (OpenCase? Open, Problem? Problem) Read(OpeningBody body, string actor, string intakeKey)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var open = new OpenCase
        {
            Reference = "",
            IntakeKey = intakeKey,
            Actor = actor,
            RaisedAt = body.RaisedAt,
            Person = body.Person,
            RaisedBy = body.RaisedBy,
            ReceivedBy = body.ReceivedBy ?? [],
            Involved = body.Agencies ?? [],
            Nature = Whole("nature", body.Nature, errors),
            NatureOther = body.NatureOther,
            Concern = body.Concern,
            Details = body.Details,
            Evidence = body.Evidence,
            OutcomeSought = body.OutcomeSought,
            Others = Whole("others", body.Others, errors),
            Circumstances = Whole("circumstances", body.Circumstances, errors),
            IndependentReviewingOfficer = Officer(body.IndependentReviewingOfficer, errors),
            Fields = body.Fields ?? new Dictionary<string, string>(),
            Supporting = Whole("supporting", body.Supporting, errors),
            ConductOfColleague = body.ConductOfColleague ?? false,
            ImminentRisk = body.ImminentRisk ?? false,
            StartAtStage = body.StartAtStage,
            StartReason = body.StartReason,
        };
        return errors.Count == 0 ? (open, null) : (null, Problem.Of(Codes.Invalid, "Some fields need attention.", errors));
    }

    private static IReadOnlyList<T> Whole<T>(string field, IReadOnlyList<T?>? list, Dictionary<string, string[]> errors)
        where T : class
    {
        if (list?.Contains(null) == true)
            errors[field] = ["An entry is null."];
        return [.. (list ?? []).OfType<T>()];
    }

    private static PersonName? Officer(PersonName? officer, Dictionary<string, string[]> errors)
    {
        if (officer?.Role is { Length: > 200 })
            errors["independentReviewingOfficer.role"] = ["At most 200 characters."];
        return officer is null ? null : officer with { Agency = null };
    }
}
