namespace Escalation.Web.Emails.Kinds;

/// <summary>The person who raised the concern hears how it goes on.</summary>
internal static class StageNewsEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: opened{StageSentences.DueBy(notice)}",
            [
                $"The concern you raised is now with: {notice.Stage.Tier}. {StageSentences.Because(notice)} {StageSentences.Goes(notice)}",
            ],
            Dated: true
        );
}
