using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Storage;

namespace Escalation.Testing.Cases;

/// <summary>
/// A case of Suffolk's that everybody has filled with as much as it takes, over any store; then its deadlines come, one after the other,
/// and every notice is sent. Any store of it that had no room would throw.
/// </summary>
public sealed class FullCase
{
    private const string Procedure = "suffolk";
    private static readonly string LongText = new('x', 9_900);
    private static readonly string[] Everybody = [Sample.Raising, Sample.Receiving, Procedure];

    private readonly CaseHandler _handler;
    private readonly string _reference;
    private int _commands;

    private FullCase(CaseHandler handler, string reference, DateTimeOffset now)
    {
        _handler = handler;
        _reference = reference;
        Now = now;
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The case at stage 3, which asks both agencies, and nobody has said anything else yet.</summary>
    public static async Task<FullCase> OpenAsync(StoreParts store)
    {
        foreach (var agency in Sample.Directory(Procedure).Agencies)
            await StoredDirectory.WriteAsync(store.Records, Procedure, agency, 0, CancellationToken.None);
        var handler = HandlerOf(store);
        var now = UkTime.At("2026-10-12 09:00");
        var form = Sample.Opening(Procedure) with { Details = LongText, Evidence = LongText };
        var opened = (Handled.Done)await handler.OpenAsync(Procedure, form, true, "alike", now, CancellationToken.None);
        var full = new FullCase(handler, opened.Document.Case.Reference, now);
        for (var i = 0; i < 2; i++)
            Assert.IsType<Handled.Done>(
                await full.DoAsync(Longest((await full.ReadAsync()).Case, Outcomes.Escalate, Sample.Raising))
            );
        return full;
    }

    /// <summary>The same case in another store, as far as it has come.</summary>
    public async Task<FullCase> CopyAsync(MemoryStore from, StoreParts to)
    {
        foreach (var agency in Sample.Directory(Procedure).Agencies)
            await StoredDirectory.WriteAsync(to.Records, Procedure, agency, 0, CancellationToken.None);
        var stored = (await from.ReadAsync(_reference, CancellationToken.None))!;
        Assert.True(
            await to.Cases.WriteAsync(
                new CaseWrite(_reference, 0, stored.Document, from.IndexOf(_reference)),
                CancellationToken.None
            )
        );
        return new FullCase(HandlerOf(to), _reference, Now) { _commands = _commands };
    }

    public async Task<CaseDocument> ReadAsync() => (await _handler.ReadAsync(_reference, CancellationToken.None))!;

    /// <summary>Everybody sends everything that they may, each kind until it is refused.</summary>
    /// <returns>The codes of the refusals.</returns>
    public async Task<IReadOnlyList<string>> FillAsync()
    {
        var codes = new List<string>();
        foreach (var by in Everybody)
        {
            codes.Add(await UntilRefusedAsync(() => Commands.ChangeContact(by, null, by, "lineManager")));
            codes.Add(await UntilRefusedAsync(() => Commands.Note(by, LongText)));
            var late = await LateAsync(by);
            codes.Add(await UntilRefusedAsync(() => late));
            codes.Add(await UntilRefusedAsync(() => Commands.Urgent(by) with { Reason = LongText }));
            codes.Add(await UntilRefusedAsync(() => Commands.SendAgain(by) with { Reason = "Lost." }));
        }
        await SendAsync();
        return codes;
    }

    /// <summary>Time passes to the next wake, which is carried out; then the mail goes out.</summary>
    public async Task NextAsync()
    {
        var wake = (await ReadAsync()).NextWake!.Value;
        Now = wake > Now ? wake : Now;
        Assert.IsType<Handled.Done>(await _handler.AdvanceAsync(_reference, null, Now, CancellationToken.None));
        await SendAsync();
    }

    /// <summary>
    /// Every deadline passes; at the last stage it is told that the case is overdue, once more two days later, and then the case is
    /// decided. At each stage the longest outcome would be taken.
    /// </summary>
    public async Task ToTheEndAsync()
    {
        var document = await ReadAsync();
        for (var i = 0; i < 100 && document.Case.Stage.MissedAt is null; i++)
        {
            var outcome =
                document.Case.Stage.Id == Sample.Policy(Procedure).FinalStage.Id ? Outcomes.Decided : Outcomes.Escalate;
            var longest = Longest(document.Case, outcome, Procedure) with
            {
                Id = "thought",
                Stage = document.Case.Stage.Id,
            };
            Assert.IsType<Decision.Accepted>(CaseRoom.Try(document, longest, Sample.Rules(Procedure), Now));
            await NextAsync();
            document = await ReadAsync();
        }
        Assert.Equal(Sample.Policy(Procedure).FinalStage.Id, document.Case.Stage.Id);
        await NextAsync();
        Assert.IsType<Handled.Done>(await DoAsync(Longest(document.Case, Outcomes.Decided, Procedure)));
        await SendAsync();
        document = await ReadAsync();
        Assert.Equal(CaseStatus.Decided, document.Case.Status);
        Assert.DoesNotContain(document.Case.Notices, n => n.Status == NoticeState.Queued);
        var told = document
            .Case.Notices.Where(n => n.Status == NoticeState.Sent)
            .Select(n => n.Queued.Stage)
            .ToHashSet();
        Assert.All(document.Case.Stages, stage => Assert.Contains(stage.Id, told));
    }

    /// <summary>A minute passes, and somebody does something at the present stage unless the command names another.</summary>
    public async Task<Handled> DoAsync(CaseCommand command)
    {
        Now = Now.AddMinutes(1);
        var stage = command.Stage.Length > 0 ? command.Stage : (await ReadAsync()).Case.Stage.Id;
        var actor = $"link:{command.By.Agency}/{++_commands % 5}";
        return await _handler.ExecuteAsync(
            _reference,
            command with
            {
                Id = $"command-{_commands}",
                Stage = stage,
                Actor = actor,
            },
            Now,
            CancellationToken.None
        );
    }

    /// <summary>An outcome with texts and actions as long as they may be together.</summary>
    public static RecordOutcome Longest(Case c, string outcome, string by)
    {
        var day = UkTime.DayOf(c.LastAt);
        var actions = Enumerable
            .Range(1, RecordOutcome.MostActions)
            .Select(i => new AgreedAction(
                $"Visit {i}, {new string('x', 200)}",
                "Cam",
                c.Raising.Agency,
                day.AddDays(14 + i)
            ));
        return Commands.Outcome(Sample.Policy(Procedure), c, outcome, by, day) with
        {
            Summary = LongText,
            Actions = [.. actions],
        };
    }

    private static CaseHandler HandlerOf(StoreParts store) =>
        new(
            store.Cases,
            store.Queries,
            new RuleBook(store.Records),
            new Unwoken(),
            () => new byte[EventChain.SaltLength]
        );

    private async Task<string> UntilRefusedAsync(Func<CaseCommand> command)
    {
        for (var i = 0; i < 500; i++)
            if (await DoAsync(command()) is Handled.Refused refused)
                return refused.Why.Code;
        throw new InvalidOperationException($"Nothing stopped {command().GetType().Name}.");
    }

    private async Task SendAsync()
    {
        for (var i = 0; i < 100 && (await ReadAsync()).ToSend(Now).ToList() is { Count: > 0 } queued; i++)
        {
            var attempts = queued.Select(n => new Attempt(n.Key, new string('0', 60) + i, null));
            await _handler.RecordAttemptsAsync(_reference, [.. attempts], Now, CancellationToken.None);
        }
    }

    private async Task<CaseCommand> LateAsync(string by) =>
        Commands.Outcome(
            Sample.Policy(Procedure),
            (await ReadAsync()).Case,
            Outcomes.Escalate,
            by,
            UkTime.DayOf(Now)
        ) with
        {
            Stage = "1",
            Summary = LongText,
        };

    private sealed class Unwoken : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }
}
