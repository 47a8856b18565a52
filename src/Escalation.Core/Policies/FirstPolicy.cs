using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Policies;

/// <summary>
/// What a partnership says of its procedure at the beginning, of which a first document is made. What it has not said, the
/// document says for it, each such rule marked as a local setting.
/// </summary>
public sealed record FirstPolicy
{
    private const string NotFromText = "a first setting, to be compared with the text";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        NewLine = "\n",
    };

    public required string Partnership { get; init; }
    public required string PartnershipName { get; init; }
    public required string ReferencePrefix { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <inheritdoc cref="Policy.Edition"/>
    public required string Edition { get; init; }

    /// <inheritdoc cref="Policy.Purpose"/>
    public required string Purpose { get; init; }

    /// <inheritdoc cref="Parties"/>
    public required IReadOnlyList<string> PersonKinds { get; init; }

    /// <summary>Whose bank holidays count: as <see cref="WorkingTime.Division"/>.</summary>
    public required string Division { get; init; }

    /// <summary>In order; the last is the final stage, which may also decide.</summary>
    public required IReadOnlyList<FirstStage> Stages { get; init; }

    /// <summary>Tiers that stages name and the program does not know.</summary>
    public required IReadOnlyList<Term> Tiers { get; init; }

    /// <summary>The document, of the present format.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                Format = Policy.PresentFormat,
                Id,
                Version = Policy.FirstOwnVersion,
                Name,
                Partnership,
                PartnershipName,
                ReferencePrefix,
                Edition,
                Purpose,
                WorkingTime = new
                {
                    Division,
                    Zone = "Europe/London",
                    Close = "17:00",
                    Basis = Local(
                        "A working day ends at 17:00; Monday to Friday, less bank holidays and the partnership's closures"
                    ),
                },
                Parties = new { Receiving = true, PersonKinds },
                Tiers = Tiers.Count == 0 ? null : Tiers.Select(t => new { t.Id, t.Name }),
                Stages = Stages.Select((stage, i) => Written(stage, i + 1)),
                Skip = new { Forward = false, Basis = Local("The stages open in order; none is passed over") },
                Urgent = new
                {
                    Instruction = "Do not wait for this process. Call 999 if somebody is in danger, and make a safeguarding referral at "
                        + "once. The escalation goes on beside it.",
                    Tell = Array.Empty<object>(),
                    Basis = Local("Both agencies' safeguarding leads are told at once"),
                },
                NotThisProcess = "This procedure is for disagreements between agencies. For a concern about a colleague's conduct, use "
                    + "your own agency's whistleblowing policy and tell your safeguarding lead. "
                    + "(A first setting, to be compared with the text.)",
                Confirmation = new
                {
                    ByBoth = false,
                    ExceptStages = Array.Empty<string>(),
                    Basis = Local(
                        "An agreement that the receiving agency records counts once the raising agency confirms it"
                    ),
                },
                Resolved = new
                {
                    NeedsAction = false,
                    NeedsOutstanding = false,
                    Basis = Local(
                        "An agreement names who keeps the record; each action has an owner, an agency and a date"
                    ),
                },
                Methods = new object[]
                {
                    new { Id = "phone", Name = "By telephone" },
                    new { Id = "meeting", Name = "Face to face, in a meeting" },
                    new { Id = "online", Name = "In an online meeting" },
                    new { Id = "email", Name = "By email" },
                },
                FinalMissed = new
                {
                    EveryWorkingDays = 2,
                    Basis = Local(
                        "A missed final stage stays open; its tier and the business manager are told, then again every 2 working days"
                    ),
                },
                Retention = Kept(),
            },
            Options
        ) + "\n";

    private object Written(FirstStage stage, int number)
    {
        var final = number == Stages.Count;
        return new
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            stage.Name,
            stage.Tier,
            stage.Tiers,
            stage.Told,
            Limits = stage.Limit is { } limit ? [Written(limit, final)] : Array.Empty<object>(),
            Review = stage.Limit is null
                ? new
                {
                    EveryWorkingDays = 5,
                    Basis = Local("While no limit is in force its people are reminded every 5 working days"),
                }
                : null,
            stage.Instruction,
            Outcomes = final ? [Outcomes.Resolved, Outcomes.Decided] : new[] { Outcomes.Resolved },
            DecidedBy = final ? stage.Tier : null,
        };
    }

    private static object Written(TimeLimit limit, bool final) =>
        new
        {
            For = LimitFor.Outcome,
            Limit = new
            {
                limit.WorkingDays,
                limit.Hours,
                limit.Kind,
                Basis = Written(limit.Basis),
            },
            Missed = final
                ? null
                : new { Does = MissDoes.Escalate, Basis = Local("A missed limit opens the next stage by itself") },
        };

    private object Kept() =>
        PersonKinds.Any(kind => kind is "child" or "family")
            ? new
            {
                Years = 6,
                Children = new { UntilAge = 25, YearsWithoutBirthDate = 25 },
                Basis = Local(
                    "A child's case is kept until the 25th birthday, and 6 years after the end at least; a family's, or without "
                        + "a date of birth, for 25 years after it; an adult's for 6 years; longer on legal hold"
                ),
            }
            : new { Years = 6, Basis = Local("Kept for 6 years after the end, longer on legal hold") };

    private static object Local(string text) => Written(new(NotFromText, text, Local: true));

    private static object Written(Basis basis) =>
        new
        {
            basis.Where,
            basis.Text,
            Local = basis.Local ? true : (bool?)null,
        };
}

/// <summary>A stage as it is first told.</summary>
/// <param name="Tier">Who is asked, in the text's words.</param>
/// <param name="Tiers">Their tiers in the directory.</param>
/// <param name="Limit">For its outcome, from its opening; null: the text prints none.</param>
public sealed record FirstStage(
    string Name,
    Told Told,
    string Tier,
    IReadOnlyList<string> Tiers,
    string Instruction,
    TimeLimit? Limit
);
