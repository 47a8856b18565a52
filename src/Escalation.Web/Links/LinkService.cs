using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Web.Site.Pages;
using Escalation.Web.Tokens;

namespace Escalation.Web.Links;

/// <summary>Looks at a link that was followed: is it ours, is it good, and what does its case look like now.</summary>
public sealed class LinkService(LinkTokens tokens, LinkLimits limits, CaseHandler handler)
{
    /// <summary>The link as it is followed, or the page that is shown instead.</summary>
    public async Task<(LinkContext? LinkContext, Page? Instead)> ReceiveAsync(
        string token,
        IPAddress? address,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var reading = tokens.Read(token);
        if (reading is not LinkReading.Signed { Claims: var claims })
            return (null, Bad(reading, address));
        if (!limits.AllowToken(token))
            return (null, Refusals.TooMany);
        if (await handler.ReadAsync(claims.Reference, cancel) is not { } document)
            return (null, Refusals.NotALink);
        var rules = await handler.RulesAsync(document.Case, now, cancel);
        var present = Decisions.Advance(document.Case, rules, now) is Decision.Accepted accepted
            ? accepted.Case
            : document.Case;
        return LinkStates.Of(claims, present, rules.Directory, now) switch
        {
            LinkState.Good good => (new LinkContext(claims, document, present, rules, good, now), null),
            LinkState.Lapsed lapsed => (null, Refusals.Lapsed(lapsed.Why)),
            _ => (null, Refusals.NotALink),
        };
    }

    private Page Bad(LinkReading reading, IPAddress? address) =>
        (limits.AllowBad(address), reading) switch
        {
            (false, _) => Refusals.TooMany,
            (_, LinkReading.Retired) => Refusals.Lapsed(LapsedBecause.KeyRetired),
            _ => Refusals.NotALink,
        };

    public Task<Handled> ExecuteAsync(LinkContext link, CaseCommand command, CancellationToken cancel) =>
        handler.ExecuteAsync(link.Claims.Reference, command, link.Now, cancel);
}
