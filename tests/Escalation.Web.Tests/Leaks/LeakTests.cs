using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Emails;
using Escalation.Web.Links;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Leaks;

/// <summary>
/// What one agency may not see leaks nowhere: every text of a story is marked with who may know it, and every caller reads every address
/// there is. A mark is in no answer to a caller who may not know it, and is in some answer to each of those who may.
/// </summary>
public sealed class LeakTests : IAsyncLifetime
{
    /// <summary>Where dates are no case's.</summary>
    private static readonly string[] Plans = ["calendar", "timeline", "simulator"];

    private readonly List<string> _leaks = [];
    private readonly HashSet<(Who, Mark)> _known = [];
    private TestHost _host = null!;
    private Surface _surface = null!;
    private Story _story = null!;
    private IReadOnlyList<Who> _everybody = [];

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(o => o.RateLimits = false, services: s => s.AddSingleton<EmailWriter>());
        _surface = new Surface(_host);
        _story = new Story(_host);
        _everybody = await Who.AllAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task While_an_internal_stage_is_open_nobody_else_learns_of_it()
    {
        await _story.ToTheInternalStageAsync();
        await ReadEverythingAsync();
        Check();
    }

    [Fact]
    public async Task After_an_internal_stage_was_escalated_what_was_said_at_it_stays_with_its_agency()
    {
        await _story.EscalateAsync(await _story.ToTheInternalStageAsync());
        await ReadEverythingAsync();
        Check();
    }

    [Fact]
    public async Task While_a_stage_of_both_is_open_a_late_answer_to_the_internal_one_stays_with_its_agency()
    {
        await _story.LeaveTheInternalStageAsync(await _story.ToTheInternalStageAsync());
        await ReadEverythingAsync();
        Check();
    }

    [Fact]
    public async Task A_case_that_was_settled_skipped_or_withdrawn_at_an_internal_stage_tells_the_others_no_more_than_that()
    {
        await _story.SettleInternallyAsync(await _story.ToTheInternalStageAsync());
        await _story.SkipAsync(await _story.ToTheInternalStageAsync());
        await _story.WithdrawAsync(await _story.ToTheInternalStageAsync());
        await ReadEverythingAsync();
        Check();
    }

    [Fact]
    public async Task A_case_that_an_agency_does_not_see_is_not_named_to_it_as_one_alike()
    {
        await _story.RaiseTheSameTwiceAsync();
        Assert.Equal([_story.Cases[0]], (await Handler.ReadAsync(_story.Cases[1], default))!.Case.PossibleDuplicates);
        await ReadEverythingAsync();
        Check();
    }

    [Fact]
    public async Task Every_move_that_there_is_was_made_at_the_internal_stage_or_is_tried_of_itself()
    {
        await _story.EscalateAsync(await _story.ToTheInternalStageAsync());
        await _story.SkipAsync(await _story.ToTheInternalStageAsync());
        await _story.WithdrawAsync(await _story.ToTheInternalStageAsync());
        // Who takes a late answer over makes it their own: its words are then those of the stage they speak at. This policy has no dates.
        Assert.Equal(
            [typeof(AdoptBody), typeof(SetDateBody)],
            _surface.Moving("SUF-0000-0000", "1").Select(m => m.Body).Except(_story.Sent)
        );
    }

    [Fact]
    public async Task An_agency_neither_finds_nor_misses_a_case_by_what_it_may_not_know()
    {
        var reference = await _story.ToTheInternalStageAsync();
        var (own, other) = (Practitioner(Story.Raising), Practitioner(Story.Receiving));
        foreach (
            var (query, ours, theirs) in new[]
            {
                ("", true, true),
                ("?status=open", false, true),
                ("?status=onHold", true, false),
                ("?stage=2", true, false),
                ("?stage=1", false, false),
                ("?overdue=false", true, true),
            }
        )
            Assert.Equal(
                (query, ours, theirs),
                (query, await IsListedAsync(own, query), await IsListedAsync(other, query))
            );

        async Task<bool> IsListedAsync(HttpClient client, string query)
        {
            var answer = await client.GetJsonAsync("/api/escalations" + query);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            return answer.Json["items"]!.AsArray().Any(i => i!["reference"]!.ToString() == reference);
        }

        HttpClient Practitioner(string agency) => _everybody.First(w => w.IsOf(Story.Suffolk, agency)).Client;
    }

    [Fact]
    public async Task What_becomes_of_a_move_tells_nobody_more_than_they_may_know()
    {
        foreach (var who in _everybody.Where(w => !w.IsManager && w.Agency is not Story.Raising))
        {
            var reference = await _story.ToTheInternalStageAsync();
            if (who.Agency == Story.Third)
                await _story.EscalateAsync(reference);
            var duty = (await Handler.ReadAsync(reference, default))!.Case.Duties.FirstOrDefault()?.Id ?? "action-1";
            foreach (var (path, body) in _surface.Moving(reference, duty))
            foreach (var stage in new[] { "1", "2", "3" })
            {
                var answer = await who.Client.PostAsync(path, Sent(body, stage, who.Agency ?? Story.Receiving));
                Look(who, $"POST {path} at {stage}", answer.Text);
            }
        }
        Assert.True(_leaks.Count == 0, string.Join('\n', _leaks.Take(50)));
    }

    [Fact]
    public async Task What_a_links_forms_answer_tells_its_holder_no_more_than_they_may_know()
    {
        await _story.ToTheInternalStageAsync();
        await _story.EscalateAsync(await _story.ToTheInternalStageAsync());
        await _story.SettleInternallyAsync(await _story.ToTheInternalStageAsync());
        await _story.AgreeAsync(await _story.ToTheInternalStageAsync());
        var (links, late) = (new List<(Who Who, LinkAction Action, string Path)>(), new List<int>());
        foreach (var reference in _story.Cases)
        {
            var document = (await Handler.ReadAsync(reference, default))!;
            links.AddRange(await LinksAsync(document));
            late.AddRange(document.Case.LateResponses.Select(l => l.Number));
        }
        var seen = new HashSet<(LinkAction, HttpStatusCode)>();

        foreach (var (who, action, path) in links)
        foreach (var (how, status, text) in await new LinkForms(_host.Nobody(), path).TryAsync())
            Answered(who, action, how, status, text);
        foreach (var (who, action, path) in links)
        foreach (var (how, status, text) in await new LinkForms(_host.Nobody(), path).RecordAsync([.. late.Distinct()]))
            Answered(who, action, how, status, text);

        // Altered, and a month after everything ended: nobody can be told anything.
        var stranger = _everybody.First(w => w.Role is null);
        foreach (var (_, action, path) in links.DistinctBy(l => (l.Who, l.Action)))
        foreach (var (how, status, text) in await new LinkForms(_host.Nobody(), path[..^4] + "AAAA").TryAsync())
            Answered(stranger, action, $"altered: {how}", status, text);
        _host.Clock.Advance(TimeSpan.FromDays(400));
        foreach (var reference in _story.Cases)
            await Handler.AdvanceAsync(reference, null, _host.Clock.GetUtcNow(), default);
        foreach (var (who, action, path) in links)
        {
            var lapsed = new LinkForms(_host.Nobody(), path);
            if (await lapsed.OpenAsync() is (HttpStatusCode.Gone, var page))
                Answered(stranger, action, "lapsed", HttpStatusCode.Gone, page);
            foreach (var (how, status, text) in await lapsed.TryAsync())
                Answered(status == HttpStatusCode.Gone ? stranger : who, action, $"much later: {how}", status, text);
        }

        Assert.True(_leaks.Count == 0, string.Join('\n', _leaks.Take(50)));
        foreach (
            var status in new[]
            {
                HttpStatusCode.OK,
                HttpStatusCode.BadRequest,
                HttpStatusCode.NotFound,
                HttpStatusCode.Gone,
            }
        )
        {
            Assert.Contains((LinkAction.Outcome, status), seen);
            Assert.Contains((LinkAction.Confirm, status), seen);
        }
        Assert.Contains((LinkAction.Outcome, HttpStatusCode.UnprocessableEntity), seen);

        void Answered(Who who, LinkAction action, string how, HttpStatusCode status, string text)
        {
            Assert.True((int)status < 500, $"{action}, {how}: {status}");
            seen.Add((action, status));
            Look(who, $"link of {action}, {how}", text);
        }
    }

    private CaseHandler Handler => _host.Services.GetRequiredService<CaseHandler>();

    private static JsonObject Sent(Type body, string stage, string by) =>
        body == typeof(OutcomeBody)
            ? Sample.Outcome(stage, "resolved", by)
            : new Marks("Own").Body(
                body,
                "",
                _ => true,
                new()
                {
                    ["id"] = null,
                    ["stage"] = stage,
                    ["by"] = new JsonObject
                    {
                        ["agency"] = by,
                        ["name"] = "Somebody",
                        ["role"] = null,
                    },
                }
            );

    private async Task ReadEverythingAsync()
    {
        foreach (var path in _surface.OfAll(_story.Cases))
            await ReadAsync(path);
        foreach (var reference in _story.Cases)
        {
            var document = (await Handler.ReadAsync(reference, default))!;
            foreach (var path in _surface.OfCase(reference, [.. Things(document.Case)]))
                await ReadAsync(path);
            await ReadEmailsAsync(document);
        }
    }

    private static IEnumerable<string> Things(Case c) =>
        c
            .Duties.Select(d => d.Id)
            .Concat(c.Contacts.Select(x => x.Id))
            .Concat(c.LateResponses.Select(l => $"{l.Number}"))
            .Concat(c.Stages.Select(s => s.Id));

    private async Task ReadAsync(string path)
    {
        foreach (var who in _everybody)
        {
            Look(who, path, await Surface.ReadAsync(who.Client, path));
            if (path.StartsWith("/api/", StringComparison.Ordinal))
                Look(who, $"{path} as CSV", await Surface.ReadAsync(who.Client, path, "text/csv"));
        }
    }

    /// <summary>The emails of the case as their recipients get them, and the pages behind their links.</summary>
    private async Task ReadEmailsAsync(CaseDocument document)
    {
        foreach (var (who, notice, name, email) in await EmailsAsync(document))
        {
            // Whom it is for knows their own name.
            var text = $"{email.Subject}\n{email.Text}\n{email.Html}\n{email.Calendar?.Content}".Replace(
                name,
                "",
                StringComparison.Ordinal
            );
            var words = _story.Marks.All.Where(m =>
                m.IsWord && !m.Where.EndsWith("caseNumber", StringComparison.Ordinal)
            );
            Assert.DoesNotContain(words, m => m.IsIn(text));
            Look(who, $"email {notice.Key}", text);
            foreach (var link in email.Links)
                Look(who, $"link of {notice.Key}", await Surface.ReadAsync(_host.Nobody(), new Uri(link).AbsolutePath));
        }
    }

    private async Task<List<(Who Who, Notice Notice, string Name, Email Email)>> EmailsAsync(CaseDocument document)
    {
        var emails = new List<(Who, Notice, string, Email)>();
        var (writer, now) = (_host.Services.GetRequiredService<EmailWriter>(), _host.Clock.GetUtcNow());
        var (c, rules) = (document.Case, await Handler.RulesAsync(document.Case, now, default));
        foreach (var notice in c.Notices)
        {
            if (CaseContacts.Find(c, rules.Directory, notice.Queued.Contact) is not { } recipient)
                continue;
            var agency = notice.Queued.Agency == c.Partnership ? null : notice.Queued.Agency;
            var who = _everybody.First(w => w.Partnership == c.Partnership && w.Agency == agency);
            var email = await writer.WriteAsync(new NoticeContext(document, notice, recipient, rules, now));
            emails.Add((who, notice, recipient.Person.Name, email));
        }
        return emails;
    }

    /// <summary>Every link to a form that the case's emails have, with whom it was sent to.</summary>
    private async Task<IEnumerable<(Who Who, LinkAction Action, string Path)>> LinksAsync(CaseDocument document)
    {
        var tokens = _host.Services.GetRequiredService<LinkTokens>();
        var links = (await EmailsAsync(document)).SelectMany(e =>
            e.Email.Links.Select(l => (e.Who, Path: new Uri(l).AbsolutePath))
        );
        return links
            .DistinctBy(l => l.Path)
            .Select(l => (l.Who, Reading: tokens.Read(l.Path.Split('/')[^1]) as LinkReading.Signed, l.Path))
            .Where(l => l.Reading is not null)
            .Select(l => (l.Who, l.Reading!.Claims.Action, l.Path));
    }

    private void Look(Who who, string where, string text)
    {
        foreach (var mark in _story.Marks.All.Where(m => m.IsIn(text)))
        {
            _known.Add((who, mark));
            // Calendars and timelines have every day of theirs, and who asks for a reference may find it in the answer.
            var isAsked =
                !mark.IsWord && (mark.IsIn(where) || Plans.Any(p => where.Contains(p, StringComparison.Ordinal)));
            if (!mark.MayKnow(who) && !isAsked)
                _leaks.Add($"{who}: {where} has {mark.Text} ({mark.Where})");
        }
    }

    private void Check()
    {
        Assert.True(_leaks.Count == 0, string.Join('\n', _leaks.Take(50)));
        var missing =
            from who in _everybody
            from mark in _story.Marks.All
            where mark.MayKnow(who) && !_known.Contains((who, mark))
            select (who, mark);
        var words = missing.Select(m => $"{m.who} is not shown {m.mark.Text} ({m.mark.Where})").ToList();
        Assert.True(words.Count == 0, string.Join('\n', words.Take(50)));
    }
}
