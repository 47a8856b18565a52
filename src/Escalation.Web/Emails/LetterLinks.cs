using Escalation.Core.Cases;
using Escalation.Web.Tokens;

namespace Escalation.Web.Emails;

/// <summary>The links of a letter, made when it is written. They are in no calendar entry and no subject.</summary>
internal sealed class LetterLinks(LinkTokens tokens, string publicUrl)
{
    /// <summary>None, record and escalate (no escalating at the final stage), or confirm.</summary>
    public IReadOnlyList<LetterLink> For(NoticeContext notice) =>
        notice.Queued.Action switch
        {
            NoticeAction.Outcome when notice.Stage.Id == notice.Policy.FinalStage.Id =>
            [
                Link(notice, LinkAction.Outcome, "Record the outcome"),
            ],
            NoticeAction.Outcome =>
            [
                Link(notice, LinkAction.Outcome, "Record the outcome"),
                Link(notice, LinkAction.Escalate, "Not agreed: escalate to the next stage"),
            ],
            NoticeAction.Confirm => [Link(notice, LinkAction.Confirm, "Confirm or dispute the outcome")],
            _ => [],
        };

    private LetterLink Link(NoticeContext notice, LinkAction action, string label)
    {
        var claims = new LinkClaims(
            notice.Case.Reference,
            notice.Stage.Id,
            notice.Queued.Contact,
            notice.Queued.Side,
            action
        );
        return new(label, $"{publicUrl.TrimEnd('/')}/r/{tokens.Make(claims)}");
    }
}
