using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Directory;

public sealed class DirectoryTests
{
    [Theory]
    [InlineData("cam@oak-primary.example.org", true)]
    [InlineData("cam@OAK-primary.Example.org", true)]
    [InlineData("cam@staff.oak-primary.example.org", true)]
    [InlineData("cam@notoak-primary.example.org", false)]
    [InlineData("cam@oak-primary.example.org.evil.example.com", false)]
    [InlineData("oak-primary.example.org@evil.example.com", false)]
    public void An_agency_owns_the_addresses_of_its_domains_and_their_subdomains(string email, bool owns) =>
        Assert.Equal(owns, Sample.Directory("suffolk").Find(Sample.Raising)!.Owns(email));

    [Theory]
    [InlineData("2026-10-11", "lineManager")]
    [InlineData("2026-10-12", "deputy")]
    [InlineData("2026-10-14", "deputy")]
    [InlineData("2026-10-15", "lineManager")]
    public void Both_days_of_an_absence_are_away(string date, string present) =>
        Assert.Equal(
            [present],
            Away(deputyAway: false)
                .Present(Sample.Raising, Tiers.LineManager, UkTime.Day(date))
                .Select(p => p.Contact.Id)
        );

    [Fact]
    public void Whose_deputy_is_away_too_is_left_out() =>
        Assert.Empty(Away(deputyAway: true).Present(Sample.Raising, Tiers.LineManager, UkTime.Day("2026-10-12")));

    [Fact]
    public void The_partnership_is_an_agency_of_its_own() =>
        Assert.Equal(
            ["businessManager"],
            Sample
                .Directory("sefton")
                .Present("sefton", Tiers.BusinessManager, UkTime.Day("2026-10-12"))
                .Select(p => p.Contact.Id)
        );

    private static PartnershipDirectory Away(bool deputyAway)
    {
        var absence = new Absence(UkTime.Day("2026-10-12"), UkTime.Day("2026-10-14"));
        return Sample
            .Rules("suffolk")
            .With(
                Sample.Raising,
                a =>
                    a with
                    {
                        Contacts =
                        [
                            .. a.Contacts.Select(c =>
                                c.Id == "lineManager" || (deputyAway && c.Id == "deputy")
                                    ? c with
                                    {
                                        Absences = [absence],
                                    }
                                    : c
                            ),
                        ],
                    }
            )
            .Directory;
    }
}
