using Escalation.Core.Notices;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Tests.Emails;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escalation.Web.Tests.GovUkNotify;

/// <summary>Notify reads what it is given as Markdown: words stay words, and our links stay links.</summary>
public sealed class NotifyTextTests
{
    /// <summary>A line of an email, and what Notify is given for it.</summary>
    [Theory]
    [InlineData("Dear Zoë,", "Dear Zoë,")]
    [InlineData("# A heading", @"\# A heading")]
    [InlineData(
        "Dear [you have won](https://evil.example.org),",
        @"Dear \[you have won\]\(https: //evil\.example\.org\),"
    )]
    [InlineData("Dear https://evil.example.org/a_b,", @"Dear https: //evil\.example\.org/a\_b,")]
    [InlineData("Dear HTTP://evil.example.org,", @"Dear HTTP: //evil\.example\.org,")]
    [InlineData("**bold** _slanted_ `code` ~~gone~~", @"\*\*bold\*\* \_slanted\_ \`code\` \~\~gone\~\~")]
    [InlineData(@"a\*b", @"a\\\*b")]
    [InlineData("![a picture](x)", @"\!\[a picture\]\(x\)")]
    [InlineData("1. first", @"1\. first")]
    [InlineData("+ first", @"\+ first")]
    [InlineData("---", @"\-\-\-")]
    [InlineData("a | b", @"a \| b")]
    [InlineData("((text)) {x}", @"\(\(text\)\) \{x\}")]
    [InlineData("- an item with *stars*", "\n* an item with \\*stars\\*")]
    [InlineData("a < b & c > d", "a < b & c > d")]
    public async Task Nothing_that_a_person_wrote_becomes_a_heading_or_a_link(string line, string given) =>
        Assert.Equal(given, await GivenAsync(Of(line)));

    [Fact]
    public async Task A_link_of_ours_stays_as_it_is_on_its_line_and_nowhere_else()
    {
        const string link = "https://escalation.example.org/r/AbC_-0.1_~x";
        var given = await GivenAsync(Of($"Record the outcome:\n{link}\n\nDear {link},") with { Links = [link] });
        Assert.Equal(
            $"Record the outcome:\n{link}\n\n" + @"Dear https: //escalation\.example\.org/r/AbC\_\-0\.1\_\~x,",
            given
        );
    }

    [Fact]
    public async Task A_list_has_an_empty_line_before_it_and_a_paragraph_after_it_is_none_of_it()
    {
        Assert.Equal("Facts:\n\n* one\n* two\n\nAfter", await GivenAsync(Of("Facts:\n- one\n- two\n\nAfter\n\n")));
    }

    [Fact]
    public async Task An_email_of_a_case_keeps_its_links_clickable_and_each_paragraph_on_one_line()
    {
        await using var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        var post = new Post(world);
        var (_, emails) = await post.SendAsync((await world.OpenAsync("sandwell")).Case.Reference);
        var email = emails.First(e => e.Links.Count > 1);

        var lines = (await GivenAsync(email)).Split('\n');

        Assert.All(email.Links, link => Assert.Single(lines, link));
        Assert.Equal(email.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), Words(email.Unwrapped!));
        Assert.Contains(lines, line => line.Length > 72 && !line.StartsWith("https:", StringComparison.Ordinal));
        Assert.All(
            lines.Where(l => !email.Links.Contains(l)),
            l => Assert.DoesNotContain("://", l, StringComparison.Ordinal)
        );
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static Email Of(string text) =>
        new()
        {
            Key = "SAN-7K3M-Q9XA/3/stageOpened/oak-primary/line-manager/raising",
            ToName = "Zoë",
            ToAddress = "zoe@example.org",
            Subject = "A subject",
            Text = text,
            Html = "",
        };

    private static async Task<string> GivenAsync(Email email)
    {
        await using var notify = await NotifyStub.StartAsync();
        using var mailer = new NotifyMailer(NotifyMailerTests.SettingsOf(notify), NullLogger<NotifyMailer>.Instance);
        Assert.IsType<MailResult.Taken>(await mailer.SendAsync(email, CancellationToken.None));
        return Assert.Single(notify.Emails).Text;
    }
}
