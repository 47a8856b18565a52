using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>What the form asks of the agencies.</summary>
internal static class RaiseParties
{
    private const string Accepted =
        "An address outside the agency’s own domains goes to the business manager first, who accepts it.";

    public static AskSection Raising(RaiseForm form)
    {
        var agency =
            form.Caller.Agency is { } own && form.Caller.IsPractitioner
                ?
                [
                    new Ask.Settled(form.Rules.Directory.NameOf(own))
                    {
                        Name = "raisedBy.agency",
                        Label = "Your agency",
                        What = "your agency",
                    },
                ]
                : Choose(form, "raisedBy", "the agency that raises the concern");
        return new AskSection(
            "raisedBy",
            "Who raises it",
            [],
            [
                new(
                    null,
                    [
                        .. agency,
                        new Ask.Line(0, "text", "name")
                        {
                            Name = "raisedBy.name",
                            Label = "Name of the person who raises it",
                            What = "the name of the person who raises it",
                        },
                        new Ask.Line(0, "text", "organization-title")
                        {
                            Name = "raisedBy.role",
                            Label = "Role",
                            What = "the role of the person who raises it",
                            Optional = true,
                        },
                        new Ask.Line(0, "email", "email")
                        {
                            Name = "raisedBy.email",
                            Label = "Email",
                            What = "the email address of the person who raises it",
                            Optional = true,
                            Hint =
                                $"What happens is sent there, and the link to record the outcome. {Domains(form)}{Accepted}",
                        },
                        Number("raisedBy", "the agency that raises the concern"),
                    ]
                ),
                Manager("raisedBy", "Their own manager", "who raises it"),
            ]
        );
    }

    public static AskSection Others(RaiseForm form)
    {
        var receiving = form.Policy.Parties.Receiving;
        var several = form.AgencyRows > 1;
        return new AskSection(
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

    private static IEnumerable<AskGroup> Other(RaiseForm form, int i, bool several)
    {
        var (row, whose) = ($"{form.Others}[{i}]", several ? $"agency {i + 1}" : "the other agency");
        yield return new AskGroup(
            several ? $"Agency {i + 1}" : null,
            [
                .. Choose(form, row, several ? whose : "the agency you disagree with"),
                new Ask.Line
                {
                    Name = $"{row}.name",
                    Label = "Name of the person you dealt with there",
                    What = $"the name of the person at {whose}",
                    Hint =
                        "Practitioners who are named are asked by email at the first stage; without a name somebody of a higher tier is.",
                    Optional = true,
                },
                new Ask.Line
                {
                    Name = $"{row}.role",
                    Label = "Role",
                    What = $"the role of the person at {whose}",
                    Optional = true,
                },
                new Ask.Line(0, "email")
                {
                    Name = $"{row}.email",
                    Label = "Email",
                    What = $"the email address of the person at {whose}",
                    Hint = Accepted,
                    Optional = true,
                },
                Number(row, whose),
            ]
        );
        yield return Manager(row, several ? $"Their own manager (agency {i + 1})" : "Their own manager", $"at {whose}");
    }

    private static IReadOnlyList<Ask> Choose(RaiseForm form, string row, string what) =>
        [
            new Ask.Pick([.. Agencies(form.Rules), new Choice(Party.Other, "Another agency, not in this list")])
            {
                Name = $"{row}.agency",
                Label = "Agency",
                What = what,
                TypedHint = "Its name or short name, as in the directory. For an agency that is not there enter: other",
            },
            new Ask.Line
            {
                Name = $"{row}.agencyName",
                Label = "Name of another agency",
                What = $"the name of {what}",
                Hint = "Only for one that is not in the list. The business manager is told to find its contacts.",
                Optional = true,
            },
        ];

    private static Ask.Line Number(string row, string whose) =>
        new()
        {
            Name = $"{row}.caseNumber",
            Label = "The agency’s own case number",
            What = $"the case number of {whose}",
            Hint = "Emails carry it, so that people know whom it is about. Nobody’s name or initials.",
            Optional = true,
        };

    private static AskGroup Manager(string row, string legend, string whose) =>
        new(
            legend,
            [
                new Ask.Line
                {
                    Name = $"{row}.manager.name",
                    Label = "Name of the manager",
                    What = $"the name of the manager of the person {whose}",
                    Hint = "Only where it is another than the directory says.",
                    Optional = true,
                },
                new Ask.Line(0, "email")
                {
                    Name = $"{row}.manager.email",
                    Label = "Email of the manager",
                    What = $"the email address of the manager of the person {whose}",
                    Optional = true,
                },
            ],
            Folded: true
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
