using Escalation.Web.Site.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Forms;

/// <summary>Reads a form that may carry a file. All of it stays in memory: it may be personal data, and no disk keeps a copy.</summary>
internal static class SentUpload
{
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 20,
        KeyLengthLimit = 200,
        ValueLengthLimit = MostBytes,
        MultipartBodyLengthLimit = MostBytes,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 4096,
        MemoryBufferThreshold = MostBytes,
    };

    /// <summary>The fields, and the file where one was chosen.</summary>
    /// <param name="tooLarge">Shown when it is more than <see cref="MostBytes"/>.</param>
    public static async Task<(FormValues? Values, byte[]? File, Page? Refused)> ReadAsync(
        HttpContext http,
        Page tooLarge
    )
    {
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || type.MediaType.Value is not ("multipart/form-data" or "application/x-www-form-urlencoded")
        )
            return (null, null, SentForm.NotAForm);
        if (http.Request.ContentLength > MostBytes)
            return (null, null, tooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        try
        {
            var form = await http.Request.ReadFormAsync(Limits, http.RequestAborted);
            var values = new FormValues(form.ToDictionary(p => p.Key, p => string.Join('\n', p.Value.ToArray())));
            return form.Files.GetFile("file") is { Length: > 0 } file
                ? (values, await BytesOfAsync(file, http.RequestAborted), null)
                : (values, null, null);
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            )
        {
            return (null, null, tooLarge);
        }
        catch (IOException)
        {
            return (null, null, SentForm.NotAForm);
        }
    }

    private static async Task<byte[]> BytesOfAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
