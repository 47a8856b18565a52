using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Api;

/// <summary>A case that is there for its caller.</summary>
/// <param name="Case">What they may know of it: all that is ever shown.</param>
/// <param name="Document">For the rules that try and carry out commands.</param>
public sealed record SeenCase(ReadableCase Case, CaseDocument Document, Rules Rules)
{
    public Case Whole => Document.Case;

    internal static readonly Problem None = Problem.NotFound("There is no such case.");

    /// <summary>Null: there is no such case, or it is not theirs to see, which is the same to them.</summary>
    internal static async Task<SeenCase?> FindAsync(HttpContext context, CaseHandler handler, string reference)
    {
        var capitals = reference.ToUpperInvariant();
        if (
            !Reference.IsWellFormed(capitals)
            || await handler.ReadAsync(capitals, context.RequestAborted) is not { } document
        )
            return null;
        var rules = await handler.RulesAsync(document.Case, context.Arrived(), context.RequestAborted);
        return context.Caller().Sees(document.Case, rules.Policy)
            ? await OfAsync(context, handler, document, rules)
            : null;
    }

    /// <summary>A case that its caller has just opened or changed.</summary>
    internal static async Task<SeenCase> OfAsync(HttpContext context, CaseHandler handler, CaseDocument document) =>
        await OfAsync(
            context,
            handler,
            document,
            await handler.RulesAsync(document.Case, context.Arrived(), context.RequestAborted)
        );

    private static async Task<SeenCase> OfAsync(
        HttpContext context,
        CaseHandler handler,
        CaseDocument document,
        Rules rules
    )
    {
        var reader = context.Caller().Reader with
        {
            OtherCases = await SeenOfAsync(context, handler, document.Case.PossibleDuplicates),
        };
        return new SeenCase(new ReadableCase(document, rules.Policy, reader), document, rules);
    }

    /// <summary>Those of the references whose cases the caller sees.</summary>
    private static async Task<IReadOnlyCollection<string>> SeenOfAsync(
        HttpContext context,
        CaseHandler handler,
        IReadOnlyList<string> references
    )
    {
        if (!context.Caller().IsPractitioner)
            return references;
        var seen = new List<string>();
        foreach (var reference in references)
        {
            if (await handler.ReadAsync(reference, context.RequestAborted) is not { Case: var other })
                continue;
            var rules = await handler.RulesAsync(other, context.Arrived(), context.RequestAborted);
            if (context.Caller().Sees(other, rules.Policy))
                seen.Add(reference);
        }
        return seen;
    }
}
