using System.Net;
using System.Net.Http.Headers;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>An import ends with whoever sent it and with the host; each agency was written whole or not at all.</summary>
public sealed class ImportEndTests
{
    private const string Import = "/directory/sandwell/import",
        Heads = "agency,agencyName,name,email,tier";
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_import_that_is_read_ends_within_a_second_of_its_callers_leaving_or_the_hosts_stopping(
        bool leaves
    )
    {
        var held = new Held();
        await using var host = await TestHost.StartAsync(services: held.Register);
        using var client = await ManagerAsync(host);
        held.AtRead = 100;
        await EndsAsync(host, client, held, leaves, [new("csv", Csv())]);
        Assert.Equal(4, (await StoredDirectory.LoadAsync(host.Store, "sandwell", default)).Agencies.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_import_that_is_written_ends_between_two_agencies_and_can_be_sent_again(bool leaves)
    {
        var held = new Held();
        await using var host = await TestHost.StartAsync(services: held.Register);
        using var client = await ManagerAsync(host);
        var versions = string.Join(' ', Enumerable.Range(1, 300).Select(i => $"agency-{i}:0"));
        KeyValuePair<string, string>[] form = [new("csv", Csv()), new("step", "write"), new("versions", versions)];
        held.AtWrite = 100;
        await EndsAsync(host, client, held, leaves, form);

        var directory = await StoredDirectory.LoadAsync(host.Store, "sandwell", default);
        var written = directory.Agencies.Where(a => a.Id.StartsWith("agency-", StringComparison.Ordinal)).ToList();
        Assert.Equal(99, written.Count);
        Assert.All(written, a => Assert.Equal(2, a.Contacts.Count));
        var known = await host
            .Services.GetRequiredService<RuleBook>()
            .PartnershipAsync("sandwell", host.Clock.GetUtcNow(), default);
        Assert.NotNull(known.Directory.Find("agency-1"));
    }

    /// <summary>Sends the form, ends it where the store holds it, and looks that it has ended.</summary>
    private static async Task EndsAsync(
        TestHost host,
        HttpClient client,
        Held held,
        bool leaves,
        IEnumerable<KeyValuePair<string, string>> form
    )
    {
        using var leaving = new CancellationTokenSource();
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in form)
            content.Add(new StringContent(value), name);
        var sent = client.PostAsync(Import, content, leaving.Token);
        await held.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (leaves)
            await leaving.CancelAsync();
        else
            host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await held.Ended.Task.WaitAsync(ASecond);
        if (leaves)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
            return;
        }
        using var answer = await sent.WaitAsync(ASecond);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("send the file again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> ManagerAsync(TestHost host)
    {
        var client = await host.AsAsync(Roles.BusinessManager, "sandwell");
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        // The key is known from here on: no read of it is held.
        (await client.GetAsync("/health")).EnsureSuccessStatusCode();
        return client;
    }

    private static string Csv()
    {
        var lines = Enumerable
            .Range(1, 300)
            .SelectMany(i =>
                new[] { "director", "lineManager" }.Select(tier =>
                    $"agency-{i},Agency {i},{tier} of {i},{tier}-{i}@example.org,{tier}"
                )
            );
        return $"{Heads}\n{string.Join('\n', lines)}";
    }

    /// <summary>Records that do not come back from reading or writing one agency until it is told to end.</summary>
    private sealed class Held
    {
        private int _reads,
            _writes;

        /// <summary>Which read, or write, of an agency is held; null: none.</summary>
        public int? AtRead { get; set; }
        public int? AtWrite { get; set; }
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Register(IServiceCollection services) =>
            services.AddSingleton(s => Over(s.GetRequiredService<SqliteCaseStore>()));

        private IRecords Over(IRecords inner)
        {
            var records = Substitute.For<IRecords>();
            records
                .ListAsync("", "", default)
                .ReturnsForAnyArgs(call =>
                    inner.ListAsync(call.ArgAt<string>(0), call.ArgAt<string>(1), call.Arg<CancellationToken>())
                );
            records
                .ReadAsync("", "", default)
                .ReturnsForAnyArgs(async call =>
                {
                    if (
                        call.ArgAt<string>(0) == "agency"
                        && AtRead is { } at
                        && Interlocked.Increment(ref _reads) == at
                    )
                        await HoldAsync(call.Arg<CancellationToken>());
                    return await inner.ReadAsync(
                        call.ArgAt<string>(0),
                        call.ArgAt<string>(1),
                        call.Arg<CancellationToken>()
                    );
                });
            records
                .WriteAsync("", "", null, 0, default)
                .ReturnsForAnyArgs(async call =>
                {
                    if (
                        call.ArgAt<string>(0) == "agency"
                        && AtWrite is { } at
                        && Interlocked.Increment(ref _writes) == at
                    )
                        await HoldAsync(call.Arg<CancellationToken>());
                    return await inner.WriteAsync(
                        call.ArgAt<string>(0),
                        call.ArgAt<string>(1),
                        call.ArgAt<string?>(2),
                        call.Arg<long>(),
                        call.Arg<CancellationToken>()
                    );
                });
            return records;
        }

        private async Task HoldAsync(CancellationToken cancel)
        {
            Reached.SetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancel);
            }
            finally
            {
                Ended.SetResult();
            }
        }
    }
}
