using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Intake;

/// <summary>An opening as it was sent: the contract's body, or the fields of a form, which are read once the policy is known.</summary>
/// <param name="Key">An idempotency key that came with it, beside the header; null: none.</param>
internal sealed record SentOpening(OpeningBody? Body, FormValues? Fields, string? Key)
{
    public string? Policy => Body is null ? Fields!.Typed("policy") : Body.Policy;

    public static Task<(SentOpening? Sent, Problem? Problem)> ReadAsync(HttpContext context) =>
        PostedForm.Is(context.Request) ? OfFormAsync(context) : OfJsonAsync(context);

    /// <summary>The body with ids for the words that forms show, or what of the form cannot be read.</summary>
    public (OpeningBody? Body, Problem? Problem) Read(Rules rules)
    {
        var (body, unread) = Body is null ? OpeningFields.Read(Fields!, rules) : (Body, []);
        return unread.Count == 0
            ? (new KnownNames(rules).Of(body), null)
            : (
                null,
                Problem.Of(
                    Codes.Invalid,
                    "Some fields need attention.",
                    unread.ToDictionary(e => e.Field, e => new[] { e.Message })
                )
            );
    }

    private static async Task<(SentOpening? Sent, Problem? Problem)> OfFormAsync(HttpContext context)
    {
        var (values, problem) = await PostedForm.ReadAsync(context);
        if (values is null)
            return (null, problem);
        var opening = values.Sent.Keys.Except([PostedForm.IntakeKey, PostedForm.IdempotencyKey]);
        JsonBody.ListIgnored(context, opening.Where(name => !OpeningFields.IsKnown(name)));
        return (OfFields(values, values.Typed(PostedForm.IdempotencyKey)), null);
    }

    private static async Task<(SentOpening? Sent, Problem? Problem)> OfJsonAsync(HttpContext context)
    {
        var (read, refused) = await JsonBody.BytesAsync(context);
        if (read is not { } bytes)
            return (null, refused);
        if (HoldsSubmission(bytes.Span))
            return OfSubmission(context, JsonBody.Read(context, bytes, ApiJson.Default.GovUkFormsBody));
        var (body, unreadable) = JsonBody.Read(context, bytes, ApiJson.Default.OpeningBody);
        return body is null ? (null, unreadable) : (new SentOpening(body, null, null), null);
    }

    private static (SentOpening? Sent, Problem? Problem) OfSubmission(
        HttpContext context,
        BodyReading<GovUkFormsBody> reading
    )
    {
        if (reading.Value is not { } body)
            return (null, reading.Problem);
        if (body.Submission is null)
            return (null, Problem.Invalid(GovUkFormsBody.Member, "Required: the submission as GOV.UK Forms made it."));
        var fields = body.Fields();
        JsonBody.ListIgnored(context, body.Unused().Concat(fields.Sent.Keys.Where(n => !OpeningFields.IsKnown(n))));
        return (OfFields(fields, body.Submission.Reference is { } reference ? $"govuk-forms {reference}" : null), null);
    }

    private static SentOpening OfFields(FormValues values, string? key) =>
        new(null, FormRows.Compact(FormRows.Numbered(values)), key);

    /// <summary>Whether the object has the member that tells GOV.UK Forms' submissions from the contract's own body.</summary>
    private static bool HoldsSubmission(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals(GovUkFormsBody.Member))
                    return true;
                json.Skip();
            }
            return false;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
