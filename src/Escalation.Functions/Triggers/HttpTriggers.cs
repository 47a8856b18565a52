using System.Security.Cryptography;
using System.Text;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace Escalation.Functions.Triggers;

/// <summary>
/// The two doors to the web surface. The host lets a request through the first one only with a function key, and its
/// literal route wins over the second one's; whatever comes through the second has to sign in by itself, however its
/// path is spelt.
/// </summary>
public sealed class HttpTriggers(WebSurface surface, IOptions<WebOptions> options)
{
    public const string RaiseEscalation = "RaiseEscalation",
        Web = "Web";

    [Function(RaiseEscalation)]
    public IResult Raise(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/escalations")] HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => surface.Answer(client, new FunctionKey(CredentialOf(request)));

    [Function(Web)]
    public IResult Everything(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "{*path}")]
            HttpRequest request,
        [DurableClient] DurableTaskClient client
    ) => surface.Answer(client);

    /// <summary>Tells function keys apart without telling them: two forms with keys of their own never share idempotency keys.</summary>
    private string CredentialOf(HttpRequest request)
    {
        var key = request.Headers["x-functions-key"] is [{ Length: > 0 } header]
            ? header
            : request.Query["code"].ToString();
        return "function-"
            + Convert.ToHexStringLower(
                HMACSHA256.HashData(options.Value.IntakeSecret, Encoding.UTF8.GetBytes("function key " + key))
            )[..12];
    }

    private sealed record FunctionKey(string Credential) : IIntakeTrigger;
}
