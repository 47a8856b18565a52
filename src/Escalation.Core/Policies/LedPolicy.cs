namespace Escalation.Core.Policies;

/// <summary>What a case was under until it was led to another policy.</summary>
/// <param name="Until">The number of the event that led it.</param>
internal sealed record EarlierPolicy(Policy Policy, int Until);

/// <summary>
/// The policy of a case that was led to another: that one's rules, after the stages that the case went through before. So that no id means
/// two things in one case, the stages and duties of the policy that it was led to bear its id as well: <c>complaints.1</c>. Any other word
/// of a partnership (a nature, a role, a field) means the same in all its policies.
/// </summary>
internal static class LedPolicy
{
    /// <summary>No id of a policy, a stage or a duty has it.</summary>
    private const char Mark = '.';

    /// <summary>What a stage or a duty of a policy is called in a case that was led to that policy.</summary>
    public static string IdOf(Policy to, string own) => $"{to.Id}{Mark}{own}";

    /// <summary>The other way round; null: it is none of that policy's.</summary>
    public static string? OwnOf(Policy to, string id) =>
        id.StartsWith(IdOf(to, ""), StringComparison.Ordinal) ? id[(to.Id.Length + 1)..] : null;

    /// <param name="before">What the case was under.</param>
    /// <param name="left">The stage from which it was led.</param>
    /// <param name="number">Of the event that led it.</param>
    public static Policy Of(Policy before, string left, Policy to, int number) =>
        Renamed(to) with
        {
            Earlier = new EarlierPolicy(before, number),
            Stages = Joined([.. before.Stages.Take(before.IndexOf(left) + 1)], to),
            Tiers = Both(to.Tiers, before.Tiers, t => t.Id),
            Agencies = Both(to.Agencies, before.Agencies, a => a.Id),
            Roles = Both(to.Roles, before.Roles, r => r.Id),
            // Who may decide by the nature of the concern is the present policy's to say.
            Natures = Both(
                to.Natures,
                [.. before.Natures.Select(n => n with { DecidedBy = null, DecidedByRole = null })],
                n => n.Id
            ),
            Circumstances = Both(to.Circumstances, before.Circumstances, c => c.Id),
            Dates = Both(to.Dates, before.Dates, d => d.Id),
            Fields = Both(to.Fields, before.Fields, f => f.Id),
            RecordMarking = to.RecordMarking ?? before.RecordMarking,
            Retention = Longer(to.Retention, before.Retention),
        };

    /// <summary>People read names: of two stages that are called the same, the later says which procedure it is of.</summary>
    private static IReadOnlyList<Stage> Joined(IReadOnlyList<Stage> before, Policy to) =>
        [
            .. before,
            .. to.Stages.Select(s =>
                Renamed(to, s) with
                {
                    Name = before.Any(b => b.Name == s.Name) ? $"{s.Name} ({to.Name})" : s.Name,
                }
            ),
        ];

    private static Policy Renamed(Policy to)
    {
        string Stage(string stage) => IdOf(to, stage);
        return to with
        {
            Skip = to.Skip with
            {
                UrgentTo = to.Skip.UrgentTo is { } urgent ? Stage(urgent) : null,
                Starts = to.Skip.Starts is { } starts
                    ? starts with
                    {
                        Stages = [.. starts.Stages.Select(Stage)],
                    }
                    : null,
            },
            Hold = to.Hold is { } hold
                ? hold with
                {
                    Stages = [.. hold.Stages.Select(Stage)],
                    UnresolvedGoesTo = hold.UnresolvedGoesTo is { } next ? Stage(next) : null,
                }
                : null,
            Confirmation = to.Confirmation with { ExceptStages = [.. to.Confirmation.ExceptStages.Select(Stage)] },
            Tells = [.. to.Tells.Select(t => t with { When = Happening(to, t.When) })],
            Duties = [.. to.Duties.Select(d => d with { Id = IdOf(to, d.Id), When = Happening(to, d.When) })],
            // They were read when the document was loaded.
            Readings = [],
        };
    }

    private static Stage Renamed(Policy to, Stage stage) =>
        stage with
        {
            Id = IdOf(to, stage.Id),
            Limits =
            [
                .. stage.Limits.Select(l =>
                    l with
                    {
                        From = Anchor(to, l.From),
                        Cap = l.Cap is { } cap ? cap with { From = Anchor(to, cap.From) } : null,
                    }
                ),
            ],
            Requires =
            [
                .. stage.Requires.Select(r => r with { UnlessAt = r.UnlessAt is { } at ? IdOf(to, at) : null }),
            ],
        };

    private static string Anchor(Policy to, string from) =>
        from.Split(':') is [("opened" or "day") and var word, var stage] ? $"{word}:{IdOf(to, stage)}" : from;

    /// <summary>As <see cref="TellRule.When"/> and <see cref="DutyRule.When"/> have it; an outcome has no stage of its own.</summary>
    private static string Happening(Policy to, string when) =>
        when.Split(':') switch
        {
            ["outcome", _] or [_] => when,
            [var word, var stage] => $"{word}:{IdOf(to, stage)}",
            [var word, var stage, var outcome] => $"{word}:{IdOf(to, stage)}:{outcome}",
            _ => throw new InvalidOperationException($"Nothing happens that is called {when}."),
        };

    private static IReadOnlyList<T> Both<T>(IReadOnlyList<T> present, IReadOnlyList<T> before, Func<T, string> id) =>
        [.. present, .. before.Where(b => present.All(p => id(p) != id(b)))];

    private static Retention Longer(Retention one, Retention other) =>
        one with
        {
            Years = Math.Max(one.Years, other.Years),
            Children = (one.Children, other.Children) switch
            {
                ({ } first, { } second) => new ChildRetention(
                    Math.Max(first.UntilAge, second.UntilAge),
                    Math.Max(first.YearsWithoutBirthDate, second.YearsWithoutBirthDate)
                ),
                var (first, second) => first ?? second,
            },
        };
}
