namespace Escalation.Standalone.Smtp;

/// <param name="StartTls">Nothing is sent before TLS is on; there is no falling back.</param>
public sealed record SmtpSettings(string Host, int Port, bool StartTls, string? User, string? Password, string From)
{
    /// <summary>For one email, from connecting to the server's last answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
