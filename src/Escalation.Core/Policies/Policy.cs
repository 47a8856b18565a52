namespace Escalation.Core.Policies;

/// <summary>
/// One published procedure as rules: what the policy document says, validated when loaded. A case pins the document it
/// was opened under by its content hash.
/// </summary>
public sealed record Policy
{
    /// <summary>See <see cref="Version"/>.</summary>
    public const int FirstOwnVersion = 1000;

    /// <summary>The format of documents that this program writes. One without <c>format</c> is of the first.</summary>
    public const int PresentFormat = 2;

    /// <summary>A case keeps room for every one.</summary>
    public const int MostStages = 7;

    /// <summary>How the document is written. A document of this kind says 2.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What the program calls the procedure: lower-case words joined by hyphens. The same in every version.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Raised with every change to a document. Documents that come with the program use 1 to 999; a partnership's own versions start
    /// at 1000, so that an upgrade of the program never meets a number that is already taken.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The procedure's name, as its text has it.</summary>
    public required string Name { get; init; }

    /// <summary>The partnership's id, also its own id in its directory (for the business manager, the chair, …).</summary>
    public required string Partnership { get; init; }

    /// <summary>The partnership's name for people.</summary>
    public required string PartnershipName { get; init; }

    /// <summary>What references begin with: two to four capitals.</summary>
    public required string ReferencePrefix { get; init; }

    /// <summary>Edition and review date of the published text, as printed.</summary>
    public required string Edition { get; init; }

    /// <summary>When the text is to be reviewed, as printed; null where it prints no date.</summary>
    public string? Review { get; init; }

    /// <summary>What the procedure is for, in a sentence.</summary>
    public required string Purpose { get; init; }

    /// <summary>What the text calls a disagreement, a stage, and what may come of it.</summary>
    public OwnWords Words { get; init; } = new();
    public required WorkingTime WorkingTime { get; init; }
    public required Parties Parties { get; init; }

    /// <summary>
    /// Tiers of its own that its rules name, beside those that the program knows, with their names for people. In a document of the
    /// first format tiers were not declared.
    /// </summary>
    public IReadOnlyList<Term> Tiers { get; init; } = [];

    /// <summary>People whom its rules name by a role, asked for at intake. Their tier in a rule is <c>named:ROLE</c>.</summary>
    public IReadOnlyList<NamedRole> Roles { get; init; } = [];

    /// <summary>Agencies that its rules name by their ids in the directory.</summary>
    public IReadOnlyList<Term> Agencies { get; init; } = [];

    /// <summary>In order; the last is the final stage.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>Whether a later stage can be opened directly.</summary>
    public required SkipRule Skip { get; init; }

    /// <summary>Concerns that this procedure is not for, with the text's own route. In order; the first that applies is told.</summary>
    public IReadOnlyList<ElsewhereRule> Elsewhere { get; init; } = [];

    public HoldRule? Hold { get; init; }
    public required UrgentRule Urgent { get; init; }

    /// <summary>The text's own route when the concern is a colleague's conduct: shown, and no case is opened.</summary>
    public required string NotThisProcess { get; init; }
    public required ConfirmationRule Confirmation { get; init; }

    /// <summary>What a resolved outcome must name or carry besides the record-keeper.</summary>
    public required ResolvedRule Resolved { get; init; }

    /// <summary>What a disagreement can be about: chosen at intake, shown in emails, counted in reports.</summary>
    public IReadOnlyList<Term> Natures { get; init; } = [];

    /// <summary>What can be true of the person, on which tells, duties and a hold's end may depend.</summary>
    public IReadOnlyList<Term> Circumstances { get; init; } = [];

    /// <summary>What the lessons of an outcome can be about: chosen with them, counted in reports.</summary>
    public IReadOnlyList<Term> Themes { get; init; } = [];

    /// <summary>How an outcome can have been discussed; one of them at least is accepted.</summary>
    public IReadOnlyList<Method> Methods { get; init; } = [];

    /// <summary>Days of the case that its rules count from or run to.</summary>
    public IReadOnlyList<CaseDate> Dates { get; init; } = [];

    /// <summary>Places at which the text can be read in more than one way.</summary>
    public IReadOnlyList<TextReading> Readings { get; init; } = [];

    /// <summary>Fields of the procedure's own form, given at intake under <c>fields</c>.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>
    /// What is printed from a case, at most 5. Null: the plain form, with what procedures have in common; a document with the id of a
    /// built-in policy has that one's forms.
    /// </summary>
    public IReadOnlyList<RecordForm>? Forms { get; init; }

    /// <summary>Who else is told, and when.</summary>
    public IReadOnlyList<TellRule> Tells { get; init; } = [];
    public IReadOnlyList<DutyRule> Duties { get; init; } = [];
    public required FinalMissedRule FinalMissed { get; init; }
    public required Retention Retention { get; init; }

    /// <summary>Printed on everything that is exported (Surrey's non-disclosure section), or null.</summary>
    public string? RecordMarking { get; init; }

    /// <summary>Text shown beside the procedure; never acted on by a clock (a complaints route, a debrief).</summary>
    public IReadOnlyList<string> Guidance { get; init; } = [];

    /// <summary>SHA-256 of the document's bytes, lower-case hex; set by the loader.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The document's bytes as read; set by the loader.</summary>
    internal ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// What a case that was led here was under before; null for every policy as it is written, and a case that began under it. Set by
    /// <see cref="LedPolicy"/>.
    /// </summary>
    internal EarlierPolicy? Earlier { get; init; }

    /// <summary>A partnership's own version; else one that comes, or came, with the program.</summary>
    public bool IsOwn => Version >= FirstOwnVersion;

    /// <summary>The name of the policy from which the case was led to this one; null where there is none.</summary>
    public string? CameFrom => Earlier?.Policy.Name;

    public Stage FirstStage => Stages[0];
    public Stage FinalStage => Stages[^1];

    public CaseDate? FindDate(string? date) => Dates.FirstOrDefault(d => d.Id == date);

    /// <summary>Of a date; its id where the policy has none of that id.</summary>
    public string DateName(string date) => FindDate(date)?.Name ?? date;

    /// <summary>The stage, or null when the policy has none with that id.</summary>
    public Stage? Find(string? stage) => Stages.FirstOrDefault(s => s.Id == stage);

    /// <summary>Position from 0; -1 when the policy has no such stage.</summary>
    public int IndexOf(string stage)
    {
        for (var i = 0; i < Stages.Count; i++)
            if (Stages[i].Id == stage)
                return i;
        return -1;
    }

    /// <summary>Who raises it at a stage, where that is said; null: the stage's own tiers, or whoever raised the concern.</summary>
    public RaiserRule? RaisersAt(Stage stage) =>
        stage.RaisedBy
        ?? (
            stage.Told is Told.Receiving
                ? Stages.Take(IndexOf(stage.Id)).LastOrDefault(s => s.RaisedBy is not null)?.RaisedBy
                : null
        );

    /// <summary>What somebody is asked to do at a stage.</summary>
    /// <param name="side">Whose link it is: <c>raising</c>, <c>receiving</c>, <c>partnership</c> or <c>involved</c>.</param>
    /// <param name="tier">Their tier, which matters for people whom the policy names by a role.</param>
    /// <param name="natures">Of the concern.</param>
    public string InstructionFor(Stage stage, string side, string tier, IReadOnlyList<string> natures) =>
        side == "raising"
        && RaisersAt(stage) is { } raisers
        && !stage.AlsoAsks.Any(also => also.Who == new Recipients(side, tier))
            ? raisers.Instruction
            : stage.InstructionFor(side, tier, natures);

    public Stage? After(string stage) =>
        IndexOf(stage) is var i and >= 0 && i + 1 < Stages.Count ? Stages[i + 1] : null;

    /// <summary>A duty's rule, of what the case was under before too; null where there is none of that id.</summary>
    public DutyRule? FindDuty(string rule) =>
        Duties.FirstOrDefault(d => d.Id == rule) ?? Earlier?.Policy.FindDuty(rule);

    /// <summary>What held for a case when an event of it happened: this, or what it was under before.</summary>
    /// <param name="number">The event's number.</param>
    public Policy AsOf(int number) =>
        Earlier is { } earlier && number < earlier.Until ? earlier.Policy.AsOf(number) : this;

    /// <summary>How many stages a case can go through from this one on, itself included, the longest way counted.</summary>
    /// <param name="others">The policies to which a stage may lead; to one that is not among them none does.</param>
    internal int LongestWay(string from, IReadOnlyList<Policy> others)
    {
        var at = IndexOf(from);
        var led =
            from stage in Stages.Skip(at).Index()
            from lead in stage.Item.LeadsTo
            from to in others
            where to.Id == lead.Policy
            select stage.Index + 1 + to.Stages.Count - Math.Max(0, to.IndexOf(lead.Stage ?? to.FirstStage.Id));
        return led.Append(Stages.Count - at).Max();
    }

    /// <summary>What a case calls a stage that this policy itself calls so.</summary>
    internal string IdInCase(string stage) => Earlier is null ? stage : LedPolicy.IdOf(this, stage);

    /// <summary>
    /// What this policy itself calls a stage of the case; null: it is one of the policy that the case was under before.
    /// </summary>
    internal string? OwnStage(string stage) => Earlier is null ? stage : LedPolicy.OwnOf(this, stage);

    /// <summary>Whether a person can take a case further from this stage: up, or to another policy.</summary>
    public bool LeadsOn(Stage stage) => stage.Id != FinalStage.Id || stage.LeadsTo.Count > 0;

    /// <summary>With the limits of the readings that were chosen.</summary>
    internal Policy AsRead()
    {
        var chosen = Readings.SelectMany(r => r.Choices.First(c => c.Id == r.Chosen).Limits).ToList();
        return chosen.Count == 0
            ? this
            : this with
            {
                Stages = [.. Stages.Select(s => s.AsRead([.. chosen.Where(l => l.Stage == s.Id)]))],
            };
    }

    /// <summary>Stages that are not for such a concern.</summary>
    internal IReadOnlyList<string> NotFor(ConcernFacts facts) =>
        [.. Stages.Where(s => !s.IsFor(facts)).Select(s => s.Id)];

    /// <summary>
    /// As it holds for a case: without the stages that are not for it, each limit with the length that it has there. The same policy where
    /// nothing of it depends on the concern.
    /// </summary>
    internal Policy For(ConcernFacts facts, IReadOnlyCollection<string> leavesOut) =>
        leavesOut.Count == 0 && Stages.All(s => s.Limits.All(l => l.Lengths.Count == 0))
            ? this
            : this with
            {
                Stages = [.. Stages.Where(s => !leavesOut.Contains(s.Id)).Select(s => s.ForConcern(facts))],
            };

    /// <summary>Whether a case may start at this stage.</summary>
    public bool CanStartAt(string stage, bool imminentRisk) =>
        IndexOf(stage) == 0 || CanPass(-1, IndexOf(stage), imminentRisk) || Skip.Starts?.Stages.Contains(stage) == true;

    /// <summary>Whether a case may leave a stage for a later one than the next, or for the next before it is escalated.</summary>
    public bool CanSkip(string from, string to, bool imminentRisk) => CanPass(IndexOf(from), IndexOf(to), imminentRisk);

    /// <summary>Where a person who escalates may take it: the next stage, and those to which only optional ones lead.</summary>
    public IEnumerable<Stage> EscalatesTo(string from) =>
        Stages
            .Skip(IndexOf(from) + 1)
            .Where((_, i) => Stages.Skip(IndexOf(from) + 1).Take(i).All(s => s.Optional is not null));

    /// <summary>As it holds for a concern of which no condition holds.</summary>
    internal Policy ForPlain()
    {
        var plain = new ConcernFacts([], [], "", new Dictionary<string, string>());
        return For(plain, NotFor(plain));
    }

    private bool CanPass(int from, int to, bool imminentRisk)
    {
        if (to <= from)
            return false;
        var between = Stages.Skip(from + 1).Take(to - from - 1).ToList();
        return Skip.Forward
            || (imminentRisk && Skip.UrgentTo == Stages[to].Id)
            || (between.Count > 0 && between.TrueForAll(s => s.Optional is not null));
    }
}
