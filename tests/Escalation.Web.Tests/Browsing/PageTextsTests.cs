using System.Runtime.CompilerServices;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Leaks;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Browsing;

/// <summary>
/// What every page and every list says to every caller of a story, word for word: the files in <c>Texts</c>. Callers who read the same
/// stand together. With <c>PAGES_WRITE=1</c> in the environment the files are written instead of compared.
/// </summary>
public sealed class PageTextsTests
{
    /// <summary>Those that say the same of every procedure, or that a test of their own looks at.</summary>
    private static readonly string[] Elsewhere =
    [
        "/policies",
        "/openapi",
        "/docs",
        "/api/partnerships",
        "/health/",
        "/proof",
    ];

    [Fact]
    public async Task Every_page_says_to_every_caller_what_it_said()
    {
        await using var host = await TestHost.StartAsync(o => o.RateLimits = false);
        var story = new Story(host);
        Func<Task>[] steps =
        [
            story.ToTheInternalStageAsync,
            async () => await story.EscalateAsync(await story.ToTheInternalStageAsync()),
            async () => await story.AgreeAsync(await story.ToTheInternalStageAsync()),
            story.RaiseTheSameTwiceAsync,
            async () => await story.ResumeAsync(await story.ToTheInternalStageAsync()),
        ];
        foreach (var step in steps)
        {
            await step();
            // So that lists have one order.
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        // The day on which the holds are to be reviewed.
        host.Clock.Advance(TimeSpan.FromDays(13));
        var surface = new Surface(host);
        var handler = host.Services.GetRequiredService<CaseHandler>();
        var paths = surface.OfAll(story.Cases[..1]).ToList();
        var first = (await handler.ReadAsync(story.Cases[0], default))!.Case;
        paths.AddRange(surface.OfCase(first.Reference, [.. OneOfEach(first)]));
        paths.AddRange(story.Cases.Skip(1).Select(reference => $"/cases/{reference}"));
        var callers = (await Who.AllAsync(host)).Where(IsOfTheStory).ToList();

        var texts = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var path in paths.Where(p => !Elsewhere.Any(e => p.Contains(e, StringComparison.Ordinal))).Distinct())
        {
            var said = new List<(Who Who, string Text)>();
            foreach (var who in callers)
                said.Add((who, PageText.Masked(PageText.Of(await Surface.ReadAsync(who.Client, path)), story.Cases)));
            var file = path.Split('/', '.', '?')[1] is "api"
                ? path.Split('/', '.', '?')[2] + "-api"
                : path.Split('/', '.', '?')[1];
            if (!texts.TryGetValue(file, out var text))
                texts[file] = text = new StringBuilder();
            foreach (var alike in said.GroupBy(s => s.Text, s => s.Who))
                text.Append("==== ")
                    .Append(path)
                    .Append(" to ")
                    .AppendJoin(", ", alike)
                    .Append('\n')
                    .Append(alike.Key)
                    .Append("\n\n");
        }
        var different = texts
            .Select(t =>
                KeptWords.Difference(
                    Path.Combine(Here(), "Texts", $"{t.Key}.txt"),
                    PageText.Masked(t.Value.ToString(), story.Cases),
                    "PAGES_WRITE"
                )
            )
            .OfType<string>()
            .ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    private static bool IsOfTheStory(Who who) =>
        who.Role is null or Roles.Administrator
        || (who.Partnership == Story.Suffolk && who.Agency is not "hospital")
        || who.IsOf(Story.Surrey, Story.Raising, Story.Receiving);

    /// <summary>Ids of what a form can be about: one of each kind.</summary>
    private static IEnumerable<string> OneOfEach(Case c) =>
        c
            .Duties.Select(d => d.Id)
            .Take(1)
            .Concat(c.Contacts.Select(x => x.Id).Take(1))
            .Concat(c.LateResponses.Select(l => $"{l.Number}").Take(1))
            .Append(c.Stage.Id);

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
