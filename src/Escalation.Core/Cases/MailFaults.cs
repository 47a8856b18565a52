namespace Escalation.Core.Cases;

/// <summary>
/// What can keep an installation from sending, whoever an email is for: the server, the sender, the sign-in, its rules. Shown as the code
/// of a waiting notice, so part of the HTTP contract: never renamed.
/// </summary>
public static class MailFaults
{
    /// <summary>No mail server is set.</summary>
    public const string NotConfigured = "mailNotConfigured";

    /// <summary>No connection, or one that ended in the middle.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>A step took longer than its time limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>The server's certificate is not trusted, has expired, or is for another name.</summary>
    public const string Certificate = "certificate";

    /// <summary>TLS is asked for and the server has none.</summary>
    public const string NoTls = "noTls";

    /// <summary>User, password or token are refused, or the server asks for a sign-in and none is set.</summary>
    public const string SignIn = "signIn";

    /// <summary>The sender's address is refused.</summary>
    public const string Sender = "sender";

    /// <summary>The server does not pass emails on for this installation.</summary>
    public const string Relay = "relay";

    /// <summary>The sender's quota, or the server's disk, is full.</summary>
    public const string Quota = "quota";

    /// <summary>The server's rules refuse what is sent.</summary>
    public const string Policy = "policy";

    /// <summary>The server takes no email of this size.</summary>
    public const string Size = "size";

    /// <summary>The server is busy, or does not work just now.</summary>
    public const string Busy = "busy";

    /// <summary>Too many emails in a time.</summary>
    public const string Throttled = "throttled";

    /// <summary>The mail service has no such template, or one that asks for something else than what it is given.</summary>
    public const string Template = "template";

    /// <summary>The mail service, or its key, may send to listed people only.</summary>
    public const string Restricted = "restricted";

    /// <summary>This machine's clock is too far off for the mail service to believe its sign-in.</summary>
    public const string Clock = "clock";

    /// <summary>The server does not understand what it is told.</summary>
    public const string NotUnderstood = "notUnderstood";

    /// <summary>The email could not be written: a fault of this program.</summary>
    public const string Program = "error";

    /// <summary>
    /// True for a fault that every email meets. The others (rules, size, relaying, quota, a list of recipients) may
    /// meet one email and not the next: while there is one of those, other emails are tried all the same.
    /// </summary>
    public static bool StopsEverything(string fault) =>
        fault is not (Policy or Size or Relay or Quota or Restricted or NotUnderstood or Program);

    public static IReadOnlyList<string> All { get; } =
    [
        NotConfigured,
        Unreachable,
        Timeout,
        Certificate,
        NoTls,
        SignIn,
        Sender,
        Relay,
        Quota,
        Policy,
        Size,
        Busy,
        Throttled,
        Template,
        Restricted,
        Clock,
        NotUnderstood,
        Program,
    ];
}
