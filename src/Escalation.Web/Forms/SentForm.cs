using Escalation.Web.Site.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Forms;

/// <summary>
/// Reads a form that was sent, within limits far above what a form itself can hold. A field sent more than once has its
/// values on lines of their own.
/// </summary>
internal static class SentForm
{
    public const int MostBytes = 2 * 1024 * 1024;
    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 500,
        KeyLengthLimit = 200,
        ValueLengthLimit = 100_000,
    };

    private static Page TooLarge { get; } =
        Page.Message(
            413,
            "This is too long",
            "What was sent is longer than a form can be. Nothing was recorded. Go back, shorten it, and send it again."
        );

    internal static Page NotAForm { get; } =
        Page.Message(
            415,
            "This was not sent by the form",
            "Nothing was recorded. Open the page in a browser and use the form on it."
        );

    public static async Task<(FormValues? Values, Page? Refused)> ReadAsync(HttpContext http)
    {
        if (http.Request is { ContentType: null, ContentLength: null or 0 })
            return (FormValues.Empty, null);
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || type.MediaType != "application/x-www-form-urlencoded"
        )
            return (null, NotAForm);
        if (http.Request.ContentLength > MostBytes)
            return (null, TooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        try
        {
            var form = await http.Request.ReadFormAsync(Limits, http.RequestAborted);
            return (new FormValues(form.ToDictionary(p => p.Key, p => string.Join('\n', p.Value.ToArray()))), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode != StatusCodes.Status413PayloadTooLarge)
        {
            return (null, NotAForm);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return (null, TooLarge);
        }
    }
}
