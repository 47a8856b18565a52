using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Escalation.Web.Api;

namespace Escalation.Standalone.Outbox;

/// <summary>The outbox as a page: every email as text, latest first, its links to be clicked. An email's own HTML is not shown.</summary>
internal static class OutboxPage
{
    private const string Style =
        "body{font:1rem/1.5 arial,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#0b0c0c}"
        + "article{border-top:1px solid #b1b4b6;padding:1rem 0}"
        + "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}"
        + "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dd{margin:0}"
        + "a{color:#1d70b8}a:focus{background:#fd0;color:#0b0c0c;outline:3px solid #fd0}";

    public static string ContentSecurityPolicy { get; } =
        "default-src 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Emails on a page.</summary>
    private const int Most = 50;

    /// <param name="after">The place of the last email of the page before; null: the first page.</param>
    public static string Html(IReadOnlyList<KeptEmail> emails, string? after)
    {
        var shown = new Paging(after, Most).Of(
            emails.Index(),
            e => (int.MaxValue - e.Index).ToString("D10", CultureInfo.InvariantCulture)
        );
        var page = new StringBuilder();
        page.Append(
                "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                    + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            )
            .Append("<meta name=\"robots\" content=\"noindex\">\n<title>Outbox - Escalation</title>\n<style>")
            .Append(Style)
            .Append("</style>\n</head>\n<body>\n<main>\n<h1>Outbox</h1>\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"<p>A demonstration sends no email. It keeps them here: {emails.Count} so far, the latest first.</p>\n"
            );
        foreach (var (_, email) in shown.Items)
            Append(page, email);
        AppendLinks(page, isFirst: after is null, shown.Next);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AppendLinks(StringBuilder page, bool isFirst, string? next)
    {
        if (isFirst && next is null)
            return;
        page.Append("<nav aria-label=\"Pages of the outbox\">\n");
        if (!isFirst)
            page.Append(Link("", OutboxEndpoints.Page, "First page"));
        if (next is not null)
            page.Append(Link(" rel=\"next\"", $"{OutboxEndpoints.Page}?{Paging.CursorName}={next}", "Next page"));
        page.Append("</nav>\n");
    }

    private static string Link(string attribute, string url, string words) =>
        $"<p><a{attribute} href=\"{url}\">{words}</a></p>\n";

    private static void Append(StringBuilder page, KeptEmail email)
    {
        page.Append(
                CultureInfo.InvariantCulture,
                $"<article id=\"email-{email.Number}\">\n<h2>{Escape(email.Subject)}</h2>\n<dl>\n"
            )
            .Append(CultureInfo.InvariantCulture, $"<dt>To</dt><dd>{Escape(email.Name)} ({Escape(email.To)})</dd>\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"<dt>At</dt><dd><time datetime=\"{email.At.UtcDateTime:O}\">"
                    + $"{email.At.UtcDateTime:ddd d MMM yyyy HH:mm} UTC</time></dd>\n</dl>\n"
            )
            .Append(CultureInfo.InvariantCulture, $"<pre>{Escape(email.Text)}</pre>\n");
        if (email.Links.Count > 0)
            page.Append("<ul>\n")
                .AppendJoin(
                    "",
                    email.Links.Select(
                        (link, i) => $"<li><a href=\"{Escape(link)}\">Link {i + 1} of email {email.Number}</a></li>\n"
                    )
                )
                .Append("</ul>\n");
        page.Append("</article>\n");
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
