using Escalation.Standalone.Smtp;
using static Escalation.Standalone.Tests.Host.Configured;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>Every setting of a mail server: its default, what it comes to and what is refused.</summary>
public sealed class SmtpReadingTests
{
    private static (string, string?)[] Fewest { get; } =
    [
        ("Smtp:Host", "mail.example.org"),
        ("Smtp:From", "Escalations <escalations@example.org>"),
        ("PublicUrl", "https://e.example.org"),
    ];

    [Fact]
    public void Where_only_host_and_sender_are_set_it_is_port_25_with_TLS_and_without_a_sign_in()
    {
        var smtp = Read(Fewest).Smtp!;

        Assert.Equal(("mail.example.org", 25, SmtpTls.StartTls), (smtp.Host, smtp.Port, smtp.Tls));
        Assert.Equal(("Escalations", "escalations@example.org"), (smtp.From.Name, smtp.From.Address));
        Assert.Equal((null, null), (smtp.SignIn, smtp.Helo));
        Assert.Equal(TimeSpan.FromSeconds(30), smtp.Timeout);
        Assert.Equal("mail.example.org:25", $"{smtp}");
    }

    /// <summary>Where nothing is set, TLS is left out to this machine alone, and never where the port is for it.</summary>
    [Theory]
    [InlineData("mail.example.org", null, null, SmtpTls.StartTls)]
    [InlineData("mail.example.org", "25", null, SmtpTls.StartTls)]
    [InlineData("mail.example.org", "587", null, SmtpTls.StartTls)]
    [InlineData("mail.example.org", "465", null, SmtpTls.Implicit)]
    [InlineData("192.0.2.7", null, null, SmtpTls.StartTls)]
    [InlineData("10.0.0.5", null, null, SmtpTls.StartTls)]
    [InlineData("128.0.0.1", null, null, SmtpTls.StartTls)]
    [InlineData("::2", null, null, SmtpTls.StartTls)]
    [InlineData("localhost.example.org", null, null, SmtpTls.StartTls)]
    [InlineData("localhost", null, null, SmtpTls.None)]
    [InlineData("localhost", "587", null, SmtpTls.None)]
    [InlineData("localhost", "465", null, SmtpTls.Implicit)]
    [InlineData("127.0.0.1", null, null, SmtpTls.None)]
    [InlineData("127.8.9.10", null, null, SmtpTls.None)]
    [InlineData("::1", null, null, SmtpTls.None)]
    [InlineData("::1", "465", null, SmtpTls.Implicit)]
    [InlineData("localhost", null, "startTls", SmtpTls.StartTls)]
    [InlineData("localhost", null, "implicit", SmtpTls.Implicit)]
    [InlineData("mail.example.org", "465", "startTls", SmtpTls.StartTls)]
    [InlineData("mail.example.org", "465", "none", SmtpTls.None)]
    [InlineData("mail.example.org", "25", "none", SmtpTls.None)]
    [InlineData("mail.example.org", "25", "implicit", SmtpTls.Implicit)]
    public void TLS_is_as_it_is_set_or_else_as_host_and_port_are_for(
        string host,
        string? port,
        string? tls,
        SmtpTls expected
    ) => Assert.Equal(expected, Read([.. With("Host", host), ("Smtp:Port", port), ("Smtp:Tls", tls)]).Smtp!.Tls);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2525", 2525)]
    [InlineData("65535", 65535)]
    public void A_port_is_a_number_from_1_to_65535(string port, int expected) =>
        Assert.Equal(expected, Read(With("Port", port)).Smtp!.Port);

    [Theory]
    [InlineData("Port", "0", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Port", "65536", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Port", "-25", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Port", " 25", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Port", "smtp", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Port", "99999999999", "Smtp:Port must be a number from 1 to 65535.")]
    [InlineData("Tls", "ssl", "Smtp:Tls must be startTls, implicit or none.")]
    [InlineData("Tls", "None", "Smtp:Tls must be startTls, implicit or none.")]
    [InlineData("Helo", "two words", "Smtp:Helo must be a host name.")]
    [InlineData(
        "From",
        null,
        "Smtp:From must be an email address, or a name with one: Escalations <escalations@example.org>."
    )]
    [InlineData(
        "From",
        "nobody",
        "Smtp:From must be an email address, or a name with one: Escalations <escalations@example.org>."
    )]
    [InlineData("PublicUrl", null, "PublicUrl must be set when emails are sent, so that their links lead here.")]
    public void What_is_wrong_or_missing_is_named(string name, string? value, string refusal) =>
        Assert.Equal(refusal, Refusal(name == "PublicUrl" ? Fewest[..2] : With(name, value)));

    [Theory]
    [InlineData("Port", "25")]
    [InlineData("From", "a@example.org")]
    [InlineData("Tls", "none")]
    [InlineData("User", "somebody")]
    [InlineData("Password", "secret")]
    [InlineData("PasswordWithoutTls", "true")]
    [InlineData("TenantId", "example.org")]
    [InlineData("ClientId", "program")]
    [InlineData("ClientSecret", "secret")]
    [InlineData("Helo", "e.example.org")]
    public void Any_of_them_without_a_host_is_refused(string name, string value) =>
        Assert.Equal("Smtp:Host must be set when other Smtp settings are.", Refusal(("Smtp:" + name, value)));

    [Theory]
    [InlineData("escalation.example.org")]
    [InlineData("192.0.2.7")]
    public void This_machine_calls_itself_as_it_is_set(string helo) =>
        Assert.Equal(helo, Read(With("Helo", helo)).Smtp!.Helo);

    /// <summary>Every one of the five, set or not.</summary>
    public static TheoryData<int> SignIns { get; } = [.. Enumerable.Range(0, 32)];

    [Theory]
    [MemberData(nameof(SignIns))]
    public void It_signs_in_by_user_and_password_or_as_an_application_and_by_halves_not_at_all(int choice)
    {
        (string Name, string Value)[] all =
        [
            ("User", "somebody"),
            ("Password", "a password"),
            ("TenantId", "example.org"),
            ("ClientId", "program"),
            ("ClientSecret", "a secret"),
        ];
        var chosen = all.Where((_, place) => (choice & (1 << place)) != 0).ToList();
        (string, string?)[] settings = [.. Fewest, .. chosen.Select(s => ($"Smtp:{s.Name}", (string?)s.Value))];

        switch (string.Join(' ', chosen.Select(s => s.Name)))
        {
            case "":
                Assert.Null(Read(settings).Smtp!.SignIn);
                break;
            case "User Password":
                Assert.Equal(new SmtpSignIn.Password("somebody", "a password"), Read(settings).Smtp!.SignIn);
                break;
            case "User TenantId ClientId ClientSecret":
                Assert.Equal("somebody", Assert.IsType<SmtpSignIn.Application>(Read(settings).Smtp!.SignIn).User);
                break;
            case "User" or "Password":
                Assert.Equal("Smtp:User and Smtp:Password must be set together.", Refusal(settings));
                break;
            default:
                Assert.Equal(
                    "Smtp:TenantId, Smtp:ClientId, Smtp:ClientSecret and Smtp:User must be set together, "
                        + "and Smtp:Password not.",
                    Refusal(settings)
                );
                break;
        }
    }

    [Fact]
    public void A_tenant_that_is_none_is_named() =>
        Assert.Equal(
            "Smtp:TenantId must be the id or a domain of the tenant.",
            Refusal([
                .. Fewest,
                ("Smtp:User", "a@example.org"),
                ("Smtp:TenantId", "no tenant!"),
                ("Smtp:ClientId", "program"),
                ("Smtp:ClientSecret", "secret"),
            ])
        );

    [Theory]
    [InlineData("none", null, false)]
    [InlineData("none", "false", false)]
    [InlineData("none", "1", false)]
    [InlineData("none", "true", true)]
    [InlineData("none", "True", true)]
    [InlineData("startTls", null, true)]
    [InlineData("implicit", null, true)]
    public void A_secret_goes_without_TLS_only_where_the_setting_says_so(string tls, string? allowed, bool taken)
    {
        (string, string?)[] password = [("Smtp:User", "somebody"), ("Smtp:Password", "secret")];
        (string, string?)[] application =
        [
            ("Smtp:User", "a@example.org"),
            ("Smtp:TenantId", "example.org"),
            ("Smtp:ClientId", "program"),
            ("Smtp:ClientSecret", "secret"),
        ];
        foreach (var signIn in ((string, string?)[][])[password, application])
        {
            (string, string?)[] settings =
            [
                .. Fewest,
                .. signIn,
                ("Smtp:Tls", tls),
                ("Smtp:PasswordWithoutTls", allowed),
            ];
            if (taken)
                Assert.NotNull(Read(settings).Smtp!.SignIn);
            else
                Assert.Equal(
                    "Smtp:Tls must not be none where a password is set, unless Smtp:PasswordWithoutTls is true.",
                    Refusal(settings)
                );
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public void A_password_for_a_server_on_this_machine_needs_TLS_or_that_setting_too(string host) =>
        Assert.Equal(
            "Smtp:Tls must not be none where a password is set, unless Smtp:PasswordWithoutTls is true.",
            Refusal([.. With("Host", host), ("Smtp:User", "somebody"), ("Smtp:Password", "secret")])
        );

    [Fact]
    public void Nothing_shows_a_password() =>
        Assert.DoesNotContain(
            "the-password",
            $"{Read([.. Fewest, ("Smtp:User", "somebody"), ("Smtp:Password", "the-password")]).Smtp!.SignIn}",
            StringComparison.Ordinal
        );

    /// <summary>The fewest, but this one as given.</summary>
    private static (string, string?)[] With(string name, string? value) =>
        [.. Fewest.Where(s => s.Item1 != $"Smtp:{name}"), ($"Smtp:{name}", value)];
}
