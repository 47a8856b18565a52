using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>The people of a case by their ids.</summary>
internal static class Contacts
{
    /// <summary>Whom the present stage asked, and who came into the case otherwise.</summary>
    public static IReadOnlyList<string> OfStage(CaseReading r) =>
        Found(
            r,
            r.Case.Notices.Where(n =>
                    n.Queued.Stage == r.Case.Stage?.Id
                    && n.Queued.Kind is NoticeKinds.StageOpened or NoticeKinds.ConfirmationAsked
                )
                .Select(n => n.Queued.Contact)
                .Concat(r.Case.Contacts.Select(c => c.Id))
        );

    /// <summary>Everyone who was ever told, and who came into the case otherwise.</summary>
    public static IReadOnlyList<string> Known(CaseReading r) =>
        Found(r, r.Case.Notices.Select(n => n.Queued.Contact).Concat(r.Case.Contacts.Select(c => c.Id)));

    public static IReadOnlyList<Choice> Choices(CaseReading r, IReadOnlyList<string> contacts) =>
        [
            .. contacts
                .Select(c => CaseContacts.Find(r.Whole, r.Rules.Directory, c)!)
                .Where(c => r.Caller.SpeaksFor(c.Agency))
                .Select(c => new Choice(
                    c.Contact,
                    $"{c.Person.Name} ({r.Agency(c.Agency)}, {StageWords.Tier(c.Tier)})"
                )),
        ];

    public static IEnumerable<FormPart> Person(string whose) =>
        [
            new FormPart.Text("name", $"{whose} name") { What = "the name" },
            new FormPart.Text("email", $"{whose} email address", Type: "email") { What = "the email address" },
            new FormPart.Text("role", $"{whose} role") { What = "the role", Optional = true },
        ];

    private static IReadOnlyList<string> Found(CaseReading r, IEnumerable<string> contacts) =>
        [
            .. contacts
                .Distinct()
                .Where(c =>
                    CaseContacts.Find(r.Whole, r.Rules.Directory, c) is not null && !CaseContacts.IsReplaced(r.Whole, c)
                ),
        ];
}
