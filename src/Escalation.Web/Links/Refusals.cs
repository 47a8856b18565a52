using Escalation.Web.Pages;

namespace Escalation.Web.Links;

/// <summary>Pages for links and requests that get no further. They say what to do, and nothing about any case.</summary>
internal static class Refusals
{
    private const string AskAgain = "Ask the partnership's business manager to send the email again: reply to the email that the link came in.";

    public static Page NotALink { get; } = Page.Message(404, "This link does not work",
        "It may have been cut short or changed on its way. Open the email again and use the link in it, or copy the whole link into the address bar.",
        AskAgain);

    public static Page TooMany { get; } = Page.Message(429, "Too many requests", "Wait a minute, then try again. Nothing was recorded.");

    public static Page Lapsed(LapsedBecause why) => why switch
    {
        LapsedBecause.StageClosed => Page.Message(410, "This link has lapsed",
            $"The stage that it was for closed {LinkStandings.GoodFor.Days} or more days ago, and links lapse then. If you still have something to say, tell the business manager: reply to the email that the link came in."),
        LapsedBecause.Replaced => Page.Message(410, "This link has lapsed",
            "Somebody else took this matter over from the person it was sent to, and was sent a link of their own. If that is wrong, reply to the email that the link came in."),
        LapsedBecause.Unknown => Page.Message(410, "This link has lapsed",
            "The person it was sent to is no longer a contact. " + AskAgain),
        _ => Page.Message(410, "This link has lapsed", "It was made with a key that is no longer used. " + AskAgain),
    };
}
