using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Testing.Cases;

/// <summary>
/// A case told step by step, over the pure decider: time passes wake by wake, each carried out at its own instant, and mail is sent at once
/// unless <see cref="MailWorks"/> is off. What happened last is in <see cref="Latest"/>.
/// </summary>
public sealed class CaseStory
{
    private int _commands;
    private byte _salts;

    private CaseStory(Rules rules, DateTimeOffset now)
    {
        _rules = rules;
        Now = now;
    }

    private Rules _rules;

    /// <summary>As they hold for the case.</summary>
    public Rules Rules
    {
        get =>
            Document is null ? _rules
            : Case.Before is null ? _rules with { Policy = Case.Under(_rules.Policy) }
            : Led(_rules.LeadsTo.Single(r => r.Policy.Hash == Case.Policy.Hash));
        set => _rules = value;
    }

    /// <summary>As the store would put them together: of the documents alone.</summary>
    private Rules Led(Rules to) => to with { Policy = Case.Under([_rules.Policy, to.Policy]) };

    public DateTimeOffset Now { get; private set; }
    public bool MailWorks { get; set; } = true;

    /// <summary>
    /// Which notices the mail server refuses for good; the others it takes, and delivers where <see cref="Delivers"/> is on.
    /// </summary>
    public Func<Notice, bool> Refuses { get; set; } = _ => false;
    public bool Delivers { get; set; }
    public CaseDocument Document { get; private set; } = null!;
    public Case Case => Document.Case;

    /// <summary>Every event so far.</summary>
    public List<Recorded> History { get; } = [];

    /// <summary>The events of the last step, mail apart.</summary>
    public IReadOnlyList<Recorded> Latest { get; private set; } = [];

    /// <summary>The last command's refusal; null when it was accepted.</summary>
    public Refusal? Refused { get; private set; }

    /// <summary>When the case next has something to carry out or to send; mail that was put off for good apart.</summary>
    public DateTimeOffset? NextWake => Document.NextWake is { } wake && wake < DateTimeOffset.MaxValue ? wake : null;

    /// <summary>The case as people of this agency may know it; null: those who run the partnership.</summary>
    public ReadableCase As(string? agency) =>
        new(Document, Rules.Policy, agency is null ? CaseReader.Partnership : new CaseReader(agency, Addresses: false));

    public IEnumerable<CaseEvent> LatestEvents => Latest.Select(r => r.Event);

    public static CaseStory Open(
        string policy,
        string at,
        Func<OpenCase, OpenCase>? change = null,
        Rules? rules = null,
        bool mailWorks = true
    )
    {
        var story = new CaseStory(rules ?? Sample.Rules(policy), UkTime.At(at)) { MailWorks = mailWorks };
        var open = (change ?? (o => o))(Sample.Opening(policy));
        if (CaseRoom.Try(open, story.Rules, story.Now) is Decision.Refused refused)
            throw new InvalidOperationException(
                $"{refused.Why.Code}: {refused.Why.Reason} "
                    + $"{string.Join("; ", refused.Why.Errors?.Select(e => $"{e.Key} {e.Value[0]}") ?? [])}"
            );
        story.Apply(Decisions.Open(open, EventChain.Digest(story.Salt(), open), story.Rules, story.Now));
        return story;
    }

    /// <summary>Time passes to this instant; every wake until then, it included, is carried out at its own instant.</summary>
    public CaseStory Until(DateTimeOffset at)
    {
        var all = new List<Recorded>();
        while (NextWake is { } wake && wake <= at)
        {
            Now = wake > Now ? wake : Now;
            Wake();
            if (Latest.Count == 0 && NextWake == wake)
                throw new InvalidOperationException($"The case wakes at {wake:O}, and nothing happens.");
            all.AddRange(Latest);
        }
        Now = at > Now ? at : Now;
        Latest = all;
        return this;
    }

    /// <summary>As <see cref="Until(DateTimeOffset)"/>, for a local time ("2026-12-23 10:00").</summary>
    public CaseStory Until(string at) => Until(UkTime.At(at));

    /// <summary>The host sleeps to this local time: nothing is carried out.</summary>
    public CaseStory Sleep(string until)
    {
        Now = UkTime.At(until);
        return this;
    }

    /// <summary>The next wake is carried out at its instant.</summary>
    public CaseStory Next()
    {
        Now = NextWake is { } wake && wake > Now ? wake : Now;
        return Wake();
    }

    /// <summary>
    /// Nobody answers until this stage is open. Where a miss moves nothing the raising agency takes it further, on the day of the miss.
    /// </summary>
    public CaseStory ToStage(string stage)
    {
        while (Case.Stage.Id != stage)
            if (Case.Stage is { MissedAt: null, IsWithoutLimit: false })
                Next();
            else if (Record(Outcomes.Escalate, Sample.Raising) is not "done" and var answer)
                throw new InvalidOperationException($"Stage {Case.Stage.Id} is not left: {answer}.");
        return this;
    }

    /// <summary>Whatever is due now is carried out.</summary>
    public CaseStory Wake()
    {
        Apply(Decisions.Advance(Case, Rules, Now));
        return this;
    }

    /// <summary>Somebody asks something, at the present stage unless the command names another. An empty id gets a fresh one.</summary>
    /// <returns><c>done</c>, <c>stageClosed</c> or the code of the refusal.</returns>
    public string Do(CaseCommand command, DateTimeOffset? arrived = null)
    {
        command = command with
        {
            Id = command.Id.Length > 0 ? command.Id : $"command-{++_commands}",
            Stage = command.Stage.Length > 0 ? command.Stage : Case.Stage.Id,
        };
        return Apply(CaseRoom.Try(Document, command, Rules, arrived ?? Now));
    }

    /// <summary>What somebody could do at the present stage, without doing it: as <see cref="Do"/> answers.</summary>
    public string Try(CaseCommand command)
    {
        var decision = CaseRoom.Try(Document, command with { Id = "thought", Stage = Case.Stage.Id }, Rules, Now);
        return decision is Decision.Refused refused ? refused.Why.Code : ((Decision.Accepted)decision).Answer;
    }

    /// <summary>Records an outcome with everything that the present stage asks for.</summary>
    public string Record(
        string outcome,
        string by,
        Func<RecordOutcome, RecordOutcome>? change = null,
        DateTimeOffset? arrived = null
    ) =>
        Do(
            (change ?? (m => m))(Commands.Outcome(Rules.Policy, Case, outcome, by, UkTime.DayOf(arrived ?? Now))),
            arrived
        );

    /// <summary>Personal data is removed if its time has come.</summary>
    public CaseStory Forget()
    {
        Apply(Decisions.Forget(Case, Rules, Now));
        return this;
    }

    /// <summary>A delivery report: this notice will not arrive.</summary>
    public CaseStory Bounce(Notice notice, string reason = "bounced")
    {
        Apply(Decisions.Failed(Case, Rules, notice.Key, reason, null, Now));
        return this;
    }

    /// <summary>The mail server takes this notice.</summary>
    public CaseStory Sent(Notice notice, string operation)
    {
        Apply(Decisions.Sent(Case, Rules, notice.Key, operation, RecipientOf(notice), Now));
        return this;
    }

    /// <summary>A delivery report: this notice has arrived.</summary>
    public CaseStory Delivered(Notice notice)
    {
        Apply(Decisions.Delivered(Case, Rules, notice.Key, Now));
        return this;
    }

    /// <summary>The installation could still send nothing at this instant.</summary>
    public CaseStory Delayed(DateTimeOffset since, DateTimeOffset at)
    {
        Now = at;
        Apply(Decisions.Delayed(Case, Rules, since, MailFaults.Quota, at));
        return this;
    }

    /// <summary>The document as a store would give it back.</summary>
    public CaseDocument Reread() =>
        DocumentFormat.Read(new StoredCase(Case.Reference, Document.Version, DocumentFormat.Write(Document)));

    /// <summary>A newer program appends an event, given as JSON, and this one reads the document again.</summary>
    public CaseStory WrittenByANewerProgram(string @event)
    {
        var canonical = $$"""{"number":{{Case.Events + 1}},"at":"{{Now:O}}","event":{{@event}}}""";
        Document = Document with
        {
            Events = Document.Events.Add(canonical),
            Head = EventChain.Next(Document.Head, canonical),
        };
        Document = Reread();
        return this;
    }

    private string Apply(Decision decision)
    {
        Refused = (decision as Decision.Refused)?.Why;
        if (decision is not Decision.Accepted accepted)
        {
            Latest = [];
            return Refused!.Code;
        }
        Append(accepted);
        Latest = accepted.Events;
        Mail();
        return accepted.Answer;
    }

    private void Append(Decision.Accepted accepted)
    {
        if (accepted.Events.Count == 0)
            return;
        Document = CaseDocument.Append(Document, accepted.Case, accepted.Events, Document?.Salt ?? Salt(), Salt);
        History.AddRange(accepted.Events);
    }

    /// <summary>
    /// Sends what is queued; where mail does not work, puts every try off for good, so that only what falls due wakes
    /// the case.
    /// </summary>
    private void Mail()
    {
        if (MailWorks)
            while (Document.ToSend(Now).FirstOrDefault() is { } notice)
                Tried(notice);
        else
            foreach (var notice in Case.Notices.Where(n => n.Status == NoticeState.Queued))
                Document = Document with
                {
                    Sends = Document.Sends.SetItem(notice.Key, new SendState(1, DateTimeOffset.MaxValue, "down")),
                };
    }

    private void Tried(Notice notice)
    {
        if (Refuses(notice))
        {
            Append((Decision.Accepted)Decisions.Failed(Case, Rules, notice.Key, "refused", RecipientOf(notice), Now));
            return;
        }
        var operation = Delivers ? new string('0', 64) : null;
        Append((Decision.Accepted)Decisions.Sent(Case, Rules, notice.Key, operation, RecipientOf(notice), Now));
        if (Delivers)
            Append((Decision.Accepted)Decisions.Delivered(Case, Rules, notice.Key, Now));
    }

    private byte[] Salt()
    {
        var salt = new byte[EventChain.SaltLength];
        salt[0] = ++_salts;
        return salt;
    }

    private PersonName? RecipientOf(Notice notice) =>
        CaseContacts.Find(Case, Rules.Directory, notice.Queued.Contact)?.Person;
}
