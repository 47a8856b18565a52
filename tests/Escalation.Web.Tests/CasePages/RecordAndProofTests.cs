using System.IO.Compression;
using System.Net;
using System.Text;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.CasePages;

/// <summary>The printable record and the proof pack, as they are served.</summary>
public sealed class RecordAndProofTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public static TheoryData<string> Policies { get; } = [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_record_has_every_heading_of_the_procedures_own_form_and_says_when_it_was_printed_and_the_chains_head(
        string policy
    )
    {
        var reference = await _host.OpenCaseAsync(policy);
        await _host.UntilAsync(reference, "2026-11-30T10:00:00Z");
        var document = await _host.ReadAsync(reference);
        var page = await (await CaseBrowser.ManagerAsync(_host, document.Case.Partnership)).OpenAsync(
            $"/cases/{reference}/record"
        );
        Assert.Equal((HttpStatusCode.OK, $"{reference}: record - Escalation"), (page.Status, page.Page.Title));
        var headings = page.Page.QuerySelectorAll("h2, h3").Select(h => h.TextContent).ToList();
        foreach (var form in PolicyCatalogue.BuiltIn.Find(policy)!.Forms!)
        {
            Assert.Contains(form.Title, headings);
            Assert.All(form.Sections.Select(s => s.Heading).OfType<string>(), h => Assert.Contains(h, headings));
        }
        var foot = page.Page.QuerySelector("footer")!.TextContent;
        Assert.Contains("Printed on Monday 30 November 2026 at 10am.", foot, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(document.Head), foot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Surreys_marking_is_printed_on_the_record()
    {
        var reference = await _host.OpenCaseAsync("surrey-adults");
        var page = await (await CaseBrowser.ManagerAsync(_host, "surrey-adults")).OpenAsync(
            $"/cases/{reference}/record"
        );
        Assert.Equal(
            "Keep on the non-disclosure section of the case file.",
            page.Page.QuerySelector(".esc-record__marking")!.TextContent
        );
    }

    [Fact]
    public async Task The_proof_pack_is_a_zip_named_by_the_reference_that_checks_and_fails_when_a_byte_is_altered()
    {
        var reference = await _host.OpenCaseAsync();
        await _host.DoAsync(reference, Commands.Note("school", "PLANTED"));
        var browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        var answer = (await browser.OpenAsync($"/cases/{reference}/proof")).Response;
        Assert.Equal(
            ("application/zip", $"{reference}-proof.zip"),
            (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName)
        );
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var files = Unzip(await browser.BytesAsync($"/cases/{reference}/proof"));
        Assert.Empty(ProofCheck.Check(files));
        Assert.All(
            files.Values,
            f => Assert.DoesNotContain("PLANTED", Encoding.UTF8.GetString(f), StringComparison.Ordinal)
        );
        files["events/0001.json"][40] ^= 1;
        Assert.Equal(["event 0001"], ProofCheck.Check(files));
    }

    [Fact]
    public async Task The_pack_with_what_people_wrote_is_for_managers()
    {
        var reference = await _host.OpenCaseAsync();
        var files = Unzip(
            await (await CaseBrowser.ManagerAsync(_host, "sandwell")).BytesAsync($"/cases/{reference}/proof?words=yes")
        );
        Assert.Empty(ProofCheck.Check(files));
        Assert.Contains("Some details", Encoding.UTF8.GetString(files["words/0001.json"]), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await (await CaseBrowser.PractitionerAsync(_host, "sandwell", "school")).OpenAsync(
                    $"/cases/{reference}/proof?words=yes"
                )
            ).Status
        );
    }

    [Fact]
    public async Task The_other_agencys_pack_holds_an_internal_stages_events_by_their_hash_alone()
    {
        var reference = await _host.OpenCaseAsync("surrey-adults");
        await _host.UntilAsync(reference, "2026-09-28T17:00:00Z");
        var own = Unzip(
            await (await CaseBrowser.PractitionerAsync(_host, "surrey-adults", "school")).BytesAsync(
                $"/cases/{reference}/proof"
            )
        );
        var other = Unzip(
            await (await CaseBrowser.PractitionerAsync(_host, "surrey-adults", "trust")).BytesAsync(
                $"/cases/{reference}/proof"
            )
        );
        Assert.Empty(ProofCheck.Check(own));
        Assert.Empty(ProofCheck.Check(other));
        Assert.Contains("events/0002.json", own.Keys);
        Assert.DoesNotContain("events/0002.json", other.Keys);
        Assert.DoesNotContain(
            other,
            f =>
                f.Key.StartsWith("events/", StringComparison.Ordinal)
                && Encoding.UTF8.GetString(f.Value).Contains("\"stage\":\"1\"", StringComparison.Ordinal)
        );
    }

    private static Dictionary<string, byte[]> Unzip(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.ToDictionary(
            e => e.FullName,
            e =>
            {
                using var content = new MemoryStream();
                using var entry = e.Open();
                entry.CopyTo(content);
                return content.ToArray();
            }
        );
    }
}
