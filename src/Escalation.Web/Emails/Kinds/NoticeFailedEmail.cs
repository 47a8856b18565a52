using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>To the business manager: an email was not delivered.</summary>
internal static class NoticeFailedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new($"{StageSentences.Stage(notice)}: an email was not delivered", [Failed(notice)]);

    private static string Failed(NoticeContext notice)
    {
        if (
            notice.Cause is not NoticeFailed failed
            || notice.Case.Notices.Find(n => n.Key == failed.Key) is not { } email
        )
            return "An email of this case was not delivered.";
        var tier = CaseContacts.Find(notice.Case, notice.Rules.Directory, email.Queued.Contact)
            is { Tier.Length: > 0 } contact
            ? $" ({StageWords.Tiers(contact.Tier)})"
            : "";
        return $"An email ({Words(email.Queued.Kind)}) to a contact of {notice.NameOf(email.Queued.Agency)}{tier} "
            + $"was not delivered because {MailWords.NotDelivered(failed.Reason)}. The case's page shows which, and who was asked instead.";
    }

    private static string Words(string kind) =>
        string.Concat(kind.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
