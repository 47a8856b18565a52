using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.CasePages;

/// <summary>The moves of those who run the partnership.</summary>
public static class ManagerMoves
{
    private const string Filler = "something";

    public static Move ChangeContact { get; } =
        new()
        {
            Path = "change-contact",
            Title = "Change or add a contact",
            Button = "Save the contact",
            ForManagers = true,
            Lead = _ =>
                [
                    "For this case only: another person takes a contact's place, or fills a gap. "
                        + "Who is asked by the present stage gets an email. The directory stays as it is.",
                ],
            Parts = (r, _) =>
                [
                    new FormPart.FromList(
                        "from",
                        "Who does this person replace?",
                        Contacts.Choices(r, Contacts.Known(r)),
                        "Nobody: a contact is added"
                    )
                    {
                        Optional = true,
                    },
                    new FormPart.FromList(
                        "agency",
                        "Agency",
                        [
                            .. r
                                .Case.Parties.Select(p => p.Agency)
                                .Append(r.Case.Partnership)
                                .Select(a => new Choice(a, r.Agency(a))),
                        ]
                    )
                    {
                        Hint = "Only for a contact that is added",
                        Optional = true,
                    },
                    new FormPart.FromList(
                        "tier",
                        "Stands for",
                        [
                            .. KnownTiers
                                .OfAgencies.Concat(KnownTiers.OfPartnerships)
                                .Select(t => new Choice(t.Id, t.Name)),
                        ],
                        "The people whom the present stage asks"
                    )
                    {
                        Hint = "Only for a contact that is added",
                        Optional = true,
                    },
                    .. Contacts.Person("The person's"),
                    Moves.Reason("Reason"),
                ],
            Body = s => new ChangeContactBody(
                s.Text("from"),
                s.Text("agency"),
                s.Text("tier"),
                s.Text("name"),
                s.Text("email"),
                s.Text("role"),
                s.Text("reason")
            ),
            Tries = (r, _) =>
                [
                    new ChangeContactBody(
                        null,
                        r.Case.Raising.Agency,
                        null,
                        Filler,
                        "somebody@example.org",
                        null,
                        Filler
                    ),
                ],
        };

    public static Move AcceptContact { get; } =
        new()
        {
            Path = "accept-contact",
            Title = "Accept an address",
            Button = "Accept it",
            ForManagers = true,
            Listed = false,
            Lead = _ =>
                [
                    "The address is outside the agency's listed domains. "
                        + "Accept it only if you know that it is this person's: emails with links go there then.",
                ],
            Parts = (_, _) => [],
            Body = s => new AcceptContactBody(s.About),
            Tries = (r, of) =>
                r.Case.Contacts.Any(c => c.Id == of && !c.Accepted && c.Reachable) ? [new AcceptContactBody(of)] : [],
        };

    public static IReadOnlyList<Move> All { get; } =
    [
        ChangeContact,
        AcceptContact,
        new()
        {
            Path = "partnership-review",
            Title = "Fill in the business manager's part",
            Button = "Record it",
            ForManagers = true,
            Lead = _ =>
                [
                    "The part of the form that the business manager completes. "
                        + "What is recorded later stands in place of what was recorded before; "
                        + "both stay in the history.",
                ],
            Parts = (_, _) =>
                [
                    new FormPart.Date("receivedOn", "Date the form was received")
                    {
                        What = "the date the form was received",
                        Optional = true,
                    },
                    new FormPart.OneOf(
                        "referredToChair",
                        "Was the concern referred to the chair?",
                        [new("yes", "Yes"), new("no", "No")]
                    )
                    {
                        Optional = true,
                    },
                    new FormPart.Text("reason", "Reason", 3)
                    {
                        Hint = "Needed with yes and with no",
                        Optional = true,
                        What = "the reason for referring it or not",
                    },
                    new FormPart.Text("issues", "Issues referred to the partnership", 3)
                    {
                        What = "the issues referred",
                        Optional = true,
                    },
                    new FormPart.Text("outcome", "Outcome", 3) { What = "the outcome", Optional = true },
                ],
            Body = s => new PartnershipReviewBody(
                s.Date("receivedOn"),
                s.YesOrNo("referredToChair"),
                s.Text("reason"),
                s.Text("issues"),
                s.Text("outcome")
            ),
            Tries = (_, _) => [new PartnershipReviewBody(null, null, null, null, null)],
        },
        new()
        {
            Path = "legal-hold",
            Title = "Legal hold",
            Button = "Record it",
            ForManagers = true,
            Lead = r =>
                [
                    r.Case.LegalHold
                        ? "The case is on legal hold: nothing of it is removed. "
                            + "Lifting it lets retention remove personal data once its time is over."
                        : "Retention removes nothing of a case on legal hold.",
                ],
            Parts = (r, _) =>
                [
                    new FormPart.OneOf(
                        "on",
                        "What should happen?",
                        r.Case.LegalHold
                            ? [new("no", "Lift the legal hold")]
                            : [new("yes", "Put the case on legal hold")]
                    )
                    {
                        What = "what should happen",
                    },
                    Moves.Reason("Reason"),
                ],
            Body = s => new LegalHoldBody(s.YesOrNo("on"), s.Text("reason")),
            Tries = (r, _) => [new LegalHoldBody(!r.Case.LegalHold, Filler)],
        },
    ];
}
