using System.Net;
using System.Security.Cryptography;
using Escalation.Core.Policies;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Policies;

public sealed class PolicyPageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public static TheoryData<string> Ids => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AsAsync(Roles.Practitioner, "sandwell", "school");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_list_has_every_procedure_with_what_it_is_for_and_the_callers_own_partnership_first()
    {
        var page = await _staff.PageAsync("/policies");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Sandwell Children's Safeguarding Partnership", page.Document.QuerySelector("h2")!.TextContent);
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            Assert.NotNull(page.Document.QuerySelector($"a[href='/policies/{policy.Id}']"));
            Assert.Contains(policy.Purpose, page.Main, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_procedures_page_has_every_rule_of_its_document(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var page = await _staff.PageAsync($"/policies/{id}");
        var rungs = page.Document.QuerySelectorAll(".esc-rung");

        Assert.Equal(policy.Stages.Select(s => $"stage-{s.Id}"), rungs.Select(r => r.Id));
        IEnumerable<string> everywhere =
        [
            policy.Edition,
            policy.Hash,
            policy.NotThisProcess,
            policy.Urgent.Instruction,
            policy.Skip.Basis.Text,
            policy.Confirmation.Basis.Where,
            policy.FinalMissed.Basis.Text,
            policy.Retention.Basis.Text,
            policy.WorkingTime.Basis.Where,
            .. policy.Natures.Select(n => n.Name),
            .. policy.Circumstances.Select(c => c.Name),
            .. policy.Methods.Select(m => m.Name),
            .. policy.Methods.Select(m => m.Refused).OfType<string>(),
            .. policy.Fields.Select(f => f.Name),
            .. policy.Tells.Select(t => t.Text),
            .. policy.Duties.Select(d => d.What),
            .. policy.Guidance,
            .. policy
                .Forms!.SelectMany(f => f.Sections.Select(s => s.Heading).Append(f.Title).Append(f.Basis.Where))
                .OfType<string>(),
            .. policy.Forms!.SelectMany(f => f.Sections).SelectMany(s => s.Lines).Select(l => l.Label).OfType<string>(),
            .. policy.Stages.Select(s => s.Instruction),
            .. policy.Stages.Select(s => s.Tier),
            .. policy.Stages.SelectMany(s => s.Limits).Select(l => l.Limit?.Basis.Where).OfType<string>(),
            .. policy.Stages.SelectMany(s => s.Limits).Select(l => l.Cap?.Limit.Basis.Text).OfType<string>(),
        ];
        Assert.All(everywhere, text => Assert.Contains(text, page.Main, StringComparison.Ordinal));
        Assert.DoesNotContain("script", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suffolk", "1", "3 working days", "maximum", "Published")]
    [InlineData("suffolk", "3", "1 working day", "target", "Local setting")]
    [InlineData("sandwell", "informal", "24 hours", "target", "Published")]
    [InlineData("berkshire-west", "2", "by working day 5", "target", "Published")]
    [InlineData("sefton", "4", "5 working days", "maximum", "Published")]
    public async Task A_rung_says_how_long_it_has_of_what_kind_and_whether_that_is_published(
        string id,
        string stage,
        string length,
        string kind,
        string standing
    )
    {
        var rung = (await _staff.PageAsync($"/policies/{id}")).Document.QuerySelector($"#stage-{stage}")!;

        Assert.Equal(length, PageAnswer.Words(rung.QuerySelector(".esc-rung__length")!));
        Assert.Equal(kind, PageAnswer.Words(rung.QuerySelector(".esc-rung__limit .govuk-tag")!));
        Assert.Equal(standing, PageAnswer.Words(rung.QuerySelector(".esc-basis .govuk-tag")!));
    }

    [Theory]
    [InlineData("sandwell", "informal", "Once, within working hours before the deadline")]
    [InlineData("sefton", "1", "At 9am on the day of the deadline")]
    [InlineData("suffolk", "1", "At 9am on the working day before the deadline, and at 9am on its day")]
    [InlineData("suffolk", "2", "At 9am on the day of the deadline; and at 3pm on the day it opens")]
    [InlineData(
        "berkshire-west",
        "2",
        "At 9am on the day of the deadline; with 3 working days or more to it, also at 9am on the working day before"
    )]
    public async Task A_rung_says_when_the_people_asked_are_reminded(string id, string stage, string expected)
    {
        var rung = (await _staff.PageAsync($"/policies/{id}")).Document.QuerySelector($"#stage-{stage}")!;
        var key = rung.QuerySelectorAll("dt").Single(dt => dt.TextContent == "Reminders");
        Assert.Equal(
            $"{expected}. Local setting no text prints when people are reminded",
            PageAnswer.Words(key.NextElementSibling!)
        );
    }

    [Theory]
    [InlineData(
        "suffolk",
        "1",
        "The agency that raised it Asked: Practitioner",
        "The agency that received it Asked: Practitioner"
    )]
    [InlineData(
        "suffolk",
        "2",
        "The agency that raised it Asked: Line or team manager; Named or designated safeguarding lead",
        "The agency that received it Not told: the raising agency settles this among its own"
    )]
    [InlineData(
        "suffolk-mash",
        "2",
        "The agency that raised it Told what becomes of it",
        "The agency that received it Asked: MASH Practice Manager"
    )]
    [InlineData(
        "suffolk",
        "5",
        "The partnership Asked: Independent Scrutineer",
        "The agencies A copy, without links to act: Representative on the partnership or Board; Line or team manager; "
            + "Named or designated safeguarding lead"
    )]
    public async Task A_rung_shows_who_is_asked_on_either_side(string id, string stage, string one, string other)
    {
        var rung = (await _staff.PageAsync($"/policies/{id}")).Document.QuerySelector($"#stage-{stage}")!;
        Assert.Equal([one, other], rung.QuerySelectorAll(".esc-side").Select(PageAnswer.Words));
    }

    [Fact]
    public async Task Only_a_final_stage_repeats_and_only_the_others_lead_on()
    {
        var page = await _staff.PageAsync("/policies/suffolk");
        var (fourth, fifth) = (
            PageAnswer.Words(page.Document.QuerySelector("#stage-4")!),
            PageAnswer.Words(page.Document.QuerySelector("#stage-5")!)
        );

        Assert.Contains("not agreed, escalated", fourth, StringComparison.Ordinal);
        Assert.EndsWith("nothing recorded (a local setting): stage 5", fourth, StringComparison.Ordinal);
        Assert.DoesNotContain("What repeats", fourth, StringComparison.Ordinal);
        Assert.DoesNotContain("not agreed, escalated", fifth, StringComparison.Ordinal);
        Assert.Contains(
            "After a response that leaves the case open: a reminder every 5 working days, and after 6 months once a month.",
            fifth,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "After a missed deadline: its tier and the business manager are told, then again every 2 working days for 4 weeks, "
                + "then every 5 working days, and after 6 months once a month.",
            fifth,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_else_is_told_has_the_tier_and_the_condition_in_words()
    {
        var page = await _staff.PageAsync("/policies/sandwell");
        var told = page.Table("Who is told besides those who are asked");

        Assert.Contains(
            told,
            r =>
                r[0] == "the Independent Reviewing Officer named when it was raised"
                && r[1]
                    == "when stage 1 opens, only where the child has a child protection plan or the child is looked after (in care)"
        );
        Assert.Contains(
            told,
            r =>
                r[0] == "Director for Quality and Review (Sandwell Children's Trust) of sandwell-childrens-trust"
                && r[1].StartsWith("before stage 3 opens", StringComparison.Ordinal)
        );
        Assert.Contains(
            page.Table("Duties"),
            r =>
                r[0].StartsWith("Send a MARF", StringComparison.Ordinal)
                && r[1] == "the agency that reports the risk"
                && r[2] == "when imminent risk is raised"
                && r[3] == "on the same day: by its close, or out of hours by its end"
        );
    }

    [Fact]
    public async Task The_document_behind_a_page_has_the_hash_shown()
    {
        var page = await _staff.PageAsync("/policies/sefton");
        var address = page
            .Document.QuerySelectorAll("a")
            .Select(a => a.GetAttribute("href")!)
            .Single(h => h.Contains("/document", StringComparison.Ordinal));
        var answer = await _staff.GetAsync(address);

        Assert.Equal(
            PolicyCatalogue.BuiltIn.Find("sefton")!.Hash,
            Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync()))
        );
        Assert.Equal(
            $"sefton-{PolicyCatalogue.BuiltIn.Find("sefton")!.Version}.json",
            answer.Content.Headers.ContentDisposition!.FileName
        );
        Assert.Contains(page.Document.QuerySelector(".esc-hash")!.TextContent, address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/policies/nonsuch")]
    [InlineData("/policies/nonsuch/simulator")]
    [InlineData("/policies/nonsuch/document")]
    [InlineData("/policies/sefton?hash=0000")]
    public async Task A_procedure_that_is_none_is_a_page_that_says_so(string path)
    {
        var page = await _staff.PageAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no such procedure", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_procedures_hash_is_none_of_this_one() =>
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _staff.PageAsync($"/policies/sefton?hash={PolicyCatalogue.BuiltIn.Find("sandwell")!.Hash}")).Status
        );

    [Theory]
    [InlineData("/policies")]
    [InlineData("/policies/sefton")]
    [InlineData("/policies/sefton/simulator")]
    public async Task Nobody_reads_a_procedure_without_signing_in(string path)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _host.Nobody().BaseAddress,
        };
        Assert.Equal(
            "/sign-in?to=" + Uri.EscapeDataString(path),
            (await browser.GetAsync(path)).Headers.Location!.ToString()
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _host.IntakeAsync()).PageAsync(path)).Status);
    }
}
