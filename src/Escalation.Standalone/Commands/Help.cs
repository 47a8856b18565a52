namespace Escalation.Standalone.Commands;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Help
{
    private const string Program = "escalation";

    public static string Of(CommandShape? about) =>
        about is null
            ? Everything()
            : $"""
                {Program} {about.Name} {about.Usage}
                  {Capital(about.Summary)}.

                {about.Details}
                """;

    private static string Everything() =>
        $"""
            Keeps the deadlines of professional escalations: opens, reminds, escalates, reports.

            {string.Join(
                Environment.NewLine,
                CommandShape.All.Select(s =>
                    $"  {Program} {(s.Name.Length == 0 ? s.Usage : $"{s.Name} {s.Usage}")}{Environment.NewLine}      {s.Summary}"
                )
            )}

            Running the host:
            {CommandShape.Run.Details}

            Settings come from appsettings.json beside the program, then from the environment:
              ESCALATION_STAFF_KEY, ESCALATION_INTAKE_KEY   the first administrator's and the intake form's key, 24 characters or more
                                                            (else made at first start and printed once)
              ESCALATION_SECRETS_KEY_FILE                   the file with the key that protects the secrets in the data folder
                                                            (else ~/.config/escalation/secrets.key; made at first start)
              ESCALATION_SECRETS_KEY                        that key itself: 32 random bytes in base64 ('openssl rand -base64 32')
              ESCALATION_PUBLICURL                          what emailed links begin with, without a path, as
                                                            https://escalation.example.org (else the first address listened on)
              ESCALATION_PROXIES                            addresses or networks of reverse proxies, as 127.0.0.1,10.0.0.0/24, whose
                                                            X-Forwarded-For and X-Forwarded-Proto are believed (else nobody's)
              ESCALATION_SMTP__HOST, ESCALATION_SMTP__PORT  the mail server (port 25)
              ESCALATION_SMTP__TLS                          startTls, implicit (as on port 465) or none; else as the port is for
              ESCALATION_SMTP__USER, ESCALATION_SMTP__PASSWORD
              ESCALATION_SMTP__PASSWORDWITHOUTTLS           true lets a password go without TLS
              ESCALATION_SMTP__TENANTID, ESCALATION_SMTP__CLIENTID, ESCALATION_SMTP__CLIENTSECRET
                                                            sign in as an application, as Microsoft 365 asks; with __USER, the mailbox
              ESCALATION_SMTP__FROM                         the sender, as Escalations <escalations@example.org>
              ESCALATION_SMTP__HELO                         what this machine calls itself to the mail server
              ESCALATION_NOTIFY__KEY, ESCALATION_NOTIFY__TEMPLATE  in place of a mail server: GOV.UK Notify's API key, its template's id
              ESCALATION_NOTIFY__REPLYTO                    Notify's id of the address that replies go to; several as manager@example.org=ID
              ESCALATION_NOTIFY__CALLBACKTOKEN              what Notify gives with delivery reports, which it posts to /hooks/notify
              ESCALATION_WEBHOOK__URL                       where the second channel posts what email cannot tell
              ESCALATION_WEBHOOK__FORMAT                    json (Slack takes it too) or teams
              ESCALATION_WEBHOOK__INSIDE                    hosts that may be inside this network, with commas between

            '{Program} help COMMAND' says more about one.
            Ends with 0 when done, 1 when it failed, 2 when asked for something it does not know.
            """;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
