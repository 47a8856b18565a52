using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Policies;

/// <summary>
/// What the published text leaves to the partnership: read by staff, changed by those who run the partnership, with a reason.
/// </summary>
internal static class SettingPages
{
    private const string Own = "its own partnership's";
    private static readonly Problem None = Problem.NotFound("There is no such setting of this procedure.");

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/policies/{id}/settings", ListAsync)
            .ForStaff("page: what of a procedure is a local setting, and which readings of its text there are")
            .AsPage();
        routes
            .MapGet(
                "/policies/{id}/settings/change",
                (HttpContext http, string id, RuleBook rules) => ShowAsync(http, id, rules)
            )
            .ForManagers("a form that changes a local setting of a procedure", Own)
            .AsPage();
        routes
            .MapPost("/policies/{id}/settings/change", SendAsync)
            .ForManagers("changes a local setting of a procedure: a new version", Own)
            .AsPage();
        routes
            .MapGet(
                "/policies/{id}/settings/reading",
                (HttpContext http, string id, RuleBook rules) => ShowAsync(http, id, rules)
            )
            .ForManagers("a form that chooses another reading of a procedure's text", Own)
            .AsPage();
        routes
            .MapPost("/policies/{id}/settings/reading", SendAsync)
            .ForManagers("chooses another reading of a procedure's text: a new version", Own)
            .AsPage();
        routes
            .MapPost("/api/policies/{id}/settings", ChangeAsync)
            .ForManagers("changes a local setting of a policy, or chooses a reading of its text: a new version", Own)
            .WithName("changePolicySetting")
            .Accepts<PolicySettingBody>("application/json")
            .Produces<PolicyStored>(201);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string id, RuleBook rules)
    {
        if ((await rules.InstalledAsync(context.RequestAborted)).InForce(id) is not { } policy)
            return Problem.NotFound("There is no such procedure.");
        var caller = context.Caller();
        var sheet = new SettingsSheet(
            policy,
            LocalSetting.Of(policy),
            caller.IsManager && caller.Covers(policy.Partnership),
            context.Request.Query["done"] == "set"
        );
        return new PageResult(new Page(200, typeof(SettingsPage), sheet));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string id, RuleBook rules)
    {
        var (form, refused) = await FormAsync(context, id, rules, null);
        return form is null ? refused! : new PageResult(new Page(200, typeof(SettingFormPage), form));
    }

    private static async Task<IResult> SendAsync(HttpContext context, string id, RuleBook rules, PolicyService service)
    {
        var (sent, unreadable) = await SentForm.ReadAsync(context);
        if (sent is null)
            return new PageResult(unreadable!);
        var (form, refused) = await FormAsync(context, id, rules, sent);
        if (form is null)
            return refused!;
        var (changed, errors) = form.Read();
        if (changed is null)
            return new PageResult(new Page(400, typeof(SettingFormPage), form with { Errors = errors }));
        var (stored, problem) = await service.StoreAsync(
            changed,
            form.Values.Typed(SettingForm.Seen) ?? form.Policy.Hash,
            context.Caller(),
            context.Arrived()
        );
        if (stored is not null)
            return new SeeOther($"{form.Back}?done=set");
        if (problem!.Status != StatusCodes.Status412PreconditionFailed)
            return problem;
        // As it is now: what was typed before would take the other change back.
        const string meanwhile = "The procedure was changed meanwhile: this is how it is now. Change it again";
        var reason = form.Values["reason"];
        var again = form with
        {
            Values = SettingForm.Present(form.Policy, form.Setting, form.Reading).With("reason", reason),
            Errors = new FormErrors([new FieldError("", meanwhile)]),
        };
        return new PageResult(new Page(problem.Status, typeof(SettingFormPage), again));
    }

    /// <summary>The form for what the address names, as it is now or as it was sent.</summary>
    private static async Task<(SettingForm? Form, IResult? Refused)> FormAsync(
        HttpContext context,
        string id,
        RuleBook rules,
        FormValues? sent
    )
    {
        var (policy, refused) = await OwnAsync(context, id, rules);
        if (policy is null)
            return (null, refused);
        var (path, place) = (context.Request.Query["path"].ToString(), context.Request.Query["id"].ToString());
        if (path.Length == 0 && place.Length == 0)
            return (null, new SeeOther($"/policies/{id}/settings"));
        var isReading = context.Request.Path.Value!.EndsWith("/reading", StringComparison.Ordinal);
        var setting = isReading ? null : LocalSetting.Of(policy).FirstOrDefault(s => s.Path == path);
        var reading = isReading ? policy.Readings.FirstOrDefault(r => r.Id == place) : null;
        return setting is null && reading is null
            ? (null, None)
            : (
                new SettingForm(
                    policy,
                    setting,
                    reading,
                    sent ?? SettingForm.Present(policy, setting, reading),
                    FormErrors.None
                ),
                null
            );
    }

    private static async Task<(Policy? Policy, Problem? Refused)> OwnAsync(
        HttpContext context,
        string id,
        RuleBook rules
    )
    {
        if ((await rules.InstalledAsync(context.RequestAborted)).InForce(id) is not { } policy)
            return (null, Problem.NotFound("There is no such policy."));
        return context.Caller().Covers(policy.Partnership)
            ? (policy, null)
            : (null, Problem.Of(Codes.Forbidden, "You belong to another partnership."));
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        string id,
        RuleBook rules,
        PolicyService service
    )
    {
        var (policy, refused) = await OwnAsync(context, id, rules);
        if (policy is null)
            return refused!;
        var (body, unreadable) = await JsonBody.ReadAsync(context, ApiJson.Default.PolicySettingBody);
        if (body is null)
            return unreadable!;
        var faults = new Faults();
        faults.Required("reason", body.Reason, OwnPolicyDocument.LongestText);
        if (body.Reading is null)
            faults.Required("text", body.Text, OwnPolicyDocument.LongestText);
        if (faults.ToRefusal() is { } refusal)
            return Problem.Of(refusal);
        var changed = body.Reading is { } reading
            ? PolicyChanges.Choose(policy, reading, body.Choice ?? "", body.Reason!)
            : PolicyChanges.Set(policy, body.Path ?? "", Values(body), body.Text!, body.Reason!);
        if (changed.Policy is null)
            return PolicyService.Faulty(changed.Errors);
        var (stored, problem) = await service.StoreAsync(
            changed.Policy,
            PolicyEndpoints.SeenHash(context.Request) ?? policy.Hash,
            context.Caller(),
            context.Arrived()
        );
        if (stored is null)
            return problem!;
        context.Response.Headers.Location = $"/api/policies/{id}";
        return Results.Json(stored, ApiJson.Default.PolicyStored, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>As they are typed on the form: <c>true</c> is yes.</summary>
    private static Dictionary<string, string> Values(PolicySettingBody body) =>
        (body.Values ?? new Dictionary<string, JsonElement>()).ToDictionary(
            v => v.Key,
            v =>
                v.Value.ValueKind switch
                {
                    JsonValueKind.True => "yes",
                    JsonValueKind.False => "no",
                    JsonValueKind.String => v.Value.GetString()!,
                    _ => v.Value.GetRawText(),
                },
            StringComparer.Ordinal
        );
}

/// <param name="MayChange">The reader runs the partnership.</param>
/// <param name="IsStored">One was changed just now.</param>
public sealed record SettingsSheet(Policy Policy, IReadOnlyList<LocalSetting> Settings, bool MayChange, bool IsStored);
