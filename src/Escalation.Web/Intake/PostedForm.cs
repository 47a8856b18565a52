using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Intake;

/// <summary>An opening that a plain HTML form posts. It may be as large as a body of JSON. Read twice, it is the same.</summary>
internal static class PostedForm
{
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>Fields that are no part of the opening: a form has no headers of its own.</summary>
    public const string IntakeKey = "intakeKey",
        IdempotencyKey = "idempotencyKey";
    private const int MostFields = 500,
        LongestName = 200;

    public static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == MediaType;

    public static async Task<(FormValues? Values, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.MaxBody;
        var tooLarge = Problem.Of(Codes.TooLarge, $"A form is {most / 1024} KB at the most.");
        if (context.Request.ContentLength > most)
            return (null, tooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most;
        try
        {
            var limits = new FormOptions
            {
                ValueCountLimit = MostFields,
                KeyLengthLimit = LongestName,
                ValueLengthLimit = most,
            };
            var form = await context.Request.ReadFormAsync(limits, context.RequestAborted);
            return (new FormValues(form.ToDictionary(p => p.Key, p => string.Join('\n', p.Value.ToArray()))), null);
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            )
        {
            return (null, tooLarge);
        }
    }
}
