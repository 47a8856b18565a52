using Escalation.Core.Cases;
using Escalation.Web.Tokens;

namespace Escalation.Web.Emails;

/// <summary>The links of a letter, made when it is written. They are in no calendar entry and no subject.</summary>
internal sealed class LetterLinks(LinkTokens tokens, string publicUrl)
{
    /// <summary>None, record and escalate (no escalating at the final stage), or confirm.</summary>
    public IReadOnlyList<LetterLink> For(NoticeContext o) =>
        o.Queued.Action switch
        {
            NoticeAction.Outcome when o.Stage.Id == o.Policy.FinalStage.Id =>
            [
                Link(o, LinkAction.Outcome, "Record the outcome"),
            ],
            NoticeAction.Outcome =>
            [
                Link(o, LinkAction.Outcome, "Record the outcome"),
                Link(o, LinkAction.Escalate, "Not agreed: escalate to the next stage"),
            ],
            NoticeAction.Confirm => [Link(o, LinkAction.Confirm, "Confirm or dispute the outcome")],
            _ => [],
        };

    private LetterLink Link(NoticeContext o, LinkAction action, string label)
    {
        var claims = new LinkClaims(o.Case.Reference, o.Stage.Id, o.Queued.Contact, o.Queued.Side, action);
        return new(label, $"{publicUrl.TrimEnd('/')}/r/{tokens.Make(claims)}");
    }
}
