using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;

namespace Escalation.Web.Intake;

/// <summary>
/// Forms hand on the words that they show. Those of an agency, a nature, a circumstance, a choice or a stage are taken for its id, however
/// they are cased, spaced and punctuated. What is neither id nor words stays as it is, for the case to refuse; so do words that stand for
/// two.
/// </summary>
internal sealed class KnownNames(Rules rules)
{
    public OpeningBody Of(OpeningBody body) =>
        body with
        {
            Person = body.Person is { } person ? person with { Kind = Kind(person.Kind) } : null,
            RaisedBy = body.RaisedBy is { } raising ? Agency(raising) : null,
            ReceivedBy = body.ReceivedBy?.Select(Agency).ToList(),
            Agencies = body.Agencies?.Select(Agency).ToList(),
            Nature = body.Nature?.Select(n => Term(n, rules.Policy.Natures)).ToList(),
            Circumstances = body.Circumstances?.Select(c => Term(c, rules.Policy.Circumstances)).ToList(),
            Fields = body.Fields?.ToDictionary(f => f.Key, f => Choice(f.Key, f.Value)),
            StartAtStage = body.StartAtStage is { } stage
                ? Known(stage, rules.Policy.Stages, s => s.Id, s => s.Name)
                : null,
        };

    private string Kind(string? given) => Known(given ?? "", rules.Policy.Parties.PersonKinds, k => k, k => k);

    private IntakePerson Agency(IntakePerson person) =>
        person.Agency is null or Party.Other
            ? person
            : person with
            {
                Agency = Known(person.Agency, rules.Directory.Agencies, a => a.Id, a => a.Name),
            };

    private string Choice(string field, string given) =>
        rules.Policy.Fields.FirstOrDefault(f => f.Id == field) is { Kind: FieldKinds.Choice } choice
            ? Term(given, choice.Options)
            : given;

    private static string Term(string given, IReadOnlyList<Term> terms) => Known(given, terms, t => t.Id, t => t.Name);

    private static string Known<T>(string given, IReadOnlyList<T> all, Func<T, string> id, Func<T, string> name)
    {
        if (all.Any(one => id(one) == given))
            return given;
        var plain = IntakeDigests.Normal(given);
        return all.Where(one => IntakeDigests.Normal(name(one)) == plain).ToList() is [var only] ? id(only) : given;
    }
}
