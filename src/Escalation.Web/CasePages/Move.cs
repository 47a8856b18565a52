using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Api;
using Escalation.Web.Escalations;
using Escalation.Web.Forms;

namespace Escalation.Web.CasePages;

/// <summary>A staff action with a page of its own: <c>/cases/{reference}/{path}</c>. What it sends is the API's body.</summary>
public sealed record Move
{
    /// <summary>As in the API, flat.</summary>
    public required string Path { get; init; }
    public required string Title { get; init; }
    public required string Button { get; init; }

    /// <summary>What it does, in sentences.</summary>
    public required Func<CaseReading, IEnumerable<string>> Lead { get; init; }
    public bool ForManagers { get; init; }

    /// <summary>Red: it ends something or alarms people.</summary>
    public bool Warns { get; init; }

    /// <summary>The answers are shown once more before they are recorded.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Listed among the case's actions; the others are reached from what they are about.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>The form beside who says it.</summary>
    public required Func<CaseReading, MoveAsked, IReadOnlyList<FormPart>> Parts { get; init; }
    public required Func<FormReader, MoveBody> Body { get; init; }

    /// <summary>Bodies that are whole: if the case would take one of them, the move is offered.</summary>
    public required Func<CaseReading, string?, IEnumerable<MoveBody>> Tries { get; init; }

    /// <summary>The event it is about, shown above the form; null: none.</summary>
    public Func<CaseReading, string?, int?> About { get; init; } = (_, _) => null;

    /// <summary>The stage its sender saw, when that is not the present one.</summary>
    public Func<CaseReading, string?, string?> Stage { get; init; } = (_, _) => null;
}

/// <summary>What was asked for: what the move is about, in whose names it is offered, what was typed so far.</summary>
public sealed record MoveAsked(string? Of, IReadOnlyList<string> Agencies, FormValues Values);

/// <summary>Whether a move is there for a caller, and in whose name.</summary>
/// <param name="WhyNot">In words; null: it is offered.</param>
/// <param name="Status">What a page that says why not answers with.</param>
public sealed record Offer(Move Move, string? Of, IReadOnlyList<string> Agencies, string? WhyNot, int Status)
{
    /// <summary>Tries the move in thought: the rules that would carry it out say whether they would. Nothing is written.</summary>
    public static Offer For(CaseReading r, Move move, string? of)
    {
        if (move.ForManagers && !r.Caller.IsManager)
            return new(move, of, [], "This is for the business manager.", 403);
        var (agencies, whyNot) = (new List<string>(), (string?)null);
        foreach (var agency in Candidates(r))
        {
            var why = Try(r, move, of, agency);
            if (why is null)
                agencies.Add(agency);
            else
                whyNot ??= why;
        }
        return agencies.Count > 0
            ? new(move, of, agencies, null, 200)
            : new(move, of, [], whyNot ?? "There is nothing to do this for.", 422);
    }

    /// <summary>Null when the case would take it.</summary>
    private static string? Try(CaseReading r, Move move, string? of, string agency)
    {
        string? whyNot = null;
        foreach (var body in move.Tries(r, of))
        {
            var spoken = body with { By = new Speaker(agency, "somebody", null) };
            var why =
                MoveCommand.NotTheirs(r.Caller, r.Case, spoken)
                ?? Refusal(r, spoken, move.Stage(r, of) ?? r.Whole.Stage.Id);
            if (why is null)
                return null;
            whyNot ??= why;
        }
        return whyNot ?? "There is nothing to do this for.";
    }

    private static string? Refusal(CaseReading r, MoveBody body, string stage) =>
        Decisions.Decide(
            r.Whole,
            body.ToCommand(new MoveHead("thought", r.Caller.Actor, stage, body.By!)),
            "",
            r.Rules,
            r.Now
        )
            is Decision.Refused refused
            ? refused.Why.Reason
            : null;

    /// <summary>The business manager may write down what an agency said.</summary>
    private static IEnumerable<string> Candidates(CaseReading r) =>
        r.Caller.IsPractitioner ? [r.Caller.Agency!] : r.Case.Parties.Select(p => p.Agency).Prepend(r.Case.Partnership);
}
