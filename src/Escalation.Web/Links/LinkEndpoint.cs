using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Links;

internal static class LinkEndpoint
{
    public static IResult ShowAsync(string token) => Results.StatusCode(404);
    public static IResult SubmitAsync(string token) => Results.StatusCode(404);
}
