using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Hosting;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary>The program itself: without a command it runs the host.</summary>
internal sealed class RunCommand : DetailedCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private const string SettingsHelp = """
        Settings come from appsettings.json beside the program, then from the environment:
          ESCALATION_STAFF_KEY, ESCALATION_INTAKE_KEY     the first administrator's and the intake form's key, 24
                                                          characters or more (else made at first start and printed once)
          ESCALATION_SECRETS_KEY_FILE                     the file with the key that protects the secrets in the data
                                                          folder (else ~/.config/escalation/secrets.key; made at first
                                                          start)
          ESCALATION_SECRETS_KEY                          that key itself: 32 random bytes in base64 ('openssl rand
                                                          -base64 32')
          ESCALATION_PUBLICURL                            what emailed links begin with, without a path, as
                                                          https://escalation.example.org (else the first address
                                                          listened on)
          ESCALATION_PROXIES                              addresses or networks of reverse proxies, as
                                                          127.0.0.1,10.0.0.0/24, whose X-Forwarded-For and
                                                          X-Forwarded-Proto are believed (else nobody's)
          ESCALATION_SMTP__HOST, ESCALATION_SMTP__PORT    the mail server (port 25)
          ESCALATION_SMTP__TLS                            startTls, implicit (as on port 465) or none; else as the port
                                                          is for
          ESCALATION_SMTP__USER, ESCALATION_SMTP__PASSWORD
          ESCALATION_SMTP__PASSWORDWITHOUTTLS             true lets a password go without TLS
          ESCALATION_SMTP__TENANTID, ESCALATION_SMTP__CLIENTID, ESCALATION_SMTP__CLIENTSECRET
                                                          sign in as an application, as Microsoft 365 asks; with __USER,
                                                          the mailbox
          ESCALATION_SMTP__FROM                           the sender, as Escalations <escalations@example.org>
          ESCALATION_SMTP__HELO                           what this machine calls itself to the mail server
          ESCALATION_NOTIFY__KEY, ESCALATION_NOTIFY__TEMPLATE
                                                          in place of a mail server: GOV.UK Notify's API key, its
                                                          template's id
          ESCALATION_NOTIFY__REPLYTO                      Notify's id of the address that replies go to; several as
                                                          manager@example.org=ID
          ESCALATION_NOTIFY__CALLBACKTOKEN                what Notify gives with delivery reports, posted to
                                                          /hooks/notify
          ESCALATION_WEBHOOK__URL                         where the second channel posts what email cannot tell
          ESCALATION_WEBHOOK__FORMAT                      json (Slack takes it too) or teams
          ESCALATION_WEBHOOK__INSIDE                      hosts that may be inside this network, with commas between

        'escalation help COMMAND' says more about one.
        Ends with 0 when done, 1 when it failed, 2 when asked for something it does not know.
        """;

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Where to listen, separated by semicolons",
        HelpName = "URLS",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => [DefaultUrl],
        CustomParser = ReadUrls,
    };

    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Load sample agencies, contacts and cases into an empty folder; emails go to an outbox",
        Arity = ArgumentArity.Zero,
    };

    private static readonly Option<DateTimeOffset?> Clock = new("--clock")
    {
        Description =
            "Start a clock that stands still, as 2026-12-23T10:00:00Z; moved with POST /api/clock; only with --demo",
        HelpName = "INSTANT",
        CustomParser = ReadInstant,
    };

    public RunCommand()
        : base(
            "escalation",
            "Keeps the deadlines of professional escalations: opens, reminds, escalates, reports. "
                + "Without a command it runs the host.",
            SettingsHelp
        )
    {
        Add(Urls);
        Add(Data);
        Add(Demo);
        Add(Clock);
        Add(new HelpOption("--help", "-h", "-?") { Action = new HelpWithDetails() });
        Validators.Add(given =>
        {
            if (given.GetResult(Clock) is { Tokens.Count: > 0 } && !given.GetValue(Demo))
                given.AddError("--clock works only with --demo: a real installation's time is never moved.");
        });
        SetAction((parsed, _) => StandaloneHost.RunAsync(Read(parsed), parsed.InvocationConfiguration.Output));
    }

    public static RunOptions Read(ParseResult parsed) =>
        new(
            parsed.GetRequiredValue(Urls),
            parsed.GetRequiredValue(Data),
            parsed.GetValue(Demo),
            parsed.GetValue(Clock)
        );

    private static string[]? ReadUrls(ArgumentResult given)
    {
        var urls = given
            .Tokens[0]
            .Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length > 0 && urls.All(IsListenable))
            return urls;
        given.AddError($"--urls needs http or https addresses, as {DefaultUrl}.");
        return null;
    }

    private static bool IsListenable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && !address.IsUnixPipe;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static DateTimeOffset? ReadInstant(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (InstantText.TryParse(text, out var instant))
            return instant;
        given.AddError($"--clock needs an instant, as 2026-12-23T10:00:00Z; '{text}' is none.");
        return null;
    }
}
