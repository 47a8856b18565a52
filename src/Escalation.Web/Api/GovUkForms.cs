using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>
/// A submission as GOV.UK Forms makes it (JSON, version 1: https://www.forms.service.gov.uk/json-submissions/v1/schema), and what its
/// questions are for. Fields are named as in a form that is posted: <c>person.name</c>.
/// </summary>
/// <param name="Questions">From a field to the id of the question that answers it, or to the question's text.</param>
/// <param name="Always">From a field to a value that no question asks for, such as the policy.</param>
public sealed record GovUkFormsBody(
    GovUkSubmission? Submission,
    IReadOnlyDictionary<string, string?>? Questions,
    IReadOnlyDictionary<string, string?>? Always
)
{
    public const string Member = "submission";

    /// <summary>
    /// The fields that the submission answers. It was raised when it was submitted, unless a question or <see cref="Always"/> says
    /// otherwise.
    /// </summary>
    internal FormValues Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, value) in Always ?? new Dictionary<string, string?>())
            fields[field] = value ?? "";
        foreach (var (field, question) in Questions ?? new Dictionary<string, string?>())
            if (Answers.FirstOrDefault(a => a.IsOf(question)) is { } answer)
                fields[field] = answer.Words;
        var said = new FormValues(fields);
        return
            Submission?.SubmittedAt is { } at && (said.Typed("raisedAt") ?? said.Typed(OpeningFields.RaisedOn)) is null
            ? said.With("raisedAt", at.ToString("O"))
            : said;
    }

    /// <summary>Ids of the questions that no field asks for.</summary>
    internal IEnumerable<string> Unused() =>
        Answers.Where(a => Questions?.Values.Any(a.IsOf) != true).Select(a => a.Id ?? "");

    private IEnumerable<GovUkAnswer> Answers => (Submission?.Answers ?? []).OfType<GovUkAnswer>();
}

/// <param name="Reference">Made by GOV.UK Forms for each submission.</param>
public sealed record GovUkSubmission(
    [property: JsonPropertyName("submission_reference")] string? Reference,
    [property: JsonPropertyName("submitted_at")] DateTimeOffset? SubmittedAt,
    IReadOnlyList<GovUkAnswer?>? Answers
);

/// <param name="Answer">A text, or a list of them where a question can be answered several times; null where it was passed over.</param>
/// <param name="Selections">Where several options can be chosen: those that were.</param>
public sealed record GovUkAnswer(
    [property: JsonPropertyName("question_id")] string? Id,
    [property: JsonPropertyName("question_text")] string? Question,
    [property: JsonPropertyName("answer_text")] JsonElement? Answer,
    IReadOnlyList<string?>? Selections
)
{
    internal bool IsOf(string? question) => question is not null && (question == Id || question == Question);

    /// <summary>Several answers on lines of their own, as check boxes are read.</summary>
    internal string Words => string.Join('\n', Selections ?? Texts());

    private IEnumerable<string?> Texts() =>
        Answer switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()],
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray()
                .Where(e => e.ValueKind == JsonValueKind.String)
                .Select(e => e.GetString()),
            _ => [],
        };
}
