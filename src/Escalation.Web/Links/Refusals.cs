using Escalation.Web.Links.Pages;
using Escalation.Web.Site.Pages;
using Escalation.Web.Tokens;

namespace Escalation.Web.Links;

/// <summary>A link or a request that gets no further: what happened, and what to do about it.</summary>
public sealed record Refused(string Title, string Happened, IReadOnlyList<string> ToDo);

/// <summary>Pages for links and requests that get no further. They say nothing about any case.</summary>
internal static class Refusals
{
    private const string AskAgain =
        "Ask the partnership's business manager to send the email again: reply to the email that the link came in.";

    public static Page NotALink { get; } =
        Of(
            404,
            "This link does not work",
            "It may have been cut short or changed on its way.",
            "Open the email again and use the link in it, or copy the whole link into the address bar.",
            AskAgain
        );

    public static Page TooMany { get; } =
        Of(
            429,
            "Too many requests",
            "The link was asked for too often in a short time. Nothing was recorded.",
            "Wait a minute, then try again.",
            "If it happens again, reply to the email that the link came in."
        );

    public static Page Lapsed(LapsedBecause why) =>
        why switch
        {
            LapsedBecause.StageClosed => Of(
                410,
                "This link has lapsed",
                $"The stage that it was for closed {LinkStates.GoodFor.Days} or more days ago, and links lapse then.",
                "If you still have something to say, tell the business manager: reply to the email that the link came in."
            ),
            LapsedBecause.Replaced => Of(
                410,
                "This link was handed over",
                "Somebody else took this matter over from the person it was sent to, and was sent a link of their own.",
                "You need not do anything.",
                "If that is wrong, reply to the email that the link came in."
            ),
            LapsedBecause.Unknown => Of(
                410,
                "This link is for somebody who has left",
                "The person it was sent to is no longer a contact.",
                "If the matter is yours now, look for an email of your own.",
                AskAgain
            ),
            _ => Of(
                410,
                "This link is too old",
                "It was made with a key that is no longer used.",
                "Look for a newer email about the same reference and use the link in it.",
                AskAgain
            ),
        };

    private static Page Of(int status, string title, string happened, params IReadOnlyList<string> toDo) =>
        new(status, typeof(RefusedPage), new Refused(title, happened, toDo));
}
