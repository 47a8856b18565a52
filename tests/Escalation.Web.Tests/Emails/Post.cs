using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Emails;
using Escalation.Web.Site;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Tests.Emails;

/// <summary>A mailer that keeps what it was given, and a sender that uses it.</summary>
public sealed class Post : IMailer
{
    private readonly World _world;

    private readonly LoggerFactory _logs;

    /// <param name="store">In place of the world's own.</param>
    /// <param name="publicUrl">Of another installation's settings, or of later ones; null: the usual.</param>
    public Post(
        World world,
        SecondChannelOptions? secondChannel = null,
        FlakyStore? store = null,
        string? publicUrl = null
    )
    {
        _world = world;
        var handler = store is null
            ? world.Handler
            : new CaseHandler(store, store, new RuleBook(store), world, () => new byte[16]);
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var web = Options.Create(new WebOptions { PublicUrl = publicUrl ?? "https://escalations.example.org/base" });
        var writer = new EmailWriter(world.Tokens, web, services, NullLoggerFactory.Instance);
        _logs = new LoggerFactory([new FakeLoggerProvider(Log)]);
        var channel = new SecondChannel(
            secondChannel ?? new SecondChannelOptions(),
            web,
            _logs.CreateLogger<SecondChannel>()
        );
        State = new MailState(channel, world.Clock, _logs.CreateLogger<MailState>());
        IRecords records = store is null ? world.Store : store;
        StoreState = new StoreState(records, channel, web, world.Clock, _logs.CreateLogger<StoreState>());
        Records = new SendRecords(handler, StoreState);
        Sender = new NoticeSender(handler, this, State, Records, writer, channel, NullLogger<NoticeSender>.Instance);
    }

    public FakeLogCollector Log { get; } = new();
    public MailState State { get; }
    public StoreState StoreState { get; }
    public SendRecords Records { get; }

    public NoticeSender Sender { get; }
    public List<Email> Sent { get; } = [];
    public Func<Email, MailResult> Answer { get; set; } = _ => new MailResult.Taken("operation");

    public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        Sent.Add(email);
        return Task.FromResult(Answer(email));
    }

    /// <summary>Sends what is due now; the case as it is then, and what was sent.</summary>
    public async Task<(CaseDocument Document, List<Email> Emails)> SendAsync(string reference)
    {
        var before = Sent.Count;
        await Sender.SendDueAsync(await _world.ReadAsync(reference), _world.Now, default);
        return (await _world.ReadAsync(reference), Sent[before..]);
    }

    /// <summary>The text without its line breaks: what it says, however it is wrapped.</summary>
    public static string Unwrapped(Email email) =>
        string.Join(' ', email.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string KindOf(Email email) => email.Key.Split('/')[2];
}
