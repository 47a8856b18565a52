using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escalation.Web.GovUkNotify;

/// <summary>A refusal of Notify's, as it came.</summary>
/// <param name="After">Retry-After; null without one.</param>
/// <param name="Skew">How far this machine's clock and Notify's are apart; null where its answer does not say.</param>
internal sealed record NotifyAnswer(
    int Status,
    IReadOnlyList<NotifyError> Errors,
    TimeSpan? After = null,
    TimeSpan? Skew = null
)
{
    public static async Task<NotifyAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        // The client library signs its requests with the machine's own clock, whatever clock the host goes by.
        var now = TimeProvider.System.GetUtcNow();
        var asked = response.Headers.RetryAfter;
        var after = asked?.Delta ?? asked?.Date - now;
        return new NotifyAnswer(
            (int)response.StatusCode,
            await ErrorsAsync(response.Content, cancel).ConfigureAwait(false),
            after > TimeSpan.Zero ? after : null,
            (response.Headers.Date - now)?.Duration()
        );
    }

    /// <summary>Whether one of the errors is about this.</summary>
    /// <param name="what">A name of the API's, such as <c>email_reply_to_id</c>.</param>
    public bool SpeaksOf(string what) =>
        Errors.Any(e => e.Message?.Contains(what, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>None where the body is another than Notify's own: a proxy's, say.</summary>
    private static async Task<IReadOnlyList<NotifyError>> ErrorsAsync(HttpContent content, CancellationToken cancel)
    {
        try
        {
            var body = await content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            var errors = JsonSerializer.Deserialize(body, NotifyJson.Default.NotifyRefusal)?.Errors ?? [];
            return [.. errors.OfType<NotifyError>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <param name="Error">Its kind, which stays: <c>BadRequestError</c>, <c>ValidationError</c>, …</param>
/// <param name="Message">In words, which Notify may change. May hold an address.</param>
internal sealed record NotifyError(string? Error, string? Message);

internal sealed record NotifyRefusal(IReadOnlyList<NotifyError?>? Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NotifyRefusal))]
[JsonSerializable(typeof(NotifyReport))]
internal sealed partial class NotifyJson : JsonSerializerContext;
