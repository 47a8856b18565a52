namespace Escalation.Web.Emails;

/// <summary>A message as an incoming webhook of a Teams workflow takes it: one adaptive card.</summary>
internal sealed record TeamsCard(string Type, IReadOnlyList<TeamsCard.Attachment> Attachments)
{
    public static TeamsCard Of(SecondChannelMessage message) =>
        new(
            "message",
            [
                new Attachment(
                    "application/vnd.microsoft.card.adaptive",
                    new Content(
                        "AdaptiveCard",
                        "1.4",
                        [new TextBlock("TextBlock", message.Text, true)],
                        message.Page is { } page ? [new OpenUrl("Action.OpenUrl", "Open (needs signing in)", page)] : []
                    )
                ),
            ]
        );

    internal sealed record Attachment(string ContentType, Content Content);

    internal sealed record Content(
        string Type,
        string Version,
        IReadOnlyList<TextBlock> Body,
        IReadOnlyList<OpenUrl> Actions
    );

    internal sealed record TextBlock(string Type, string Text, bool Wrap);

    internal sealed record OpenUrl(string Type, string Title, string Url);
}
