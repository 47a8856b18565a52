namespace Escalation.Web.Emails.Kinds;

/// <summary>The raising side says that a contact did not happen.</summary>
internal static class ContactDisputedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: contact disputed, {StageSentences.AnswerBy(notice)}",
            [
                "The agency that raised the concern says that the contact which was recorded did not happen. "
                    + "The time limit for contact stands as before.",
                notice.Instruction,
            ],
            Asks: true,
            Dated: true
        );
}
