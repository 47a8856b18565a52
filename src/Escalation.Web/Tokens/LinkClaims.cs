using Escalation.Core.Cases;

namespace Escalation.Web.Tokens;

/// <summary>What a link lets its holder do. The values are signed into links: never renumbered.</summary>
public enum LinkAction
{
    /// <summary>Record the stage's outcome.</summary>
    Outcome = 1,

    /// <summary>The same page, with escalating chosen already.</summary>
    Escalate = 2,

    /// <summary>Confirm or dispute an agreed outcome.</summary>
    Confirm = 3,
}

/// <summary>What a link names. It carries no date: whether it is still good is judged against the case.</summary>
/// <param name="Contact">The recipient's directory or case id.</param>
public sealed record LinkClaims(string Reference, string Stage, string Contact, Side Side, LinkAction Action);

/// <summary>What a link's text comes to before any case is looked at.</summary>
public abstract record LinkReading
{
    private LinkReading() { }

    /// <summary>Signed by a key in use.</summary>
    public sealed record Signed(LinkClaims Claims) : LinkReading;

    /// <summary>
    /// Whole, and signed by none of the keys in use: its key was retired, or somebody made it up. Nothing in it is
    /// believed.
    /// </summary>
    public sealed record Retired : LinkReading;

    /// <summary>Altered, cut short or never a link.</summary>
    public sealed record Bad : LinkReading;
}
