using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Emails;

/// <summary>Where replies to an email go, and what it says of that.</summary>
public sealed class ReplyTests
{
    private const string Line = "Reply to this email to reach the business manager.",
        Unusable = "manager@localhost";

    [Fact]
    public async Task Replies_reach_the_first_business_manager_who_has_an_address_that_can_be_sent_to()
    {
        var email = await AskedWithAsync(Unusable, "second@sandwell.example.org", "third@sandwell.example.org");
        Assert.Equal("second@sandwell.example.org", email.ReplyTo);
        Assert.Equal("mailto:second@sandwell.example.org", CalendarEntryTests.Parse(email.Calendar!)["ORGANIZER"]);
        Assert.Contains(Line, Post.Unwrapped(email), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(Unusable)]
    public async Task Without_one_the_email_goes_out_all_the_same_and_offers_no_reply(params string[] managers)
    {
        var email = await AskedWithAsync(managers);
        Assert.Null(email.ReplyTo);
        Assert.DoesNotContain("ORGANIZER", CalendarEntryTests.Parse(email.Calendar!));
        Assert.DoesNotContain(Line, Post.Unwrapped(email), StringComparison.Ordinal);
    }

    /// <summary>What the person who raised the concern is sent in a partnership with these business managers.</summary>
    private static async Task<Email> AskedWithAsync(params string[] managers)
    {
        await using var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        var (entry, version) = (await StoredDirectory.ReadAsync(world.Store, "sandwell", "sandwell", default))!.Value;
        var contacts = managers.Select(
            (address, i) =>
                new Contact
                {
                    Id = $"manager-{i}",
                    Name = $"Manager {i}",
                    Email = address,
                    Tiers = [Tiers.BusinessManager],
                }
        );
        await StoredDirectory.WriteAsync(
            world.Store,
            "sandwell",
            entry with
            {
                Contacts = [.. contacts],
            },
            version,
            default
        );
        world.Book.Refresh();
        var (post, document) = (new Post(world), await world.OpenAsync("sandwell"));
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        return emails.Single(e =>
            e.ToAddress == "rosa@oak-primary.example.org" && Post.KindOf(e) == NoticeKinds.StageOpened
        );
    }
}
