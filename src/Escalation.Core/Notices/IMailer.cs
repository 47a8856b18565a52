using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Core.Notices;

/// <summary>The mail seam. Sends one email, once; the caller counts attempts and retries.</summary>
public interface IMailer
{
    /// <summary>
    /// At-least-once by its caller: the same <see cref="Email.Key"/> may come again after a crash, and a provider that
    /// knows idempotency keys sends it once. Never throws for a refusal or an unreachable server: says so.
    /// </summary>
    Task<MailResult> SendAsync(Email email, CancellationToken cancel);
}

/// <summary>A rendered email. No personal data beyond the recipient's own name and address.</summary>
public sealed record Email
{
    /// <summary>The notice's key.</summary>
    public required string Key { get; init; }
    public required string ToName { get; init; }
    public required string ToAddress { get; init; }

    /// <summary>The business manager.</summary>
    public string? ReplyTo { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }

    /// <summary>The text with each paragraph on one line, for a provider with a layout of its own; null: as the text.</summary>
    public string? Unwrapped { get; init; }

    /// <summary>An iCalendar entry, or null.</summary>
    public CalendarEntry? Calendar { get; init; }

    /// <summary>The links in it, in order.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}

/// <param name="Method">iCalendar method: REQUEST or CANCEL (or PUBLISH).</param>
/// <param name="Invitation">What of it is kept with the notice.</param>
public sealed record CalendarEntry(string Method, string Content, [property: JsonIgnore] Invitation? Invitation = null);

public abstract record MailResult
{
    private MailResult() { }

    /// <param name="Operation">The provider's id, for its delivery report; null where it gives none.</param>
    public sealed record Taken(string? Operation) : MailResult;

    /// <summary>This recipient's mailbox does not take it now: it is busy, or wants to be asked again.</summary>
    /// <param name="Code">Why, as a code: <c>mailboxBusy</c>.</param>
    /// <param name="After">The provider's own wish; null: the usual backoff.</param>
    public sealed record TryLater(string Code, TimeSpan? After = null) : MailResult;

    /// <summary>
    /// The installation cannot send, whoever the email is for. It is held against nobody: the notice waits until this is mended.
    /// </summary>
    /// <param name="Fault">One of <see cref="MailFaults"/>.</param>
    /// <param name="After">The provider's own wish; null: the usual backoff.</param>
    public sealed record Down(string Fault, TimeSpan? After = null) : MailResult;

    /// <summary>It will never reach this recipient: an address that is none, an unknown or full mailbox.</summary>
    public sealed record Refused(string Code) : MailResult;
}
