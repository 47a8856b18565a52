using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Escalation.Testing.GovUkNotify;

/// <summary>
/// GOV.UK Notify's HTTP API on this machine, as far as its published documentation says: it believes the right token alone, keeps what it
/// was sent, and answers as a test says.
/// </summary>
public sealed class NotifyStub : IAsyncDisposable
{
    public const string Service = "11111111-1111-1111-1111-111111111111",
        Secret = "22222222-2222-2222-2222-222222222222";
    public const string Key = $"escalation-{Service}-{Secret}",
        Template = "f33517ff-2a88-4f6e-b855-c550268ce08a";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<NotifyEmail> _emails = [];
    private readonly List<(Func<NotifyEmail, bool> IsIt, TaskCompletionSource<NotifyEmail> Taken)> _awaited = [];

    private NotifyStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Use(AnswerAsync);
        _app.MapPost("/v2/notifications/email", TakeAsync);
        _app.MapGet("/v2/notifications", List);
        _app.MapGet("/v2/template/{id}", ShowAsync);
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>What answers instead of the API; false: the API does. Gets the request before the API does.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>What answers in place of the API's own answer to an email that it has taken; null: its own.</summary>
    public Func<HttpContext, Task>? AfterTaking { get; set; }

    public string TemplateType { get; set; } = "email";
    public string TemplateSubject { get; set; } = "((subject))";
    public string TemplateBody { get; set; } = "((text))";
    public HashSet<string> ReplyToIds { get; } = [];
    public int PageSize { get; set; } = 250;

    /// <summary>Method and path of every request, the latest last.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What was taken, in order.</summary>
    public IReadOnlyList<NotifyEmail> Emails
    {
        get
        {
            lock (_lock)
                return [.. _emails];
        }
    }

    public static async Task<NotifyStub> StartAsync()
    {
        var stub = new NotifyStub();
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>The first such email, once it was taken.</summary>
    public Task<NotifyEmail> TakesAsync(Func<NotifyEmail, bool> isIt)
    {
        var taken = new TaskCompletionSource<NotifyEmail>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_emails.Find(e => isIt(e)) is { } already)
                taken.SetResult(already);
            else
                _awaited.Add((isIt, taken));
        }
        return taken.Task;
    }

    /// <summary>Answers every sending, and nothing else, with this error.</summary>
    public void RefuseSending(int status, string error, string message, params (string Name, string Value)[] headers) =>
        Instead = async context =>
        {
            if (!HttpMethods.IsPost(context.Request.Method))
                return false;
            await RefuseAsync(context, status, error, message, headers);
            return true;
        };

    public static Task RefuseAsync(
        HttpContext context,
        int status,
        string error,
        string message,
        params (string Name, string Value)[] headers
    )
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        var errors = new JsonArray(new JsonObject { ["error"] = error, ["message"] = message });
        return context.Response.WriteAsJsonAsync<JsonObject>(new() { ["status_code"] = status, ["errors"] = errors });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        lock (_lock)
            Requests.Add($"{context.Request.Method} {context.Request.Path}");
        if (await Instead(context))
            return;
        if (IsToken(context.Request.Headers.Authorization.ToString()))
            await next(context);
        else
            await RefuseAsync(context, 403, "AuthError", "Invalid token: API key not found");
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        string[] known = ["email_address", "template_id", "personalisation", "reference", "email_reply_to_id"];
        if (body.Select(p => p.Key).Except(known).FirstOrDefault() is { } other)
            await RefuseAsync(
                context,
                400,
                "ValidationError",
                $"Additional properties are not allowed ({other} was unexpected)"
            );
        else if ($"{body["template_id"]}" != Template)
            await RefuseAsync(context, 400, "BadRequestError", "Template not found");
        else if (body["email_reply_to_id"] is { } id && !ReplyToIds.Contains($"{id}"))
            await RefuseAsync(
                context,
                400,
                "BadRequestError",
                $"email_reply_to_id {id} does not exist in database for service id {Service}"
            );
        else
            await TakeAsync(context, body);
    }

    private async Task TakeAsync(HttpContext context, JsonObject body)
    {
        var email = new NotifyEmail(
            Guid.NewGuid().ToString(),
            $"{body["reference"]}",
            $"{body["email_address"]}",
            $"{body["personalisation"]!["subject"]}",
            $"{body["personalisation"]!["text"]}",
            body["email_reply_to_id"]?.ToString()
        );
        lock (_lock)
        {
            _emails.Add(email);
            foreach (var (_, taken) in _awaited.Where(a => a.IsIt(email)))
                taken.TrySetResult(email);
        }
        if (AfterTaking is { } instead)
        {
            await instead(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync<JsonObject>(
            new() { ["id"] = email.Id, ["reference"] = email.Reference }
        );
    }

    private IResult List(string? reference, string? older_than)
    {
        var latest = Emails.Reverse().Where(e => reference is null || e.Reference == reference);
        if (older_than is not null)
            latest = latest.SkipWhile(e => e.Id != older_than).Skip(1);
        var page = latest
            .Take(PageSize)
            .Select(e =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = e.Id,
                        ["reference"] = e.Reference,
                        ["status"] = e.Status,
                        ["email_address"] = e.To,
                    }
            );
        return Results.Json(
            new JsonObject { ["notifications"] = new JsonArray([.. page]), ["links"] = new JsonObject() }
        );
    }

    private async Task ShowAsync(HttpContext context, string id)
    {
        if (id != Template)
            await RefuseAsync(context, 404, "NoResultFound", "No result found");
        else
            await context.Response.WriteAsJsonAsync<JsonObject>(
                new()
                {
                    ["id"] = id,
                    ["type"] = TemplateType,
                    ["subject"] = TemplateSubject,
                    ["body"] = TemplateBody,
                    ["created_at"] = "2026-01-05T10:00:00.000000Z",
                    ["version"] = 1,
                }
            );
    }

    /// <summary>A JSON Web Token of the service, signed with the secret, and made within the last half minute.</summary>
    private static bool IsToken(string header)
    {
        if (
            !header.StartsWith("Bearer ", StringComparison.Ordinal)
            || header["Bearer ".Length..].Split('.') is not [var head, var body, var mark]
        )
            return false;
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes($"{head}.{body}"));
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(body))!;
        var made = DateTimeOffset.FromUnixTimeSeconds((long)payload["iat"]!.GetValue<double>());
        return signed.AsSpan().SequenceEqual(System.Buffers.Text.Base64Url.DecodeFromChars(mark))
            && $"{payload["iss"]}" == Service
            && TimeProvider.System.GetUtcNow() - made < TimeSpan.FromSeconds(30);
    }
}

/// <param name="Reference">As it was given.</param>
/// <param name="ReplyTo">The id; null where none was given.</param>
public sealed record NotifyEmail(string Id, string Reference, string To, string Subject, string Text, string? ReplyTo)
{
    public string Status { get; set; } = "created";

    /// <summary>What Notify posts to a callback.</summary>
    public string Report(string status) =>
        new JsonObject
        {
            ["id"] = Id,
            ["reference"] = Reference,
            ["to"] = To,
            ["status"] = status,
            ["created_at"] = "2026-09-25T10:00:00.000000Z",
            ["completed_at"] = "2026-09-25T10:00:10.000000Z",
            ["sent_at"] = "2026-09-25T10:00:05.000000Z",
            ["notification_type"] = "email",
            ["template_id"] = NotifyStub.Template,
            ["template_version"] = 1,
        }.ToJsonString();
}
