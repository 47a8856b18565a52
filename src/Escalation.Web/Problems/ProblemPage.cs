using System.Text;
using System.Text.Encodings.Web;

namespace Escalation.Web.Problems;

/// <summary>A problem for a person with a browser: plain, without script or style.</summary>
internal static class ProblemPage
{
    public static string Html(Problem problem)
    {
        var encoder = HtmlEncoder.Default;
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"robots\" content=\"noindex\"><title>").Append(encoder.Encode(problem.Title)).Append(" - Escalation</title></head>\n<body>\n<main>\n<h1>")
            .Append(encoder.Encode(problem.Title)).Append("</h1>\n<p>").Append(encoder.Encode(problem.Detail)).Append("</p>\n");
        if (problem.Errors is { Count: > 0 } errors)
        {
            page.Append("<dl>\n");
            foreach (var (field, messages) in errors)
                page.Append("<dt>").Append(encoder.Encode(field)).Append("</dt><dd>").Append(encoder.Encode(string.Join(' ', messages))).Append("</dd>\n");
            page.Append("</dl>\n");
        }
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }
}
