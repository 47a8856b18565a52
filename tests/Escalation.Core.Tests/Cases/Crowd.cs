using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>
/// A case that everybody writes into as much as they can. A story is a list of numbers, each of which is one thing that somebody does, so
/// that a counter-example shrinks to the shortest one.
/// </summary>
internal sealed class Crowd
{
    /// <summary>Texts by what a letter of them costs: one byte, the most that one can cost, and three.</summary>
    private static readonly string[] Texts =
    [
        "A",
        new('x', 9_900),
        new('"', 2_400),
        new('\u0378', 2_150),
        new('中', 6_400),
    ];
    private static readonly string[] Agencies = [Sample.Raising, Sample.Receiving, Sample.Third];

    private readonly CaseStory _story;

    public Crowd(Setting setting)
    {
        _story = CaseStory.Open(setting.Opening, "2026-10-12 12:00", o => Form(setting, o), RulesOf(setting));
        _story.Delivers = true;
        _story.Refuses = notice =>
            setting.MailFails && !notice.Queued.Contact.EndsWith("businessManager", StringComparison.Ordinal);
    }

    public Case Case => _story.Case;
    public CaseDocument Document => _story.Document;
    public CaseStory Story => _story;

    /// <summary>What was said so far, with how it was answered.</summary>
    public List<(CaseCommand Command, string Answer)> Said { get; } = [];

    /// <summary>What stands in place of every text, by the stage it is said of and the agency; null: texts of all lengths.</summary>
    public Func<string, string, string>? Marks { get; init; }

    /// <summary>One thing happens; refusals are what they are.</summary>
    public void Happens(int number)
    {
        var (kind, rest) = (number % 22, number / 22);
        if (kind == 21)
            _story.Next();
        else if (kind == 20)
            _story.Sleep(UkTime.Text(_story.Now.AddMinutes(30 + (rest % 1_000)))).Wake();
        else
            Say(Command(kind, rest) with { Actor = $"link:{rest % 7}" });
    }

    /// <summary>Somebody says it, at the present stage unless it names another.</summary>
    private void Say(CaseCommand command)
    {
        var stage = command.Stage.Length > 0 ? command.Stage : Case.Stage.Id;
        command = command with { Id = $"said-{Said.Count}", Stage = stage };
        Said.Add((command, _story.Do(command)));
    }

    /// <summary>An outcome as long as an outcome may be.</summary>
    public RecordOutcome Longest(string outcome, string by) =>
        Outcome(outcome, by, new string('x', 9_000)) with
        {
            Lessons = new string('"', 250),
            Actions = [.. Enumerable.Range(0, RecordOutcome.MostActions).Select(Action)],
        };

    private AgreedAction Action(int i) =>
        new(new string('"', 25) + i, "Somebody", Case.Raising.Agency, UkTime.DayOf(_story.Now).AddDays(14 + i));

    private CaseCommand Command(int kind, int rest)
    {
        var by = rest % 11 == 0 ? Case.Partnership : Agencies[rest / 5 % Agencies.Length];
        var stage = _story.Rules.Policy.Stages[rest / 3 % _story.Rules.Policy.Stages.Count].Id;
        var about = kind switch
        {
            3 or 4 => stage,
            17 => Case.Duties.Find(d => d.Id == OpenDuty)?.Stage ?? Case.Stage.Id,
            _ => Case.Stage.Id,
        };
        var text = Marks?.Invoke(about, by) ?? Texts[rest % Texts.Length];
        return kind switch
        {
            0 => Commands.Note(by, text),
            1 => Commands.ContactMade(by) with { Text = text },
            2 => Commands.Urgent(by) with { Reason = text },
            3 or 4 => Outcome(Outcomes.Escalate, by, text) with { Stage = stage },
            5 or 6 => Outcome(Outcomes.All[rest / 7 % Outcomes.All.Count].Id, by, text),
            7 => Marks is null ? Longest(Outcomes.Resolved, by) : Outcome(Outcomes.Resolved, by, text),
            8 => Commands.Adopt(by, Case.LateResponses.LastOrDefault()?.Number ?? 1),
            9 => Commands.Confirm(by) with { Text = text },
            10 => Commands.Dispute(by) with { Reason = text },
            11 => Commands.Skip(by, stage) with { Reason = text },
            12 => Commands.Hold(by) with { Reason = text },
            13 => Commands.Resume(by, rest % 2 == 0 ? "agreed" : "unresolved") with { Reason = text },
            14 => Commands.HandOver(
                by,
                Case.Notices[rest % Case.Notices.Count].Queued.Contact,
                $"new@{by}.example.org"
            ),
            15 => Commands.ChangeContact(by, null, by, "lineManager") with { Reason = text },
            16 => Commands.SendAgain(by) with { Reason = text },
            17 => Commands.Complete(by, OpenDuty, UkTime.Text(_story.Now)[..10]) with { Note = text },
            18 => Commands.LegalHold(by, rest % 2 == 0) with { Reason = text },
            19 => Commands.Review(Case.Partnership) with { Reason = text, Issues = text[..(text.Length / 4)] },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private string OpenDuty => Case.Duties.FirstOrDefault(d => !d.IsDone)?.Id ?? "none";

    private RecordOutcome Outcome(string outcome, string by, string text)
    {
        var said = Commands.Outcome(_story.Rules.Policy, Case, outcome, by, UkTime.DayOf(_story.Now)) with
        {
            Summary = text,
        };
        return Marks is null ? said : said with { Actions = [.. said.Actions.Select(a => a with { What = text })] };
    }

    private static OpenCase Form(Setting setting, OpenCase open)
    {
        if (setting.LongForm)
            open = open with { Details = new string('x', 9_900), Evidence = new string('"', 5_000) };
        if (!setting.ManyAgencies)
            return open;
        return open.ReceivedBy.Count > 0
            ? open with
            {
                ReceivedBy = [.. open.ReceivedBy, Sample.Practitioner(Sample.Third, "Hal Health"), .. Others(8)],
            }
            : open with
            {
                Involved = [.. open.Involved, .. Others(18)],
            };
    }

    private static IEnumerable<IntakePerson> Others(int count) =>
        Enumerable
            .Range(1, count)
            .Select(i => new IntakePerson(
                Party.Other,
                $"Agency {i}",
                $"Person {i}",
                null,
                $"p{i}@elsewhere.example.org",
                null,
                null
            ));

    private static Rules RulesOf(Setting setting)
    {
        var policy = setting.Policy;
        var directory = Sample.Directory(policy.Partnership);
        var crowded = directory.Agencies.Select(a => Crowded(a, setting.PeopleOfATier));
        return new Rules(policy, Sample.Calendar(), directory with { Agencies = [.. crowded] });
    }

    /// <summary>Every tier with so many people, whose ids are as long as ids get.</summary>
    private static Agency Crowded(Agency agency, int people) =>
        agency with
        {
            Contacts = [.. agency.Contacts.SelectMany(c => Enumerable.Range(1, people).Select(i => Another(c, i)))],
        };

    private static Contact Another(Contact contact, int i) =>
        i == 1 ? contact : contact with { Id = $"{contact.Id}-{i}-{new string('i', 20)}" };
}

/// <summary>What a case is opened under.</summary>
/// <param name="Opening">The built-in policy whose sample form opens it.</param>
internal sealed record Setting(
    string Opening,
    Policy Policy,
    int PeopleOfATier,
    bool ManyAgencies,
    bool LongForm,
    bool MailFails
)
{
    /// <summary>The built-in procedures, and one with as many stages as a policy may have.</summary>
    public static IReadOnlyList<(string Opening, Policy Policy)> Procedures { get; } =
    [.. Sample.Policies.Select(p => (p, Sample.Policy(p))), ("sefton", SevenStages())];

    public static Setting Of(int number)
    {
        var (opening, policy) = Procedures[number % Procedures.Count];
        var bits = number / Procedures.Count;
        return new Setting(
            opening,
            policy,
            1 + (bits % 4 * 6),
            bits / 4 % 2 == 1,
            bits / 8 % 2 == 1,
            bits / 16 % 2 == 1
        );
    }

    public override string ToString() =>
        $"{Policy.Id} of {Policy.Stages.Count} stages, {PeopleOfATier} people a tier, {(ManyAgencies ? "many agencies, " : "")}"
        + $"{(LongForm ? "a long form, " : "")}mail {(MailFails ? "fails" : "works")}";

    private static Policy SevenStages() =>
        OwnDocument.Read(
            OwnDocument.Of(
                "sefton",
                d =>
                {
                    d["version"] = Policy.FirstOwnVersion;
                    var stages = d["stages"]!.AsArray();
                    for (var i = 1; stages.Count < 7; i++)
                    {
                        var stage = stages[1]!.DeepClone();
                        stage["id"] = $"extra{i}";
                        stages.Insert(1 + i, stage);
                    }
                }
            )
        );
}
