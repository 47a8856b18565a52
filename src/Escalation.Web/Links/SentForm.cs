using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Links;

/// <summary>Reads a form that was sent, within limits far above what the form itself can hold.</summary>
internal static class SentForm
{
    public const int MostBytes = 2 * 1024 * 1024;
    private static readonly FormOptions Limits = new() { ValueCountLimit = 500, KeyLengthLimit = 200, ValueLengthLimit = 100_000 };

    public static async Task<(FormValues? Values, Page? Refused)> ReadAsync(HttpContext http)
    {
        if (http.Request is { ContentType: null, ContentLength: null or 0 })
            return (FormValues.Empty, null);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType != "application/x-www-form-urlencoded")
            return (null, Refusals.NotAForm);
        if (http.Request.ContentLength > MostBytes)
            return (null, Refusals.TooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        try
        {
            var form = await http.Request.ReadFormAsync(Limits, http.RequestAborted);
            return (new FormValues(form.ToDictionary(p => p.Key, p => p.Value.Count > 0 ? p.Value[^1] ?? "" : "")), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode != StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Refusals.NotAForm);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return (null, Refusals.TooLarge);
        }
    }
}
