using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The part that imminent risk gives to whoever gets an email.</summary>
internal static class UrgentPart
{
    /// <summary>Why the recipient is told besides the agencies' own people; null: they are of these.</summary>
    public static UrgentRecipient? RuleFor(NoticeContext notice) =>
        notice.Policy.Urgent.Tell.FirstOrDefault(told =>
            notice.IsOf(told.Tier) && Means(notice, told) && notice.Case.Fulfils(told.When)
        );

    /// <summary>Another agency's people of the same tier are told as the agencies' own are.</summary>
    private static bool Means(NoticeContext notice, UrgentRecipient told)
    {
        var agency = notice.Recipient.Agency;
        return NamedRole.Of(told.Tier) is not null
            || told.Agency == "parties"
            || told.Agency == agency
            || (told.Agency == "reporting" && notice.Case.RiskPartOf(agency) is RiskPart.Act)
            || told.Agency == notice.Case.SideOf(agency)?.Word();
    }

    public static string Of(NoticeContext notice) =>
        RuleFor(notice)?.Text ?? UrgentWords.For(notice.Policy, notice.Case.RiskPartOf(notice.Queued.Agency));
}
