using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Storage;

/// <summary>
/// A case as one reader may know it: the form in which answers, pages, records and lists get it. A member has the name of that of
/// <see cref="Case"/> it comes from; what has no member here is shown to nobody. What a case is as a whole is there for all who see it: its
/// parties, what was said at intake, that and how it ended. A stage internal to the agency that raised the concern is there for that agency
/// and the partnership only, with all that was said, agreed, named and sent at it.
/// </summary>
public sealed class ReadableCase
{
    private readonly CaseDocument _document;
    private readonly Case _case;
    private readonly Policy _policy;
    private readonly CaseReader _reader;
    private readonly HashSet<string> _notices;
    private readonly Lazy<IReadOnlyList<PlacedEvent>> _history;
    private readonly Lazy<IReadOnlyList<string>> _hashes;

    public ReadableCase(CaseDocument document, Policy policy, CaseReader reader)
    {
        (_document, _case, _policy, _reader) = (document, document.Case, policy, reader);
        PossibleDuplicates = reader.Agency is null
            ? _case.PossibleDuplicates
            : [.. _case.PossibleDuplicates.Where(reader.OtherCases.Contains)];
        Stage = MayRead(_case.Stage.Id) ? _case.Stage : null;
        Stages = [.. _case.Stages.Where(s => MayRead(s.Id))];
        LateResponses = [.. _case.LateResponses.Where(l => MayRead(l.Said.Stage))];
        Notices =
        [
            .. _case
                .Notices.Where(n => MaySee(n.Queued))
                .Select(n => n with { To = Readable(n.To), Invitation = Readable(n.Invitation) }),
        ];
        _notices = [.. Notices.Select(n => n.Key)];
        Contacts = [.. _case.Contacts.Where(Knows)];
        Duties = [.. _case.Duties.Select(Readable).OfType<Duty>()];
        _history = new(() => [.. PlacedEvent.Of(document).Where(MaySee).Select(Readable)]);
        _hashes = new(() => [.. EventChain.Hashes(document.Events).Select(Convert.ToHexStringLower)]);
    }

    public string Reference => _case.Reference;
    public string Partnership => _case.Partnership;
    public PolicyReference Policy => _case.Policy;
    public IReadOnlyList<PolicyReference> Policies => _case.Policies;
    public DateTimeOffset RaisedAt => _case.RaisedAt;
    public DateTimeOffset OpenedAt => _case.OpenedAt;
    public string PersonKind => _case.PersonKind;
    public IReadOnlyList<Party> Parties => _case.Parties;
    public IReadOnlyList<string> Natures => _case.Natures;
    public IReadOnlyList<string> Circumstances => _case.Circumstances;
    public bool ImminentRisk => _case.ImminentRisk;
    public IReadOnlyDictionary<string, GivenDay> Dates => _case.Dates;
    public IReadOnlyList<string> RaisedLateAfter => _case.RaisedLateAfter;

    /// <summary>What was said at intake; null after retention removed it.</summary>
    public PrivateWords? Intake => _case.Intake;
    public bool LegalHold => _case.LegalHold;
    public bool PersonalDataRemoved => _case.PersonalDataRemoved;
    public DateTimeOffset? EndedAt => _case.EndedAt;
    public DateTimeOffset? RetainUntil => _case.RetainUntil;
    public string? UnknownEvent => _case.UnknownEvent;
    public bool IsOpen => _case.IsOpen;

    /// <summary>Whether there is anywhere to take it from the present stage.</summary>
    public bool CanEscalate(Rules rules) => LeadRules.CanEscalate(_case, rules, _case.Stage.Id);

    public Party Raising => _case.Raising;
    public long Version => _document.Version;

    /// <summary>References of open cases like this one, as far as the reader sees those.</summary>
    public IReadOnlyList<string> PossibleDuplicates { get; }

    /// <summary>The present stage, after the end the last one; null where that is not the reader's to know.</summary>
    public StageRecord? Stage { get; }

    /// <summary>In order; an internal stage of another agency is left out.</summary>
    public IReadOnlyList<StageRecord> Stages { get; }
    public IReadOnlyList<LateResponse> LateResponses { get; }
    public IReadOnlyList<Notice> Notices { get; }

    /// <summary>
    /// People who came into the case otherwise than by the directory. One who was named at an internal stage of another agency is left out,
    /// until an email that the reader may know of was addressed to them.
    /// </summary>
    public IReadOnlyList<CaseContact> Contacts { get; }

    /// <summary>One that arose at an internal stage of another agency is there only for those it names, without what was agreed.</summary>
    public IReadOnlyList<Duty> Duties { get; }

    /// <summary>Open while the present stage is not the reader's to know: neither a hold nor an agreement there is.</summary>
    public string Status => Stage is null && IsOpen ? CaseStatus.Open : _case.Status;

    public Hold? Hold => Stage is null ? null : _case.Hold;
    public Awaiting? Awaiting => Stage is null ? null : _case.Awaiting;

    /// <summary>How the case ended; null while it is open. That is the whole case's, at whatever stage it was.</summary>
    public string? Outcome => IsOpen ? null : _case.Stage.Outcome;

    /// <summary>The present deadline; null on hold, after a response and after the end.</summary>
    public DateTimeOffset? Deadline => Status == CaseStatus.OnHold || !IsOpen ? null : Stage?.DeadlineInForce;

    /// <summary>When it escalates by itself: as <see cref="Deadline"/>, but what waits for confirmation has until that runs out.</summary>
    public DateTimeOffset? EscalatesAt => Status == CaseStatus.OnHold || !IsOpen ? null : Awaiting?.By ?? Deadline;

    /// <summary>
    /// From when it is overdue: as <see cref="EscalatesAt"/>, but a matter that was not referred is not overdue, and a hold is once its
    /// review has passed.
    /// </summary>
    public DateTimeOffset? OverdueAt =>
        Status == CaseStatus.OnHold ? Hold?.ReviewBy
        : Awaiting is null && Stage?.For is LimitFor.Referral ? null
        : EscalatesAt;

    /// <summary>Null where something of the case is not the reader's to know: it would tell when something of that is due.</summary>
    public DateTimeOffset? NextWake => IsWhole ? _document.NextWake : null;

    /// <summary>True where nothing of the case is withheld but addresses.</summary>
    public bool IsWhole =>
        _reader.Agency is null
        || (_case.UnknownEvent is null && !HidesDuplicates && _case.Stages.TrueForAll(s => MayRead(s.Id)));

    /// <summary>The events that the reader may know of, in order, each with those of its words that they may read.</summary>
    public IReadOnlyList<PlacedEvent> History => _history.Value;

    /// <summary>How many events are not theirs to know. Of those only numbers and hashes are told.</summary>
    public int Withheld => _case.Events - History.Count;

    /// <summary>The hash after each event, theirs to know or not, lower-case hex.</summary>
    public IReadOnlyList<string> Hashes => _hashes.Value;

    private bool HidesDuplicates => PossibleDuplicates.Count < _case.PossibleDuplicates.Count;

    /// <summary>The reader's own part where there is imminent risk.</summary>
    public RiskPart RiskPart => _case.RiskPartOf(_reader.Agency ?? _case.Partnership);

    /// <summary>Whether the reader may know what went on at a stage; null: what is said of the case as a whole.</summary>
    public bool MayRead(string? stage) => Audience.MayRead(_case, _policy, stage, _reader);

    public IEnumerable<string> AgenciesOf(Side side) => _case.AgenciesOf(side);

    /// <summary>What was hashed of an event of <see cref="History"/>, to the letter; null where not all of it is theirs to know.</summary>
    public string? Canonical(PlacedEvent e) =>
        HidesDuplicates && e.Event is CaseOpened ? null : _document.Events[e.Number - 1];

    /// <summary>What people wrote with an event, as it was sealed: for readers of everything.</summary>
    public StoredWords? Sealed(int number) =>
        _reader is { Agency: null, Addresses: true } ? _document.Words.GetValueOrDefault(number) : null;

    /// <summary>Attempts at sending a notice; null where there was none that failed, or it is not theirs to know.</summary>
    public SendState? SendOf(Notice notice) =>
        _notices.Contains(notice.Key) ? _document.Sends.GetValueOrDefault(notice.Key) : null;

    /// <summary>When a queued notice is tried next.</summary>
    public DateTimeOffset? NextTry(Notice notice) =>
        notice.Status == NoticeState.Queued ? _document.NextTry(notice) : null;

    /// <summary>A person of <see cref="Contacts"/>; null where their name is not the reader's to know, or retention removed it.</summary>
    public PersonName? Person(string contact) =>
        Contacts.Any(c => c.Id == contact) ? Readable(_case.People.GetValueOrDefault(contact)) : null;

    /// <summary>The name behind a contact's id, in case or directory; null where neither has it, or it is not theirs to know.</summary>
    public string? Name(string contact, PartnershipDirectory directory) =>
        _case.Contacts.Exists(c => c.Id == contact)
            ? Person(contact)?.Name
            : CaseContacts.Find(_case, directory, contact)?.Person.Name;

    private bool MaySee(NoticeQueued queued) =>
        MayRead(queued.Stage) && !(HidesDuplicates && queued.Kind == NoticeKinds.PossibleDuplicate);

    private bool Knows(CaseContact contact) =>
        !_case.NamedAt.TryGetValue(contact.Id, out var stage)
        || MayRead(stage)
        || contact.Agency == _reader.Agency
        || Notices.Any(n => n.Queued.Contact == contact.Id);

    private Duty? Readable(Duty duty)
    {
        if (MayRead(duty.Stage))
            return duty;
        return duty.Owner == _reader.Agency || duty.Addressee == _reader.Agency ? duty with { Action = null } : null;
    }

    /// <summary>A note is its own agency's to see whatever the stage. What a newer program wrote has no place that this knows.</summary>
    private bool MaySee(PlacedEvent e) =>
        e.Event switch
        {
            UnknownEvent _ => _reader.Agency is null,
            NoteAdded note when note.Agency == _reader.Agency => true,
            _ when NoticeOf(e.Event) is { } key => _notices.Contains(key),
            _ => MayRead(e.Stage),
        };

    private static string? NoticeOf(CaseEvent e) =>
        e switch
        {
            NoticeQueued x => x.Key,
            NoticeSent x => x.Key,
            NoticeDelivered x => x.Key,
            NoticeFailed x => x.Key,
            NoticeSuperseded x => x.Key,
            _ => null,
        };

    private PlacedEvent Readable(PlacedEvent e)
    {
        var said =
            MayRead(e.Said) || e.Event is NoteAdded note && note.Agency == _reader.Agency
                ? Readable(e.Event.Words)
                : null;
        var readable = e.Event is CaseOpened opened ? opened with { PossibleDuplicates = PossibleDuplicates } : e.Event;
        return e with { Recorded = e.Recorded with { Event = readable with { Words = said } } };
    }

    private PrivateWords? Readable(PrivateWords? words) =>
        words is null || _reader.Addresses
            ? words
            : words with
            {
                People = words.People?.ToDictionary(p => p.Key, p => Readable(p.Value)!),
                Invitation = Readable(words.Invitation),
            };

    private Invitation? Readable(Invitation? invitation) =>
        _reader.Addresses || invitation is null ? invitation : invitation with { Organiser = null };

    private PersonName? Readable(PersonName? person) =>
        _reader.Addresses ? person
        : person is null ? null
        : person with { Email = null };
}
