using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>What the form asks of the agencies.</summary>
internal static class RaiseParties
{
    private const string Accepted =
        "An address outside the agency’s own domains goes to the business manager first, who accepts it.";

    public static RaiseSection Raising(RaiseForm form)
    {
        IReadOnlyList<FormPart> agency =
            form.Caller.Agency is { } own && form.Caller.IsPractitioner
                ? [new FormPart.Settled("raisedBy.agency", "Your agency", form.Rules.Directory.NameOf(own))]
                : Choose(form, "raisedBy", "the agency that raises the concern");
        return new RaiseSection(
            "raisedBy",
            "Who raises it",
            [],
            [
                .. agency,
                new FormPart.Text("raisedBy.name", "Name of the person who raises it", Autocomplete: "name")
                {
                    What = "the name of the person who raises it",
                },
                new FormPart.Text("raisedBy.role", "Role", Autocomplete: "organization-title")
                {
                    What = "the role of the person who raises it",
                    Optional = true,
                },
                new FormPart.Text("raisedBy.email", "Email", Type: "email", Autocomplete: "email")
                {
                    What = "the email address of the person who raises it",
                    Optional = true,
                    Hint = $"What happens is sent there, and the link to record the outcome. {Domains(form)}{Accepted}",
                },
                Number("raisedBy", "the agency that raises the concern"),
                Manager("raisedBy", "Their own manager", "who raises it"),
            ]
        );
    }

    public static RaiseSection Others(RaiseForm form)
    {
        var receiving = form.Policy.Parties.Receiving;
        var several = form.AgencyRows > 1;
        return new RaiseSection(
            "agencies",
            receiving ? "The agency you disagree with" : "The agencies that share the risk",
            receiving
                ? []
                :
                [
                    "All the other agencies that work with the adult. "
                        + "Nobody receives the concern: they agree that the risk cannot be managed at their level.",
                ],
            [.. Enumerable.Range(0, form.AgencyRows).SelectMany(i => Other(form, i, several))],
            form.AgencyRows < form.MostAgencies ? (RaiseForm.MoreAgencies, "Add another agency") : null
        );
    }

    private static IEnumerable<FormPart> Other(RaiseForm form, int i, bool several)
    {
        var row = $"{form.Others}[{i}]";
        var whose = several ? $"agency {i + 1}" : "the other agency";
        IReadOnlyList<FormPart> parts =
        [
            .. Choose(form, row, several ? whose : "the agency you disagree with"),
            new FormPart.Text($"{row}.name", "Name of the person you dealt with there")
            {
                What = $"the name of the person at {whose}",
                Hint =
                    "Practitioners who are named are asked by email at the first stage; without a name somebody of a higher tier is.",
                Optional = true,
            },
            new FormPart.Text($"{row}.role", "Role") { What = $"the role of the person at {whose}", Optional = true },
            new FormPart.Text($"{row}.email", "Email", Type: "email")
            {
                What = $"the email address of the person at {whose}",
                Hint = Accepted,
                Optional = true,
            },
            new FormPart.Text($"{row}.phone", "Telephone", Type: "tel")
            {
                What = $"the telephone number of the person at {whose}",
                Optional = true,
            },
            Number(row, whose),
        ];
        return several
            ?
            [
                RaiseSection.Group($"Agency {i + 1}", parts),
                Manager(row, $"Their own manager (agency {i + 1})", $"at {whose}"),
            ]
            : [.. parts, Manager(row, "Their own manager", $"at {whose}")];
    }

    private static IReadOnlyList<FormPart> Choose(RaiseForm form, string row, string what) =>
        [
            new FormPart.FromList(
                $"{row}.agency",
                "Agency",
                [.. Agencies(form.Rules), new Choice(Party.Other, "Another agency, not in this list")]
            )
            {
                What = what,
                TypedHint = "Its name or short name, as in the directory. For an agency that is not there enter: other",
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.SameAgency] =
                        "Select another agency than the one that raises the concern: "
                        + "this procedure is for disagreements between agencies",
                },
            },
            new FormPart.Text($"{row}.agencyName", "Name of another agency")
            {
                What = $"the name of {what}",
                Hint = "Only for one that is not in the list. The business manager is told to find its contacts.",
                Optional = true,
            },
        ];

    private static FormPart.Text Number(string row, string whose) =>
        new($"{row}.caseNumber", "The agency’s own case number")
        {
            What = $"the case number of {whose}",
            Hint = "Emails carry it, so that people know whom it is about. Nobody’s name or initials.",
            Optional = true,
        };

    private static FormPart.Group Manager(string row, string legend, string whose) =>
        RaiseSection.Group(
            legend,
            [
                new FormPart.Text($"{row}.manager.name", "Name of the manager")
                {
                    What = $"the name of the manager of the person {whose}",
                    Hint = "Only where it is another than the directory says.",
                    Optional = true,
                },
                new FormPart.Text($"{row}.manager.email", "Email of the manager", Type: "email")
                {
                    What = $"the email address of the manager of the person {whose}",
                    Optional = true,
                },
            ],
            folded: true
        );

    private static IEnumerable<Choice> Agencies(Rules rules) =>
        rules
            .Directory.Agencies.Where(a => a.Id != rules.Policy.Partnership)
            .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase)
            .Select(a => new Choice(a.Id, a.Name));

    /// <summary>A Practitioner has one agency, whose domains can be said.</summary>
    private static string Domains(RaiseForm form) =>
        form.Caller.IsPractitioner && form.Rules.Directory.Find(form.Caller.Agency) is Agency { Domains.Count: > 0 } own
            ? $"Your agency’s: {string.Join(", ", own.Domains)}. "
            : "";
}
