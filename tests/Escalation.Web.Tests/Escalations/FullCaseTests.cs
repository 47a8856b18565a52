using System.Text;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Escalations;

/// <summary>A case at its bound, as the API answers it: whole, and bounded as the case is.</summary>
public sealed class FullCaseTests
{
    [Fact]
    public async Task The_answer_of_a_case_at_its_bound_with_all_its_emails_is_smaller_than_1_MB()
    {
        await using var host = await TestHost.StartAsync();
        using var staff = await host.AdministratorAsync();
        var full = await FullCase.OpenAsync(StoreParts.Of(host.Store));
        await full.FillAsync();
        // Nobody answers, and the last stage is overdue until word of that has no more room.
        for (var wakes = 0; wakes < 240; wakes++)
            await full.NextAsync();
        await full.ToTheEndAsync();
        var document = await full.ReadAsync();
        host.Clock.SetUtcNow(full.Now);
        var answer = await staff.GetJsonAsync($"/api/escalations/{document.Case.Reference}");

        Assert.Equal(document.Case.Notices.Count, answer.Json["notices"]!.AsArray().Count);
        Assert.True(document.Case.NoticeBytes >= 800_000, $"{document.Case.NoticeBytes} bytes of emails");
        Assert.InRange(document.Case.Notices.Count, 400, 450);
        Assert.InRange(Encoding.UTF8.GetByteCount(answer.Text), 100_000, 1_000_000);
    }
}
