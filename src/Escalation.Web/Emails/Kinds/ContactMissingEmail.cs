using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>To the business manager: a tier has no contact, or an agency is not in the directory.</summary>
internal static class ContactMissingEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: a contact is missing",
            [
                "The case had nobody to ask where the procedure asks somebody. Add the contact to the directory, or to this case.",
                .. Missing(notice),
            ]
        );

    /// <summary>Recorded between what happened and this notice.</summary>
    private static IEnumerable<string> Missing(NoticeContext notice)
    {
        foreach (
            var recorded in DocumentFormat.Recorded(
                [.. notice.Document.Events.Skip(notice.Queued.Cause)],
                new Dictionary<int, StoredWords>()
            )
        )
        {
            if (recorded.Event is NoticeQueued queued && queued.Key == notice.Queued.Key)
                yield break;
            if (recorded.Event is NobodyToTell nobody)
                yield return $"{notice.NameOf(nobody.Agency)}: nobody for {StageWords.Tiers(nobody.Tier)}. "
                    + (nobody.FellBackTo is { } instead ? $"Asked instead: {instead}." : "Nobody was asked instead.");
        }
    }
}
