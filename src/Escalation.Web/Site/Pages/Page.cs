namespace Escalation.Web.Site.Pages;

/// <summary>A page before it is rendered: its status, the component that shows it, and what that shows.</summary>
public sealed record Page(int Status, Type Component, object Model)
{
    public static Page Message(int status, string title, params IReadOnlyList<string> paragraphs) =>
        new(status, typeof(MessagePage), new Message(title, paragraphs));
}

/// <summary>A page of plain words.</summary>
public sealed record Message(string Title, IReadOnlyList<string> Paragraphs);
