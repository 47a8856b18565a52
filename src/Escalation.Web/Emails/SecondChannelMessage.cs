using System.Text.Json.Serialization;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>
/// What the second channel is told. Anybody may read it there: it holds no person, no free text and no link but to the page that needs
/// signing in.
/// </summary>
/// <param name="Kind">One of <see cref="NoticeKinds.SecondChannel"/>, or <c>mailDown</c>, <c>mailWorks</c> and <c>test</c> of the
/// installation.</param>
/// <param name="Text">The whole in one sentence.</param>
/// <param name="Reference">Null for a message of the installation; so are the next four.</param>
/// <param name="Deadline">UTC; null where none is in force.</param>
/// <param name="Key">The same for every attempt at the same message; null for one of the installation.</param>
public sealed record SecondChannelMessage(
    string Kind,
    string Text,
    string? Reference = null,
    string? Partnership = null,
    string? Stage = null,
    DateTimeOffset? Deadline = null,
    [property: JsonIgnore] string? Key = null
)
{
    /// <summary>Where the receiver reads more.</summary>
    public string? Page { get; init; }

    public static SecondChannelMessage Of(CaseDocument document, Notice notice, Rules rules)
    {
        var (c, kind) = (document.Case, notice.Queued.Kind);
        var what =
            kind == NoticeKinds.MailDelayed
                ? Delayed(document, notice)
                : "Nobody can be told by email: a tier or an agency has no contact.";
        var stage = c.Stages.IsEmpty ? null : c.Stage;
        var deadline = c.Status == CaseStatus.OnHold ? null : stage?.DeadlineInForce;
        var by = deadline is { } at ? $", to be answered by {TimeWords.By(rules.Calendar, at)}" : "";
        var where = stage is null ? "" : $" {StageWords.Capital(StageWords.Inline(rules.Policy.Find(stage.Id)!))}{by}.";
        return new SecondChannelMessage(
            kind,
            $"{c.Reference}: {what}{where}",
            c.Reference,
            c.Partnership,
            stage?.Id,
            deadline,
            notice.Key
        )
        {
            Page = $"/cases/{c.Reference}",
        };
    }

    private static string Delayed(CaseDocument document, Notice notice)
    {
        var words = new Dictionary<int, StoredWords>();
        var cause = (MailDelayed)
            DocumentFormat.Recorded([document.Events[notice.Queued.Cause - 1]], words).First().Event;
        return $"No email of this case could be sent for days, because {MailWords.Because(cause.Fault)}.";
    }
}
