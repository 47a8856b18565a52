using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Who may be a party of a case.</summary>
public sealed class PartyTests
{
    public static TheoryData<string> Policies { get; } = [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Wherever_a_form_names_an_agency_the_partnership_itself_and_one_that_is_not_listed_are_refused(string id)
    {
        var policy = Sample.Policy(id);
        foreach (var agency in new[] { policy.Partnership, "no-such-agency" })
        foreach (var (field, form) in Naming(agency, policy))
        {
            var decision = Decisions.Open(form, "", Sample.Rules(id), UkTime.At("2026-10-12 09:00"));
            var errors = Assert.IsType<Decision.Refused>(decision).Why.Errors!;
            Assert.Equal([$"{field}.agency: {FaultCode.UnknownAgency}"], errors.Select(Words));
        }
    }

    /// <summary>The sample form with this agency in each of the places that the procedure has.</summary>
    private static IEnumerable<(string Field, OpenCase Form)> Naming(string agency, Policy policy)
    {
        var form = Sample.Opening(policy.Id);
        var (named, other) = (Sample.Practitioner(agency, "Pat"), Sample.Practitioner(Sample.Third, "Hal"));
        yield return ("raisedBy", form with { RaisedBy = named });
        if (policy.Parties.Receiving)
        {
            yield return ("receivedBy", form with { ReceivedBy = [named] });
            yield return ("receivedBy[1]", form with { ReceivedBy = [other, named] });
        }
        else
        {
            yield return ("agencies[0]", form with { Involved = [named] });
            yield return ("agencies[1]", form with { Involved = [other, named] });
        }
    }

    private static string Words(KeyValuePair<string, Fault[]> error) =>
        $"{error.Key}: {string.Join(' ', error.Value.Select(f => f.Code))}";
}
