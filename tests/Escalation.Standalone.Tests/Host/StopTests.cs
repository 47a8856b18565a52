using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Escalation.Standalone.Tests.Mail;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A host that is asked to end ends, whatever others do.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("greeting")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData("content")]
    public async Task It_ends_within_ten_seconds_of_SIGTERM_while_the_mail_server_hangs_and_sends_at_its_next_start(
        string step
    )
    {
        await Openings.AgenciesAsync(_folder["data"]);
        string reference;
        await using (var hanging = new Misbehaving())
        {
            hanging.Answers[step] = Misbehaving.Hangs;
            await using var host = await HostProcess.StartAsync(_folder["data"], [], hanging.Settings);
            reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
                .GetProperty("reference")
                .GetString()!;
            await HangsAsync(hanging, step);

            var (took, code) = await host.TerminateAsync();

            Assert.Equal(0, code);
            Assert.True(took < Longest, $"It took {took}.");
        }

        await using var server = new Misbehaving();
        await using var next = await HostProcess.StartAsync(_folder["data"], [], server.Settings);
        await SentAsync(next, reference);
    }

    [Fact]
    public async Task It_ends_within_ten_seconds_of_SIGTERM_while_a_request_never_comes_to_its_end()
    {
        await using var host = await HostProcess.StartAsync(_folder["data"], []);
        using var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        var request =
            $"POST /api/escalations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {HostProcess.IntakeKey}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        // The host asks for the body: the request is under way.
        Assert.True(await client.GetStream().ReadAsync(new byte[25]) > 0);

        var (took, code) = await host.TerminateAsync();

        Assert.Equal(0, code);
        Assert.True(took < Longest, $"It took {took}.");
    }

    private static async Task HangsAsync(Misbehaving server, string step)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            !(step == "greeting" ? server.Connections > 0 : server.Said(step == "content" ? "DATA" : step).Length > 0)
        )
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task SentAsync(HostProcess host, string reference)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            (await host.GetAsync($"/api/escalations/{reference}")).GetProperty("notices").EnumerateArray().Any(IsQueued)
        )
            patience.Token.ThrowIfCancellationRequested();
    }

    private static bool IsQueued(JsonElement notice) => notice.GetProperty("status").GetString() == "queued";
}
