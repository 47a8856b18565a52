using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Standalone.Commands;

/// <summary>Asks for a procedure, first its head and then stage by stage, until a stage has no name.</summary>
internal sealed partial class PolicyInterview(Questions questions)
{
    private static readonly Term[] Tellings =
    [
        new("raising", "the raising agency alone"),
        new("both", "every agency in the case"),
        new("receiving", "the receiving agency alone"),
        new("partnership", "the partnership; the agencies get a copy"),
    ];

    private static readonly Term[] PersonKinds =
    [
        new("child", "a child"),
        new("adult", "an adult"),
        new("family", "a family"),
        new("theme", "a theme, and no one person"),
    ];

    private static readonly Term[] Divisions =
    [
        new("england-and-wales", "England and Wales"),
        new("scotland", "Scotland"),
        new("northern-ireland", "Northern Ireland"),
    ];

    private static readonly Term[] PartnershipTiers =
    [
        .. KnownTiers.OfPartnerships,
        .. KnownTiers.OfAgencies.Where(tier => tier.Id == Tiers.PartnershipRepresentative),
    ];

    private readonly List<Term> _ownTiers = [];

    public async Task<FirstPolicy> AskAsync()
    {
        var partnershipName = await questions.TextAsync("The partnership's name");
        var partnership = await questions.TextAsync(
            "Its id, lower-case words joined by hyphens",
            Slug(partnershipName),
            PartnershipFault
        );
        var prefix = await questions.TextAsync(
            "What its references begin with, two to four capitals",
            null,
            p => PrefixFault(partnership, p)
        );
        var name = await questions.TextAsync("The procedure's name");
        return new()
        {
            Partnership = partnership,
            PartnershipName = partnershipName,
            ReferencePrefix = prefix,
            Name = name,
            Id = await questions.TextAsync("Its id", partnership, id => IdFault(id, partnership, prefix)),
            Edition = await questions.TextAsync("Its edition and date, as printed", "no edition printed"),
            Purpose = await questions.TextAsync(
                "What it is for, in a sentence",
                "Resolves disagreements between agencies about keeping people safe."
            ),
            PersonKinds = await PersonKindsAsync(),
            Division = await DivisionAsync(),
            Stages = await StagesAsync(),
            Tiers = _ownTiers,
        };
    }

    private async Task<IReadOnlyList<string>> PersonKindsAsync()
    {
        await questions.ListAsync(PersonKinds);
        var kinds = await questions.SeveralAsync(
            "Whom it is for, several with commas",
            answer => Listed(answer, PersonKinds)
        );
        return [.. kinds.Select(kind => kind.Id)];
    }

    private async Task<string> DivisionAsync()
    {
        var usual = Divisions[0].Id;
        await questions.ListAsync(Divisions);
        return await questions.AskAsync<string>(
            $"Whose bank holidays count [{usual}]:",
            answer =>
                answer.Length == 0 ? new(usual)
                : Questions.Chosen(answer, Divisions) is { } chosen ? new(chosen.Id)
                : new(null, Questions.NoneOf(answer, Divisions))
        );
    }

    private async Task<IReadOnlyList<FirstStage>> StagesAsync()
    {
        var stages = new List<FirstStage>();
        while (stages.Count < Policy.MostStages)
        {
            var name = await StageNameAsync(stages.Count + 1);
            if (name.Length == 0)
                return stages;
            stages.Add(await StageAsync(name));
        }
        await questions.SayAsync($"These are {Policy.MostStages} stages, and a procedure has no more.");
        return stages;
    }

    private Task<string> StageNameAsync(int number) =>
        number == 1
            ? questions.TextAsync("Stage 1: its name, as printed")
            : questions.TextAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Stage {number}: its name, as printed; an empty line if stage {number - 1} was the last"
                ),
                ""
            );

    private async Task<FirstStage> StageAsync(string name)
    {
        var told = Enum.Parse<Told>(
            (await questions.ChoiceAsync("Whom the stage tells", Tellings)).Id,
            ignoreCase: true
        );
        return new(
            name,
            told,
            await questions.TextAsync("Who is asked, in the words of the text"),
            await TiersAsync(told),
            await questions.TextAsync(
                "What they are asked to do, in a sentence",
                "Discuss the concern, agree a way forward and record the outcome."
            ),
            await LimitAsync()
        );
    }

    private async Task<IReadOnlyList<string>> TiersAsync(Told told)
    {
        Term[] known = [.. told is Told.Partnership ? PartnershipTiers : KnownTiers.OfAgencies, .. _ownTiers];
        while (true)
        {
            await questions.ListAsync(known);
            var tiers = await questions.SeveralAsync(
                "Their tiers, several with commas; a word of your own where none fits",
                answer => Tier(answer, known)
            );
            var own = tiers.Except(known).ToList();
            if (own.Count > 0 && !await AreMeantAsync(own))
                continue;
            foreach (var tier in own)
                _ownTiers.Add(tier with { Name = await questions.TextAsync($"{tier.Id} in words") });
            return [.. tiers.Select(tier => tier.Id)];
        }
    }

    private async Task<bool> AreMeantAsync(IReadOnlyList<Term> own)
    {
        var names = string.Join(", ", own.Select(tier => tier.Id));
        var answer = await questions.TextAsync(
            $"Not in the list: {names}. Add to it, yes or no",
            null,
            a => a is "yes" or "no" ? null : "Answer yes or no."
        );
        return answer == "yes";
    }

    private async Task<TimeLimit?> LimitAsync()
    {
        var length = await questions.AskAsync(
            "Its limit, from the opening of the stage: as 5 working days, 24 hours, or none printed:",
            Length
        );
        if (length is { WorkingDays: null, Hours: null })
            return null;
        var where = await questions.TextAsync("Where that is printed, as Stage 1, page 4; or local, where it is not");
        if (where.Equals("local", StringComparison.OrdinalIgnoreCase))
            return length with
            {
                Basis = new(
                    await questions.TextAsync("Why it was set so", "the text prints no limit"),
                    length.Basis.Text,
                    Local: true
                ),
            };
        var kind = await questions.TextAsync(
            "Whether it is a maximum (must) or a target (should)",
            "maximum",
            a => a is "maximum" or "target" ? null : "Answer maximum or target."
        );
        return length with
        {
            Kind = Enum.Parse<LimitKind>(kind, ignoreCase: true),
            Basis = length.Basis with { Where = where },
        };
    }

    /// <summary>A limit without a place yet; neither days nor hours: none is printed.</summary>
    private static Answer<TimeLimit> Length(string answer)
    {
        var limit = new TimeLimit { Kind = LimitKind.Maximum, Basis = new("", answer) };
        if (answer is "none" or "none printed")
            return new(limit);
        if (LengthPattern().Match(answer) is not { Success: true } found)
            return new(
                null,
                "Answer as 5 working days, as 24 hours, or none. Calendar days are written into the file, as calendarDays."
            );
        var number = int.Parse(found.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var (least, most) = found.Groups["days"].Success ? (0, TimeLimit.MostWorkingDays) : (1, TimeLimit.MostHours);
        if (number < least || number > most)
            return new(null, string.Create(CultureInfo.InvariantCulture, $"It must be {least} to {most}."));
        return new(found.Groups["days"].Success ? limit with { WorkingDays = number } : limit with { Hours = number });
    }

    private static Answer<Term> Tier(string answer, IReadOnlyList<Term> known)
    {
        if (Questions.Chosen(answer, known) is { } chosen)
            return new(chosen);
        if (KnownTiers.OfAgencies.Concat(KnownTiers.OfPartnerships).Any(tier => tier.Id == answer))
            return new(null, $"{answer} is not asked at a stage that tells these.");
        if (PolicyWords.Meant(answer, known.Select(tier => tier.Id)).Length > 0 || !PolicyWords.IsName(answer))
            return Listed(answer, known);
        return new(new Term(answer, answer));
    }

    private static Answer<Term> Listed(string answer, IReadOnlyList<Term> choices) =>
        Questions.Chosen(answer, choices) is { } chosen ? new(chosen) : new(null, Questions.NoneOf(answer, choices));

    /// <summary>Of a name, without its accents and apostrophes; null where none can be made.</summary>
    private static string? Slug(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD)
            .Where(c => c is not ('\'' or '’') && char.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark);
        var slug = string.Join(
            '-',
            Words().Matches(string.Concat(plain).ToLowerInvariant()).Select(word => word.Value)
        );
        return PartnershipFault(slug) is null ? slug : null;
    }

    private static string? PartnershipFault(string id) =>
        !PolicyWords.IsSlug(id) ? $"It {PolicyWords.SlugReason}."
        : PolicyWords.IsReserved(id) ? $"It {PolicyWords.ReservedReason}."
        : null;

    private static string? PrefixFault(string partnership, string prefix) =>
        PolicyWords.IsPrefix(prefix) ? ClashFault("", partnership, prefix) : "It must be two to four capitals.";

    private static string? IdFault(string id, string partnership, string prefix) =>
        !PolicyWords.IsSlug(id) ? $"It {PolicyWords.SlugReason}."
        : id == PolicyWords.ReservedId ? $"It must not be {id}."
        : ClashFault(id, partnership, prefix);

    /// <summary>What <c>policies check</c> would find.</summary>
    private static string? ClashFault(string id, string partnership, string prefix) =>
        new PolicyKey(id, Policy.FirstOwnVersion, "", partnership, prefix)
            .ClashesWith(PolicyCatalogue.BuiltIn.All.Select(PolicyKey.Of))
            .Select(clash => $"{clash.Field} {clash.Reason}.")
            .FirstOrDefault();

    [GeneratedRegex(
        "^(?<number>[0-9]{1,3}) ((?<days>working days?)|hours?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LengthPattern();

    [GeneratedRegex("[a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
