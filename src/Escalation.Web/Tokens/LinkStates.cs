using Escalation.Core.Cases;
using Escalation.Core.Directory;

namespace Escalation.Web.Tokens;

/// <summary>Whether a signed link is still good, judged against the case.</summary>
public abstract record LinkState
{
    private LinkState() { }

    /// <param name="Agency">For whom its holder speaks: the contact's agency, or the partnership where the link's side
    /// is the partnership's.</param>
    public sealed record Good(StageRecord Stage, ContactDetails Contact, string Agency) : LinkState;

    public sealed record Lapsed(LapsedBecause Why) : LinkState;

    /// <summary>The case has no such stage: nothing that this program made.</summary>
    public sealed record Foreign : LinkState;
}

public enum LapsedBecause
{
    /// <summary>Its stage closed 30 days ago or longer.</summary>
    StageClosed,

    /// <summary>A colleague took over from its recipient.</summary>
    Replaced,

    /// <summary>Its recipient is no contact of the case or the directory any more.</summary>
    Unknown,

    /// <summary>Its key was retired.</summary>
    KeyRetired,
}

public static class LinkStates
{
    /// <summary>A link lapses this long after its stage closed: gone when now ≥ the end of it.</summary>
    public static TimeSpan GoodFor { get; } = TimeSpan.FromDays(30);

    public static LinkState Of(LinkClaims claims, Case c, PartnershipDirectory directory, DateTimeOffset now)
    {
        if (c.Stages.FindLast(s => s.Id == claims.Stage) is not { } stage)
            return new LinkState.Foreign();
        if (stage.ClosedAt is { } closed && now >= closed + GoodFor)
            return new LinkState.Lapsed(LapsedBecause.StageClosed);
        if (CaseContacts.IsReplaced(c, claims.Contact))
            return new LinkState.Lapsed(LapsedBecause.Replaced);
        if (CaseContacts.Find(c, directory, claims.Contact) is not { } contact)
            return new LinkState.Lapsed(LapsedBecause.Unknown);
        return new LinkState.Good(stage, contact, claims.Side is Side.Partnership ? c.Partnership : contact.Agency);
    }
}
