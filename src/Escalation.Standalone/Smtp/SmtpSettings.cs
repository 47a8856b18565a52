using MimeKit;

namespace Escalation.Standalone.Smtp;

/// <summary>Where emails go out.</summary>
/// <param name="From">Sender of every email, with the name that it shows.</param>
public sealed record SmtpSettings(string Host, int Port, MailboxAddress From)
{
    public SmtpTls Tls { get; init; }

    /// <summary>Null: no sign-in. Once set, nothing is sent without having signed in.</summary>
    public SmtpSignIn? SignIn { get; init; }

    /// <summary>What this machine calls itself in EHLO; null: the machine's own name.</summary>
    public string? Helo { get; init; }

    /// <summary>For each step: connecting with TLS, signing in, sending one email.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without user and password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

public enum SmtpTls
{
    None,

    /// <summary>Nothing but EHLO is said before TLS is on; there is no falling back.</summary>
    StartTls,

    /// <summary>From the first byte, as on port 465.</summary>
    Implicit,
}

/// <summary>How to sign in to the mail server.</summary>
public abstract record SmtpSignIn(string User)
{
    /// <summary>By PLAIN or LOGIN, whichever the server offers.</summary>
    public sealed record Password(string User, string Secret) : SmtpSignIn(User)
    {
        public override string ToString() => User;
    }

    /// <summary>By XOAUTH2, as Microsoft 365 asks of a program: with a token of the application itself.</summary>
    /// <param name="User">The mailbox that is sent from.</param>
    public sealed record Application(string User, Azure.Core.TokenCredential Credential) : SmtpSignIn(User)
    {
        /// <summary>What Exchange Online wants a token for.</summary>
        public const string Scope = "https://outlook.office365.com/.default";
    }
}
