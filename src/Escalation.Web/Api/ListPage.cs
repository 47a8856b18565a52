using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Escalation.Web.Api;

/// <summary>A part of a list that can be long. It is stable under inserts: the next part goes on after the last item of this one.</summary>
/// <param name="Count">Items in all.</param>
/// <param name="Next">Cursor of the next part; null on the last.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int Count, string? Next);

/// <summary>Which part of a list a request asks for: <c>cursor</c>, as the part before gave it, and <c>limit</c>.</summary>
/// <param name="After">The place of the last item of the part before; null: from the first item on.</param>
/// <param name="Limit">Items at the most.</param>
public sealed record Paging(string? After, int Limit)
{
    public const string CursorName = "cursor",
        LimitName = "limit";

    /// <param name="usual">The limit where none is asked for.</param>
    /// <param name="most">The highest that can be.</param>
    public static (Paging? Paging, Problem? Problem) Read(HttpRequest request, int usual, int most)
    {
        var (after, problem) = Cursor.Asked(request);
        if (problem is not null)
            return (null, problem);
        var limit = request.Query[LimitName].ToString();
        if (limit.Length == 0)
            return (new Paging(after, usual), null);
        return
            int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
            ? (new Paging(after, number), null)
            : (null, Problem.Invalid(LimitName, $"A number from 1 to {most}."));
    }

    /// <summary>The part that is asked for, in the order of the places.</summary>
    /// <param name="place">
    /// Where an item stands, in ordinal order; no two items have the same. It can be read in an address: nothing personal.
    /// </param>
    public ListPage<T> Of<T>(IEnumerable<T> all, Func<T, string> place)
    {
        var sorted = all.Select(item => (Item: item, Place: place(item)))
            .OrderBy(i => i.Place, StringComparer.Ordinal)
            .ToList();
        var left = sorted.Where(i => After is null || string.CompareOrdinal(i.Place, After) > 0);
        var shown = left.Take(Limit + 1).ToList();
        if (shown.Count <= Limit)
            return new ListPage<T>([.. shown.Select(i => i.Item)], sorted.Count, null);
        return new ListPage<T>(
            [.. shown.Take(Limit).Select(i => i.Item)],
            sorted.Count,
            Cursor.Of(shown[Limit - 1].Place)
        );
    }

    /// <summary>Says where the next part is (RFC 8288), in an answer that is the bare list.</summary>
    public static void Link(HttpContext context, string? next)
    {
        if (next is null)
            return;
        var query = new QueryBuilder(context.Request.Query.Where(q => q.Key != CursorName)) { { CursorName, next } };
        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}{query}>; rel=\"next\"";
    }
}

/// <summary>A place in a list as it stands in an address.</summary>
public static class Cursor
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static string Of(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    /// <summary>The place that the request goes on after; null: the list from its first item on.</summary>
    public static (string? After, Problem? Problem) Asked(HttpRequest request)
    {
        if (request.Query[Paging.CursorName].ToString() is not { Length: > 0 } cursor)
            return (null, null);
        return Read(cursor) is { } after
            ? (after, null)
            : (null, Problem.Invalid(Paging.CursorName, "Not a cursor of this list."));
    }

    /// <summary>Null for what is no cursor.</summary>
    public static string? Read(string cursor)
    {
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception bad) when (bad is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
