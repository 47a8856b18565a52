using System.Text;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.CasePages;
using Escalation.Web.Composition;
using Escalation.Web.Emails;
using Escalation.Web.Health;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Emails;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Browsing;

/// <summary>
/// What all that shows a case says of it, step by step, word for word: its page, the emailed links with the forms behind them, the tracker;
/// on request the health of the installation. Of what was read before there is what changed; who reads the same stands together.
/// </summary>
internal sealed partial class PageDiary : IAsyncDisposable
{
    private const int Much = 200;

    private readonly Post _post;
    private readonly TestHost _host;
    private readonly LinkDiary _links;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, Dictionary<string, string>> _last = [];
    private List<(string Name, HttpClient Client)> _staff = [];
    private List<(string Name, HttpClient Client)> _installation = [];
    private int? _recorded;

    private PageDiary(World world, Post post, string reference, TestHost host)
    {
        (World, Reference, _post, _host) = (world, reference, post, host);
        // Without cookies: each visit of a link is somebody's first.
        var nobody = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = host.Nobody().BaseAddress,
        };
        _links = new LinkDiary(world, nobody, Add);
    }

    public World World { get; }
    public string Reference { get; }
    public Post Post => _post;
    public string Text => _text.ToString();

    /// <summary>Whether the traffic of emails and the health of the installation are looked at too.</summary>
    public bool ShowsTraffic { get; set; }

    public static async Task<PageDiary> StartAsync(World world, Post post, Case c)
    {
        var host = await TestHost.StartAsync(
            o => o.RateLimits = false,
            services: services =>
                services
                    .AddStore(world.Store)
                    .AddSingleton<TimeProvider>(world.Clock)
                    .AddSingleton(world.Book)
                    .AddSingleton(world.Handler)
                    .AddSingleton<IMailer>(post)
                    .AddSingleton(post.State)
                    .AddSingleton(post.StoreState)
                    .AddSingleton<IHostHealth>(new Sending(post.State))
                    .AddEmails()
        );
        var diary = new PageDiary(world, post, c.Reference, host);
        var manager = await host.AsAsync(Roles.BusinessManager, c.Partnership);
        diary._staff =
        [
            ("manager", manager),
            .. await AgenciesAsync(host, c.Partnership, World.Raising, World.Receiving),
        ];
        diary._installation = [("administrator", await host.AdministratorAsync()), ("manager", manager)];
        return diary;
    }

    public async Task<Case> ReadAsync() => (await World.ReadAsync(Reference)).Case;

    /// <summary>Somebody does this at the present stage, unless the command names another.</summary>
    public async Task DoAsync(CaseCommand command)
    {
        var c = await ReadAsync();
        _recorded = c.Events + 1;
        await World.DoAsync(
            Reference,
            command with
            {
                Id = Guid.NewGuid().ToString("N"),
                Stage = command.Stage.Length > 0 ? command.Stage : c.Stage.Id,
            }
        );
    }

    /// <summary>Time passes, wake by wake, with the emails of each.</summary>
    public Task UntilAsync(string instant) => Lives.LiveAsync(World, _post, Reference, World.At(instant), []);

    /// <summary>A form of an emailed link is sent; what is shown then stands at the head of the next step.</summary>
    public Task AnswerAsync(string stage, Side side, string step, params (string Name, string Value)[] typed) =>
        _links.SendAsync(stage, side, step, typed);

    /// <summary>The emails that are due go out, and everything is read.</summary>
    public async Task StepAsync(string what)
    {
        await _post.SendAsync(Reference);
        _text.Append("######## ").Append(what).Append(", ").Append(HealthWords.Moment(World.Now)).Append("\n\n");
        _links.TellReceipts();
        await ReadAsync($"/cases/{Reference}", $"?{(ShowsTraffic ? "events=all&" : "")}recorded={_recorded}", _staff);
        _recorded = null;
        await _links.ReadAsync(_post.Sent, await ReadAsync());
        await ReadAsync("/tracker", "?status=all", _staff);
        await ReadAsync("/tracker.csv", "?status=all", _staff[..1]);
        if (!ShowsTraffic)
            return;
        await ReadAsync("/health", "", _installation);
        await ReadAsync("/health/ready", "", [("anybody", _host.Nobody())]);
    }

    /// <summary>The form of each action that is offered to the manager now.</summary>
    public async Task FormsAsync()
    {
        foreach (var move in Moves.All.Where(m => m.Listed))
            await ReadAsync($"/cases/{Reference}/{move.Path}", "", _staff[..1]);
    }

    /// <summary>The printable record.</summary>
    public Task RecordAsync() => ReadAsync($"/cases/{Reference}/record", "", _staff);

    /// <summary>The list of all emails.</summary>
    public Task EmailsAsync() => ReadAsync($"/cases/{Reference}/emails", "", _staff);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<List<(string, HttpClient)>> AgenciesAsync(
        TestHost host,
        string partnership,
        params string[] agencies
    )
    {
        var all = new List<(string, HttpClient)>();
        foreach (var agency in agencies)
        {
            var key = new AccessKey(agency, Roles.Practitioner, partnership, agency, "Somebody");
            all.Add((agency, host.With(await host.Keys.AddAsync(key, $"access-key-of-{agency}", default))));
        }
        return all;
    }

    private async Task ReadAsync(string path, string query, IReadOnlyList<(string Name, HttpClient Client)> readers)
    {
        var said = new List<(string Who, string Text)>();
        foreach (var (name, client) in readers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path + query);
            if (path != "/health/ready")
                request.Headers.Accept.ParseAdd("text/html");
            said.Add((name, await LinkDiary.TextAsync(await client.SendAsync(request))));
        }
        Add(path, said);
    }

    /// <param name="said">What was read, and who read it.</param>
    private void Add(string what, IReadOnlyList<(string Who, string Text)> said)
    {
        if (!_last.TryGetValue(what, out var last))
            _last[what] = last = [];
        var told = new List<(string Who, Told Told)>();
        foreach (var (who, answer) in said)
        {
            var text = Months().Replace(answer, m => m.Value.Replace('\n', ' '));
            if (last.GetValueOrDefault(who) != text)
                told.Add((who, Shortest(last, who, text)));
            last[who] = text;
        }
        foreach (var alike in told.GroupBy(t => t.Told, t => t.Who))
        {
            var (beside, words) = alike.Key;
            _text
                .Append("==== ")
                .Append(PageText.Masked(what, [Reference]))
                .Append(" to ")
                .AppendJoin(", ", alike)
                .Append(beside is null ? "\n" : $", beside {beside}\n")
                .Append(words.Length > 0 ? PageText.Masked(words, [Reference]) : "(the same)\n")
                .Append('\n');
        }
    }

    /// <summary>What changed of what they read before; where that is much, how it differs from what another one read.</summary>
    private static Told Shortest(Dictionary<string, string> last, string who, string text)
    {
        var own = new Told(null, LineChanges.Between(last.GetValueOrDefault(who), text));
        if (own.Words.Length < Much)
            return own;
        var others = last.Select(l => new Told(l.Key, LineChanges.Between(l.Value, text)));
        var shortest = others.MinBy(o => o.Words.Length);
        return shortest is not null && shortest.Words.Length < own.Words.Length / 2 ? shortest : own;
    }

    /// <summary>The days of a month, as its grid has them.</summary>
    [GeneratedRegex("(?<=^)Mo\nTu\n(.+\n)*?(?=[0-9]+ counted)", RegexOptions.Multiline, 10_000)]
    private static partial Regex Months();

    /// <param name="Beside">Whose answer it is compared with; null: with their own of before.</param>
    private sealed record Told(string? Beside, string Words);

    /// <summary>As a host's own line says it.</summary>
    private sealed class Sending(MailState state) : IHostHealth
    {
        public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
            Task.FromResult(HealthWords.Mail(state.Outage, "By the mailer of a test"));
    }
}
