using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.Partnerships;

/// <summary>What was done just before, told on the page that one is led to.</summary>
internal static class DoneWords
{
    public static string? Of(HttpContext http) =>
        http.Request.Query["done"].ToString() switch
        {
            "add" => "The contact was added.",
            "change" => "The contact was changed.",
            "replace" => "The contact was replaced. Links already sent to the one before have lapsed.",
            "remove" => "The contact was removed. Links already sent to them have lapsed.",
            "absences" => "The absences were changed.",
            "agency" => "The agency's entry was changed.",
            "new" => "The agency was added. Add its contacts now.",
            "import" => "The import is done.",
            "amended" =>
                "The day is recorded as not worked. Deadlines that it moves have been moved, and their people are being told.",
            _ => null,
        };
}
