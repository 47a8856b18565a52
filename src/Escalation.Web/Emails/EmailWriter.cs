using Escalation.Core.Notices;
using Escalation.Web.Site;
using Escalation.Web.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Emails;

/// <summary>Writes the email of a notice: subject, text, HTML, calendar entry and links.</summary>
public sealed class EmailWriter(
    LinkTokens tokens,
    IOptions<WebOptions> options,
    IServiceProvider services,
    ILoggerFactory logs
)
{
    public async Task<Email> WriteAsync(NoticeContext notice)
    {
        var letter = LetterWriter.Write(notice, new LetterLinks(tokens, options.Value.PublicUrl));
        return new Email
        {
            Key = notice.Notice.Key,
            ToName = LetterText.OneLine(notice.Recipient.Person.Name),
            ToAddress = notice.Recipient.Person.Email!,
            ReplyTo = notice.ManagerAddress,
            Subject = letter.Subject,
            Text = LetterText.Of(letter),
            Html = await HtmlAsync(letter),
            Unwrapped = LetterText.Of(letter, int.MaxValue),
            Calendar = StageCalendar.EntryFor(notice, new Uri(options.Value.PublicUrl).Host),
            Links = [.. letter.Links.Select(l => l.Url)],
        };
    }

    /// <summary>A renderer keeps every component it ever rendered, so each email gets its own; making one takes microseconds.</summary>
    private async Task<string> HtmlAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(LetterPage.Letter)] = letter }
        );
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<LetterPage>(parameters)).ToHtmlString()
        );
    }
}
