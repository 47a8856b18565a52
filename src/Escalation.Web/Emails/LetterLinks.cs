using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Tokens;

namespace Escalation.Web.Emails;

/// <summary>The links of a letter, made when it is written. They are in no calendar entry and no subject.</summary>
internal sealed class LetterLinks(LinkTokens tokens, string publicUrl)
{
    /// <summary>None, record and escalate (no escalating at the final stage, nor by a side that may not), or confirm.</summary>
    public IReadOnlyList<LetterLink> For(NoticeContext notice) =>
        notice.Queued.Action switch
        {
            NoticeAction.Outcome when !MayEscalate(notice) => [Link(notice, LinkAction.Outcome, Record(notice))],
            NoticeAction.Outcome =>
            [
                Link(notice, LinkAction.Outcome, Record(notice)),
                Link(notice, LinkAction.Escalate, Escalate(notice)),
            ],
            NoticeAction.Confirm => [Link(notice, LinkAction.Confirm, "Confirm or dispute the outcome")],
            _ => [],
        };

    private static bool MayEscalate(NoticeContext notice) =>
        LeadRules.CanEscalate(notice.Case, notice.Rules, notice.Stage.Id)
        && NamedRole.Of(notice.Recipient.Tier) is null
        && notice.Stage.IsEscalatedBy(notice.Queued.Side.Word());

    private static string Escalate(NoticeContext notice)
    {
        var words = notice.Policy.Words;
        var choice = words.Called(Outcomes.Find(Outcomes.Escalate)!).Choice;
        return notice.Stage.Id == notice.Policy.FinalStage.Id
            ? $"{choice}: take it to another procedure"
            : $"{choice}: {words.Escalate} to the next {words.Stage}";
    }

    private static string Record(NoticeContext notice) =>
        !MayRecord(notice) ? "See where the case stands"
        : notice.Record is { IsWithoutLimit: false, For: LimitFor.Contact or LimitFor.Discussion }
            ? "Record that contact was made, or the outcome"
        : "Record the outcome";

    /// <summary>A party's representative beside the chair who decides has nothing to record.</summary>
    private static bool MayRecord(NoticeContext notice) =>
        AllowedOutcomes
            .For(notice.Case, notice.Rules, notice.Stage.Id, notice.Queued.Agency, notice.Now, notice.Queued.Contact)
            .Count > 0;

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
