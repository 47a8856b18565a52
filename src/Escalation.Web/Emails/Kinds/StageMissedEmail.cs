using Escalation.Web.Tokens;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The stage's people hear that its deadline passed and the matter moved up.</summary>
internal static class StageMissedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: {Without(notice)} by {StageSentences.By(notice)}",
            [
                $"{StageSentences.Unsettled(notice)} by "
                    + $"{TimeWords.Moment(notice.Calendar, StageSentences.MissedAt(notice))}.{Next(notice)} "
                    + "Nothing more can be recorded for it in time; "
                    + $"the link in your earlier email still takes a late answer for {LinkStates.GoodFor.Days} days.",
            ]
        );

    /// <summary>Where nobody receives, there is nothing between the agencies to settle.</summary>
    private static string Without(NoticeContext notice) =>
        notice.Policy.Parties.Receiving ? "not settled" : "nothing recorded";

    private static string Next(NoticeContext notice) =>
        notice.Policy.After(notice.Stage.Id) is { } stage
            ? $" It moved to {notice.Named(stage, StageSentences.RaisingAgency)} by itself, {MissWords.Rule(notice.Policy, notice.Record)}."
            : "";
}
