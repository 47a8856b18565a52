using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Item = Escalation.Core.Policies.RecordItem;

namespace Escalation.Core.Reporting;

/// <summary>The answers to everything that forms ask for.</summary>
internal sealed class RecordFilling
{
    private readonly Rules _rules;
    private readonly ReadableCase _case;
    private readonly Policy _policy;
    private readonly IReadOnlyList<(int Number, OutcomeRecorded Said)> _outcomes;
    private readonly PartnershipReviewed? _review;
    private readonly OwnAnswers _own;

    public RecordFilling(ReadableCase c, Rules rules)
    {
        (_rules, _case, _policy) = (rules, c, rules.Policy);
        _outcomes =
        [
            .. c.History.Where(e => e.Event is OutcomeRecorded).Select(e => (e.Number, (OutcomeRecorded)e.Event)),
        ];
        _review = c.History.Select(e => e.Event).OfType<PartnershipReviewed>().LastOrDefault();
        _own = new OwnAnswers(c, rules.Policy, [.. _outcomes.Select(o => o.Said)]);
    }

    /// <summary>Whether the case reached a stage, or passed over it.</summary>
    /// <param name="isPresent">A stage of the policy that it is under; else of the one that it was under before.</param>
    public bool Reached(bool isPresent, string stage)
    {
        var at = _policy.IndexOf(isPresent ? _policy.IdInCase(stage) : stage);
        return at >= 0 && _case.Stages.Any(s => _policy.IndexOf(s.Id) >= at);
    }

    public RecordAnswer Answer(RecordLine line) =>
        line.Shows is [var only] ? Alone(RecordSource.Read(only)) : Text(Together(line.Shows));

    private RecordAnswer Alone(RecordSource? source) =>
        source switch
        {
            RecordSource.OfEveryCase every => Answer(every.Item),
            RecordSource.Field field => _own.AtIntake(field.Id),
            RecordSource.Asked asked => _own.AtStages(asked.Id),
            // A word of a newer program: whoever prints the form can still write on it.
            null => new RecordAnswer.Blank(),
            _ => throw new InvalidOperationException($"Nothing is known of {source.GetType().Name}."),
        };

    private RecordAnswer Answer(Item item) =>
        item switch
        {
            Item.Blank => new RecordAnswer.Blank(),
            Item.StagesReached => new RecordAnswer.Ticks([
                .. _policy
                    .Stages.Where(s => _case.MayRead(s.Id))
                    .Select(s => (s.Name, _case.Stages.Any(x => x.Id == s.Id))),
            ]),
            Item.Nature => Natures(),
            Item.Actions => Actions(),
            _ => Text(Texts(item)),
        };

    internal static RecordAnswer.Text Text(IEnumerable<string?> texts) =>
        new([.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t!)]);

    /// <summary>Where several were said, each says which it is.</summary>
    private IEnumerable<string> Together(IReadOnlyList<string> sources)
    {
        var said = sources.Select(s => Named(RecordSource.Read(s))).Where(s => s.Texts.Count > 0).ToList();
        return said.SelectMany(s => s.Texts.Select(t => said.Count > 1 ? $"{s.Name}: {t}" : t));
    }

    private (string? Name, IReadOnlyList<string> Texts) Named(RecordSource? source) =>
        source switch
        {
            RecordSource.Field field => _own.NamedAtIntake(field.Id),
            RecordSource.Asked asked => _own.NamedAtStages(asked.Id),
            RecordSource.OfEveryCase every when IntakeTextOf(every.Item) is { } text => (
                text.Label,
                [.. new[] { _case.Intake?.Text(text.Id) }.OfType<string>()]
            ),
            _ => (null, []),
        };

    private static IntakeText? IntakeTextOf(Item item) =>
        item switch
        {
            Item.Concern => IntakeText.Concern,
            Item.Details => IntakeText.Details,
            Item.Evidence => IntakeText.Evidence,
            Item.OutcomeSought => IntakeText.OutcomeSought,
            _ => null,
        };

    private IEnumerable<string?> Texts(Item item)
    {
        var intake = _case.Intake;
        return item switch
        {
            Item.Reference => [_case.Reference],
            Item.PersonName => [intake?.Person?.Name],
            Item.DateOfBirth => [intake?.Person?.DateOfBirth is { } born ? UkDates.Date(born) : null],
            Item.Address => [intake?.Person?.Address],
            Item.Concern or Item.Details or Item.Evidence or Item.OutcomeSought =>
            [
                intake?.Text(IntakeTextOf(item)!.Id),
            ],
            Item.Age or Item.LevelOfNeed or Item.ConcernOrNature or Item.ActionTaken => Summary(item),
            Item.AgencyRaising => [NameOf(_case.Raising.Agency)],
            Item.AgenciesAnswering => _case
                .Parties.Where(p => p.Side is not Side.Raising)
                .Select(p => NameOf(p.Agency)),
            Item.CaseNumbers => _case
                .Parties.Where(p => intake?.CaseNumbers?.ContainsKey(p.Agency) == true)
                .Select(p => $"{NameOf(p.Agency)}: {intake!.CaseNumbers![p.Agency]}"),
            Item.DateRaised => [Day(_case.RaisedAt)],
            Item.SupportingPapers => (intake?.Texts ?? new Dictionary<string, string>())
                .Where(t => t.Key.StartsWith("supporting.", StringComparison.Ordinal))
                .OrderBy(t => t.Key.Length)
                .ThenBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => t.Value),
            Item.Raiser => [Person("intake/raisedBy")],
            Item.Others => Others(),
            _ => OfOutcomes(item),
        };
    }

    /// <summary>Of a decision that two take together: who recorded it as one of them, and who confirmed it.</summary>
    private string Together(int number, OutcomeRecorded said)
    {
        if (said.Deciders is null)
            return "";
        var confirmed = _case
            .History.Where(e => e.Number > number)
            .Select(e => e.Event)
            .TakeWhile(e => e is not OutcomeRecorded)
            .OfType<OutcomeConfirmed>()
            .Select(e => e.Words?.By);
        var names = (said.Decider is null ? confirmed : confirmed.Prepend(said.Words?.By))
            .OfType<PersonName>()
            .Select(by => by.Name)
            .ToList();
        return names.Count == 0 ? "" : $" (decided together by {string.Join(" and ", names)})";
    }

    private IEnumerable<string?> OfOutcomes(Item item) =>
        item switch
        {
            Item.Discussions => _outcomes.Select(o =>
                $"{StageName(o.Said.Stage)}, {UkDates.Date(o.Said.DiscussedOn)}, {Method(o.Said.Method)}: "
                + $"{o.Said.Words?.Text("summary") ?? "text removed"}"
                + Together(o.Number, o.Said)
            ),
            Item.Agreed => _outcomes
                .Where(o =>
                    Outcomes.Has(o.Said.Outcome, OutcomeEffect.Agrees)
                    || Outcomes.Has(o.Said.Outcome, OutcomeEffect.Decides)
                )
                .Select(o =>
                    $"{StageName(o.Said.Stage)}, {UkDates.Date(o.Said.DiscussedOn)}: {o.Said.Words?.Text("summary") ?? "text removed"}"
                    + Together(o.Number, o.Said)
                ),
            Item.Methodology => Said("methodology"),
            Item.Outstanding => Said("outstanding"),
            Item.Lessons => Said("lessons"),
            Item.Comments => Said("comments"),
            Item.Chairs => _outcomes
                .Where(o => o.Said.Words?.Chair is not null)
                .Select(o => o.Said.Words!.Chair!)
                .Select(chair =>
                    string.Join(
                        ", ",
                        new[]
                        {
                            chair.Name,
                            chair.Role,
                            chair.Agency is { } agency ? NameOf(agency) : null,
                        }.OfType<string>()
                    )
                ),
            Item.AllAsked => _own.AllAtStages(),
            Item.SettledAt =>
            [
                _case is { IsOpen: false, EndedAt: { } ended, Stage: { } last }
                    ? $"{StageName(last.Id)}, {Day(ended)}"
                    : null,
            ],
            Item.Outcome => Outcome(),
            _ => OfReview(item),
        };

    /// <summary>The business manager's part of a form.</summary>
    private IEnumerable<string?> OfReview(Item item) =>
        item switch
        {
            Item.ReceivedOn => [_review?.ReceivedOn is { } day ? UkDates.Date(day) : null],
            Item.ReferredToChair =>
            [
                _review?.ReferredToChair is { } referred ? (referred ? "Yes" : "No") : null,
                _review?.Words?.Text("reason"),
            ],
            Item.IssuesReferred => [_review?.Words?.Text("issues")],
            Item.ReviewOutcome => [_review?.Words?.Text("result")],
            _ => throw new InvalidOperationException($"No answer for {item}."),
        };

    private IEnumerable<string?> Summary(Item item)
    {
        var row = SummaryLog.Row(_case, _rules, null);
        return item switch
        {
            Item.Age => [row.Age?.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            Item.LevelOfNeed => [row.LevelOfNeed ?? _case.Intake?.Text("fields.levelOfNeed")],
            Item.ConcernOrNature => [row.Concern],
            Item.ActionTaken => [.. row.ActionTaken?.Split('\n') ?? []],
            _ => throw new InvalidOperationException($"No summary of {item}."),
        };
    }

    private IEnumerable<string?> Outcome()
    {
        yield return SummaryTexts.Outcome(_case, _policy, _rules.Calendar);
        if (_outcomes.LastOrDefault() is { Said: { } last } && !_case.IsOpen)
            yield return last.Words?.Text("summary");
        yield return Communicated();
    }

    /// <summary>The notice of the end is the outcome's communication to all parties; null while none was taken by a mail server.</summary>
    private string? Communicated()
    {
        var sent = _case
            .Notices.Where(n =>
                n.Queued.Kind == NoticeKinds.Ended && n.Status is (NoticeState.Sent or NoticeState.Delivered)
            )
            .ToList();
        if (sent.Count == 0)
            return null;
        var people = sent.Count == 1 ? "1 person" : $"{sent.Count} people";
        return $"Communicated to the parties by email: {people}, from {Day(sent.Min(n => n.At))}";
    }

    private IEnumerable<string?> Said(string name) =>
        _outcomes.Select(o => o.Said.Words?.Text(name)).OfType<string>().Where(t => t.Length > 0);

    private IEnumerable<string?> Others()
    {
        foreach (
            var contact in _case.Contacts.Where(x =>
                x.Id != "intake/raisedBy" && x.Id.StartsWith("intake/", StringComparison.Ordinal)
            )
        )
            yield return Person(contact.Id);
        foreach (var other in _case.Intake?.Others ?? [])
            yield return string.Join(
                ", ",
                new[] { other.Name, other.Role, other.Agency is { } agency ? NameOf(agency) : null }.OfType<string>()
            );
    }

    private string? Person(string contact)
    {
        if (
            _case.Person(contact) is not { } person
            || _case.Contacts.FirstOrDefault(x => x.Id == contact) is not { } known
        )
            return null;
        string?[] parts = [person.Name, person.Email, person.Role, NameOf(known.Agency)];
        return string.Join(", ", parts.Where(t => !string.IsNullOrWhiteSpace(t)));
    }

    /// <summary>The words given for another nature stand beside it; where the procedure has no such choice, they stand alone.</summary>
    private RecordAnswer Natures()
    {
        var words = _case.Intake?.Text("natureOther");
        if (_policy.Natures.Count == 0)
            return new RecordAnswer.Text([.. _case.Natures.Append(words).OfType<string>()]);
        return new RecordAnswer.Ticks([.. _policy.Natures.Select(n => (Label(n), _case.Natures.Contains(n.Id)))]);

        string Label(Term nature) =>
            nature.Id == "other" && words is not null ? $"{nature.Name}: {words}" : nature.Name;
    }

    private RecordAnswer Actions()
    {
        var readable = _outcomes.Select(o => o.Number).ToHashSet();
        return new RecordAnswer.Table(
            ["Action", "By whom", "Agency", "To be done by", "Date completed"],
            [
                .. _case
                    .Duties.Where(d => d.Action is not null && readable.Contains(d.Cause))
                    .Select(d =>
                        (IReadOnlyList<string>)
                            [
                                d.Action!.What,
                                d.Action.ByWhom,
                                NameOf(d.Action.Agency),
                                UkDates.Date(d.Action.Due),
                                d.CompletedOn is { } day ? UkDates.Date(day) : "",
                            ]
                    ),
            ]
        );
    }

    private string NameOf(string agency) =>
        _case.Intake?.AgencyNames?.GetValueOrDefault(agency)
        ?? (agency == _case.Partnership ? _policy.PartnershipName : _rules.Directory.NameOf(agency));

    private string StageName(string stage) => _policy.Find(stage)?.Name ?? stage;

    private string Method(string method) => _policy.Methods.FirstOrDefault(m => m.Id == method)?.Name ?? method;

    private string Day(DateTimeOffset at) => UkDates.Date(_rules.Calendar.LocalDate(at));
}
